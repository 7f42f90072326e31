"""`kiosk catalogue`: import a portal export, list, show, the board, and train. Needs no core."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kiosk.cli.link import as_json, ask, print_json
from kiosk.errors import CatalogueError
from kiosk.paths import DataFolder
from kiosk.queueing.hours import HANOI
from kiosk.words import PrintList

if TYPE_CHECKING:
    from kiosk.catalogue.importing import Import
    from kiosk.guide.board import Board
    from kiosk.guide.catalogue import Catalogue

SHOWN_BAD_ROWS = 20  # on the terminal; --json has them all


@click.group()
def catalogue() -> None:
    """The procedures that this kiosk knows."""


@contextmanager
def _told() -> Iterator[None]:
    """What is wrong with a catalogue is said on standard error and ends with status 1."""
    try:
        yield
    except CatalogueError as error:
        raise click.ClickException(f"{error.code}: {error.detail}") from error


@catalogue.command(name="import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--ward-only", is_flag=True, help="Only what the ward receives.")
@click.option("--fewer", is_flag=True, help="Most procedures may vanish: this is meant.")
@click.option("--dry-run", is_flag=True, help="Report alone; nothing is kept.")
@as_json
@click.pass_obj
def import_(
    data: DataFolder, file: Path, ward_only: bool, fewer: bool, dry_run: bool, as_json: bool
) -> None:
    """Import a portal export (.jsonl, .csv, .xlsx; .jsonl.gz) over the shipped catalogue.

    A bad row is reported with its line and left out. The old catalogue stays until the new one is
    whole on the disk.
    """
    from kiosk.catalogue.importing import read_export, work_out
    from kiosk.catalogue.keeping import keep, read_kept
    from kiosk.catalogue.reading import read_catalogue
    from kiosk.catalogue.shipped import read_shipped
    from kiosk.paths import ASSETS

    with _told():
        with _progress(file) as told:
            rows = read_export(file, ward_only=ward_only, told=told)
        before = read_kept(data.catalogue)
        done = work_out(
            read_shipped(ASSETS / "catalogue"),
            before[0] if before else None,
            rows,
            source=file.name,
            ward_only=ward_only,
            on=datetime.now(HANOI).date().isoformat(),
            fewer=fewer,
        )
        version = "" if dry_run else keep(data.catalogue, done.kept)
        if version:
            read_catalogue(data)  # kept ready for all who ask from now on
    report = _report(done, version, before[1] if before else "")
    if as_json:
        print_json(report)
    else:
        _print_report(report)


@catalogue.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), required=False)
@click.option("--own", is_flag=True, help="No FILE: what was imported here counts again.")
@click.option("--dry-run", is_flag=True, help="Only try it; nothing is kept.")
@click.pass_obj
def use(data: DataFolder, file: Path | None, own: bool, dry_run: bool) -> None:
    """Take a whole catalogue as the city's centre gives it, FILE, in place of the import here.

    The core does so by itself where a centre is set; this is for a stick. Tried first: a catalogue
    that cannot be used changes nothing.
    """
    from kiosk.catalogue.keeping import come_back, decode_kept, give_way
    from kiosk.catalogue.merging import merged
    from kiosk.catalogue.reading import SHIPPED, read_catalogue
    from kiosk.catalogue.shipped import read_shipped

    if (file is None) != own:
        raise click.UsageError("a FILE, or --own")
    with _told():
        if file is None:
            come_back(data.catalogue)
        else:
            try:
                kept = decode_kept(file.read_bytes())
            except OSError as error:
                raise CatalogueError(f"{file}: cannot be read: {error}") from error
            merged(read_shipped(SHIPPED), kept.rows, kept.amended, kept.abolished, "")
            if dry_run:
                click.echo(f"{len(kept.rows)} procedures: it can be used")
                return
            give_way(data.catalogue, kept)
        found = read_catalogue(data)  # kept ready for all who ask from now on
    click.echo(f"{len(found.procedures)} procedures, version {found.version[:12]}")


@contextmanager
def _progress(file: Path) -> Iterator[Any]:
    """A bar on standard error, where somebody looks at it."""
    from kiosk.catalogue.export_file import count_rows

    if not sys.stderr.isatty():
        yield lambda done: None
        return
    with click.progressbar(length=count_rows(file), label=file.name, file=sys.stderr) as bar:
        yield lambda done: bar.update(1)


def _report(done: Import, version: str, before: str) -> dict[str, Any]:
    return {
        "version": version,
        "previous_version": before,
        "rows": len(done.rows.good) + done.rows.left_out + len(done.rows.bad),
        "imported": len(done.rows.good),
        "left_out": done.rows.left_out,
        "elsewhere": sum(not one.ward for one in done.rows.good),
        "procedures": len(done.catalogue.procedures),
        "added": done.added,
        "changed": done.changed,
        "removed": done.removed,
        "incomplete": done.incomplete,
        "bad_rows": [asdict(one) for one in done.rows.bad],
    }


def _print_report(report: dict[str, Any]) -> None:
    for row in report["bad_rows"][:SHOWN_BAD_ROWS]:
        click.echo(f"line {row['line']}: {row['reason']}", err=True)
    more = len(report["bad_rows"]) - SHOWN_BAD_ROWS
    if more > 0:
        click.echo(f"… and {more} more bad rows", err=True)
    counts = ", ".join(
        f"{len(report[name])} {name}" for name in ("added", "changed", "removed", "incomplete")
    )
    kept = f"version {report['version'][:12]}" if report["version"] else "nothing kept"
    click.echo(
        f"{report['imported']} of {report['rows']} rows, {report['left_out']} not the ward's, "
        f"{len(report['bad_rows'])} bad"
    )
    click.echo(f"{report['procedures']} procedures: {counts}; {kept}")
    if report["elsewhere"] > report["imported"] / 2:
        click.echo(
            f"{report['elsewhere']} of them are not received at the ward: "
            "--ward-only leaves them out and answers sooner",
            err=True,
        )


@catalogue.command(name="list")
@click.option("--field", default="", help="Code of a field.")
@as_json
@click.pass_obj
def list_(data: DataFolder, field: str, as_json: bool) -> None:
    """All procedures, one a line: code, field, short name."""
    from kiosk.catalogue.reading import read_catalogue

    with _told():
        found = read_catalogue(data)
    rows = [
        {"code": one.code, "name": one.official, "short": one.short, "field": one.field,
         "variant": one.variant, "ward": one.ward, "service": one.service, "checked": one.checked}
        for one in found.procedures
        if field in {"", one.field}
    ]  # fmt: skip
    if as_json:
        print_json(rows)
        return
    for row in rows:
        click.echo(f"{row['code']}  {row['field']:<24} {row['short']}")


@catalogue.command()
@click.argument("code")
@as_json
@click.pass_obj
def show(data: DataFolder, code: str, as_json: bool) -> None:
    """One procedure, whole."""
    from kiosk.catalogue.reading import read_catalogue
    from kiosk.guide.procedure import missing

    with _told():
        procedure = read_catalogue(data).whole(code)
    if procedure is None:
        raise click.ClickException(f"unknown_procedure: {code}")
    row = {**asdict(procedure), "portal": procedure.portal, "missing": missing(procedure)}
    if as_json:
        print_json(row)
        return
    click.echo(f"{procedure.code}  {procedure.official}")
    for name in ("who", "time", "result", "portal"):
        click.echo(f"  {name}: {row[name] or '?'}")
    click.echo(f"  fee: {procedure.fee.text or '?'}")
    for document in procedure.documents:
        when = f" ({document.when})" if document.when else ""
        click.echo(f"  - {document.name}: {document.form} x{document.copies}{when}")
    for number, step in enumerate(procedure.steps, start=1):
        click.echo(f"  {number}. {step}")


@catalogue.command()
@click.option("--words", default="", help="Only what has these words in code or name.")
@click.option("--field", default="", help="Only fields whose name has these words.")
@click.option("--print", "on_paper", is_flag=True, help="The list of one field as a slip.")
@as_json
@click.pass_obj
def board(data: DataFolder, words: str, field: str, on_paper: bool, as_json: bool) -> None:
    """What wards post on paper: the list in force, and what is new, amended or abolished.

    --print asks the running core to print the list of one field.
    """
    from kiosk.catalogue.reading import read_catalogue
    from kiosk.guide.board import board_of
    from kiosk.guide.shelves import EVENTS

    with _told():
        catalogue = read_catalogue(data)
    found = board_of(catalogue, words, field)
    if on_paper:
        _print_board(data, catalogue, found)
        return
    row = asdict(found)
    if as_json:
        print_json(row)
        return
    for name in ("in_force", *EVENTS):
        count = sum(len(section["lines"]) for section in row[name])
        click.echo(f"{name}: {count}")
        for section in row[name]:
            click.echo(f"  {section['field']}")
            for line in section["lines"]:
                click.echo(f"    {line['code']}  {line['name']}")


def _print_board(data: DataFolder, catalogue: Catalogue, board: Board) -> None:
    fields = [section.field for section in board.in_force]
    if len(fields) != 1:
        named = "\n".join(f"  {name}" for name in fields) or "  (none)"
        raise click.ClickException(f"a slip has one field; name it with --field:\n{named}")
    codes = {one.name_vi: one.code for one in catalogue.fields}
    ask(data, PrintList(title=fields[0], field=codes[fields[0]]))


@catalogue.command()
@as_json
@click.pass_obj
def train(data: DataFolder, as_json: bool) -> None:
    """Train the search anew on this kiosk's catalogue; under a minute."""
    from kiosk.catalogue.renewal import renew

    with _told(), click.progressbar(length=100, label="train", file=sys.stderr) as bar:
        done = renew(data, lambda done, of: bar.update(100 // of))
    if as_json:
        print_json(asdict(done) | {"path": str(done.path)})
    else:
        click.echo(f"{done.questions} questions, {done.procedures} procedures: {done.path}")
