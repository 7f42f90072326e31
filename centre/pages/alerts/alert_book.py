"""Rules, alerts and messages in the database."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import Select, func, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from centre.errors import Missing, Unprocessable
from centre.pages.accounts.audit import write_down
from centre.pages.alerts.looking import found_by, still_so
from centre.pages.alerts.rules import Rule, check_rule
from centre.store.tables.alerts import Alert, AlertMessage, AlertRule
from centre.store.tables.chores import Chore
from centre.store.tables.devices import Device, Site

LOCK = 0x4C455443  # "LETC": one worker looks at a time
SLOW_EVERY = timedelta(hours=1)
MOST_RULES = 100
SHOWN = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised:
    """An alert with what it is about. `name` is the device's, "" for a site's alert."""

    id: int
    kind: str
    subject: str
    site: str
    site_vi: str
    site_en: str
    name: str
    value: float
    threshold: float
    raised_at: datetime
    over_at: datetime | None


async def all_rules(connection: AsyncConnection) -> Sequence[Rule]:
    """Every rule, in the order of making."""
    rows = await connection.execute(select(AlertRule).order_by(AlertRule.id))
    return [
        Rule(
            id=row.id,
            kind=row.kind,
            site=row.site,
            threshold=row.threshold,
            hours=row.hours,
            tell=tuple(row.tell),
            secret=row.secret,
            active=row.active,
        )
        for row in rows
    ]


async def keep_rule(connection: AsyncConnection, rule: Rule, *, by: str, now: datetime) -> None:
    """A new rule, or another form of one. Raises Unprocessable and Missing."""
    check_rule(rule)
    known = await connection.scalar(select(Site.code).where(Site.code == rule.site))
    if rule.site and known is None:
        raise Unprocessable(f"no site {rule.site!r}", code="unknown_site")
    values = {
        "kind": rule.kind,
        "site": rule.site,
        "threshold": rule.threshold,
        "hours": rule.hours,
        "tell": list(rule.tell),
        "active": rule.active,
    }
    facts: dict[str, Any] = {key: values[key] for key in ("kind", "site", "threshold", "active")}
    if rule.id:
        mine = AlertRule.id == rule.id
        done = await connection.execute(update(AlertRule).where(mine).values(**values))
        if not done.rowcount:
            raise Missing("no such rule", code="unknown_rule")
        await write_down(connection, now, by, "alert_rule.changed", str(rule.id), **facts)
        if not rule.active:  # nobody looks any more: what it found is over, and nobody is told
            open_ones = (Alert.rule == rule.id) & Alert.over_at.is_(None)
            await connection.execute(update(Alert).where(open_ones).values(over_at=now))
        return
    if (await connection.scalar(select(func.count()).select_from(AlertRule)) or 0) >= MOST_RULES:
        raise Unprocessable(f"{MOST_RULES} rules are there", code="many_rules")
    secret = secrets.token_urlsafe(32)
    await connection.execute(insert(AlertRule).values(**values, secret=secret))
    await write_down(connection, now, by, "alert_rule.added", **facts)


async def look(connection: AsyncConnection, now: datetime) -> int:
    """One look of all rules in this transaction; how many messages came of it. Where another
    worker looks just now, nothing is done."""
    if connection.dialect.name == "postgresql":
        taken = text("SELECT pg_try_advisory_xact_lock(:lock)")
        if not await connection.scalar(taken, {"lock": LOCK}):
            return 0
    slow = await _is_due(connection, "alerts", now)
    told = 0
    for rule in await all_rules(connection):
        if rule.active and (slow or not rule.of_sites):
            told += await _look_by(connection, rule, now)
    return told


async def _look_by(connection: AsyncConnection, rule: Rule, now: datetime) -> int:
    mine = (Alert.rule == rule.id) & Alert.over_at.is_(None)
    rows = await connection.execute(select(Alert.id, Alert.subject).where(mine))
    is_open: dict[str, int] = {subject: id_ for id_, subject in rows}
    fresh = [one for one in await found_by(connection, rule, now) if one.subject not in is_open]
    raised: list[int] = []
    for one in fresh:
        values = {"rule": rule.id, "subject": one.subject, "site": one.site}
        made = insert(Alert).values(**values, value=one.value, raised_at=now).returning(Alert.id)
        raised.append((await connection.execute(made)).scalar_one())
    over: list[int] = []
    if is_open:
        still = await still_so(connection, rule, now)
        over = [id_ for subject, id_ in is_open.items() if subject not in still]
        ended = update(Alert).where(Alert.id.in_(over)).values(over_at=now)
        if over:
            await connection.execute(ended)
    told = 0
    for what, alerts in (("raised", raised), ("over", over)):
        if alerts:
            told += await put_out(connection, rule, what, alerts, now)
    return told


async def put_out(
    connection: AsyncConnection, rule: Rule, what: str, alerts: Sequence[int], now: datetime
) -> int:
    """A message to each of the rule's addresses; how many."""
    rows = [
        {
            "rule": rule.id,
            "address": address,
            "what": what,
            "alerts": list(alerts),
            "made_at": now,
            "due_at": now,
            "tries": 0,
            "error": "",
        }
        for address in rule.tell
    ]
    if rows:
        await connection.execute(insert(AlertMessage), rows)
    return len(rows)


