"""`python -m tools.city`: the centre's pages on loopback, over a plausible city in SQLite."""

from __future__ import annotations

import asyncio
import secrets
import tempfile
from datetime import date, datetime

import click
import uvicorn

from centre.application import application
from centre.clock import utc_now
from centre.pages.accounts.account_book import BY_COMMAND, add_account
from centre.pages.application import new_office, pages
from centre.settings import Settings
from centre.store import Database
from kiosk.pins import hash_pin
from kiosk.queueing.hours import HANOI
from tools.city.filling import fill_days, fill_devices, fill_sites

BUSIEST = ("00070", "00166", "00256", "09556", "00004", "00454")


@click.command()
@click.option("--port", default=8600, show_default=True)
@click.option("--devices", default=300, show_default=True)
@click.option("--days", default=40, show_default=True)
def main(port: int, devices: int, days: int) -> None:
    """Make the city in a temporary folder, say how to log in, and serve until Ctrl-C."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=folder, port=port)
        database = Database(settings.database_url)
        password = secrets.token_urlsafe(12)
        asyncio.run(_fill(database, devices, days, password))
        click.echo(f"http://127.0.0.1:{port}  thanh-pho or hoan-kiem, password {password}")
        office = new_office(settings, database, utc_now)
        app = application(database, pages(settings), state={"office": office, "now": utc_now})
        uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning", access_log=False)


async def _fill(database: Database, devices: int, days: int, password: str) -> None:
    now = utc_now()
    await database.bring_up()
    async with database.changing() as connection:
        sites = await fill_sites(connection, now)
        await fill_devices(connection, sites, devices, now)
        for site in BUSIEST:
            await fill_days(connection, site, _today(now), days, until=now)
        for name, role, site in (("thanh-pho", "city", ""), ("hoan-kiem", "ward", "00070")):
            await add_account(
                connection,
                name=name,
                shown_as=name.replace("-", " ").title(),
                role=role,
                site=site,
                password_hash=hash_pin(password),
                by=BY_COMMAND,
                now=now,
            )
    await database.close()


def _today(now: datetime) -> date:
    return now.astimezone(HANOI).date()


main()
