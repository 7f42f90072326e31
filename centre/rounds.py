"""Work that is done again and again beside a worker's requests, until the worker ends.

Whoever ends it waits for the round under way: a question that is cut off in the middle of its
answer would leave a connection behind. A fault is said once, and once when it is over.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable

log = logging.getLogger(__name__)

ENDING_S = 8.0  # for the round under way; then it is cut off


class Rounds:
    """`work` now and then every `every_s` seconds; after a fault every `failed_s`. `what` is for
    the log: "what is over could not be thrown away"."""

    def __init__(
        self,
        work: Callable[[], Awaitable[object]],
        *,
        every_s: float,
        failed_s: float,
        failed: str,
        mended: str,
    ) -> None:
        self._work = work
        self._every_s, self._failed_s = every_s, failed_s
        self._failed_words, self._mended_words = failed, mended
        self._ended = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def begin(self) -> None:
        """Start."""
        self._ended.clear()
        self._task = asyncio.create_task(self._run())

    async def end(self) -> None:
        """Stop after the round under way."""
        self._ended.set()
        if self._task is None:
            return
        _, late = await asyncio.wait({self._task}, timeout=ENDING_S)
        if late:
            self._task.cancel()
            await asyncio.wait(late)

    async def _run(self) -> None:
        failed = False
        while not self._ended.is_set():
            try:
                await self._work()
            except Exception:
                if not failed:
                    log.exception("%s", self._failed_words)
                failed = True
            else:
                if failed:
                    log.warning("%s", self._mended_words)
                failed = False
            with contextlib.suppress(TimeoutError):
                pause = self._failed_s if failed else self._every_s
                await asyncio.wait_for(self._ended.wait(), pause)
