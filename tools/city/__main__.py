"""`python -m tools.city`: the centre's pages on loopback, over a plausible city in SQLite."""

from __future__ import annotations

import asyncio
import secrets
import tempfile
from datetime import datetime
from pathlib import Path

import click
import uvicorn
from sqlalchemy.ext.asyncio import AsyncConnection

from centre.clock import utc_now
from centre.composition import compose
from centre.documents.key import DocumentKey
from centre.documents.publishing import publish
from centre.identity.surroundings import SEALING
from centre.one_change import who
from centre.pages.accounts.account_book import Role, add_account
from centre.pages.alerts.alert_book import keep_rule
from centre.pages.alerts.rules import KINDS, USUAL, Rule
from centre.pages.publishing.shipped import shipped_body
from centre.pages.sealed import make_pair
from centre.settings import Settings
from centre.store import Database
from kiosk.pins import hash_pin
from kiosk.queueing.hours import HANOI
from kiosk.sealing import read_sealer
from tools.city.filling import fill_days, fill_devices, fill_sites

BUSIEST = ("00070", "00166", "00256", "09556", "00004", "00454")
PEOPLE: tuple[tuple[str, Role, str], ...] = (
    ("thanh-pho", "city", ""),
    ("hoan-kiem", "ward", "00070"),
)


@click.command()
@click.option("--port", default=8600, show_default=True)
@click.option("--devices", default=300, show_default=True)
@click.option("--days", default=40, show_default=True)
def main(port: int, devices: int, days: int) -> None:
    """Make the city in a temporary folder, say how to log in, and serve until Ctrl-C."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=folder, port=port)
        password = secrets.token_urlsafe(12)
        key = Path(folder) / "sealing.key"
        make_pair(key, settings.folder / SEALING)
        asyncio.run(_fill(settings, devices, days, password))
        click.echo(f"http://127.0.0.1:{port}  thanh-pho or hoan-kiem, password {password}")
        click.echo(f"private key for call backs: {key}")
        uvicorn.run(
            compose(settings), host="127.0.0.1", port=port, log_level="warning", access_log=False
        )


async def _fill(settings: Settings, devices: int, days: int, password: str) -> None:
    now, database = utc_now(), Database(settings.database_url)
    sealer = read_sealer(settings.folder / SEALING)
    await database.bring_up()
    async with database.changing() as connection:
        sites = await fill_sites(connection, now)
        await fill_devices(connection, sites, devices, now)
        for site in BUSIEST:
            today = now.astimezone(HANOI).date()
            await fill_days(connection, site, today, days, until=now, sealer=sealer)
        for name, role, site in PEOPLE:
            await add_account(
                connection,
                name=name,
                shown_as=name.replace("-", " ").title(),
                role=role,
                site=site,
                password_hash=hash_pin(password),
                by=who(),
                now=now,
            )
        for kind in KINDS:
            rule = Rule(kind=kind, threshold=USUAL[kind])
            await keep_rule(connection, rule, by="thanh-pho", now=now)
        await _publish(connection, settings, now)
    await database.close()


async def _publish(connection: AsyncConnection, settings: Settings, now: datetime) -> None:
    key = DocumentKey.read(settings.folder)
    for name, audience, note in (
        ("notices", "", "Thông báo chung"),
        ("hours", "", "Giờ làm việc của thành phố"),
        ("survey", "group:pilot", "Thử trước"),
    ):
        body = shipped_body(name)
        await publish(connection, name, audience, body, key=key, by="thanh-pho", now=now, note=note)


main()
