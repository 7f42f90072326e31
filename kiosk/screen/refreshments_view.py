"""A touch, or a wish that was said, becomes a cup of water: what there is, and what came of it."""

from __future__ import annotations

import logging
import uuid
from datetime import datetime

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.link.frames import Failure
from kiosk.screen.hall_view import HallView
from kiosk.screen.kiosk_view import KioskView
from kiosk.screen.link_view import LinkView
from kiosk.screen.rows_model import Row, RowsModel
from kiosk.screen.translator import Translator
from kiosk.words import Dispense, Dispensed, DispenseFailed, Event, ItemState

QML_IMPORT_NAME = "Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

log = logging.getLogger(__name__)

PAGE = "refreshments"
PICTURES = {"water": "glass-water", "candy": "candy"}
OTHER_PICTURE = "hand-heart"
CONDITIONS = {
    "ready": "refreshments.ready",
    "busy": "refreshments.busy",
    "resting": "refreshments.resting",
    "empty": "refreshments.empty",
    "stuck": "refreshments.away",
    "away": "refreshments.away",
}
"""How a thing stands, in words."""
HEADLINES = {
    "": "refreshments.choose",
    "moving": "refreshments.moving",
    "given": "refreshments.given",
    "resting": "refreshments.rested",
    "sorry": "refreshments.sorry",
}
"""What is told of a wish, from its touch to its end."""


@QmlElement
class RefreshmentsView(QObject):
    """What can be had here, and one wish at a time."""

    changed = Signal()

    def __init__(
        self,
        link: LinkView,
        texts: Translator,
        kiosk: KioskView,
        hall: HallView,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._link = link
        self._texts = texts
        self._kiosk = kiosk
        self._hall = hall
        self._wish = ""  # its request id, while it is under way
        self._item = ""
        self._state = ""
        roles = ("code", "name", "iconName", "condition", "status")
        self._items = RowsModel(roles, self._rows, self)
        texts.switched.connect(self._tell)
        hall.changed.connect(self._tell)
        kiosk.left.connect(self._forget)
        link.happened.connect(self._happened)

    @Property(bool, notify=changed)
    def offered(self) -> bool:
        """Whether this kiosk has anything to give at all."""
        return bool(self._hall.items())

    @Property(QObject, notify=changed)
    def items(self) -> RowsModel:
        """What there is, and how it stands."""
        return self._items

    @Property(str, notify=changed)
    def state(self) -> str:
        """ "" before a wish; moving, given, resting or sorry."""
        return self._state

    @Property(str, notify=changed)
    def headline(self) -> str:
        """What to do, or what is being done."""
        return self._texts.text(HEADLINES[self._state])

    @Slot()
    def open(self) -> None:
        """Through the door."""
        if self._kiosk.current_page() == "welcome":
            self._kiosk.show(PAGE)

    def shown(self) -> bool:
        """Whether the page of them is open, which tells what comes of a wish."""
        return self._kiosk.current_page() == PAGE

    def wanted(self, item: str) -> None:
        """Somebody asked for it in words and agreed: it is given at once, where it can be."""
        if self._kiosk.current_page() == "answer":
            self._kiosk.show(PAGE)
            self.choose(item)

    @Slot(str)
    def choose(self, item: str) -> None:
        """Give one. A second touch while it moves means the same one."""
        if self._kiosk.current_page() != PAGE or self._state == "moving":
            return
        self._wish, self._item = uuid.uuid4().hex, item
        self._become("moving")
        command = Dispense(request_id=self._wish, item=item)
        self._link.ask(command, on_failure=self._refused, resend=True)

    def _happened(self, event: Event) -> None:
        match event:
            case Dispensed(request_id=wish) if wish == self._wish:
                self._kiosk.visit.had(self._item)
                self._end("given")
            case DispenseFailed(request_id=wish) if wish == self._wish:
                self._end("sorry")

    def _refused(self, failure: Failure) -> None:
        log.info("nothing is given: %s %s", failure.code, failure.detail)
        too_soon = failure.code in {"resting", "busy"}
        self._end("resting" if too_soon else "sorry")
        self._kiosk.say("refreshment.resting" if too_soon else "refreshment.sorry")

    def _end(self, state: str) -> None:
        self._wish = ""
        self._become(state)
        self._kiosk.stay()

    def _become(self, state: str) -> None:
        self._state = state
        self._tell()

    def _forget(self) -> None:
        self._wish = self._item = ""
        self._become("")

    def _tell(self) -> None:
        self._items.refresh()
        self.changed.emit()

    def _rows(self) -> list[Row]:
        return [
            {
                "code": one.item,
                "name": self._texts.pick(one.name_vi, one.name_en),
                "iconName": PICTURES.get(one.item, OTHER_PICTURE),
                "condition": one.condition,
                "status": self._status(one),
            }
            for one in self._hall.items()
        ]

    def _status(self, one: ItemState) -> str:
        if one.condition == "resting" and one.ready_at:
            wait = datetime.fromisoformat(one.ready_at) - self._hall.now()
            minutes = max(1, -(-round(wait.total_seconds()) // 60))
            return self._texts.text("refreshments.resting_for", minutes=minutes)
        return self._texts.text(CONDITIONS[one.condition])
