"""Where a site has no printer: numbers are shown, photographed, looked at on the telephone."""

from collections.abc import Callable

from hardware.printer.report import PrintReport
from hardware.printer.slip import Slip
from hardware.status import DeviceStatus

NONE = DeviceStatus("unavailable", "none", "this site has no printer")


class NoPrinter:
    """A printer that is always away: what is missing is still a thing that can be asked."""

    def status(self) -> DeviceStatus:
        """See `EscposPrinter`."""
        return NONE

    def print_slip(
        self, slip: Slip, job_id: int, tell: Callable[[DeviceStatus], object]
    ) -> PrintReport:
        """See `EscposPrinter`: refused, so nothing was sent."""
        return PrintReport("refused", NONE.reason, NONE.detail)

    def close(self) -> None:
        """There is nothing to let go of."""
