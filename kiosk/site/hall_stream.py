"""The hall as it changes, to every board and console that listens (Server-Sent Events).

    event: hall   data: BoardState        at once, and after every change: always the whole state
    event: beat   data: the time          every BEAT_S; who has missed some knows that it is stale

A listener holds the newest state alone. One that reads slowly skips what is older and never makes
the others wait; one that sleeps is hung up on by its connection's time-out.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator

import msgspec

from kiosk.errors import StoreUnavailable
from kiosk.ports import Door
from kiosk.site.board_state import BoardState, board_state
from kiosk.site.login import FACE
from kiosk.words import AnyEvent, AskHall, HallChanged, HallResult, HallState

log = logging.getLogger(__name__)

BEAT_S = 4.0
MAX_LISTENERS = 64


class HallStream:
    """Tells the hall's state; lives on the core's loop."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self._newest = b""
        self._listeners: set[asyncio.Event] = set()
        self._ended = False
        door.listen(self.hear)

    @property
    def is_full(self) -> bool:
        """Whether nobody else can listen."""
        return len(self._listeners) >= MAX_LISTENERS

    def hear(self, event: AnyEvent) -> None:
        """The engine's listener: calls come at once, who else waits within a tenth of a second."""
        if isinstance(event, HallChanged):
            self._tell(event.hall)

    def state(self) -> BoardState:
        """What everybody may see, now."""
        result = self._door.do(AskHall(), FACE)
        assert isinstance(result, HallResult)
        return board_state(result.hall)

    async def listen(self) -> AsyncIterator[bytes]:
        """The stream of one listener: the state at once, then every change."""
        changed = asyncio.Event()
        self._listeners.add(changed)
        try:
            if not self._newest:
                self._look()
            yield b"retry: 1000\n\n" + self._newest
            while not self._ended:
                try:
                    async with asyncio.timeout(BEAT_S):
                        await changed.wait()
                except TimeoutError:
                    yield b"event: beat\ndata: \n\n"
                    continue
                changed.clear()
                yield self._newest
        finally:
            self._listeners.discard(changed)
            if not self._listeners:
                self._newest = b""  # it is not kept up while nobody listens

    def close(self) -> None:
        """End every stream; the browsers come back by themselves."""
        self._ended = True
        for listener in self._listeners:
            listener.set()

    def _look(self) -> None:
        try:
            result = self._door.do(AskHall(), FACE)
        except StoreUnavailable as error:
            log.warning("the hall cannot be told: %s", error.detail)
            return
        assert isinstance(result, HallResult)
        self._tell(result.hall)

    def _tell(self, hall: HallState) -> None:
        if not self._listeners:
            return
        news = b"event: hall\ndata: " + msgspec.json.encode(board_state(hall)) + b"\n\n"
        if news == self._newest:
            return
        self._newest = news
        for listener in self._listeners:
            listener.set()
