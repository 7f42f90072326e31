"""A kiosk that stands: what it gives out falls into the tray before the citizen."""

from hardware.base.report import DeliveryReport
from hardware.status import DeviceStatus

HERE = ""


class FixedBase:
    """Always there, and nowhere else."""

    places: tuple[str, ...] = (HERE,)

    def status(self) -> DeviceStatus:
        """Ready: there is nothing that could fail."""
        return DeviceStatus("ready")

    def greet(self) -> None:
        """The face on the screen does that."""

    def deliver(self, item: str, place: str) -> DeliveryReport:
        """What lies in the tray has arrived."""
        if place != HERE:
            return DeliveryReport("refused", "no_such_place", f"{item} cannot go to {place!r}")
        return DeliveryReport("arrived")

    def cancel(self) -> None:
        """Nothing moves."""

    def close(self) -> None:
        """Nothing to let go of."""
