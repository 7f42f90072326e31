"""In which state a kiosk is: one word each, the worst that holds. Pure.

never      enrolled, and never heard of
offline    not heard of for OFFLINE_AFTER
fault      a part of it is unavailable
paper      few slips are left
clock      its clock is wrong by more than SKEW_S
backlog    many entries wait in its outbox
good       none of these
revoked    not ours any more; only where one asks for them
"""

from __future__ import annotations

from datetime import timedelta
from typing import Literal, get_args

State = Literal["never", "offline", "fault", "paper", "clock", "backlog", "good", "revoked"]
STATES: tuple[State, ...] = get_args(State)
WORST_FIRST: tuple[State, ...] = (
    "offline", "fault", "paper", "clock", "backlog", "never", "good", "revoked",
)  # fmt: skip
TROUBLE: tuple[State, ...] = ("offline", "fault", "paper", "clock", "backlog")

OFFLINE_AFTER = timedelta(minutes=10)
FEW_SLIPS = 60
SKEW_S = 120.0
MANY_ENTRIES = 500
