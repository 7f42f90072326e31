"""A line to the centre and the thread that speaks on it, one question at a time."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Callable
from typing import Protocol, TypeVar

from kiosk.core.device_thread import DeviceThread
from kiosk.errors import CentreAway
from kiosk.ports import Centre

GRACE_S = 2.0  # a call that does not end by itself is cut so much later
R = TypeVar("R")


class Asking(Protocol):
    """Asks the centre on a thread of its own; raises CentreAway where it does not answer."""

    async def __call__(self, call: Callable[[Centre, float], R]) -> R: ...


class CentreLine:
    """`connect` makes the line, on its thread: that brings libraries with it."""

    def __init__(self, name: str, connect: Callable[[], Centre], within_s: float) -> None:
        self._connect = connect
        self._within_s = within_s
        self._thread = DeviceThread(name)
        self._centre: Centre | None = None

    async def ask(self, call: Callable[[Centre, float], R]) -> R:
        """What the centre answers to a call, which is told how many seconds it has.

        Raises CentreAway and CentreRefuses. A call that hangs is cut, and the next one is heard.
        """
        try:
            await self._thread.free(self._within_s)
            if self._centre is None:
                self._centre = await self._thread.call(self._connect, self._within_s)
            bound = functools.partial(call, self._centre, self._within_s)
            return await self._thread.call(bound, self._within_s + GRACE_S)
        except TimeoutError as error:
            self.cut()
            raise CentreAway(f"no answer within {self._within_s:g} s") from error
        except asyncio.CancelledError:
            self.cut()
            raise

    def stamp(self) -> object:
        """That of the enrolment; None before anything was asked."""
        return self._centre.stamp() if self._centre is not None else None

    def cut(self) -> None:
        """Have the thread come back."""
        if self._centre is not None:
            self._centre.cut()

    def close(self) -> None:
        """Hang up, when the thread comes to it."""
        self.cut()
        self._thread.close(self._centre.close if self._centre is not None else None)
        self._centre = None
