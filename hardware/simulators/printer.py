"""The simulated printer: a machine that takes ESC/POS bytes and answers like a real one.

What it does with bytes is what a printer does. Real-time questions (DLE EOT) are answered as they
arrive, even out of paper; all else waits in the receive buffer until the head can print. The roll
is used up by the millimetre. When it ends, the sensor stands a little before the head: the command
begun is finished, the rest of the job stays in the buffer and is printed after the refill.

What can be wrong with it: see `hardware.simulators.printer_faults`.
"""

from __future__ import annotations

import random
import re
import threading
import time
from collections.abc import Callable
from pathlib import Path

from hardware.printer import frames
from hardware.printer.paper import DOTS_PER_MM, Paper
from hardware.simulators.escpos_commands import Command, Reader
from hardware.simulators.printer_faults import Fault, Faults, Onset, parse_fault
from hardware.simulators.roll import Roll
from hardware.simulators.slip_archive import KEPT, SlipArchive

BUFFER = 64 * 1024
"""Bytes that it takes while it cannot print."""
ROLL_MM = 80_000
LOW_MM = 4_500
"""Paper left when the sensor of the near end speaks."""
MODEL = b"_Le Tan simulated printer\x00"
_REAL_TIME = re.compile(rb"\x10\x04([\x01-\x04])")


