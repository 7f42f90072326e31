"""What a base tells of a delivery."""

from dataclasses import dataclass
from typing import Literal

DeliveryOutcome = Literal["refused", "arrived", "not_arrived", "unknown"]


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """The outcome of one delivery.

        refused       it has not moved: no such place, or it is away
        arrived       it stands at the place
        not_arrived   it gave up, or was called back
        unknown       it was sent, and nothing tells where it is: never sent again by itself

    `reason` is a stable code: those of `hardware.status.REASONS`, and `no_such_place`,
    `cancelled`, `aborted` (Nav2 found no way), `too_long`, `line_lost`.
    """

    outcome: DeliveryOutcome
    reason: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Pose:
    """A place on the robot's map: metres, and degrees to the left of the map's x axis."""

    x: float
    y: float
    heading: float = 0.0
