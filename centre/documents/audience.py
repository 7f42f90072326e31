"""Whom a document is for: everybody (""), a group of sites ("group:pilot"), one site ("site:CODE").

The narrowest that fits counts, however old it is: a ward's own hours stay when the city's change,
and a pilot stays with the pilot's version until it is widened or withdrawn.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from centre.errors import Missing, Unprocessable
from centre.identity.sites import CODE
from centre.store.tables.devices import Site

EVERYBODY = ""
_GROUP, _SITE = "group:", "site:"


def audiences_of(site: str, group: str) -> tuple[str, ...]:
    """Those that a device at the site belongs to, the narrowest first."""
    groups = (f"{_GROUP}{group}",) if group else ()
    return (f"{_SITE}{site}", *groups, EVERYBODY)


def is_group(audience: str) -> bool:
    """Whether it is a step of a roll-out."""
    return audience.startswith(_GROUP)


async def check_audience(connection: AsyncConnection, audience: str) -> None:
    """Raises Unprocessable for a word that is no audience, Missing for a site that is none."""
    kind, _, name = audience.partition(":")
    if audience == EVERYBODY:
        return
    if f"{kind}:" not in {_GROUP, _SITE} or not CODE.fullmatch(name):
        raise Unprocessable('"", "group:NAME" or "site:CODE"', code="audience")
    if f"{kind}:" == _SITE and not await connection.scalar(
        select(Site.code).where(Site.code == name)
    ):
        raise Missing(f"there is no site {name}")