class SimulatedPrinter:
    """One printer. Safe to use from several threads; one line at a time is attached."""

    def __init__(
        self,
        *,
        paper: Paper,
        fonts: Path,
        out_dir: Path,
        buffer: int = BUFFER,
        roll_mm: int = ROLL_MM,
    ) -> None:
        """Slips go to `out_dir` as `<stamp>-<n>.png` and `.bin`; the newest 200 are kept.

        `buffer` is in bytes, at least 16 kB: the head takes whole commands. `roll_mm` is the
        paper that is in the machine.
        """
        self.slips: list[Path] = []
        """The pictures of the slips cut so far, newest last."""
        self._roll = Roll(paper, fonts)
        self._archive = SlipArchive(out_dir)
        self._lock = threading.RLock()
        self._answer: Callable[[bytes], None] | None = None
        self._reader = Reader()
        self._buffer = buffer
        self._tail = b""  # the last bytes received: a question may be cut in two
        self._raw = bytearray()  # of the slip being printed
        self._faults = Faults()
        self._paper_ends = roll_mm * DOTS_PER_MM  # in dots that the roll has fed by then
        self._asb = False
        self._allowance = 0.0
        self._allowed_at = time.monotonic()
        self._random = random.Random(1)  # noqa: S311 - garbage need not be secret

    # The cable

    @property
    def plugged(self) -> bool:
        """Whether the cable is in and the power on."""
        return not self._faults.away

    def attach(self, answer: Callable[[bytes], None]) -> None:
        """A line is connected; answers go to `answer`, from any thread."""
        with self._lock:
            self._answer = answer
            self._asb = False

    def detach(self) -> None:
        """The line is gone. What was received stays."""
        with self._lock:
            self._answer = None

    def receive(self, data: bytes) -> int:
        """Take bytes; returns how many were taken, fewer when the buffer is full, the machine
        slow, or a fault begins with the next byte."""
        with self._lock:
            taken = data[: self._room(len(data))]
            self._reader.feed(taken)
            self._answer_real_time(taken)
            self._work()
            if taken:
                self._begin(self._faults.receive(len(taken)))
            return len(taken)

    def _room(self, wanted: int) -> int:
        if not self.plugged:
            return 0
        room = min(wanted, self._buffer - len(self._reader))
        if (until := self._faults.until_next) is not None:
            room = min(room, until)
        if "slow" in self._faults:
            room = min(room, self._ration(self._faults.amount("slow")))
        return max(0, room)

    def _ration(self, rate: int) -> int:
        """Bytes that a slow machine takes now: its rate times the time since it was last asked."""
        now = time.monotonic()
        most = max(16, rate / 10) if rate else 0
        self._allowance = min(self._allowance + (now - self._allowed_at) * rate, most)
        self._allowed_at = now
        whole = int(self._allowance)
        self._allowance -= whole
        return whole

    # Faults

    def set_fault(self, written: str) -> None:
        """Switch on a fault as `printer_faults` writes it. Raises `ValueError`."""
        onset = parse_fault(written)
        with self._lock:
            self._begin(self._faults.add(onset))

    def clear_faults(self) -> None:
        """Mend everything: a new roll, cover closed, cable in. A job that waited is printed now."""
        with self._lock:
            self._faults.clear()
            self.load(ROLL_MM)

    def load(self, roll_mm: int) -> None:
        """Put in a roll with so many millimetres left."""
        with self._lock:
            self._paper_ends = self._roll.fed + roll_mm * DOTS_PER_MM
            self._tell_change()
            self._work()

    @property
    def paper_left_mm(self) -> float:
        """What is left of the roll."""
        return max(0, self._paper_ends - self._roll.fed) / DOTS_PER_MM

    def _begin(self, onsets: list[Onset]) -> None:
        for onset in onsets:
            if onset.name == "paper_out":
                self._paper_ends = self._roll.fed + onset.amount * DOTS_PER_MM
            elif onset.name == "power_off":
                self._reader = Reader()
                self._roll.reset()
                self._raw.clear()
        if onsets:
            self._tell_change()

    # Answers

    def _say(self, data: bytes) -> None:
        if self._answer is None or "silent" in self._faults or not self.plugged:
            return
        if "garbage" in self._faults:
            data = self._random.randbytes(self._random.randint(1, 2 * len(data)))
        self._answer(data)

    def _answer_real_time(self, taken: bytes) -> None:
        """DLE EOT, found as the bytes come in, even inside a picture, as the real ones do."""
        if "garbage" in self._faults and taken:
            self._say(taken[:1])
        window = self._tail + taken
        for match in _REAL_TIME.finditer(window):
            self._say(bytes((self._real_time_status(match[1][0]),)))
        last = window[-2:]
        self._tail = last if last == b"\x10\x04" else b"\x10" if last[-1:] == b"\x10" else b""

    @property
    def _paper_out(self) -> bool:
        return self._roll.fed >= self._paper_ends

    @property
    def _paper_low(self) -> bool:
        return "paper_low" in self._faults or self.paper_left_mm < LOW_MM

    def _has(self, fault: Fault, bit: int) -> int:
        return bit if fault in self._faults else 0

    def _stopped(self) -> bool:
        stopping: tuple[Fault, ...] = ("cover_open", "cutter_error", "overheated")
        return self._paper_out or any(fault in self._faults for fault in stopping)

    def _real_time_status(self, n: int) -> int:
        bits = {
            1: 0x08 * self._stopped(),
            2: self._has("cover_open", 0x04)
            | 0x20 * self._paper_out
            | self._has("cutter_error", 0x40),
            3: self._has("cutter_error", 0x08) | self._has("overheated", 0x40),
            4: 0x60 * self._paper_out | 0x0C * self._paper_low,
        }
        return 0x12 | bits[n]

    def _paper_bits(self) -> int:
        """Both in GS r 1 and in the third byte of ASB."""
        return 0x0C * self._paper_out | 0x03 * self._paper_low

    def _tell_change(self) -> None:
        """ASB, where it was switched on."""
        if not self._asb:
            return
        one = 0x10 | 0x08 * self._stopped() | self._has("cover_open", 0x20)
        two = self._has("cutter_error", 0x08) | self._has("overheated", 0x40)
        self._say(bytes((one, two, self._paper_bits(), 0x0F)))

    # Work

    def _work(self) -> None:
        """Work off what waits in the buffer, until it is empty or something stops the head."""
        while not self._stopped():
            command = self._reader.peek()
            if command is None:
                return
            before = self._paper_bits()
            self._reader.drop(command)
            self._execute(command)
            if self._paper_bits() != before:
                self._tell_change()

    def _execute(self, command: Command) -> None:
        match command.name:
            case "DLE":
                return
            case "GSr":
                self._say(bytes((self._paper_bits(),)))
            case "GSI":
                self._say(MODEL)
            case "GSa":
                self._raw += command.raw
                self._asb = command.data != b"\x00"
                self._tell_change()
            case "GS(H":
                self._process_id(command.data[2:])
            case _:
                self._asb &= command.name != "ESC@"
                self._raw += command.raw
                self._roll.execute(command)
                if command.name == "GSV":
                    self._cut()

    def _process_id(self, data: bytes) -> None:
        if data[:2] == b"\x30\x30" and "no_process_id" not in self._faults:
            name = data[2:6][::-1] if "wrong_id" in self._faults else data[2:6]
            self._say(frames.process_id_answer(name))

    def _cut(self) -> None:
        raw, self._raw = bytes(self._raw), bytearray()
        slip = self._roll.cut()
        if slip is not None and (kept := self._archive.keep(slip, raw)) is not None:
            self.slips = [*self.slips, kept][-KEPT:]
