"""The closed list of what a citizen may want.

A room without NumPy: these words travel in answers, and the faces that read them start at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, get_args

Intent = Literal[
    "take_ticket", "procedure", "queue_status", "dossier_status", "opening_hours", "facility",
    "refreshment", "call_staff", "feedback", "booking_check_in", "language", "repeat", "help",
    "greeting", "goodbye", "out_of_scope",
]  # fmt: skip
INTENTS: Final[tuple[Intent, ...]] = get_args(Intent)

SLOT_OF: Final[Mapping[str, str]] = {
    "facility": "place",
    "refreshment": "item",
    "language": "language",
    "out_of_scope": "topic",
}
"""The slot that the second half of a label fills: "facility/toilet"."""
