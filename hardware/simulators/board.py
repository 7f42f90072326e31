"""The simulated I/O board: a Modbus slave with eight inputs and eight outputs, and what is wired
to them: dispensers with a drop sensor, people, a door, a button.

It takes the bytes of Modbus RTU and answers as the Waveshare boards do: functions 01, 02, 05 and
15, and the pulse that it times itself (function 05 at 0x0200 + channel). What it does not know it
refuses with an exception, and frames that are damaged or for others it ignores, as real ones do.

Faults, several at a time, as text NAME[:AMOUNT]:

    unplugged        the cable is out, or the adapter
    silent           no power: it does and answers nothing; its outputs are off
    damaged:PERCENT  so many of its answers are damaged on the way: bits, bytes lost and added
    lost_echo        it does what it is told and the answer is lost, for a pulse alone
    deaf             a pulse does not reach it; all else does
    jammed           the dispensers move and nothing falls
    stuck            outputs that are on cannot be switched off
"""

import random
import re
import threading
import time
from collections.abc import Callable
from typing import Literal, get_args

from hardware.board import frames
from hardware.transport.loopback import Answer

Fault = Literal["unplugged", "silent", "damaged", "lost_echo", "deaf", "jammed", "stuck"]
FAULTS: tuple[Fault, ...] = get_args(Fault)
REQUEST_BYTES = 8
LONGEST = 9 + frames.CHANNELS // 8
ILLEGAL_FUNCTION, ILLEGAL_ADDRESS, ILLEGAL_VALUE = 1, 2, 3
READ_COILS, WRITE_COIL, WRITE_COILS = 1, 5, 15
FALLS_AFTER_S = 0.15
PASSES_S = 0.08
"""A cup interrupts the light barrier for so long."""
_WRITTEN = re.compile(r"(?P<name>\w+)(?::(?P<amount>\d{1,3}))?", re.ASCII)


