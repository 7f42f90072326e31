"""`kiosk ask`: what the kiosk would answer. Needs no core; topic and order are kept in a stream."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kiosk.errors import CatalogueError
from kiosk.paths import DataFolder

if TYPE_CHECKING:
    from kiosk.guide.answer import Answer, Site
    from kiosk.guide.guide import Guide

LONGEST_LINE = 100_000  # characters of a question that are looked at
SITE = "site"
"""Under this name the root hands in what gives the ward's hours, places and counters."""


@click.command()
@click.argument("text")
@click.option("--json", "as_json", is_flag=True, help="One JSON line for each question.")
@click.option("--language", type=click.Choice(["vi", "en"]), default="vi", show_default=True)
@click.option("--topic", default="", help="Code that the question goes on about.")
@click.option(
    "--catalogue",
    "file",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    help="A portal export to answer over; the kiosk's own catalogue stays as it is.",
)
@click.pass_context
def ask(
    context: click.Context, text: str, as_json: bool, language: str, topic: str, file: Path | None
) -> None:
    """Answer TEXT; "-" answers standard input, a question a line, in order."""
    from kiosk.guide.talk import Talk, go_on

    site: Callable[[], Site] = context.meta[SITE]
    guide = guide_for(context.obj, file, site())
    talk = Talk(topic=topic)
    questions: Iterable[str] = (line.rstrip("\r\n") for line in _lines()) if text == "-" else [text]
    for question in questions:
        answer, talk = go_on(guide, talk, question[:LONGEST_LINE], language)
        if as_json:
            sys.stdout.write(json.dumps(wire(question, answer), ensure_ascii=False) + "\n")
        else:
            sys.stdout.write(plain(answer))
        sys.stdout.flush()


def _lines() -> Iterable[str]:
    """Standard input, whatever its bytes: what is not UTF-8 is replaced, nothing is refused."""
    for line in sys.stdin.buffer:
        yield line.decode("utf-8", "replace")


def guide_for(data: DataFolder, file: Path | None, site: Site) -> Guide:
    """The kiosk's guide, or one over a portal export; what is wrong ends with status 1."""
    from kiosk.catalogue.opening import open_guide
    from kiosk.catalogue.reading import catalogue_over, read_catalogue

    try:
        if file is None:
            return open_guide(read_catalogue(data), data, site)
        from kiosk.catalogue.importing import read_export

        return open_guide(catalogue_over(read_export(file)), None, site)
    except CatalogueError as error:
        raise click.ClickException(f"{error.code}: {error.detail}") from error


def wire(question: str, answer: Answer) -> dict[str, Any]:
    """An answer as `kiosk ask --json` tells it."""
    return {
        "question": question,
        "intent": answer.intent,
        "slots": dict(answer.slots),
        "aspect": answer.aspect if answer.intent == "procedure" else None,
        "procedures": [
            {"code": one.code, "name": one.name, "score": one.score} for one in answer.procedures
        ],
        "answer": {
            "kind": answer.kind,
            "title": answer.title,
            "spoken": answer.spoken,
            "procedure": answer.procedure,
            "service": answer.service,
            "portal": answer.portal,
            "cards": [
                {"kind": card.kind, "title": card.title, "lines": list(card.lines)}
                for card in answer.cards
            ],
            "next": list(answer.next),
        },
    }


def plain(answer: Answer) -> str:
    """An answer for people who read a terminal."""
    lines = [f"[{answer.intent}, {answer.kind}] {answer.title}", answer.spoken]
    for card in answer.cards:
        lines.append(f"  {card.title}")
        lines += [f"    {line}" for line in card.lines]
    if answer.kind == "choices":
        lines += [f"  {one.code}  {one.name} ({one.score:.2f})" for one in answer.procedures]
    return "\n".join(lines) + "\n\n"
