"""What blocks, done beside the loop: one thing after another, and nobody waits for ever."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from kiosk.core.device_thread import DeviceThread
from kiosk.errors import Trouble

R = TypeVar("R")


class Aside:
    """A thread of that name for short works of disks and processors."""

    def __init__(self, name: str) -> None:
        self._thread = DeviceThread(name)
        self._turn = asyncio.Lock()

    async def ask(self, work: Callable[[], R], within_s: float) -> R:
        """What it gives or raises. Raises Trouble (slow) where it takes longer."""
        async with self._turn:
            try:
                return await self._thread.call(work, within_s)
            except TimeoutError as error:
                raise Trouble("the disk does not answer in time", code="slow") from error

    def close(self) -> None:
        """End the thread after its present work."""
        self._thread.close()
