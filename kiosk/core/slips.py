"""What slips say, put together from what the core knows: a ticket's, a checklist's, a list's."""

from __future__ import annotations

import functools
import logging
from dataclasses import dataclass
from datetime import date

from hardware.printer.slip import Slip
from kiosk.core.desk import QueueingDesk
from kiosk.errors import CommandRefused
from kiosk.guide.checklist import ChecklistFacts, compose_checklist
from kiosk.guide.list_slip import ListFacts, compose_list
from kiosk.guide.procedure import Procedure
from kiosk.queueing.service import where_text
from kiosk.queueing.slip import SlipFacts, compose_slip
from kiosk.queueing.ticket import Ticket
from kiosk.texts import Texts
from kiosk.words import Language

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Listing:
    """A list that somebody wants on paper: what stands above it, and all its names."""

    title: str
    names: tuple[str, ...]


class Slips:
    """`site` holds the four names of config.toml [site], `texts` is the book "slip"."""

    def __init__(self, desk: QueueingDesk, site: dict[str, str], texts: Texts) -> None:
        self._desk = desk
        self._site = site
        self._texts = texts

    def of_ticket(self, ticket: Ticket, *, reprint: bool) -> Slip | None:
        """The slip of a number; None for a service that is no longer offered."""
        try:
            service = self._desk.service(ticket.service)
        except CommandRefused:
            log.warning("%s: its service %s is gone", ticket.number, ticket.service)
            return None
        language: Language = "en" if ticket.language == "en" else "vi"
        facts = SlipFacts(
            site_name=self._site[f"site_{language}"],
            centre_name=self._site[f"centre_{language}"],
            ticket=ticket,
            service=service,
            priority_name=self._priority_name(ticket.priority, language),
            reprint=reprint,
            site_url=self._desk.plan.tickets_url,
        )
        return compose_slip(facts, functools.partial(self._texts.get, language=language))

    def of_checklist(self, procedure: Procedure, language: Language) -> Slip:
        """What to bring for a procedure, what it costs, how long it takes, where."""
        facts = ChecklistFacts(
            site_name=self._site[f"site_{language}"],
            centre_name=self._site[f"centre_{language}"],
            procedure=procedure,
            place=(
                self._place(procedure.service, language)
                if procedure.ward
                else _agency(procedure, language)
            ),
            language=language,
        )
        return compose_checklist(facts, functools.partial(self._texts.get, language=language))

    def of_list(self, listing: Listing, on: date, language: Language) -> Slip:
        """The beginning of a list of procedures as it stands on that day."""
        facts = ListFacts(
            site_name=self._site[f"site_{language}"],
            centre_name=self._site[f"centre_{language}"],
            title=listing.title,
            names=listing.names,
            on=on.isoformat(),
        )
        return compose_list(facts, functools.partial(self._texts.get, language=language))

    def _place(self, code: str, language: Language) -> str:
        """The service and its counters: "Hộ tịch, Quầy số 1 – tầng 1"."""
        try:
            service = self._desk.service(code)
        except CommandRefused:
            return ""
        name = service.name_en if language == "en" else service.name_vi
        return ", ".join(part for part in (name, where_text(service, language)) if part)

    def _priority_name(self, code: str, language: Language) -> str:
        for known in self._desk.rule.classes:
            if known.code == code:
                return known.name_en if language == "en" else known.name_vi
        return ""


def _agency(procedure: Procedure, language: Language) -> str:
    """Who receives it instead of the ward; English has the name on the door behind it."""
    if language == "en" and procedure.agency_en:
        return f"{procedure.agency_en} ({procedure.agency})"
    return procedure.agency
