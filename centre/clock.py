"""What time it is: handed in, so that a test sets it and nothing waits for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from litestar.datastructures import State

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The computer's clock."""
    return datetime.now(UTC)


async def provide_now(state: State) -> datetime:
    """The dependency `now`: the application's clock, one moment for a whole request."""
    clock: Clock = state["now"]
    return clock()
