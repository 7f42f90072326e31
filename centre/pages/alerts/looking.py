"""What the rules find now, asked of the database; and what is not over yet.

Two questions a rule: what raises an alert, and what keeps one open. The second is wider, so that a
value that swings round the threshold is told once.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Float, case, cast, func, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from centre.pages.alerts.rules import (
    FEWEST_ANSWERS,
    MONTH,
    WEEK,
    Finding,
    Rule,
    looks_now,
    silent_since,
)
from centre.pages.days.rebuilding import ANSWER_KIND
from centre.store.tables.devices import Device
from centre.store.tables.events import Event

FRESH = timedelta(minutes=10)  # a device's word on who waits, and how long it counts


async def found_by(connection: AsyncConnection, rule: Rule, now: datetime) -> Sequence[Finding]:
    """What raises an alert now."""
    return await _ask(connection, rule, now, opening=True) if looks_now(rule, now) else []


async def still_so(connection: AsyncConnection, rule: Rule, now: datetime) -> frozenset[str]:
    """The subjects of which an alert that is open stays so."""
    return frozenset(one.subject for one in await _ask(connection, rule, now, opening=False))


async def _ask(
    connection: AsyncConnection, rule: Rule, now: datetime, *, opening: bool
) -> Sequence[Finding]:
    if rule.kind == "satisfaction_drop":
        return await _drops(connection, rule, now, opening=opening)
    condition, value = _of_devices(rule, now, opening=opening)
    wanted = select(Device.id, Device.site, value.label("value")).where(
        Device.revoked_at.is_(None), condition
    )
    if rule.site:
        wanted = wanted.where(Device.site == rule.site)
    rows = await connection.execute(wanted.order_by(Device.id))
    if rule.kind == "offline":
        return [
            Finding(subject=id_, site=site, value=_minutes(now - seen)) for id_, site, seen in rows
        ]
    return [Finding(subject=id_, site=site, value=float(value)) for id_, site, value in rows]


def _of_devices(
    rule: Rule, now: datetime, *, opening: bool
) -> tuple[ColumnElement[bool], ColumnElement[Any]]:
    """A rule's condition on a device, and the value that it is about."""
    wait = func.coalesce(Device.health["longest_wait_min"].as_integer(), 0)
    slips = Device.health["slips_left"].as_integer()
    match rule.kind:
        case "offline":
            since = silent_since(rule, now) if opening else now - timedelta(minutes=rule.threshold)
            silent = Device.seen_at < since if since else literal(value=False)
            return silent, Device.seen_at.expression
        case "paper_low":
            return slips <= rule.threshold * (1.0 if opening else 1.2), slips
        case _:
            fresh = Device.health_at > now - FRESH
            return fresh & (wait > rule.threshold * (1.0 if opening else 0.8)), wait


async def _drops(
    connection: AsyncConnection, rule: Rule, now: datetime, *, opening: bool
) -> Sequence[Finding]:
    begins, week = now - WEEK - MONTH, now - WEEK
    face = cast(Event.body["face"].as_integer(), Float)
    is_new = Event.at >= week
    wanted = (
        select(
            Event.site,
            func.count(case((is_new, 1))),
            func.count(case((~is_new, 1))),
            func.avg(case((is_new, face))),
            func.avg(case((~is_new, face))),
        )
        .where(Event.kind == ANSWER_KIND, Event.at >= begins, Event.at <= now)
        .group_by(Event.site)
    )
    if rule.site:
        wanted = wanted.where(Event.site == rule.site)
    least = rule.threshold if opening else rule.threshold / 2
    found = []
    for site, new, old, mean, before in await connection.execute(wanted):
        if min(new, old) >= FEWEST_ANSWERS and float(before) - float(mean) >= least:
            drop = round(float(before) - float(mean), 2)
            found.append(Finding(subject=site, site=site, value=drop))
    return found


def _minutes(passed: timedelta) -> float:
    return float(int(passed.total_seconds() // 60))
