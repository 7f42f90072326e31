"""What the audit log says beside a deed: its facts, in the words of whoever reads.

Facts are kept as they were when the deed was done, so one that is named otherwise today, or a code
that is none any more, is shown as it was written.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, fields

from centre.pages.accounts.account_book import ROLES
from centre.pages.alerts.rules import KINDS
from centre.pages.days.call_back_book import OUTCOMES
from centre.pages.site_book import SiteFacts
from centre.pages.wording import figure
from kiosk.words import Language

_CODES: Mapping[str, tuple[str, Collection[str]]] = {
    "role": ("role", ROLES),
    "kind": ("alert", KINDS),
    "outcome": ("call_backs", OUTCOMES),
    "changed": ("site_facts", [field.name for field in fields(SiteFacts)]),
    "active": ("fact_active", ("yes", "no")),
}
"""Of each fact that is a code: the table of texts that names it, and the codes there are."""
_PLACES = frozenset({"audience", "site"})
_LABELLED = _PLACES | {
    "address", "answers", "changed", "key", "kind", "reason", "reference", "role", "scope",
    "threshold", "version", "wishes",
}  # fmt: skip
_SPEAK_ALONE = frozenset({"active", "outcome"})


@dataclass(frozen=True, slots=True)
class DeedWords:
    """`say` gives a text by its key, `site_names` what each site is called in that language."""

    say: Callable[..., str]
    language: Language
    site_names: Mapping[str, str]

    def told(self, facts: Mapping[str, object]) -> str:
        """All of them in one line, in the order in which they were kept."""
        return "; ".join(self._told(name, value) for name, value in facts.items())

    def _told(self, name: str, value: object) -> str:
        words = ", ".join(self._one(name, one) for one in _many(value))
        if name in _SPEAK_ALONE:
            return words
        return self.say(f"fact.{name}", value=words) if name in _LABELLED else f"{name}: {words}"

    def _one(self, name: str, value: object) -> str:
        if isinstance(value, bool):
            value = "yes" if value else "no"
        if name in _PLACES:
            return self._place(str(value))
        if isinstance(value, float) or name == "threshold":
            return self._figure(value)
        table, codes = _CODES.get(name, ("", ()))
        return self.say(f"{table}.{value}") if value in codes else str(value)

    def _figure(self, value: object) -> str:
        if not isinstance(value, int | float):
            return str(value)
        return figure(value, 0 if value == int(value) else 1, self.language)

    def _place(self, value: str) -> str:
        """A site by its code, or an audience: everybody, "group:…", "site:…"."""
        if not value:
            return self.say("audience.all")
        kind, _, rest = value.partition(":")
        if kind == "group" and rest:
            return self.say("audience.group", name=rest)
        return self.site_names.get(rest or kind, rest or kind)


def _many(value: object) -> Collection[object]:
    return value if isinstance(value, list | tuple) else (value,)
