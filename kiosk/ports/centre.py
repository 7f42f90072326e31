"""The city's server as the core needs it. Blocking, each used by one thread alone.

Each call ends within the time given; it raises CentreAway where there is no answer by then, and
CentreRefuses where the answer is a refusal. `cut` may come from any thread: it ends the call that
is under way. Asking twice does no harm.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from centre.wire import DossierState


class OutboxRow(NamedTuple):
    """An entry. `at` is when it was written (ISO 8601), `body` is JSON."""

    seq: int
    kind: str
    at: str
    body: bytes


@dataclass(frozen=True, slots=True)
class OutboxBatch:
    """Entries of one order, oldest first, without a gap."""

    epoch: str
    rows: Sequence[OutboxRow] = ()


class Line(Protocol):
    """A connection that is opened when it is needed."""

    def cut(self) -> None:
        """End the call under way, from any thread; the next one opens the line again."""
        ...

    def close(self) -> None:
        """Hang up."""
        ...


class Dossiers(Line, Protocol):
    """Who knows how far a dossier is."""

    def dossier(self, code: str, within_s: float) -> DossierState | None:
        """None: nobody has this code."""
        ...