class SimulatedBoard:
    """One board. Safe to use from several threads; one line at a time is attached."""

    def __init__(
        self,
        *,
        address: int = 1,
        dispensers: dict[int, int] | None = None,
        clock: Callable[[], float] = time.monotonic,
        seed: int = 1,
    ) -> None:
        """`dispensers`: the terminal of the sensor by that of the output, both from 1."""
        self.pulses: list[tuple[int, int]] = []
        """Every pulse that ran: terminal of the output, length in ms."""
        self._address = address
        self._dispensers = dispensers if dispensers is not None else {}
        self._clock = clock
        self._random = random.Random(seed)  # noqa: S311 - damage need not be secret
        self._lock = threading.RLock()
        self._answer: Answer | None = None
        self._received = bytearray()
        self._faults: dict[Fault, int] = {}
        self._held = [False] * frames.CHANNELS  # inputs that a hand holds
        self._on_until = [0.0] * frames.CHANNELS
        self._falls_at: dict[int, float] = {}  # by the terminal of the sensor

    # What is around it

    def hold(self, terminal: int, *, on: bool) -> None:
        """Somebody comes or goes, a door opens, a button is held: input `terminal` (from 1)."""
        with self._lock:
            self._held[terminal - 1] = on

    def output(self, terminal: int) -> bool:
        """Whether output `terminal` (from 1) is on now."""
        with self._lock:
            return self._clock() < self._on_until[terminal - 1]

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What is wrong with it now."""
        return tuple(self._faults)

    def set_fault(self, written: str) -> None:
        """Switch a fault on. Raises `ValueError`, which names them all."""
        match = _WRITTEN.fullmatch(written)
        names = {name: name for name in FAULTS}
        if match is None or match["name"] not in names:
            raise ValueError(f"{written!r} is no fault: NAME[:AMOUNT] of {', '.join(FAULTS)}")
        with self._lock:
            fault = names[match["name"]]
            self._faults[fault] = int(match["amount"] or 0)
            if fault == "silent":
                self._on_until = [0.0] * frames.CHANNELS
                self._received.clear()

    def clear_faults(self) -> None:
        """Mend everything."""
        with self._lock:
            self._faults.clear()

    # The cable

    @property
    def plugged(self) -> bool:
        """Whether the cable is in."""
        return "unplugged" not in self._faults

    def attach(self, answer: Answer) -> None:
        """A line is connected; answers go to `answer`."""
        with self._lock:
            self._answer = answer
            self._received.clear()

    def detach(self) -> None:
        """The line is gone; what runs goes on."""
        with self._lock:
            self._answer = None

    def receive(self, data: bytes) -> int:
        """Take bytes; a request that is whole is carried out and answered."""
        with self._lock:
            if "silent" in self._faults:
                return len(data)
            self._received += data
            while (request := self._next()) is not None:
                self._carry_out(request)
            return len(data)

    def _next(self) -> bytes | None:
        """The next whole request; bytes that begin none are dropped one by one."""
        while len(self._received) >= REQUEST_BYTES:
            length = REQUEST_BYTES
            if self._received[1] == WRITE_COILS:
                length = 9 + self._received[6]
            if len(self._received) < length <= LONGEST:
                return None
            request = bytes(self._received[:length])
            if frames.is_whole(request):
                del self._received[:length]
                return request
            del self._received[0]
        return None

    # Work

    def _carry_out(self, request: bytes) -> None:
        if request[0] != self._address:
            return
        function = request[1]
        where = int.from_bytes(request[2:4])
        amount = int.from_bytes(request[4:6])
        match function:
            case 1 | 2:
                self._say(self._bits(function, where, amount))
            case 5 if frames.PULSE_BASE <= where < frames.PULSE_BASE + frames.CHANNELS:
                self._pulse(request, where - frames.PULSE_BASE, amount)
            case 5:
                self._say(self._write(request, where, amount))
            case 15 if where == 0 and amount == frames.CHANNELS:
                for channel in range(frames.CHANNELS):
                    self._switch(channel, on=bool(request[7] >> channel & 1))
                self._say(frames.sealed(request[:6]))
            case 15:
                self._say(self._refusal(function, ILLEGAL_ADDRESS))
            case _:
                self._say(self._refusal(function, ILLEGAL_FUNCTION))

    def _refusal(self, function: int, code: int) -> bytes:
        return frames.sealed(bytes((self._address, function | frames.EXCEPTION, code)))

    def _bits(self, function: int, where: int, count: int) -> bytes:
        if where + count > frames.CHANNELS or count < 1:
            return self._refusal(function, ILLEGAL_ADDRESS)
        read = self.output if function == READ_COILS else self._input
        states = [read(where + one + 1) for one in range(count)]
        packed = sum(1 << at for at, on in enumerate(states) if on)
        return frames.sealed(bytes((self._address, function, 1, packed)))

    def _input(self, terminal: int) -> bool:
        passes = self._falls_at.get(terminal)
        falling = passes is not None and passes <= self._clock() < passes + PASSES_S
        return self._held[terminal - 1] or falling

    def _write(self, request: bytes, channel: int, value: int) -> bytes:
        if channel >= frames.CHANNELS:
            return self._refusal(WRITE_COIL, ILLEGAL_ADDRESS)
        if value not in {0, 0xFF00}:
            return self._refusal(WRITE_COIL, ILLEGAL_VALUE)
        self._switch(channel, on=value != 0)
        return request

    def _switch(self, channel: int, *, on: bool) -> None:
        if on:
            self._on_until[channel] = float("inf")
        elif "stuck" not in self._faults:
            self._on_until[channel] = 0.0

    def _pulse(self, request: bytes, channel: int, units: int) -> None:
        if "deaf" in self._faults:
            return
        length_ms = units * frames.PULSE_UNIT_MS
        now = self._clock()
        self._on_until[channel] = now + length_ms / 1000
        self.pulses.append((channel + 1, length_ms))
        sensor = self._dispensers.get(channel + 1)
        if sensor is not None and "jammed" not in self._faults:
            self._falls_at[sensor] = now + FALLS_AFTER_S
        if "lost_echo" not in self._faults:
            self._say(request)

    def _say(self, data: bytes) -> None:
        if self._answer is None:
            return
        if self._random.uniform(0, 100) < self._faults.get("damaged", 0):
            data = damaged(data, self._random)
        self._answer(data)


def damaged(data: bytes, chance: random.Random) -> bytes:
    """What a bad cable makes of an answer; never the answer itself."""
    at = chance.randrange(len(data))
    match chance.randrange(5):
        case 0:
            return b""
        case 1:
            return data[:at]
        case 2:
            return data[:at] + chance.randbytes(1) + data[at:] + b"\x00"
        case 3:
            return chance.randbytes(len(data) - 1)
        case _:
            flipped = bytearray(data)
            flipped[at] ^= 1 << chance.randrange(8)
            return bytes(flipped)
