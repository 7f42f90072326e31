"""`centre dossiers`: bring in what a one-stop system exports."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

import click

from centre.clock import utc_now
from centre.dossiers.importing import dossier_row, in_batches
from centre.dossiers.shelf import STATES, DossierRow, ImportedDossiers
from centre.rows import RowError, read_rows
from centre.secret import FILE, read_secret
from centre.settings import Settings
from centre.store import Database
from centre.wire.dossiers import State


@click.group()
def dossiers() -> None:
    """The states of dossiers."""


@dossiers.command(name="import")
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--word",
    "words",
    multiple=True,
    metavar="WORD=STATE",
    help="A word of the file for one of our states; may be given several times.",
)
@click.option("--whole", is_flag=True, help="Forget every dossier that the file does not name.")
@click.pass_obj
def import_dossiers(settings: Settings, path: Path, words: tuple[str, ...], whole: bool) -> None:
    """Bring in FILE: CSV with a first line of names, or JSON lines (.jsonl).

    \b
    code         as on the receipt: H26.123-260901-0012
    state        received, in_progress, more_papers, payment, ready, returned, refused, stopped
    due_on       YYYY-MM-DD or DD/MM/YYYY, or nothing
    changed_on   the same

    Other fields are passed over and kept nowhere; of a code, its keyed hash is kept. Bringing in
    again is no harm. A line that is refused is told with its number, and costs itself alone; the
    status is 1 then.
    """
    taken = _Import(path, _words(words))
    kept = asyncio.run(_keep(settings, taken, utc_now(), whole=whole))
    click.echo(f"{kept} kept, {taken.refused} refused")
    if taken.refused:
        raise SystemExit(1)


class _Import:
    """The rows of a file, while those that are refused are told and counted."""

    def __init__(self, path: Path, words: Mapping[str, State]) -> None:
        self.path, self._words = path, words
        self.refused = 0

    def __iter__(self) -> Iterator[DossierRow]:
        for number, row in read_rows(self.path):
            try:
                if isinstance(row, RowError):
                    raise row
                yield dossier_row(row, self._words)
            except RowError as error:
                self.refused += 1
                click.echo(f"line {number}: {error}", err=True)


async def _keep(settings: Settings, taken: _Import, now: datetime, *, whole: bool) -> int:
    database = Database(settings.database_url, pool=1)
    shelf = ImportedDossiers(database=database, secret=read_secret(settings.folder / FILE))
    kept = 0
    try:
        await database.bring_up()
        for batch in in_batches(taken):
            await shelf.keep(batch, now)
            kept += len(batch)
        if whole and kept:
            await shelf.forget_before(now)
    except (OSError, RowError) as error:
        raise click.ClickException(f"{taken.path.name}: {error}") from error
    finally:
        await database.close()
    return kept


def _words(pairs: tuple[str, ...]) -> dict[str, State]:
    words: dict[str, State] = {}
    for pair in pairs:
        word, _, name = pair.rpartition("=")
        state = next((one for one in STATES if one == name), None)
        if not word or state is None:
            raise click.BadParameter(f"{pair!r}: WORD=STATE, a state is one of {', '.join(STATES)}")
        words[word] = state
    return words
