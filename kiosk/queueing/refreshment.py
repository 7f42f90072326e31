"""Refreshments: one attempt to give one thing out, and what became of it.

    moving ──▶ dropped        its fall was seen: the stock is one less
       ├─────▶ not_dropped    the dispenser moved and nothing fell
       ├─────▶ refused        it was not moved
       └─────▶ unknown        it may have moved: never repeated by itself

`moving` is on the disk before the dispenser is asked to move. Found at a start, it is `unknown`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

GivingState = Literal["moving", "dropped", "not_dropped", "refused", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Giving:
    """One attempt. `request_id` makes asking idempotent; `asked_at` is ISO 8601."""

    id: int
    item: str
    request_id: str
    state: GivingState
    reason: str
    asked_at: str
