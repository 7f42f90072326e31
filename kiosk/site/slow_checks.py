"""Looking at PINs and passwords takes some 50 ms of a processor by intention: one thread does it,
one after the other, and only so many may wait."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

MAX_AT_ONCE = 8
T = TypeVar("T")


class TooBusy(Exception):
    """As many wait as may; in a second again."""


class SlowChecks:
    """One thread of its own; asked from a loop."""

    def __init__(self, name: str) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)
        self._waiting = 0

    async def do(self, work: Callable[[], T]) -> T:
        """What `work` gives, once it is its turn. Raises TooBusy."""
        if self._waiting >= MAX_AT_ONCE:
            raise TooBusy
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, work)
        finally:
            self._waiting -= 1

    def close(self) -> None:
        """Do no more."""
        self._thread.shutdown(wait=False, cancel_futures=True)
