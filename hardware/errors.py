"""What can go wrong between this computer and a device.

    DeviceError             code
    ├── PortError           port_unknown, port_incomplete, port_value: a port is named wrongly
    └── LineError
        ├── NotConnected    not_connected: the line could not be opened; nothing was sent
        ├── LineLost        line_lost: it was open and is gone
        └── LineStalled     line_stalled: it takes no more bytes before the deadline

`PortError` is a mistake in the configuration and is told to the technician. A `LineError` is the
way of the world: drivers turn it into a state or an outcome and never let it out.
"""


class DeviceError(Exception):
    """Root of the tree. `code` is stable: programs compare it, people read the message."""

    code: str = "device_error"


class PortError(DeviceError):
    """A port is named in a way that cannot be understood.

    `code` is one of `port_unknown` (no such kind of port), `port_incomplete` (a part is missing)
    and `port_value` (a part has an impossible value).
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class LineError(DeviceError):
    """The line failed. `sent` is how many bytes of this write had left us by then."""

    code = "line_error"

    def __init__(self, message: str, sent: int = 0) -> None:
        super().__init__(message)
        self.sent = sent


class NotConnected(LineError):
    """The line could not be opened."""

    code = "not_connected"


class LineLost(LineError):
    """The line was open and is gone: hang-up, unplugged, closed by the other end."""

    code = "line_lost"


class LineStalled(LineError):
    """The other end took no more bytes before the deadline."""

    code = "line_stalled"
