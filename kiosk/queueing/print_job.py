"""Print jobs: one for each slip, from the moment its number is promised.

    pending ──▶ sending ──▶ printed
       ▲           ├──────▶ unknown      something was sent and no answer came: ask, never retry
       └─ refused ◀┘                     nothing was sent: safe to try again

`visit_open` stays set while the citizen's page may have to come back after a restart.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

PrintState = Literal["pending", "sending", "printed", "refused", "unknown", "abandoned"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintJob:
    """One slip to be printed. `created_at` is ISO 8601."""

    id: int
    ticket_id: int
    state: PrintState
    reason: str
    reprint: bool
    created_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipCount:
    """How many slips of a day stand alike."""

    state: PrintState
    reason: str
    reprint: bool
    count: int


def printed_at(kiosk: str) -> str:
    """The reason of a job that the kiosk with this letter does."""
    return f"other_kiosk {kiosk}"
