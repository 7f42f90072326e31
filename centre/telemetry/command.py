"""`centre personal`: what citizens brought along, found, given out, made to be gone."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta

import click
from sqlalchemy.ext.asyncio import AsyncConnection

from centre.clock import utc_now
from centre.one_change import in_one_change, who
from centre.pages.accounts.audit import write_down
from centre.settings import Settings
from centre.telemetry.personal import Said, erase, said_between
from kiosk.queueing.hours import HANOI


@click.group()
def personal() -> None:
    """What is personal in what the kiosks told: words and sealed numbers of citizens."""


@personal.command()
@click.argument("site")
@click.argument("first", type=click.DateTime(["%Y-%m-%d"]))
@click.argument("last", type=click.DateTime(["%Y-%m-%d"]))
@click.pass_obj
def export(settings: Settings, site: str, first: datetime, last: datetime) -> None:
    """Give out what is kept of SITE from FIRST to LAST (days, both included), a line of JSON each.

    `reference` is what `erase` wants to be told.
    """
    days = _days(first, last)
    for one in in_one_change(settings, lambda one: _export(one, site, days)):
        told = {
            "reference": one.reference,
            "site": one.site,
            "at": one.at.astimezone(HANOI).isoformat(timespec="seconds"),
            "service": one.service,
            "face": one.face,
            "words": one.words,
            "call_back": one.call_back,
        }
        click.echo(json.dumps(told, ensure_ascii=False))


@personal.command(name="erase")
@click.argument("site")
@click.argument("day", type=click.DateTime(["%Y-%m-%d"]))
@click.argument("references", nargs=-1, required=True)
@click.option("--reason", required=True, help="Who wished it, in words for the audit; no name.")
@click.pass_obj
def erase_said(
    settings: Settings, site: str, day: datetime, references: tuple[str, ...], reason: str
) -> None:
    """Empty words and numbers of these answers of SITE on DAY. The face and its reasons stay.

    It is written into the audit. Backups hold them until they are over: see docs/centre.md.
    """
    wanted, days = set(references), _days(day, day)
    gone = in_one_change(settings, lambda one: _erase(one, site, days, wanted, reason))
    for one in sorted(wanted):
        click.echo(f"{one}: {'erased' if one in gone else 'nothing there'}")
    if gone != wanted:
        raise SystemExit(1)


def _days(first: datetime, last: datetime) -> tuple[datetime, datetime]:
    return _midnight(first.date()), _midnight(last.date() + timedelta(days=1))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), HANOI)


async def _export(
    connection: AsyncConnection, site: str, days: tuple[datetime, datetime]
) -> list[Said]:
    found = await said_between(connection, site, *days)
    await write_down(connection, utc_now(), who(), "personal_export", site, answers=len(found))
    return found


async def _erase(
    connection: AsyncConnection,
    site: str,
    days: tuple[datetime, datetime],
    references: set[str],
    reason: str,
) -> set[str]:
    found = await said_between(connection, site, *days)
    wanted = [one for one in found if one.reference in references]
    for one in wanted:
        await erase(connection, one)
        facts = {"reference": one.reference, "reason": reason}
        await write_down(connection, utc_now(), who(), "personal_erase", site, **facts)
    return {one.reference for one in wanted}
