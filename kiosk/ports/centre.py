"""The city's server as the core needs it.

What speaks with it blocks, each on one thread alone, and each call ends within the time given: it
raises CentreAway where there is no answer by then, and CentreRefuses where the answer is a refusal.
Asking twice does no harm.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol

from centre.wire import (
    Acknowledged,
    Changes,
    DocumentFate,
    DocumentNotice,
    DossierState,
    Health,
)


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


class Centre(Dossiers, Protocol):
    """The centre, as this kiosk is known there."""

    def stamp(self) -> object:
        """Differs when this kiosk was enrolled anew; at once, from any thread."""
        ...

    def device(self) -> str:
        """The kiosk's name there. Raises CentreAway where it has none, or may not use it here."""
        ...

    def send(self, batch: OutboxBatch, within_s: float) -> Acknowledged:
        """Tell entries of the outbox."""
        ...

    def tell_health(self, health: Health, within_s: float) -> None:
        """Tell how this kiosk is; only the last counts."""
        ...

    def changes(self, since: str, within_s: float) -> Changes | None:
        """What is new since a cursor ("": everything that counts); None: nothing is."""
        ...

    def document(
        self, notice: DocumentNotice, sink: Callable[[bytes], object], within_s: float
    ) -> None:
        """Hand the bytes of a document to `sink`, as they come."""
        ...

    def tell_fates(self, fates: tuple[DocumentFate, ...], within_s: float) -> None:
        """Tell what became of documents."""
        ...


class Documents(Protocol):
    """The documents that the centre gave; the real one is kiosk.sync.shelf, which says more.

    From any thread. Every method that writes raises Trouble where the disk refuses.
    """

    def want(self, notices: Iterable[DocumentNotice]) -> tuple[str, ...]: ...
    def wanted(self, but: Iterable[str] = ()) -> DocumentNotice | None: ...
    def counts(self, name: str) -> DocumentNotice | None: ...
    def in_use(self, name: str) -> Path | None: ...
    def fetch(
        self,
        notice: DocumentNotice,
        fetch: Callable[[DocumentNotice, Callable[[bytes], object]], None],
    ) -> Path | None: ...
    def swap(self, notice: DocumentNotice) -> None: ...
    def runs(self) -> None: ...
    def start(self) -> tuple[str, ...]: ...
    def end(self) -> None: ...
    def on_trial(self) -> tuple[str, ...]: ...
    def prove(self, names: Iterable[str]) -> None: ...
    def put_back(self, name: str, reason: str) -> None: ...
    def refuse(self, notice: DocumentNotice, reason: str) -> None: ...
    def hold(self, notice: DocumentNotice, reason: str) -> None: ...
    def release(self, name: str) -> None: ...
    def fates(self) -> tuple[DocumentFate, ...]: ...
    def told(self, fates: Iterable[DocumentFate]) -> None: ...


class Takers(Protocol):
    """Who reads the documents in this kiosk, by their names."""

    def try_out(self, name: str, path: Path | None) -> None:
        """Read it as the kiosk would, without any effect; None: the kiosk's own is to count.

        Blocking. Raises DocumentUnusable.
        """
        ...

    def put_in(self, name: str, path: Path | None) -> None:
        """Put it where its readers look. Blocking. Raises DocumentUnusable; nothing is changed."""
        ...

    def take_over(self, name: str) -> bool:
        """Have the running core go on with it, on the loop; True where that needs a restart.

        Raises DocumentUnusable.
        """
        ...
