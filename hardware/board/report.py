"""What a look at the board showed, and what became of one thing that was to be given out."""

from dataclasses import dataclass
from typing import Literal

from hardware.status import DeviceStatus

DropOutcome = Literal["refused", "dropped", "not_dropped", "unknown"]


@dataclass(frozen=True, slots=True)
class BoardLook:
    """How the board is, and its inputs, terminal 1 first; None where they are not known now."""

    status: DeviceStatus
    inputs: tuple[bool, ...] | None = None

    def on(self, terminal: int) -> bool:
        """Whether input `terminal` (from 1) is known to be on; terminal 0 is wired to nothing."""
        return terminal > 0 and self.inputs is not None and self.inputs[terminal - 1]


@dataclass(frozen=True, slots=True)
class DropReport:
    """The outcome of one attempt to give one thing out.

        refused       the dispenser was not moved: safe to try again
        dropped       the drop sensor saw it fall
        not_dropped   the dispenser was moved, and nothing fell: empty, or stuck
        unknown       it may have been moved, and nothing was seen: never repeated by itself

    `reason` is a stable code: those of `hardware.status.REASONS`, and `drop_blocked` (the sensor
    is covered already), `nothing_fell`, `no_echo` (the board did not confirm the pulse).
    """

    outcome: DropOutcome
    reason: str = ""
    detail: str = ""
    seconds: float = 0.0
