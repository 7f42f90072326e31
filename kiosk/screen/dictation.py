"""Words spoken instead of typed: heard, read, handed on. The sound never comes to the screen."""

from __future__ import annotations

import logging
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from kiosk.link.frames import Failure
from kiosk.screen.link_view import FACE, LinkView
from kiosk.screen.translator import Translator
from kiosk.words import (
    CloseMicrophone,
    Event,
    FinishListening,
    Listen,
    ListeningChanged,
    OpenMicrophone,
    QuestionHeard,
)

log = logging.getLogger(__name__)


class Dictation(QObject):
    """The microphone of one page, for as long as `wanted()` holds; `state` as in kiosk.words."""

    changed = Signal()
    heard = Signal(str)

    def __init__(
        self, link: LinkView, texts: Translator, wanted: Callable[[], bool], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._link = link
        self._texts = texts
        self._wanted = wanted
        self._open = False  # the core was told that the page is shown
        self.state = "off"
        self.failed = False
        link.happened.connect(self._happened)
        link.went.connect(self._lost)

    def follow(self) -> None:
        """The citizen has turned a page: open the microphone there, close it elsewhere."""
        if self._wanted() and not self._open:
            self._open, self.failed = True, False
            self._link.ask(OpenMicrophone())
        elif not self._wanted() and self._open:
            self._open = False
            self._link.ask(CloseMicrophone())
            self._change("off")

    def press(self) -> None:
        """Begin, or that was all, or never mind."""
        match self.state:
            case "off":
                self.failed = False
                self._change("waiting")
                wanted = Listen(language=self._texts.chosen, dictation=True)
                self._link.ask(wanted, on_failure=self._refused)
            case "listening":
                self._link.ask(FinishListening())
            case _:
                self._open = False
                self._link.ask(CloseMicrophone())
                self._change("off")
                self.follow()

    def _happened(self, event: Event) -> None:
        if not self._wanted():
            return
        match event:
            case ListeningChanged(face=face, state=state, reason=reason) if face == FACE:
                self.failed = bool(reason)
                self._change(state)
            case QuestionHeard(face=face, text=text, deed="dictated") if face == FACE:
                self.heard.emit(text)

    def _refused(self, failure: Failure) -> None:
        log.warning("nobody listens: %s %s", failure.code, failure.detail)
        self.failed = True
        self._change("off")

    def _lost(self) -> None:
        self._open = False
        self._change("off")

    def _change(self, state: str) -> None:
        self.state = state
        self.changed.emit()
