"""How a device is, in words that a program can compare and a technician can act on."""

from dataclasses import dataclass
from typing import Literal

State = Literal["ready", "starting", "unavailable"]

REASONS = (
    "",  # nothing to say
    "not_connected",  # the port does not open: no cable, no power, wrong port
    "no_answer",  # the port is open and the device is silent
    "noise",  # what comes back is no answer: wrong speed, damaged cable
    "stalled",  # it takes no more bytes
    "busy",  # it still works off what it was sent before
    "cover_open",
    "paper_out",
    "cutter_error",
    "overheated",  # comes back by itself
    "offline",  # it says so and gives no cause (often: the feed button is held)
    "error",  # an error that only switching off and on clears
)


@dataclass(frozen=True, slots=True)
class DeviceStatus:
    """The state of a device now.

    `reason` is one of `REASONS` and empty while ready; `detail` is one English sentence for the
    log; `warnings` are codes of what will soon need a hand (`paper_low`).
    """

    state: State
    reason: str = ""
    detail: str = ""
    warnings: tuple[str, ...] = ()

    @property
    def ready(self) -> bool:
        """Whether the device would do its work if asked now."""
        return self.state == "ready"
