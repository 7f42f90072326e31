"""`centre migrate`."""

from __future__ import annotations

import asyncio

import click
from sqlalchemy import text

from centre.clock import utc_now
from centre.settings import Settings
from centre.store import Database
from centre.store.partitions import make_partitions


@click.command()
@click.pass_obj
def migrate(settings: Settings) -> None:
    """Bring the tables to the newest step, and make the months of events ahead.

    `centre run` does the same when it starts; here it can be watched, and done before.
    """
    settings.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        step, months = asyncio.run(_migrate(settings))
    except Exception as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"step {step}; months made: {', '.join(months) or 'none'}")


async def _migrate(settings: Settings) -> tuple[str, list[str]]:
    database = Database(settings.database_url, pool=1)
    try:
        await database.bring_up()
        async with database.changing() as connection:
            months = await make_partitions(connection, utc_now())
            asked = await connection.execute(text("SELECT version_num FROM alembic_version"))
            return str(asked.scalar_one()), months
    finally:
        await database.close()
