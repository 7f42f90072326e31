"""What a rule may be, and when it looks. Pure.

kind                threshold                          found                        over
offline             minutes                            not heard of for so long     heard of again
paper_low           slips                              so few are left, or fewer    20 % more
wait_long           minutes                            somebody waits longer        20 % less
satisfaction_drop   points (of 5), by site             the last week's mean is so   half of that
                                                       much below the month before
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Literal, get_args
from urllib.parse import urlsplit

from centre.errors import Unprocessable
from kiosk.queueing.hours import HANOI

Kind = Literal["offline", "paper_low", "wait_long", "satisfaction_drop"]
KINDS: tuple[Kind, ...] = get_args(Kind)
Hours = Literal["always", "working"]
HOURS: tuple[Hours, ...] = get_args(Hours)

USUAL: dict[Kind, float] = {
    "offline": 10.0, "paper_low": 60.0, "wait_long": 45.0, "satisfaction_drop": 0.5,
}  # fmt: skip
LIMITS: dict[Kind, tuple[float, float]] = {
    "offline": (3.0, 10_080.0),
    "paper_low": (1.0, 2000.0),
    "wait_long": (5.0, 480.0),
    "satisfaction_drop": (0.1, 4.0),
}
FEWEST_ANSWERS = 20
WEEK, MONTH = timedelta(days=7), timedelta(days=28)
OPENS, CLOSES = time(7), time(18)
MOST_ADDRESSES = 10
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule; `id` 0 is a new one."""

    kind: Kind
    threshold: float
    site: str = ""
    hours: Hours = "always"
    tell: tuple[str, ...] = ()
    active: bool = True
    id: int = 0
    secret: str = field(default="", repr=False)

    @property
    def of_sites(self) -> bool:
        """Whether it finds sites, not devices."""
        return self.kind == "satisfaction_drop"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A device or a site of which a rule's condition is true, and how much so."""

    subject: str
    site: str
    value: float


def check_rule(rule: Rule) -> None:
    """Raises Unprocessable where it cannot be."""
    if rule.kind not in KINDS or rule.hours not in HOURS:
        raise Unprocessable("no such kind", code="bad_rule")
    low, high = LIMITS[rule.kind]
    if not low <= rule.threshold <= high:
        raise Unprocessable(f"a threshold is {low:g} to {high:g}", code="bad_threshold")
    if len(rule.tell) > MOST_ADDRESSES or not all(map(is_address, rule.tell)):
        raise Unprocessable("mail addresses and https:// addresses", code="bad_address")


def is_address(text: str) -> bool:
    """Whether it is "mailto:somebody@somewhere" or an https:// address (http:// on loopback)."""
    if len(text) > 200 or not text.isprintable() or " " in text:
        return False
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
        parts.port  # noqa: B018 - raises where it is none
    except ValueError:
        return False
    if parts.scheme == "mailto":
        name, _, domain = parts.path.rpartition("@")
        return bool(name and domain) and not set(parts.path) & set("<>,;\"'\\")
    is_plain = parts.scheme == "http" and host in LOOPBACK
    return bool(host) and not parts.username and (parts.scheme == "https" or is_plain)


def addresses_in(text: str) -> tuple[str, ...]:
    """Addresses as people type them, one a line: a mail address needs no "mailto:"."""
    lines = [one for line in text.replace(",", "\n").split("\n") if (one := line.strip())]
    return tuple(dict.fromkeys(one if ":" in one else f"mailto:{one}" for one in lines))


def looks_now(rule: Rule, now: datetime) -> bool:
    """Whether it may find something new now."""
    if rule.hours == "always":
        return True
    local = now.astimezone(HANOI)
    return local.weekday() < 6 and OPENS <= local.time() < CLOSES


def silent_since(rule: Rule, now: datetime) -> datetime | None:
    """Before which moment a device must have been heard of last to be offline; None where the
    working day has only just begun: what was switched off overnight has time to start."""
    since = now - timedelta(minutes=rule.threshold)
    if rule.hours == "always":
        return since
    opened = datetime.combine(now.astimezone(HANOI).date(), OPENS, HANOI)
    return since if since >= opened else None
