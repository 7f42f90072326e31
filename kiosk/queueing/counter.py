"""A counter's session: closed, open or paused, and who is there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

CounterCondition = Literal["closed", "open", "paused"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterSession:
    """How a counter is, since when (ISO 8601), whose it is, and why it pauses."""

    counter: str
    state: CounterCondition = "closed"
    staff: str = ""
    since: str = ""
    reason: str = ""
