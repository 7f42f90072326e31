"""The English of what a procedure says, by its Vietnamese words.

Many procedures ask for the same papers, so they are translated once: english/*.toml beside the
catalogue, a file for each of its files and shared.toml for what several fields say. What has no
English there stays Vietnamese, and the screen says so. `asked` is by code: what people say who
want it, for the search.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import msgspec

from kiosk.errors import CatalogueError
from kiosk.guide.procedure import Procedure

ENGLISH: Final = "english"
"""The folder beside the catalogue's files."""


class Phrases(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The tables of a file, or of all of them."""

    paper: dict[str, str] = {}
    when: dict[str, str] = {}
    fee: dict[str, str] = {}
    time: dict[str, str] = {}
    step: dict[str, str] = {}
    result: dict[str, str] = {}
    agency: dict[str, str] = {}
    asked: dict[str, tuple[str, ...]] = {}


def phrases_of(texts: Mapping[str, str]) -> Phrases:
    """All tables of these TOML texts, by the names of their files.

    Raises CatalogueError whose detail has one line a mistake; a phrase in two places is one.
    """
    whole = Phrases()
    mistakes: list[str] = []
    for name, text in texts.items():
        try:
            read = msgspec.toml.decode(text, type=Phrases)
        except msgspec.DecodeError as error:
            mistakes.append(f"{name}: {error}")
            continue
        for table, ours in msgspec.structs.asdict(read).items():
            known: dict[str, object] = getattr(whole, table)
            mistakes += (
                f"{name}: {table}: told elsewhere too: {one}" for one in known if one in ours
            )
            known.update(ours)
    if mistakes:
        raise CatalogueError("\n".join(mistakes))
    return whole


def in_english(procedure: Procedure, phrases: Phrases) -> Procedure:
    """The procedure with the English of its facts, as far as there is one."""
    steps = tuple(phrases.step.get(one, "") for one in procedure.steps)
    return replace(
        procedure,
        steps_en=steps if all(steps) else (),
        result_en=phrases.result.get(procedure.result, ""),
        time_en=phrases.time.get(procedure.time, ""),
        agency_en=phrases.agency.get(procedure.agency, ""),
        aliases_en=phrases.asked.get(procedure.code, ()),
        fee=replace(procedure.fee, text_en=phrases.fee.get(procedure.fee.text, "")),
        documents=tuple(
            replace(
                one,
                name_en=phrases.paper.get(one.name, ""),
                when_en=phrases.when.get(one.when, ""),
            )
            for one in procedure.documents
        ),
    )
