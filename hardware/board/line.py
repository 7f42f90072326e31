"""One RS-485 line to one Modbus board: each question is answered, or fails, within its time.

minimalmodbus asks what Modbus proper knows; the timed pulse is written here (`frames`). Both use
one serial port that is ours: opened for us alone, and let go by us.

    LineError
    ├── NoReply          no_answer: nothing came back in time
    ├── DamagedReply     noise: what came back is no answer to this question
    └── BoardRefuses     error: the board says that it cannot do that
"""

import contextlib
import termios
import time
from collections.abc import Iterator
from typing import Literal

import minimalmodbus  # type: ignore[import-untyped]  # it brings no types
import serial

from hardware.board import frames
from hardware.errors import LineError, LineLost, NotConnected

ANSWER_S = 0.05
"""For a whole answer: 8 bytes take 9 ms at 9,600 baud, the boards answer within 10 ms, and USB
adapters keep bytes for up to 16 ms. A drop sensor is covered for longer, so that one lost answer
does not hide a drop."""
WRITE_S = 0.5
SILENCE_S = 0.005
"""Between two frames on the line: 3.5 characters are 4 ms at 9,600 baud."""
READ_COILS, READ_INPUTS = 1, 2

Wire = Literal["echo", "refused", "silence", "noise", "unsent"]


class NoReply(LineError):
    """Nothing came back in time."""

    code = "no_answer"


class DamagedReply(LineError):
    """What came back is no answer to this question: a damaged cable, the wrong speed."""

    code = "noise"


class BoardRefuses(LineError):
    """The board knows no such function or channel: the wrong kind of board."""

    code = "error"


class ModbusLine:
    """The board at `address` on a serial `device`, 8N1 at `baud`; used by one thread."""

    def __init__(self, device: str, baud: int, address: int, *, answer_s: float = ANSWER_S) -> None:
        self.name = f"serial:{device}"
        self._device = device
        self._baud = baud
        self._address = address
        self._answer_s = answer_s
        self._port: serial.Serial | None = None
        self._board: minimalmodbus.Instrument | None = None

    @property
    def is_open(self) -> bool:
        """Whether the port is open; the board may still be silent."""
        return self._port is not None

    def open(self) -> None:
        """Open the port for us alone; does nothing when it is open. Raises `NotConnected`."""
        if self._port is not None:
            return
        try:
            port = serial.Serial(
                self._device,
                self._baud,
                timeout=self._answer_s,
                write_timeout=WRITE_S,
                exclusive=True,
            )
        except (OSError, ValueError, TypeError, termios.error) as error:
            raise NotConnected(f"{self.name}: {error}") from error
        self._port = port
        self._board = minimalmodbus.Instrument(port, self._address)

    def close(self) -> None:
        """Let go of the port; never raises."""
        port, self._port, self._board = self._port, None, None
        if port is None:
            return
        with contextlib.suppress(OSError, TypeError, termios.error):
            port.reset_output_buffer()  # or the kernel holds close() up for what nobody takes
        with contextlib.suppress(OSError, TypeError, termios.error):
            port.close()

    def inputs(self) -> tuple[bool, ...]:
        """The inputs, channel 0 first. Raises `LineError`."""
        return self._bits(READ_INPUTS)

    def outputs(self) -> tuple[bool, ...]:
        """The outputs as they are now, channel 0 first. Raises `LineError`."""
        return self._bits(READ_COILS)

    def _bits(self, function: int) -> tuple[bool, ...]:
        with self._asking() as board:
            bits = board.read_bits(0, frames.CHANNELS, functioncode=function)
        return tuple(bit == 1 for bit in bits)

    def all_off(self) -> None:
        """Switch every output off; safe to repeat. Raises `LineError`."""
        with self._asking() as board:
            board.write_bits(0, [0] * frames.CHANNELS)

    def off(self, channel: int) -> None:
        """Switch one output off; safe to repeat. Raises `LineError`."""
        with self._asking() as board:
            board.write_bit(channel, 0)

    def pulse(self, channel: int, length_ms: int) -> Wire:
        """Ask for one timed pulse, once, and tell what came back; see `frames.pulse_reply`.

        `unsent`: not a byte went out. Raises `ValueError` for what no board can do.
        """
        request = frames.pulse_request(self._address, channel, length_ms)
        if self._port is None:
            return "unsent"
        time.sleep(SILENCE_S)
        try:
            self._port.reset_input_buffer()
        except (OSError, TypeError, termios.error):
            return "unsent"
        try:
            self._port.write(request)
            reply = self._port.read(frames.EXCEPTION_BYTES)
            if reply[1:2] == request[1:2]:
                reply += self._port.read(frames.REPLY_BYTES - len(reply))
        except (OSError, TypeError, termios.error):
            return "silence"
        finally:
            time.sleep(SILENCE_S)
        return frames.pulse_reply(request, reply)

    @contextlib.contextmanager
    def _asking(self) -> Iterator[minimalmodbus.Instrument]:
        """The board, to be asked one thing; its errors as ours."""
        if self._board is None:
            raise NotConnected(f"{self.name} is not open")
        try:
            yield self._board
        except minimalmodbus.NoResponseError as error:
            raise NoReply(f"{self.name}: {error}") from error
        except minimalmodbus.SlaveReportedException as error:
            raise BoardRefuses(f"{self.name}: {error}") from error
        except (minimalmodbus.ModbusException, ValueError) as error:
            raise DamagedReply(f"{self.name}: {error}") from error
        except (OSError, TypeError, termios.error) as error:  # SerialException is an OSError
            raise LineLost(f"{self.name}: {error}") from error
