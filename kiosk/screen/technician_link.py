"""What the technician's pages ask of the core; once it says that nobody is inside, they close."""

from __future__ import annotations

import logging
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from kiosk.link.frames import Failure
from kiosk.screen.link_view import LinkView
from kiosk.words import AnyCommand, Result

log = logging.getLogger(__name__)

OUTSIDE = "no_technician"


class TechnicianLink(QObject):
    """`outside`: the core knows of no technician here any more."""

    outside = Signal()

    def __init__(self, link: LinkView, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._link = link
        self.happened = link.happened

    def ask(
        self,
        command: AnyCommand,
        on_result: Callable[[Result], object] = lambda _: None,
        on_failure: Callable[[Failure], object] = lambda _: None,
    ) -> None:
        """As LinkView.ask; both callbacks may be left out."""

        def failed(failure: Failure) -> None:
            if failure.code == OUTSIDE:
                self.outside.emit()
                return
            log.info("%s: %s %s", type(command).__name__, failure.code, failure.detail)
            on_failure(failure)

        self._link.ask(command, lambda result: _give(on_result, result), failed)


def _give(on_result: Callable[[Result], object], result: Result) -> None:
    on_result(result)
