"""The I/O board: who stands there, the door, the call button, and what is given out.

The board's thread is asked one thing at a time: a look ten times a second, or one giving.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

from kiosk.core.device_edge import DeviceEdge
from kiosk.core.dispensing import Dispenser, Dispensing, Order
from kiosk.core.steady import Steady
from kiosk.ports import Board, BoardLook, Condition, DropReport

LOOK_EVERY_S = 0.1
LOOK_WITHIN_S = 5.0
GIVE_MORE_S = 10.0
"""What a giving may take beyond the time in which something should fall."""
COMES_S, GOES_S = 0.2, 3.0
"""A sensor that sees somebody for so long; and, for going, nobody: people shift their weight."""
PRESSED_S = 0.05
DOOR_S = 0.3
FLASH_S = 0.5
"""On for so long, off for so long: slow enough for everybody's eyes."""
Alarm = Literal["off", "on", "flashing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wiring:
    """Which terminal is what, from 1 as printed on the board; 0: not wired."""

    presence: int = 0
    door: int = 0
    button: int = 0
    light: int = 0


class BoardHost(Protocol):
    """Whoever is told what the board shows."""

    def board_is(
        self, state: Condition, reason: str, detail: str, *, warnings: tuple[str, ...] = ()
    ) -> None: ...
    def presence_is(self, present: bool) -> None: ...
    def button_pressed(self) -> None: ...
    def gave(self, order: Order) -> None: ...


class BoardWorker:
    """Looks after the board and carries out what is to be given."""

    def __init__(
        self,
        host: BoardHost,
        open_board: Callable[[], Board],
        wiring: Wiring,
        dispensing: Dispensing,
        clock: Callable[[], float],
    ) -> None:
        """`clock` gives seconds that never go back."""
        self._host = host
        self._wiring = wiring
        self._dispensing = dispensing
        self._clock = clock
        self._edge = DeviceEdge("board", open_board, self._is)
        self._present = Steady(on_s=COMES_S, off_s=GOES_S)
        self._button = Steady(on_s=PRESSED_S, off_s=PRESSED_S)
        self._door = Steady(on_s=DOOR_S, off_s=DOOR_S)
        self._lit = 0
        self.alarm: Alarm = "off"
        """Whether staff is called for: the light says so."""
        self._wake = asyncio.Event()
        self._dry: deque[tuple[Dispenser, asyncio.Future[DropReport | None]]] = deque()

    @property
    def is_door_open(self) -> bool:
        """Whether somebody has a hand inside: nothing moves then."""
        return self._door.on

    @property
    def present(self) -> bool:
        """Whether somebody stands there, as far as was seen last."""
        return self._present.on

    def wake(self) -> None:
        """There is something to give."""
        self._wake.set()

    async def try_dry(self, dispenser: Dispenser) -> DropReport | None:
        """Move a dispenser once that a technician has emptied: nothing is counted or kept. None
        where its driver failed."""
        moved: asyncio.Future[DropReport | None] = asyncio.get_running_loop().create_future()
        self._dry.append((dispenser, moved))
        self.wake()
        return await moved

    async def run(self) -> None:
        """Until cancelled."""
        try:
            while True:
                self._wake.clear()
                if (order := self._dispensing.take()) is not None:
                    await self._give(order)
                while self._dry:
                    dispenser, moved = self._dry.popleft()
                    report = await self._move(dispenser)
                    if not moved.done():
                        moved.set_result(report)
                look = await self._edge.ask(lambda board: board.look(), LOOK_WITHIN_S)
                if look is not None:
                    self._take(look)
                await self._keep_light()
                self._dispensing.keep()
                await self._nap()
        finally:
            self._edge.close()

    async def _nap(self) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LOOK_EVERY_S):
                await self._wake.wait()

    async def _give(self, order: Order) -> None:
        if self._door.on:
            self._dispensing.settle(order, "refused", "door_open")
            return
        report = await self._move(order.dispenser)
        if report is None:
            self._dispensing.settle(order, "unknown", "driver")
            return
        self._dispensing.settle(order, report.outcome, report.reason)
        if report.outcome == "dropped":
            self._host.gave(order)

    async def _move(self, dispenser: Dispenser) -> DropReport | None:
        loop = asyncio.get_running_loop()

        def give(board: Board) -> DropReport:
            return board.give(
                dispenser.output,
                dispenser.drop,
                pulse_ms=dispenser.pulse_ms,
                within_s=dispenser.wait_s,
                tell=lambda look: loop.call_soon_threadsafe(self._take, look),
            )

        return await self._edge.ask(give, dispenser.wait_s + GIVE_MORE_S)

    def _take(self, look: BoardLook) -> None:
        if look.inputs is not None or look.status.state != "ready":  # else an answer was lost
            self._see(look)
        self._is(look.status.state, look.status.reason, look.status.detail)

    def _see(self, look: BoardLook) -> None:
        now = self._clock()
        if self._present.see(look.on(self._wiring.presence), now):
            self._host.presence_is(self._present.on)
        self._door.see(look.on(self._wiring.door), now)
        if self._button.see(look.on(self._wiring.button), now) and self._button.on:
            self._host.button_pressed()

    def _is(self, state: Condition, reason: str, detail: str) -> None:
        self._dispensing.is_board_ready = state == "ready"
        warnings = ("door_open",) * self._door.on + self._dispensing.warnings()
        self._host.board_is(state, reason, detail, warnings=warnings)

    def _is_lit(self) -> bool:
        if self.alarm == "flashing":
            return self._clock() % (2 * FLASH_S) < FLASH_S
        return self.alarm == "on" or self._present.on

    async def _keep_light(self) -> None:
        wanted = self._wiring.light if self._is_lit() else 0
        if wanted != self._lit and self._dispensing.is_board_ready:
            self._lit = wanted
            await self._edge.ask(lambda board: board.light(wanted), LOOK_WITHIN_S)
