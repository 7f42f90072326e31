"""A thread that owns a device and carries out one call at a time for the loop.

Its calls block and their drivers end them by their own time-outs. One that does not come back in
time keeps the thread, and until it does nothing else is asked of the device. The thread is a
daemon: a driver that hangs for ever does not keep the process from ending, as the threads of
`concurrent.futures` would.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import queue
import threading
from collections.abc import Callable
from typing import Any, TypeVar

R = TypeVar("R")


class DeviceThread:
    """Belongs to the loop on which `call` is awaited; the thread starts with the first call."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._calls: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._running: asyncio.Future[Any] | None = None

    @property
    def hangs(self) -> bool:
        """Whether a call has not come back yet."""
        return self._running is not None and not self._running.done()

    async def call(self, ask: Callable[[], R], within_s: float) -> R:
        """What `ask` gives or raises; TimeoutError where it, or the call before, takes longer."""
        if self.hangs:
            raise TimeoutError(f"the {self._name} is still in its last call")
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[R] = loop.create_future()
        answer.add_done_callback(_heard)
        self._running = answer

        def carry_out() -> None:
            tell: Callable[[], None]
            try:
                tell = functools.partial(answer.set_result, ask())
            except Exception as error:  # whatever it is, the one who awaits hears of it
                tell = functools.partial(answer.set_exception, error)
            with contextlib.suppress(RuntimeError):  # the loop has ended meanwhile
                loop.call_soon_threadsafe(tell)

        self._start()
        self._calls.put(carry_out)
        async with asyncio.timeout(within_s):
            return await asyncio.shield(answer)

    async def free(self, within_s: float) -> None:
        """Until the call before has come back; TimeoutError where it takes longer."""
        if self._running is not None:
            await asyncio.wait([self._running], timeout=within_s)
        if self.hangs:
            raise TimeoutError(f"the {self._name} is still in its last call")

    def close(self, last: Callable[[], object] | None = None) -> None:
        """End the thread after its present call and `last`; nobody waits for it."""
        if self._thread is None:
            return
        if last is not None:
            self._calls.put(lambda: _quietly(last))
        self._calls.put(None)
        self._thread = None

    def _start(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name=self._name, daemon=True)
            self._thread.start()

    def _work(self) -> None:
        while (carry_out := self._calls.get()) is not None:
            carry_out()


def _heard(answer: asyncio.Future[Any]) -> None:
    """An error that comes after the time-out is nobody's news any more."""
    if not answer.cancelled():
        answer.exception()


def _quietly(last: Callable[[], object]) -> None:
    with contextlib.suppress(Exception):
        last()
