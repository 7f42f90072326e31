"""Wishes to be called back: open until somebody says what became of them, or their time is over.

A wish lies in the event of its answer, the number sealed. Whoever settles it empties the number in
the same transaction; housekeeping empties what nobody settled (centre.telemetry.retention).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

import msgspec
from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from centre.errors import Conflict, Missing, Unprocessable
from centre.pages.accounts.audit import write_down
from centre.pages.days.rebuilding import ANSWER_KIND
from centre.store.tables.call_backs import CallBack
from centre.store.tables.events import Event
from centre.telemetry.personal import empty_in
from kiosk.feedback.answer import kept_words

Outcome = Literal["called", "not_reached", "withdrawn"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
AT_ONCE = 50


class SealedNumber(msgspec.Struct, frozen=True):
    """What the kiosk sent along; `key` is the fingerprint of the key that it was sealed to."""

    key: str
    sealed: str
    consent: str = ""
    language: str = "vi"
    agreed_at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """One that is open."""

    reference: str
    site: str
    at: datetime
    face: int
    words: str
    service: str
    number: SealedNumber


async def open_wishes(
    connection: AsyncConnection, site: str, *, page: int = 0
) -> tuple[Sequence[Wish], bool]:
    """The oldest first, and whether there are more; of all sites where `site` is ""."""
    sealed = Event.body[("call_back", "sealed")].as_string()
    wanted = (
        select(Event)
        .outerjoin(CallBack, _same())
        .where(Event.kind == ANSWER_KIND, sealed.is_not(None), CallBack.device.is_(None))
        .order_by(Event.at, Event.device, Event.seq)
        .offset(page * AT_ONCE)
        .limit(AT_ONCE + 1)
    )
    if site:
        wanted = wanted.where(Event.site == site)
    rows = (await connection.execute(wanted)).all()
    wishes = [
        Wish(
            reference=f"{row.device}/{row.epoch}/{row.seq}",
            site=row.site,
            at=row.at,
            face=_face(row.body.get("face")),
            words=kept_words(str(row.body.get("words") or "")),
            service=str(row.body.get("service") or "")[:40],
            number=number,
        )
        for row in rows[:AT_ONCE]
        if (number := _number(row.body["call_back"])) is not None
    ]
    return wishes, len(rows) > AT_ONCE


async def settle(
    connection: AsyncConnection,
    reference: str,
    outcome: str,
    *,
    site: str,
    by: str,
    now: datetime,
) -> None:
    """Say what became of a wish; its number is gone then. `site` is the only one that `by` may
    settle, "" for all. Raises Unprocessable, Missing and Conflict (settled)."""
    if outcome not in OUTCOMES:
        raise Unprocessable(f"{outcome!r} is none of {OUTCOMES}", code="bad_outcome")
    device, _, rest = reference.partition("/")
    epoch, _, seq = rest.partition("/")
    if not seq.isdecimal() or len(seq) > 18:
        raise Missing("no such wish", code="unknown_wish")
    mine = and_(
        Event.kind == ANSWER_KIND,
        Event.device == device,
        Event.epoch == epoch,
        Event.seq == int(seq),
    )
    found = (await connection.execute(select(Event.site).where(mine))).scalar_one_or_none()
    if found is None or site not in ("", found):
        raise Missing("no such wish", code="unknown_wish")
    add = (postgresql if connection.dialect.name == "postgresql" else sqlite).insert(CallBack)
    row = {"device": device, "epoch": epoch, "seq": int(seq), "site": found, "at": now}
    done = await connection.execute(
        add.values(**row, outcome=outcome, account=by).on_conflict_do_nothing()
    )
    if not done.rowcount:
        raise Conflict("settled already", code="settled")
    await empty_in(connection, "call_back", mine)
    await write_down(connection, now, by, "call_back.settled", reference, outcome=outcome)


def _same() -> ColumnElement[bool]:
    return and_(
        CallBack.device == Event.device,
        CallBack.epoch == Event.epoch,
        CallBack.seq == Event.seq,
    )


def _face(value: object) -> int:
    return value if isinstance(value, int) and 1 <= value <= 5 else 3


def _number(value: object) -> SealedNumber | None:
    try:
        return msgspec.convert(value, SealedNumber)
    except msgspec.ValidationError:
        return None
