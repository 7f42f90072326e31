"""The English of papers, conditions, fees, times, steps and results, by their Vietnamese words.

Many procedures ask for the same papers, so they are translated once: english/phrases.toml beside
the catalogue. What has no English there stays Vietnamese, and the screen says so.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import msgspec

from kiosk.errors import CatalogueError
from kiosk.guide.procedure import Procedure

PHRASES: Final = "english/phrases.toml"


class Phrases(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The tables of the file."""

    paper: dict[str, str] = {}
    when: dict[str, str] = {}
    fee: dict[str, str] = {}
    time: dict[str, str] = {}
    step: dict[str, str] = {}
    result: dict[str, str] = {}


def phrases_of(text: str) -> Phrases:
    """The tables of a TOML text. Raises CatalogueError."""
    try:
        return msgspec.toml.decode(text, type=Phrases)
    except msgspec.DecodeError as error:
        raise CatalogueError(f"{PHRASES}: {error}") from error


def in_english(procedure: Procedure, phrases: Phrases) -> Procedure:
    """The procedure with the English of its facts, as far as there is one."""
    steps = tuple(phrases.step.get(one, "") for one in procedure.steps)
    return replace(
        procedure,
        steps_en=steps if all(steps) else (),
        result_en=phrases.result.get(procedure.result, ""),
        time_en=phrases.time.get(procedure.time, ""),
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
