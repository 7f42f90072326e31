"""What the core asks of the processes that speak and hear."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from kiosk.words import Language


class Speaker(Protocol):
    """Never blocks; what is said replaces what is being said."""

    def say(
        self,
        sentences: Sequence[tuple[str, str]],
        language: Language,
        *,
        slowly: bool = False,
        level: float = 1.0,
    ) -> None:
        """Speak sentences, each a (key of a recording or "", text); `level` is a share of the
        configured loudness, 0 to 1, for these alone."""
        ...

    def stop(self) -> None:
        """Be quiet at once."""
        ...

    async def run(self) -> None:
        """Keep the speech going until cancelled."""
        ...


class Ears(Protocol):
    """A microphone and a recogniser; never blocks. What is heard comes back by callbacks."""

    def open(self) -> None:
        """Open the microphone for the moments before a press."""
        ...

    def listen(self, press: int, language: Language) -> bool:
        """Hear one question; False when that is not possible now."""
        ...

    def finish(self) -> None:
        """The question is over."""
        ...

    def close(self) -> None:
        """Close the microphone and forget."""
        ...

    def score(self, press: int, texts: Sequence[str]) -> bool:
        """Ask how well texts fit the sound heard last; False when nobody can tell."""
        ...

    async def run(self) -> None:
        """Keep the ears going until cancelled."""
        ...
