"""`centre site`, `centre enrol`, `centre device`: houses, new devices, and the end of one."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

import click
from sqlalchemy.ext.asyncio import AsyncConnection

from centre.clock import utc_now
from centre.identity.devices import list_devices, revoke
from centre.identity.enrolment import HOLDS, make_code
from centre.identity.sites import add_site, list_sites, put_in_group
from centre.identity.wards import wards
from centre.one_change import in_one_change, who
from centre.secret import FILE, SecretError, read_secret
from centre.settings import Settings
from kiosk.queueing.hours import HANOI


@click.group()
def site() -> None:
    """The wards' buildings."""


@site.command(name="add")
@click.argument("code")
@click.argument("name_vi")
@click.argument("name_en")
@click.option("--group", default="", help="Its step in a staged roll-out, such as pilot.")
@click.option("--latitude", type=float, help="Degrees north, for the map.")
@click.option("--longitude", type=float, help="Degrees east.")
@click.pass_obj
def site_add(
    settings: Settings,
    code: str,
    name_vi: str,
    name_en: str,
    group: str,
    latitude: float | None,
    longitude: float | None,
) -> None:
    """Make a site known: CODE (a-z, 0-9, "-"; never changed), its names in both languages."""
    in_one_change(
        settings,
        lambda connection: add_site(
            connection,
            code,
            name_vi,
            name_en,
            now=utc_now(),
            group=group,
            latitude=latitude,
            longitude=longitude,
        ),
    )
    click.echo(f"{code} is known; `centre enrol {code}` makes a code for a kiosk there")


@site.command(name="group")
@click.argument("code")
@click.argument("group", default="")
@click.pass_obj
def site_group(settings: Settings, code: str, group: str) -> None:
    """Put a site into GROUP; without one, with everybody."""
    in_one_change(settings, lambda connection: put_in_group(connection, code, group))


@site.command(name="list")
@click.pass_obj
def site_list(settings: Settings) -> None:
    """All sites: code, name, group, devices."""
    for row in in_one_change(settings, list_sites):
        click.echo(f"{row.code:24} {row.name_vi:40} {row.group or '-':12} {row.devices:4}")


@site.command(name="wards")
@click.pass_obj
def site_wards(settings: Settings) -> None:
    """Make the 126 wards and communes of Hanoi known, those that are not yet."""

    async def add_all(connection: AsyncConnection) -> int:
        known = {row.code for row in await list_sites(connection)}
        fresh = [one for one in wards() if one.code not in known]
        for one in fresh:
            await add_site(connection, **asdict(one), now=utc_now())
        return len(fresh)

    click.echo(f"{in_one_change(settings, add_all)} wards are known now that were not")


@click.command()
@click.argument("code")
@click.pass_obj
def enrol(settings: Settings, code: str) -> None:
    """A one-time code for a kiosk of the site CODE, to be typed there within 15 minutes."""
    try:
        secret = read_secret(settings.folder / FILE)
    except (SecretError, OSError) as error:
        raise click.ClickException(str(error)) from error
    now = utc_now()
    drawn = in_one_change(
        settings, lambda connection: make_code(connection, secret, code, by=who(), now=now)
    )
    click.echo(f"{drawn[:4]}-{drawn[4:]}  (until {(now + HOLDS).astimezone(HANOI):%H:%M})")


@click.group()
def device() -> None:
    """The kiosks that are known."""


@device.command(name="list")
@click.option("--site", "of_site", default="", help="Of one site alone.")
@click.pass_obj
def device_list(settings: Settings, of_site: str) -> None:
    """All devices: name at the centre, its own name, version, last seen, state."""
    for row in in_one_change(settings, lambda connection: list_devices(connection, of_site)):
        state = f"revoked {_day(row.revoked_at)}" if row.revoked_at else f"seen {_day(row.seen_at)}"
        click.echo(f"{row.id:36} {row.name:24} {row.version or '-':10} {state}")


@device.command(name="revoke")
@click.argument("name")
@click.pass_obj
def device_revoke(settings: Settings, name: str) -> None:
    """End a device: its key counts no more, from its next request on. There is no way back; a
    kiosk that comes back is enrolled again, under another name."""
    in_one_change(settings, lambda connection: revoke(connection, name, by=who(), now=utc_now()))
    click.echo(f"{name} is revoked")


def _day(moment: datetime | None) -> str:
    return f"{moment.astimezone(HANOI):%Y-%m-%d %H:%M}" if moment else "never"
