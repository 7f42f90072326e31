"""What the core needs to hand the centre a secret that it cannot read itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedCallBack:
    """A wish to be called back, as it goes to the centre.

    `sealed` is base64 of the number sealed with the key whose fingerprint is `key`; `consent` is
    the version of the text that was agreed to, in `language`, at `agreed_at` (ISO 8601).
    """

    key: str
    sealed: str
    consent: str
    language: str
    agreed_at: str


class Sealer(Protocol):
    """Seals for the centre; there is no way to open it here."""

    @property
    def fingerprint(self) -> str:
        """Which key of the centre it is."""
        ...

    def seal(self, text: str) -> str:
        """The text, sealed, as base64."""
        ...
