"""From the text that names a base to a base that is ready to be asked."""

from collections.abc import Mapping

from hardware.base.fixed import FixedBase
from hardware.base.report import Pose
from hardware.base.rosbridge import RosbridgeBase
from hardware.device_ports import base_port


def open_base(
    text: str, places: Mapping[str, Pose], *, drive_s: float
) -> FixedBase | RosbridgeBase:
    """The base at `text`; a connection is made when it is first asked. Raises `PortError`."""
    port = base_port(text)
    if port is None:
        return FixedBase()
    return RosbridgeBase(port.host, port.port, places, drive_s=drive_s)
