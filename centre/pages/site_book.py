"""The sites: a ward's building each. Every change is in the audit log, in the same transaction."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from centre.errors import Conflict, Missing, Unprocessable
from centre.pages.accounts.audit import write_down
from centre.store.tables.devices import Site

CODE = r"[a-z0-9][a-z0-9-]{0,39}"
GROUP = r"[a-z0-9-]{0,20}"
LONGEST_NAME = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteFacts:
    """A site as it is entered. `group` is its step in a staged roll-out, "" for none."""

    code: str
    name_vi: str
    name_en: str
    group: str = ""
    latitude: float | None = None
    longitude: float | None = None

    def name(self, language: str) -> str:
        """Its name in a language."""
        return self.name_en if language == "en" else self.name_vi


async def all_sites(connection: AsyncConnection) -> Sequence[SiteFacts]:
    """Every site, by its code."""
    return [_facts(row) for row in await connection.execute(select(Site).order_by(Site.code))]


async def find_site(connection: AsyncConnection, code: str) -> SiteFacts:
    """The site of that code. Raises Missing."""
    row = (await connection.execute(select(Site).where(Site.code == code))).one_or_none()
    if row is None:
        raise Missing(f"no site {code!r}", code="unknown_site")
    return _facts(row)


async def add_site(
    connection: AsyncConnection, facts: SiteFacts, *, by: str, now: datetime
) -> None:
    """A new site. Raises Unprocessable (bad_site) and Conflict (site_known)."""
    _check(facts)
    known = await connection.execute(select(Site.code).where(Site.code == facts.code))
    if known.one_or_none() is not None:
        raise Conflict(f"{facts.code} is there already", code="site_known")
    await connection.execute(insert(Site).values(code=facts.code, made_at=now, **_values(facts)))
    await write_down(connection, now, by, "site_added", facts.code)


async def change_site(
    connection: AsyncConnection, facts: SiteFacts, *, by: str, now: datetime
) -> None:
    """Other names, another group or place. Raises Unprocessable (bad_site) and Missing."""
    _check(facts)
    before = await find_site(connection, facts.code)
    if before == facts:
        return
    changed = [name for name, value in _values(facts).items() if value != getattr(before, name)]
    mine = Site.code == facts.code
    await connection.execute(update(Site).where(mine).values(**_values(facts)))
    await write_down(connection, now, by, "site_changed", facts.code, changed=changed)


def _check(facts: SiteFacts) -> None:
    names = (facts.name_vi, facts.name_en)
    place = (facts.latitude, facts.longitude)
    good = (
        re.fullmatch(CODE, facts.code) is not None
        and re.fullmatch(GROUP, facts.group) is not None
        and all(1 <= len(name) <= LONGEST_NAME and name.isprintable() for name in names)
        and (place == (None, None) or _is_in_the_country(*place))
    )
    if not good:
        raise Unprocessable("code, names, group or place cannot be", code="bad_site")


def _is_in_the_country(latitude: float | None, longitude: float | None) -> bool:
    if latitude is None or longitude is None:
        return False
    return 8 <= latitude <= 24 and 102 <= longitude <= 115


def _values(facts: SiteFacts) -> dict[str, Any]:
    return {
        "name_vi": facts.name_vi,
        "name_en": facts.name_en,
        "group": facts.group,
        "latitude": facts.latitude,
        "longitude": facts.longitude,
    }


def _facts(row: Row[Any]) -> SiteFacts:
    return SiteFacts(
        code=row.code,
        name_vi=row.name_vi,
        name_en=row.name_en,
        group=row.group,
        latitude=row.latitude,
        longitude=row.longitude,
    )
