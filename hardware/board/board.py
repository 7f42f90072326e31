"""The I/O board: is it there, what do its inputs say, and giving one thing out once.

look ──port away──> unavailable, tried again after a pause
  │ open
  all outputs off, read back ──not off──> unavailable
  │ off
  read the inputs ──no good answer for a second──> unavailable; comes back through "all off"
  │
ready

No output is ever left on by our word alone: the board times every pulse, also those that keep the
light on and that we renew. When this program, the computer or the cable dies, the board switches
off by itself; at the next start, and at a proper end, we do.
"""

import contextlib
import time
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from hardware.board.line import ModbusLine
from hardware.board.report import BoardLook, DropReport
from hardware.errors import LineError, LineLost, NotConnected
from hardware.status import DeviceStatus

if TYPE_CHECKING:
    from hardware.simulators.board import SimulatedBoard

READY = DeviceStatus("ready")
STARTING = DeviceStatus("starting")
LOST_AFTER_S = 1.0
"""Without one good answer for so long the board counts as away. A damaged line costs answers,
and each is asked for again; a second of them all being lost is another matter."""
ATTEMPTS = 2
RETRY_S = 0.5
"""Between two attempts to open a port that is away."""
LIGHT_MS = 2000
LIGHT_AGAIN_S = 1.0
READ_BACK = 5
NOT_MOVED = {"unsent": "not_connected", "refused": "error"}
"""Answers to a pulse after which nothing was switched, and their reasons."""
STUCK = DeviceStatus("unavailable", "error", "an output stays on although it was switched off")

Tell = Callable[[BoardLook], object]
Clock = Callable[[], float]


def _nobody(look: BoardLook) -> None:
    """Whoever does not want to be told."""


