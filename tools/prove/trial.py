"""What a trial is: rounds that each leave a record, and a judgement over all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


class CannotPlay(Exception):
    """This machine lacks what a trial needs: it is left out, and the words say why."""


Record = dict[str, Any]
"""What one round saw: values that JSON knows."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table. `ok` None where it is told and not judged."""

    what: str
    value: str
    aim: str = ""
    ok: bool | None = None


@dataclass(frozen=True, slots=True)
class Curve:
    """Something over the rounds, or over `xs`; drawn as one line."""

    title: str
    unit: str
    values: Sequence[float]
    xs: Sequence[float] = ()
    x_title: str = "rounds"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What all rounds came to."""

    rows: Sequence[Row]
    curves: Sequence[Curve] = field(default=())

    @property
    def holds(self) -> bool:
        """Whether nothing that is judged went wrong."""
        return all(row.ok is not False for row in self.rows)


@dataclass(frozen=True, slots=True)
class Trial:
    """`play(folder, first, last)` does rounds `first` to `last` (not included) and gives their
    records one by one; each draws its dice from its number, so that it can be repeated alone.
    Records of another `version` do not count: what the rounds do, or note, was something else.
    """

    name: str
    about: str
    rounds: int
    play: Callable[[Path, int, int], Iterator[Record]]
    judge: Callable[[Sequence[Record]], Verdict]
    version: int = 1