async def alerts_of(connection: AsyncConnection, *, site: str, is_open: bool) -> Sequence[Raised]:
    """Those that are open, or over; the newest first. Of all sites where `site` is ""."""
    wanted = _raised().where(Alert.over_at.is_(None) if is_open else Alert.over_at.is_not(None))
    if site:
        wanted = wanted.where(Alert.site == site)
    rows = await connection.execute(wanted.order_by(Alert.raised_at.desc()).limit(SHOWN))
    return [_raised_of(row) for row in rows]


async def alerts_by_id(connection: AsyncConnection, ids: Sequence[int]) -> Sequence[Raised]:
    """These."""
    wanted = _raised().where(Alert.id.in_(ids)).order_by(Site.code, Alert.id)
    return [_raised_of(row) for row in await connection.execute(wanted)]


async def last_messages(connection: AsyncConnection) -> Sequence[Mapping[str, Any]]:
    """The newest messages and what became of them."""
    wanted = select(AlertMessage).order_by(AlertMessage.id.desc()).limit(30)
    return [row._asdict() for row in await connection.execute(wanted)]


def _raised() -> Select[Alert, str, float, str, str, str]:
    return (
        select(
            Alert,
            AlertRule.kind,
            AlertRule.threshold,
            Site.name_vi,
            Site.name_en,
            Device.name,
        )
        .join(AlertRule, AlertRule.id == Alert.rule)
        .outerjoin(Site, Site.code == Alert.site)
        .outerjoin(Device, Device.id == Alert.subject)
    )


def _raised_of(row: Any) -> Raised:
    return Raised(
        id=row.id,
        kind=row.kind,
        subject=row.subject,
        site=row.site,
        site_vi=row.name_vi or row.site,
        site_en=row.name_en or row.site,
        name=row.name or "",
        value=row.value,
        threshold=row.threshold,
        raised_at=row.raised_at,
        over_at=row.over_at,
    )


async def _is_due(connection: AsyncConnection, name: str, now: datetime) -> bool:
    """Whether the hour of a slow chore is over; then the next one begins."""
    until = cast(
        "datetime | None", await connection.scalar(select(Chore.until).where(Chore.name == name))
    )
    if until is None:
        await connection.execute(insert(Chore).values(name=name, until=now + SLOW_EVERY))
        return True
    if until > now + SLOW_EVERY or until <= now:  # a clock that was set back, or the hour is over
        mine = Chore.name == name
        await connection.execute(update(Chore).where(mine).values(until=now + SLOW_EVERY))
        return True
    return False
