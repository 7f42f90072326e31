"""Forms for those who write no TOML: the notices and the hours, there and back. Pure.

What a form cannot say (a service's own hours) is not in these documents; what somebody typed and
cannot be is left for centre.documents.checking to refuse, with its line.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from centre.pages.publishing.shipped import fragment_text
from kiosk.config.rules import WEEKDAYS

MOST_NOTICES = 12
_BETWEEN = re.compile(r"[,;\s]+")
_DASH = re.compile(r"\s*[-–]\s*")
_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeFields:
    """A notice as the form has it."""

    text_vi: str = ""
    text_en: str = ""
    first: str = ""
    last: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursFields:
    """The hours as the form has them: a line for each weekday, days one below the other."""

    week: tuple[str, ...]
    closed_on: str
    open_on: str
    public_holidays: bool


def notices_in(body: bytes) -> tuple[NoticeFields, ...]:
    """The notices of a document, and two empty ones to be filled."""
    found = tomllib.loads(body.decode()).get("notice", [])
    known = [
        NoticeFields(**{key: str(one.get(key, "")) for key in NoticeFields.__slots__})
        for one in found
    ]
    room = min(2, MOST_NOTICES - len(known))
    return (*known, *(NoticeFields() for _ in range(room)))


def notices_body(form: Mapping[str, Any]) -> bytes:
    """The document of a form whose fields are text_vi-0, first-0 …; an empty notice is none."""
    found = []
    for number in range(MOST_NOTICES):
        fields = {
            key: str(form.get(f"{key}-{number}", "")).strip() for key in NoticeFields.__slots__
        }
        if fields["text_vi"] or fields["text_en"]:
            found.append(fields)
    return fragment_text({"notice": found}).encode()


def hours_in(body: bytes) -> HoursFields:
    """The hours of a document."""
    hours = tomllib.loads(body.decode()).get("hours", {})
    return HoursFields(
        week=tuple(", ".join(hours.get(day, [])) for day in WEEKDAYS),
        closed_on="\n".join(hours.get("closed_on", [])),
        open_on="\n".join(hours.get("open_on", [])),
        public_holidays=bool(hours.get("public_holidays", True)),
    )


def hours_body(form: Mapping[str, Any]) -> bytes:
    """The document of a form whose fields are monday …, closed_on, open_on, public_holidays."""
    week = {day: _parts(_DASH.sub("-", str(form.get(day, "")))) for day in WEEKDAYS}
    days = {key: _days(str(form.get(key, ""))) for key in ("closed_on", "open_on")}
    table = {
        **week,
        "public_holidays": bool(form.get("public_holidays")),
        **days,
        "always_open": False,
    }
    return fragment_text({"hours": table}).encode()


def _parts(text: str) -> list[str]:
    return [part for part in _BETWEEN.split(text.strip()) if part]


def _days(text: str) -> list[str]:
    """Days as they are written here ("02/09/2026") or there ("2026-09-02"), sorted, each once."""
    iso = _DAY.sub(lambda found: f"{found[3]}-{found[2]:>02}-{found[1]:>02}", text)
    return sorted(set(_parts(iso)))
