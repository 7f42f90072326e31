"""The fleet as the database knows it: counted and sorted there, a page of it handed out.

A device's state (`states`) is worked out by the database from what the device last told, so that
ten thousand of them are counted without one being read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, cast

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Select,
    Subquery,
    case,
    exists,
    func,
    literal_column,
    or_,
    select,
    true,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from centre.pages.fleet.states import (
    FEW_SLIPS,
    MANY_ENTRIES,
    OFFLINE_AFTER,
    SKEW_S,
    STATES,
    WORST_FIRST,
    State,
)
from centre.store.tables.devices import Device, Site
from kiosk.first_start.steps import unmarked

A_PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which devices: "" is any. `text` is looked for in names; `site` is the only one that a
    ward's account may ask for."""

    site: str = ""
    state: State | str = ""
    version: str = ""
    group: str = ""
    text: str = ""
    page: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A device in the list."""

    id: str
    name: str
    site: str
    site_vi: str
    site_en: str
    state: State
    seen_at: datetime | None
    version: str
    clock_skew_s: float
    slips_left: int | None
    outbox: int
    waiting: int
    longest_wait_min: int
    faults: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteCounts:
    """A site on the map and how its devices are."""

    code: str
    name_vi: str
    name_en: str
    group: str
    latitude: float | None
    longitude: float | None
    counts: Mapping[State, int]

    @property
    def devices(self) -> int:
        """How many stand there."""
        return sum(self.counts.values())

    @property
    def worst(self) -> State | None:
        """The worst state there; None where no device stands."""
        return next((state for state in WORST_FIRST if self.counts.get(state)), None)


async def count_states(
    connection: AsyncConnection, wanted: Wanted, now: datetime
) -> Mapping[State, int]:
    """How many devices are in each state, whichever state is wanted."""
    fleet = _fleet(connection, replace(wanted, state=""), now)
    rows = await connection.execute(select(fleet.c.state, func.count()).group_by(fleet.c.state))
    found = {row.state: row[1] for row in rows}
    return {state: found.get(state, 0) for state in STATES}


async def count_sites(
    connection: AsyncConnection, wanted: Wanted, now: datetime
) -> Sequence[SiteCounts]:
    """Every site with its devices' states; a site without devices too."""
    fleet = _fleet(connection, replace(wanted, state=""), now)
    grouped = select(fleet.c.site, fleet.c.state, func.count()).group_by(
        fleet.c.site, fleet.c.state
    )
    counts: dict[str, dict[State, int]] = {}
    for site, state, count in await connection.execute(grouped):
        if state != "revoked":
            counts.setdefault(site, {})[state] = count
    sites = select(Site).order_by(Site.code)
    if wanted.site:
        sites = sites.where(Site.code == wanted.site)
    return [
        SiteCounts(
            code=row.code,
            name_vi=row.name_vi,
            name_en=row.name_en,
            group=row.group,
            latitude=row.latitude,
            longitude=row.longitude,
            counts=counts.get(row.code, {}),
        )
        for row in await connection.execute(sites)
    ]


async def count_versions(connection: AsyncConnection, site: str) -> Sequence[tuple[str, int]]:
    """Which versions run, the most frequent first."""
    wanted = select(Device.version, func.count()).where(
        Device.revoked_at.is_(None), Device.version != ""
    )
    if site:
        wanted = wanted.where(Device.site == site)
    grouped = wanted.group_by(Device.version).order_by(func.count().desc(), Device.version)
    return [(version, count) for version, count in await connection.execute(grouped)]


async def list_devices(
    connection: AsyncConnection, wanted: Wanted, now: datetime
) -> Sequence[Seen]:
    """A page of devices, trouble first, and among equals whoever was not heard of the longest."""
    fleet = _fleet(connection, wanted, now)
    page = (
        select(fleet.c.id, fleet.c.state)
        .order_by(fleet.c.rank, fleet.c.seen_at, fleet.c.id)
        .offset(wanted.page * A_PAGE)
        .limit(A_PAGE)
    )
    state_of = {row.id: row.state for row in await connection.execute(page)}
    whole = (
        select(Device, Site.name_vi, Site.name_en)
        .join(Site, Site.code == Device.site)
        .where(Device.id.in_(state_of))
    )
    rows = {row.id: row for row in await connection.execute(whole)}
    return [_seen(rows[one], state) for one, state in state_of.items()]


