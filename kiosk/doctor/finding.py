"""What a check has come to: a stable code, and words for the technician from a book."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

import msgspec

from kiosk.paths import ASSETS
from kiosk.texts import Texts
from kiosk.words import Language

State = Literal["ok", "warning", "fault", "skipped"]
EXIT_OF: dict[State, int] = {"ok": 0, "skipped": 0, "warning": 1, "fault": 2}
"""The exit status of `kiosk doctor` is the highest of its findings."""


@dataclass(frozen=True, slots=True)
class Finding:
    """`code` names the sentence in assets/i18n/doctor.*.toml, `values` fill its places."""

    check: str
    state: State
    code: str
    values: dict[str, str] = field(default_factory=dict)


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """A finding in words: what it means, and what to do ("" for nothing)."""

    check: str
    state: State
    code: str
    means: str
    do: str


class Words:
    """The book `doctor` in one language."""

    def __init__(self, language: Language) -> None:
        self._texts = Texts(ASSETS / "i18n", "doctor")
        self._language = language

    def name(self, check: str) -> str:
        """The check, or the self-test, as a heading."""
        key = f"check.{check}"
        return self._texts.get(key if self._texts.has(key) else f"test.{check}", self._language)

    def tell(self, finding: Finding) -> Told:
        """The finding in words; a code that the book does not know is told as it is."""
        known = self._texts.has(f"means.{finding.code}")
        code = finding.code if known else "other"
        values = {"detail": "", **finding.values, "code": finding.code}
        do = f"do.{code}"
        return Told(
            check=finding.check,
            state=finding.state,
            code=finding.code,
            means=self._texts.get(f"means.{code}", self._language, **values),
            do=self._texts.get(do, self._language, **values) if self._texts.has(do) else "",
        )


def exit_status(findings: Iterable[Finding]) -> int:
    """0 all well, 1 warnings, 2 faults."""
    return max((EXIT_OF[one.state] for one in findings), default=0)
