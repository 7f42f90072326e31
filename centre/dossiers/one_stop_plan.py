"""How a one-stop system is asked: a TOML file, because each has its own address and its own words.

url = "https://one-stop.example/api/dossiers/{code}"
token_file = "one-stop.token"       # beside this file; sent as `Authorization: Bearer …`
within_s = 4.0                      # a question may take so long, 0.5 to 20

[fields]                            # where in the answer's JSON; "data.state" looks into "data"
state = "data.status"
due_on = "data.due"                 # "YYYY-MM-DD…" or "DD/MM/YYYY…"
changed_on = "data.changed"

[states]                            # its words for ours; ours need not be said
"Đang xử lý" = "in_progress"
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

import msgspec
from msgspec import Meta

from centre.wire.dossiers import State

PLACE = "{code}"
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?!\d)|(\d\d?)/(\d\d?)/(\d{4})(?!\d)", re.ASCII)


class OneStopError(Exception):
    """The file cannot be used; the words say why."""


class Fields(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where an answer says what."""

    state: str = "state"
    due_on: str = "due_on"
    changed_on: str = "changed_on"


class OneStopPlan(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The file."""

    url: str
    token_file: str = ""
    within_s: Annotated[float, Meta(ge=0.5, le=20.0)] = 4.0
    fields: Fields = Fields()
    states: Mapping[str, State] = {}
    token: str = ""


def read_one_stop(path: Path) -> OneStopPlan:
    """The plan, with the token that its file names. Raises OneStopError."""
    try:
        plan = msgspec.convert(tomllib.loads(path.read_text()), OneStopPlan)
        if plan.token_file:
            token = (path.parent / plan.token_file).read_text().strip()
            plan = msgspec.structs.replace(plan, token=token)
    except (OSError, ValueError) as error:
        raise OneStopError(f"{path}: {error}") from error
    parts = urlsplit(plan.url)
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
    if not is_safe or plan.url.count(PLACE) != 1 or PLACE in parts.netloc:
        raise OneStopError(f"{path}: url is https, and its path or query holds {PLACE} once")
    return plan


def within(answer: Any, where: str) -> str:
    """The text at "data.state" of an answer, "" where there is none."""
    for name in where.split("."):
        answer = answer.get(name) if isinstance(answer, Mapping) else None
    if isinstance(answer, bool) or not isinstance(answer, str | int):
        return ""
    return str(answer).strip()


def day_in(text: str) -> date | None:
    """The day that a text begins with, written either way; None where it says none.

    Raises ValueError for a day that does not exist.
    """
    if not text:
        return None
    found = _DAY.match(text)
    if found is None:
        raise ValueError("a day is YYYY-MM-DD or DD/MM/YYYY")
    year, month, day, its_day, its_month, its_year = found.groups()
    if year:
        return date(int(year), int(month), int(day))
    return date(int(its_year), int(its_month), int(its_day))