def _fleet(connection: AsyncConnection, wanted: Wanted, now: datetime) -> Subquery:
    is_postgresql = connection.dialect.name == "postgresql"
    rows = _chosen(wanted, now, is_postgresql=is_postgresql).subquery()
    if not wanted.state:
        return rows
    return select(rows).where(rows.c.state == wanted.state).subquery()


def _chosen(wanted: Wanted, now: datetime, *, is_postgresql: bool) -> Select[Any]:
    state = _state(now, is_postgresql=is_postgresql)
    rank = case({one: place for place, one in enumerate(WORST_FIRST)}, value=state)
    chosen = select(
        Device.id, Device.site, Device.seen_at, state.label("state"), rank.label("rank")
    ).join(Site, Site.code == Device.site)
    if wanted.state != "revoked":
        chosen = chosen.where(Device.revoked_at.is_(None))
    for column, value in (
        (Device.site, wanted.site),
        (Device.version, wanted.version),
        (Site.group, wanted.group),
    ):
        if value:
            chosen = chosen.where(column == value)
    return chosen.where(_named(wanted.text)) if wanted.text else chosen


def _named(text: str) -> ColumnElement[bool]:
    """Vietnamese letters are compared as they are, and once without marks."""
    plain = unmarked(text)
    return or_(
        Site.name_vi.icontains(text, autoescape=True),
        Site.name_en.icontains(plain, autoescape=True),
        Device.name.icontains(text, autoescape=True),
        Device.id.icontains(plain, autoescape=True),
        Site.code == text,
    )


def _state(now: datetime, *, is_postgresql: bool) -> ColumnElement[str]:
    slips, outbox = Device.health["slips_left"], Device.health["outbox"]
    return case(
        (Device.revoked_at.is_not(None), "revoked"),
        (Device.seen_at.is_(None), "never"),
        (Device.seen_at < now - OFFLINE_AFTER, "offline"),
        (_has_fault(is_postgresql=is_postgresql), "fault"),
        (slips.as_integer() <= FEW_SLIPS, "paper"),
        (func.abs(Device.clock_skew_s) > SKEW_S, "clock"),
        (func.coalesce(outbox.as_integer(), 0) > MANY_ENTRIES, "backlog"),
        else_="good",
    )


def _has_fault(*, is_postgresql: bool) -> ColumnElement[bool]:
    if is_postgresql:
        path: ColumnElement[str] = literal_column(
            """'$.parts[*] ? (@.state == "unavailable")'::jsonpath"""
        )
        return func.jsonb_path_exists(Device.health, path, type_=Boolean)
    part = func.json_each(Device.health, "$.parts").table_valued("value")
    is_gone = func.json_extract(part.c.value, "$.state") == "unavailable"
    return exists(select(true()).select_from(part).where(is_gone)).correlate(Device)


def _seen(row: Any, state: str) -> Seen:
    health: dict[str, Any] = row.health
    return Seen(
        id=row.id,
        name=row.name,
        site=row.site,
        site_vi=row.name_vi,
        site_en=row.name_en,
        state=cast("State", state),
        seen_at=row.seen_at,
        version=row.version,
        clock_skew_s=row.clock_skew_s,
        slips_left=health.get("slips_left"),
        outbox=health.get("outbox", 0),
        waiting=health.get("waiting", 0),
        longest_wait_min=health.get("longest_wait_min", 0),
        faults=tuple(
            (part["name"], part.get("reason", ""))
            for part in health.get("parts", ())
            if part["state"] == "unavailable"
        ),
    )
