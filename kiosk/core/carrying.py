"""The base under the kiosk: is it there, and what became of a delivery."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from typing import Protocol

from kiosk.core.device_edge import DeviceEdge
from kiosk.ports import Base, Condition
from kiosk.words import AnyEvent, Delivered

log = logging.getLogger(__name__)

LOOK_EVERY_S = 1.0
LOOK_WITHIN_S = 5.0
HERE = ""


class CarryingHost(Protocol):
    """What carrying needs of the engine."""

    def base_is(self, state: Condition, reason: str, detail: str) -> None: ...
    def publish(self, event: AnyEvent) -> None: ...


class Carrying:
    """One delivery after the other; `drive_s` is how long one may take."""

    def __init__(
        self, host: CarryingHost, open_base: Callable[[], Base], *, drive_s: float
    ) -> None:
        self._host = host
        self._within_s = drive_s + 10.0
        self._edge = DeviceEdge("base", open_base, host.base_is)
        self._waiting: deque[tuple[str, str]] = deque()
        self._greets = False
        self._wake = asyncio.Event()

    def reaches(self, place: str) -> bool:
        """Whether something can be brought there."""
        base = self._edge.driver
        return place == HERE or (base is not None and place in base.places)

    def carry(self, item: str, place: str) -> None:
        """Bring what was given out to its place."""
        self._waiting.append((item, place))
        self._wake.set()

    def greet(self) -> None:
        """Somebody came."""
        self._greets = True
        self._wake.set()

    def cancel(self) -> None:
        """Call the base back, and forget what waits."""
        self._waiting.clear()
        if (base := self._edge.driver) is not None:
            base.cancel()

    async def run(self) -> None:
        """Until cancelled."""
        try:
            while True:
                self._wake.clear()
                status = await self._edge.ask(lambda base: base.status(), LOOK_WITHIN_S)
                if status is not None:
                    self._host.base_is(status.state, status.reason, status.detail)
                while self._waiting:
                    await self._carry(*self._waiting.popleft())
                await self._greet()
                await self._nap()
        finally:
            self._edge.close()

    async def _carry(self, item: str, place: str) -> None:
        report = await self._edge.ask(lambda base: base.deliver(item, place), self._within_s)
        if report is None:
            self._host.publish(Delivered(item=item, place=place, outcome="unknown"))
            return
        log.info("%s to %r: %s %s", item, place, report.outcome, report.reason)
        self._host.publish(
            Delivered(item=item, place=place, outcome=report.outcome, reason=report.reason)
        )

    async def _greet(self) -> None:
        if self._greets:
            self._greets = False
            await self._edge.ask(lambda base: base.greet(), LOOK_WITHIN_S)

    async def _nap(self) -> None:
        try:
            async with asyncio.timeout(LOOK_EVERY_S):
                await self._wake.wait()
        except TimeoutError:
            return
