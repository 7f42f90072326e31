"""A serial port: a real one, a USB adapter, or a pty.

pyserial opens and sets up the port (exclusively, so that two programs cannot share one printer);
the bytes then go through our own loops, because pyserial's write does not tell how many bytes had
gone out when its time was over, and a hang-up raises OSError, SerialException or TypeError there.
"""

import termios

import serial

from hardware.errors import NotConnected
from hardware.port_names import Flow
from hardware.transport.descriptor import DescriptorTransport


class SerialTransport(DescriptorTransport):
    """8 data bits, no parity, 1 stop bit; `baud` in bits per second."""

    def __init__(self, device: str, baud: int, *, flow: Flow = "none") -> None:
        super().__init__(f"serial:{device}")
        self._device = device
        self._baud = baud
        self._flow = flow
        self._port: serial.Serial | None = None

    def open(self) -> None:
        """See `Transport.open`."""
        if self._port is not None:
            return
        try:
            self._port = serial.Serial(
                self._device,
                self._baud,
                timeout=0,
                write_timeout=0,
                exclusive=True,
                rtscts=self._flow == "rtscts",
                xonxoff=self._flow == "xonxoff",
            )
        except (OSError, ValueError, TypeError, termios.error) as error:
            raise NotConnected(f"{self.name}: {error}") from error
        self._attach(self._port.fileno())

    def _release(self) -> None:
        port, self._port = self._port, None
        if port is None:
            return
        try:
            # The kernel would otherwise hold close() up to 30 s for bytes that a stopped printer
            # does not take.
            port.reset_output_buffer()
        except (OSError, TypeError, termios.error):  # a SerialException is an OSError
            pass
        finally:
            port.close()
