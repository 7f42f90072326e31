"""What the hall board shows: who is called where, who was before, how many wait, notices."""

from __future__ import annotations

import logging

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.link.frames import Failure
from kiosk.screen.link_view import LinkView
from kiosk.screen.rows_model import Row, RowsModel
from kiosk.screen.translator import Translator
from kiosk.words import (
    AskHall,
    Call,
    Event,
    HallChanged,
    HallResult,
    HallState,
    Result,
    SelfTestChanged,
)

QML_IMPORT_NAME = "Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

log = logging.getLogger(__name__)

STALE_AFTER_MS = 2000  # a core that starts again is back by then
FRESH_MS = 8000  # how long a new call stands out
NOTICE_MS = 10_000
ROWS = 5  # calls before the newest one
SERVICES = 8  # more than these: those for which somebody waits
ASK_AGAIN_MS = 1000


@QmlElement
class BoardRows(RowsModel):
    """Calls, or services with how many wait."""


@QmlElement
class BoardView(QObject):
    """The newest HallState in words. It is asked for whole after each reconnect."""

    changed = Signal()

    def __init__(self, link: LinkView, texts: Translator, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._link = link
        self._texts = texts
        self._hall: HallState | None = None
        self._stale = False
        self._tested = False
        self._newest = 0
        self._turn = 0
        self.calls = BoardRows(("code", "number", "counter", "awaited"), self._calls, self)
        roles = ("code", "name", "english", "count")
        self.waiting = BoardRows(roles, self._waiting, self)
        self._goes_stale = QTimer(self, singleShot=True, interval=STALE_AFTER_MS)
        self._goes_stale.timeout.connect(self._go_stale)
        self._fades = QTimer(self, singleShot=True, interval=FRESH_MS)
        self._fades.timeout.connect(self.changed)
        self._turns = QTimer(self, interval=NOTICE_MS)
        self._turns.timeout.connect(self._turn_notice)
        self._turns.start()
        link.came.connect(self._ask)
        link.went.connect(self._goes_stale.start)
        link.happened.connect(self._happened)
        self._goes_stale.start()

    @Property(bool, notify=changed)
    def known(self) -> bool:
        """Whether the hall was ever heard of."""
        return self._hall is not None

    @Property(bool, notify=changed)
    def stale(self) -> bool:
        """What is shown may be old: the core is away, or the kiosk that leads the site."""
        return self._stale or (self._hall is not None and self._hall.stale)

    @Property(bool, notify=changed)
    def tested(self) -> bool:
        """Whether a technician looks at the colours of all screens."""
        return self._tested

    @Property(str, notify=changed)
    def number(self) -> str:
        """The number that was called last, or ""."""
        newest = self._newest_call()
        return newest.number if newest else ""

    @Property(str, notify=changed)
    def counter(self) -> str:
        """The counter to which it was called."""
        newest = self._newest_call()
        return newest.counter if newest else ""

    @Property(str, notify=changed)
    def place(self) -> str:
        """Where that counter is."""
        newest = self._newest_call()
        if newest is None or self._hall is None:
            return ""
        counters = (one for one in self._hall.counters if one.number == newest.counter)
        return next((one.place_vi for one in counters), "")

    @Property(int, notify=changed)
    def earlier(self) -> int:
        """How many calls before the newest are shown."""
        return len(self._calls())

    @Property(int, notify=changed)
    def services(self) -> int:
        """How many services are shown."""
        return len(self._waiting())

    @Property(bool, notify=changed)
    def fresh(self) -> bool:
        """The newest call came just now."""
        return self._fades.isActive()

    @Property(str, notify=changed)
    def notice(self) -> str:
        """The notice whose turn it is, in Vietnamese; one of them tells whose turn is near."""
        return self._notice()[0]

    @Property(str, notify=changed)
    def noticeEnglish(self) -> str:
        """The same in English, or ""."""
        return self._notice()[1]

    @Slot(str, result=str)
    def english(self, key: str) -> str:
        """A text of the board in its second language."""
        return self._texts.english(key)

    def take(self, hall: HallState) -> None:
        """The core told the hall anew."""
        first = self._hall is None
        self._hall = hall
        self._goes_stale.stop()
        self._stale = False
        newest = max((one.announcement for one in hall.calls), default=0)
        if newest != self._newest:
            self._newest = newest
            if newest and not first:
                self._fades.start()
        self.calls.refresh()
        self.waiting.refresh()
        self.changed.emit()

    def _ask(self) -> None:
        if self._link.here:
            self._link.ask(AskHall(), self._told, self._not_told)

    def _told(self, result: Result) -> None:
        if isinstance(result, HallResult):
            self.take(result.hall)

    def _not_told(self, failure: Failure) -> None:
        log.warning("the hall is not told: %s %s", failure.code, failure.detail)
        QTimer.singleShot(ASK_AGAIN_MS, self, self._ask)

    def _happened(self, event: Event) -> None:
        if isinstance(event, HallChanged):
            self.take(event.hall)
        elif isinstance(event, SelfTestChanged) and event.test == "screens":
            self._tested = event.step == "asks"
            self.changed.emit()

    def _go_stale(self) -> None:
        self._stale, self._tested = True, False
        self.changed.emit()

    def _turn_notice(self) -> None:
        self._turn += 1
        self.changed.emit()

    def _notice(self) -> tuple[str, str]:
        if self._hall is not None and (closing := self._hall.closing) is not None:
            key = "board.closed" if closing.over else "board.closing"
            time = closing.at[11:16]
            return self._texts.text(key, time=time), self._texts.english(key, time=time)
        told = self._told_by_turns(self._hall) if self._hall is not None else []
        return told[self._turn % len(told)] if told else ("", "")

    def _told_by_turns(self, hall: HallState) -> list[tuple[str, str]]:
        """Whose turn is near, which services have closed before the house, the house's notices."""
        text, english = self._texts.text, self._texts.english
        told = []
        if hall.near:
            numbers = ", ".join(hall.near)
            told.append(
                (text("board.soon", numbers=numbers), english("board.soon", numbers=numbers))
            )
        for one in hall.closed_services:
            key = "board.service_closed" if one.over else "board.service_closing"
            time = one.at[11:16]
            told.append(
                (
                    text(key, service=one.name_vi, time=time),
                    english(key, service=one.name_en, time=time),
                )
            )
        return told + [(one.text_vi, one.text_en) for one in hall.notices]

    def _newest_call(self) -> Call | None:
        return self._hall.calls[0] if self._hall and self._hall.calls else None

    def _calls(self) -> list[Row]:
        if self._hall is None:
            return []
        present = (one.ticket for one in self._hall.counters)
        awaited = {one.id for one in present if one is not None and one.state == "called"}
        return [
            {
                "code": str(call.ticket_id),
                "number": call.number,
                "counter": call.counter,
                "awaited": "yes" if call.ticket_id in awaited else "",
            }
            for call in self._hall.calls[1 : 1 + ROWS]
        ]

    def _waiting(self) -> list[Row]:
        services = self._hall.waiting if self._hall else ()
        if len(services) > SERVICES:
            services = tuple(one for one in services if one.waiting)
        return [
            {
                "code": one.service,
                "name": one.name_vi,
                "english": one.name_en,
                "count": str(one.waiting),
            }
            for one in services
        ]