class IoBoard:
    """One board on one line, used by one thread; every call ends within its stated time.

    It connects by itself whenever it is looked at, and never raises for what a board or a cable
    does. Terminals are counted from 1, as they are printed on the boards.
    """

    def __init__(
        self,
        line: ModbusLine,
        *,
        inverted: frozenset[int] = frozenset(),
        simulator: "SimulatedBoard | None" = None,
        on_close: Callable[[], None] = lambda: None,
        clock: Clock = time.monotonic,
    ) -> None:
        """`inverted`: the terminals of inputs that are on while nothing is there (normally closed
        contacts). `clock` gives seconds that never go back."""
        self.simulator = simulator
        """The board at the far end where it is simulated in this process, else None."""
        self._line = line
        self._inverted = inverted
        self._on_close = on_close
        self._clock = clock
        self._status = STARTING
        self._next_attempt = 0.0
        self._good_at = 0.0
        self._is_safe = False  # all outputs were seen off on this connection
        self._light = 0
        self._light_due = 0.0

    # Looking

    def look(self) -> BoardLook:
        """How the board is now, and its inputs; takes at most 1 s, as a rule 4 ms."""
        if not self._line.is_open and self._clock() < self._next_attempt:
            return BoardLook(self._status)
        try:
            look = self._look()
        except LineError as error:
            look = self._missed(error)
        self._status = look.status
        return look

    def _look(self) -> BoardLook:
        self._connect()
        if not self._is_safe:
            self._make_safe()
            if not self._is_safe:
                return BoardLook(STUCK)
        inputs = self._read()
        self._good_at = self._clock()
        self._keep_light()
        return BoardLook(READY, inputs)

    def _connect(self) -> None:
        if self._line.is_open:
            return
        self._next_attempt = self._clock() + RETRY_S
        self._line.open()
        self._is_safe = False
        self._good_at = self._clock()

    def _make_safe(self) -> None:
        """Whatever ran here before: every output off, and seen to be off."""
        self._line.all_off()
        self._is_safe = not any(self._line.outputs())

    def _read(self) -> tuple[bool, ...]:
        for attempt in range(ATTEMPTS):
            try:
                inputs = self._line.inputs()
            except LineLost:
                raise
            except LineError:
                if attempt + 1 == ATTEMPTS:
                    raise
            else:
                return tuple(
                    on != (terminal in self._inverted)
                    for terminal, on in enumerate(inputs, start=1)
                )
        raise AssertionError("one of the attempts returned or raised")

    def _missed(self, error: LineError) -> BoardLook:
        """No good answer: let go of a port that is gone; be patient with one that is not."""
        if isinstance(error, LineLost | NotConnected):
            self._line.close()
            return BoardLook(DeviceStatus("unavailable", "not_connected", str(error)))
        if self._clock() - self._good_at < LOST_AFTER_S and self._status.state != "unavailable":
            return BoardLook(self._status)
        self._is_safe = False  # it may have been without power, or another board in its place
        return BoardLook(DeviceStatus("unavailable", error.code, str(error)))

    # The light

    def light(self, terminal: int) -> None:
        """Keep output `terminal` on from the next look; 0: switch it off."""
        before, self._light, self._light_due = self._light, terminal, 0.0
        if before and before != terminal and self._is_safe:
            self._quietly_off(before)

    def _keep_light(self) -> None:
        if self._light and self._clock() >= self._light_due:
            self._light_due = self._clock() + LIGHT_AGAIN_S
            self._line.pulse(self._light - 1, LIGHT_MS)  # renewed anyway, whatever it answers

    def _quietly_off(self, terminal: int) -> None:
        with contextlib.suppress(LineError):  # the board does so itself, a little later
            self._line.off(terminal - 1)

    # Giving out

    def give(
        self, output: int, drop: int, *, pulse_ms: int, within_s: float, tell: Tell = _nobody
    ) -> DropReport:
        """Move the dispenser at `output` once and watch the sensor at `drop` for `within_s`.

        Looks at the inputs meanwhile are told at once, on this thread. Takes at most 1 s to
        refuse, and else `within_s` and 2 s. The pulse is sent once, whatever is answered.
        """
        began = self._clock()
        report = self._give(output, drop, pulse_ms, within_s, tell)
        return replace(report, seconds=self._clock() - began)

    def _give(
        self, output: int, drop: int, pulse_ms: int, within_s: float, tell: Tell
    ) -> DropReport:
        if (refusal := self._why_not(drop)) is not None:
            return refusal
        heard = self._line.pulse(output - 1, pulse_ms)
        end = self._clock() + within_s
        if heard in NOT_MOVED:
            return DropReport("refused", NOT_MOVED[heard], f"the pulse was {heard}")
        runs = heard == "echo" or self._is_on(output)
        falls = self._falls(drop, end, tell)
        if falls:
            return DropReport("dropped")
        if not runs:
            return DropReport("unknown", "no_echo", f"the board answered with {heard}")
        return self._nothing_seen(watched=falls is not None)

    def _nothing_seen(self, *, watched: bool) -> DropReport:
        """The pulse ran, and no drop was seen: because there was none, or nobody looked?"""
        if not self._status.ready:
            return DropReport("unknown", self._status.reason, self._status.detail)
        if not watched:
            return DropReport("unknown", "noise", "answers were lost while it may have fallen")
        return DropReport("not_dropped", "nothing_fell")

    def _why_not(self, drop: int) -> DropReport | None:
        look = self.look()
        if not look.status.ready or look.inputs is None:
            return DropReport("refused", look.status.reason or "no_answer", look.status.detail)
        return DropReport("refused", "drop_blocked") if look.on(drop) else None

    def _is_on(self, output: int) -> bool:
        """After an unclear answer: does the pulse run? Read back, and never sent again."""
        for _ in range(READ_BACK):
            with contextlib.suppress(LineError):
                return self._line.outputs()[output - 1]
        return False

    def _falls(self, drop: int, end: float, tell: Tell) -> bool | None:
        """Whether the sensor sees something before `end`; looks without a pause. None where it
        saw nothing and could not be watched all the time."""
        before: BoardLook | None = None
        watched = True
        while self._clock() < end:
            look = self.look()
            if look != before:
                tell(look)
                before = look
            if look.on(drop):
                return True
            watched = watched and look.inputs is not None
            if not self._line.is_open:
                time.sleep(RETRY_S / 10)
        return False if watched else None

    def close(self) -> None:
        """Switch every output off and let go of the line."""
        if self._line.is_open:
            with contextlib.suppress(LineError):  # the board ends each pulse itself
                self._line.all_off()
        self._line.close()
        self._on_close()
