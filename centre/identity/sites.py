"""The wards' buildings, and the group in which each takes part in a staged roll-out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from centre.errors import Conflict, Missing, Unprocessable
from centre.store.tables.devices import Device, Site

CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
GROUP = re.compile(r"([a-z0-9][a-z0-9-]{0,39})?")
LONGEST_NAME = 60


async def add_site(
    connection: AsyncConnection,
    code: str,
    name_vi: str,
    name_en: str,
    *,
    now: datetime,
    group: str = "",
    latitude: float | None = None,
    longitude: float | None = None,
) -> None:
    """A new one. Raises Unprocessable for a wrong word, Conflict where the code is taken."""
    if not CODE.fullmatch(code):
        raise Unprocessable('a code is a-z, 0-9 and "-", 1 to 40 characters', code="site_code")
    _check(name_vi, name_en, group, latitude, longitude)
    if await connection.scalar(select(Site.code).where(Site.code == code)):
        raise Conflict(f"there is a site {code} already", code="site_known")
    await connection.execute(
        insert(Site).values(
            code=code,
            name_vi=name_vi.strip(),
            name_en=name_en.strip(),
            group=group,
            latitude=latitude,
            longitude=longitude,
            made_at=now,
        )
    )


async def put_in_group(connection: AsyncConnection, code: str, group: str) -> None:
    """From now on the site takes part in a roll-out with this group; "" is with everybody.

    Its devices are told what counts then at their next question. Raises Missing, Unprocessable.
    """
    if not GROUP.fullmatch(group):
        raise Unprocessable('a group is a-z, 0-9 and "-", up to 40 characters', code="group")
    done = await connection.execute(update(Site).where(Site.code == code).values(group=group))
    if not done.rowcount:
        raise Missing(f"there is no site {code}")


async def change_site(
    connection: AsyncConnection,
    code: str,
    *,
    name_vi: str,
    name_en: str,
    group: str,
    latitude: float | None,
    longitude: float | None,
) -> None:
    """Other names, another group or place. Raises Missing, Unprocessable."""
    _check(name_vi, name_en, group, latitude, longitude)
    done = await connection.execute(
        update(Site)
        .where(Site.code == code)
        .values(
            name_vi=name_vi.strip(),
            name_en=name_en.strip(),
            group=group,
            latitude=latitude,
            longitude=longitude,
        )
    )
    if not done.rowcount:
        raise Missing(f"there is no site {code}")


async def list_sites(connection: AsyncConnection) -> Sequence[Row[Any]]:
    """Each with its number of devices that are not revoked: code, name_vi, name_en, group,
    devices."""
    counted = (
        select(func.count())
        .where(Device.site == Site.code, Device.revoked_at.is_(None))
        .scalar_subquery()
    )
    question = select(
        Site.code, Site.name_vi, Site.name_en, Site.group, counted.label("devices")
    ).order_by(Site.code)
    return (await connection.execute(question)).all()


def _check(
    name_vi: str, name_en: str, group: str, latitude: float | None, longitude: float | None
) -> None:
    if not GROUP.fullmatch(group):
        raise Unprocessable('a group is a-z, 0-9 and "-", up to 40 characters', code="group")
    if not all(0 < len(name.strip()) <= LONGEST_NAME for name in (name_vi, name_en)):
        raise Unprocessable(f"a name has 1 to {LONGEST_NAME} characters", code="site_name")
    if not _on_earth(latitude, 90) or not _on_earth(longitude, 180):
        raise Unprocessable("no such place on earth", code="place")


def _on_earth(degrees: float | None, most: float) -> bool:
    return degrees is None or -most <= degrees <= most
