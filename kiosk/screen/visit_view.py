"""The visit of now, as this screen and the core know it: one value, kept and forgotten together."""

from __future__ import annotations

from typing import Any

import msgspec
from PySide6.QtCore import QObject, Signal

from kiosk.screen.link_view import LinkView
from kiosk.screen.translator import Translator
from kiosk.words import ForgetVisit, Mode, TellVisit, Visit


class VisitView(QObject):
    """`now` is all that is known of whoever stands here. Every change is told to the core, which
    speaks by it; a core that was away is told anew."""

    changed = Signal()

    def __init__(self, link: LinkView, texts: Translator, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.now = Visit()
        self._link = link
        self._texts = texts
        texts.switched.connect(lambda: self.become(language=texts.chosen))
        link.came.connect(self._tell)

    def become(self, **known: Any) -> None:
        """From now on this is known too, by the names of Visit."""
        visit = msgspec.structs.replace(self.now, **known)
        if visit != self.now:
            self.now = visit
            self._tell()
            self.changed.emit()

    def toggle(self, mode: Mode) -> None:
        """Turn a mode on or off."""
        self.become(modes=self.now.modes ^ {mode})

    def had(self, thing: str) -> None:
        """Something was given: it lies in the cart."""
        self.become(cart=(*self.now.cart, thing))

    def forget(self) -> None:
        """The visit is over, here and in the core; the next one is in Vietnamese."""
        self.now = Visit()
        self._link.ask(ForgetVisit())
        self._texts.switch(self.now.language)
        self.changed.emit()

    def _tell(self) -> None:
        self._link.ask(TellVisit(visit=self.now))
