"""The sites as the pages know them; every change is in the audit log, in the same transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from centre.errors import Missing
from centre.identity.sites import add_site, change_site
from centre.pages.accounts.audit import write_down
from centre.store.tables.devices import Site


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


async def enter_site(
    connection: AsyncConnection, facts: SiteFacts, *, by: str, now: datetime
) -> None:
    """A new one. Raises Unprocessable and Conflict as centre.identity.sites does."""
    await add_site(connection, **asdict(facts), now=now)
    await write_down(connection, now, by, "site.added", facts.code)


async def correct_site(
    connection: AsyncConnection, facts: SiteFacts, *, by: str, now: datetime
) -> None:
    """Other names, another group or place. Raises Unprocessable and Missing."""
    before = await find_site(connection, facts.code)
    await change_site(connection, **asdict(facts))
    changed = [key for key, one in asdict(facts).items() if one != getattr(before, key)]
    if changed:
        await write_down(connection, now, by, "site.changed", facts.code, changed=changed)


def _facts(row: Row[Any]) -> SiteFacts:
    return SiteFacts(
        code=row.code,
        name_vi=row.name_vi,
        name_en=row.name_en,
        group=row.group,
        latitude=row.latitude,
        longitude=row.longitude,
    )
