"""A driver on its own thread: asked one thing at a time, whatever it does.

A driver that cannot be made, raises or hangs is an unavailable device; the kiosk goes on, and
tries again when it is next asked.
"""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

from kiosk.core.device_thread import DeviceThread
from kiosk.ports import Condition

log = logging.getLogger(__name__)

OPEN_WITHIN_S = 5.0


class Closable(Protocol):
    """Every driver lets go of its port."""

    def close(self) -> None: ...


D = TypeVar("D", bound=Closable)
R = TypeVar("R")
Tell = Callable[[Condition, str, str], object]
"""State, reason and detail."""


class DeviceEdge(Generic[D]):
    """The device called `name`; `tell` hears when it cannot be asked, and why."""

    def __init__(self, name: str, open_driver: Callable[[], D], tell: Tell) -> None:
        self._name = name
        self._open_driver = open_driver
        self._tell = tell
        self._thread = DeviceThread(name)
        self._driver: D | None = None

    async def ask(self, question: Callable[[D], R], within_s: float) -> R | None:
        """The driver's answer; None where there is none, and then the reason was told."""
        try:
            if self._driver is None:
                self._driver = await self._thread.call(self._open_driver, OPEN_WITHIN_S)
            return await self._thread.call(functools.partial(question, self._driver), within_s)
        except TimeoutError:
            self._tell("unavailable", "hung", "the driver did not come back")
        except Exception as error:  # a driver's bug costs its device, never the core
            log.debug("the driver of the %s failed", self._name, exc_info=True)
            self._tell("unavailable", "driver", f"{type(error).__name__}: {error}")
        return None

    @property
    def driver(self) -> D | None:
        """For what its driver allows from any thread; None before it was first asked."""
        return self._driver

    def close(self) -> None:
        """Let go of the driver, when its thread comes to it."""
        driver, self._driver = self._driver, None
        self._thread.close(driver.close if driver is not None else None)
