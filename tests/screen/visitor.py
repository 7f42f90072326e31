"""A citizen with fingers and eyes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import zxingcpp
from ruler import pixels

from kiosk.screen.app import Screen
from tools.demo.touch import PATIENCE_S, find, seek, settle, tap, visible, wait_until


@dataclass
class Visitor:
    screen: Screen

    def touch(self, *names: str) -> None:
        """Tap what is called so, all at once where there are several."""
        for name in names:
            wait_until(lambda name=name: self.sees(name))
        settle(self.screen.window)  # a finger is slower than a frame
        tap(self.screen.window, *(find(self.screen.window, name) for name in names))

    def sees(self, name: str) -> bool:
        return seek(self.screen.window, name) is not None

    def waits_for(self, name: str, timeout: float = PATIENCE_S) -> None:
        wait_until(lambda: self.sees(name), timeout)

    def reads(self, name: str) -> str:
        """The words of an item."""
        return str(find(self.screen.window, name).property("text"))

    def scans(self) -> str:
        """What a telephone reads off the screen, or ""."""
        found = zxingcpp.read_barcode(pixels(self.screen.window.grabWindow()))
        return found.text if found else ""

    def all_words(self) -> str:
        """Everything that can be read now."""
        return "\n".join(
            str(item.property("text")).replace("\u00a0", " ")
            for item in visible(self.screen.window.contentItem())
            if item.inherits("QQuickText")
        )

    def writes(self, text: str) -> None:
        """Put a text into the search without waiting for a key."""
        for letter in text:
            self.screen.search.press("space" if letter == " " else letter)

    def types(self, *keys: str) -> None:
        """Touch keys of the keyboard, one after another."""
        self.waits_for("page.search")
        settle(self.screen.window)
        for key in keys:
            tap(self.screen.window, find(self.screen.window, f"key.{key}"))

    def goes_to_guide(self) -> None:
        self.touch("door.guide")
        self.waits_for("life.birth")

    def goes_to_procedure(self, code: str) -> None:
        self.goes_to_guide()
        self.screen.procedure.open(code)
        wait_until(lambda: self.screen.procedure.property("here"))
        self.waits_for("page.procedure")

    def goes_to_services(self) -> None:
        self.touch("door.ticket")
        self.waits_for("page.services")

    def takes_a_number(self, service: str = "civil-status") -> None:
        self.goes_to_services()
        self.touch(f"service.{service}")
        self.touch("priority.skip")
        self.waits_for("page.ticket")


OpenScreen = Callable[..., Visitor]
"""The fixture `open_screen`; see conftest.py."""
