"""An asyncio loop on which waiting costs nothing: a day of naps is over in seconds."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Callable
from typing import Any

REAL_WAIT_S = 5.0


class FastLoop(asyncio.SelectorEventLoop):
    """Where the loop would sleep, its clock jumps ahead; but while `busy()` says that a thread
    works for it, it waits for that as any loop does."""

    def __init__(self, busy: Callable[[], bool]) -> None:
        selector = selectors.DefaultSelector()
        super().__init__(selector)
        self._skipped = 0.0
        select = selector.select

        def skip(timeout: float | None = None) -> list[Any]:
            ready = select(0)
            if ready or timeout == 0:
                return ready
            if timeout is None or busy():
                return select(REAL_WAIT_S if timeout is None else timeout)
            self._skipped += timeout
            return []

        selector.select = skip  # type: ignore[method-assign]

    def time(self) -> float:
        """Monotonic seconds, those that were skipped among them."""
        return super().time() + self._skipped
