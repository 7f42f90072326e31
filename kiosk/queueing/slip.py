"""What the slip of a ticket says, as blocks that a printer can draw."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from hardware.printer.slip import Block, Gap, Mark, Number, Qr, Rule, Slip, Text
from kiosk.queueing.hours import HANOI
from kiosk.queueing.service import Service, where_text
from kiosk.queueing.ticket import Ticket

TOKEN_PREFIX = "LT1."  # noqa: S105 - marks a code as a ticket of ours for any scanner
TICKET_PAGE = "/t/"  # of the site's pages
AROUND_NUMBER_MM = 1.5
AROUND_MARK_MM = 1.0
Wording = Callable[..., str]


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipFacts:
    """All that a slip tells; `priority_name` is empty for an ordinary number.

    `site_url` is where phones on the site's network reach its pages, "" where they do not.
    """

    site_name: str
    centre_name: str
    ticket: Ticket
    service: Service
    priority_name: str = ""
    reprint: bool = False
    site_url: str = ""


def qr_text(ticket: Ticket, site_url: str = "") -> str:
    """What the QR holds: an opaque token, nothing of the citizen; with the site's address in front
    of it, a phone opens the ticket's page."""
    if site_url:
        return f"{site_url.rstrip('/')}{TICKET_PAGE}{ticket.token}"
    return TOKEN_PREFIX + ticket.token


def compose_slip(facts: SlipFacts, wording: Wording) -> Slip:
    """The slip in the ticket's language; `wording(key, **values)` gives the texts of the slip."""
    ticket = facts.ticket
    blocks: list[Block] = [
        Text(facts.site_name.upper(), bold=True),
        Text(facts.centre_name, size="small"),
        Rule(),
        Text(wording("title"), size="large", bold=True),
    ]
    if facts.reprint:
        blocks += _mark(wording("reprint"))
    blocks += [Gap(AROUND_NUMBER_MM), Number(ticket.number), Gap(AROUND_NUMBER_MM)]
    if facts.priority_name:
        blocks += [*_mark(wording("priority")), Text(facts.priority_name), Gap(1.5)]
    blocks += [
        *_what_and_where(facts, wording),
        Gap(1.5),
        *_wait(ticket, wording),
        Rule(),
        Text(_moment(ticket, wording), size="small"),
        Gap(1),
        Qr(qr_text(ticket, facts.site_url)),
        Gap(1),
        Text(wording("thanks"), size="small"),
        Text(wording("keep"), size="small"),
    ]
    return Slip(tuple(blocks))


def _mark(text: str) -> list[Block]:
    return [Gap(AROUND_MARK_MM), Mark(text), Gap(AROUND_MARK_MM)]


def _what_and_where(facts: SlipFacts, wording: Wording) -> list[Block]:
    """The service, then the place large and alone: it is what the citizen looks for."""
    service, language = facts.service, facts.ticket.language
    return [
        Text(service.name_en if language == "en" else service.name_vi, size="large", bold=True),
        Gap(1.5),
        Text(wording("where")),
        Text(where_text(service, language) or wording("hall"), size="large", bold=True),
    ]


def _wait(ticket: Ticket, wording: Wording) -> list[Block]:
    ahead = {0: "ahead_none", 1: "ahead_one"}.get(ticket.ahead, "ahead")
    lines: list[Block] = [Text(wording(ahead, count=ticket.ahead))]
    if ticket.estimate_minutes:  # "0 minutes" says nothing
        about = "estimate_one" if ticket.estimate_minutes == 1 else "estimate"
        lines.append(Text(wording(about, minutes=ticket.estimate_minutes)))
    return lines


def _moment(ticket: Ticket, wording: Wording) -> str:
    issued = datetime.fromisoformat(ticket.issued_at).astimezone(HANOI)
    return wording(
        "moment",
        weekday=wording(f"weekday.{issued.weekday()}"),
        day=issued.strftime("%d/%m/%Y"),
        time=issued.strftime("%H:%M"),
    )
