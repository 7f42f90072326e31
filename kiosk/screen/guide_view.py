"""The guide's front page: the search field, what happens in a life, the fields of procedures."""

from __future__ import annotations

import logging
from datetime import date

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.link.frames import Failure
from kiosk.screen.kiosk_view import KioskView
from kiosk.screen.link_view import LinkView
from kiosk.screen.rows_model import Row, RowsModel
from kiosk.screen.translator import Translator
from kiosk.words import AskGuide, GuideResult, Result

QML_IMPORT_NAME = "Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

log = logging.getLogger(__name__)

LIFE_EVENTS = {
    "birth": ("guide_life.birth", "baby"),
    "child": ("guide_life.child", "blocks"),
    "school": ("guide_life.school", "graduation-cap"),
    "marriage": ("guide_life.marriage", "gem"),
    "divorce": ("guide_life.divorce", "heart-crack"),
    "moving": ("guide_life.moving", "truck"),
    "house": ("guide_life.house", "house"),
    "work": ("guide_life.work", "briefcase"),
    "business": ("guide_life.business", "store"),
    "illness": ("guide_life.illness", "stethoscope"),
    "disability": ("guide_life.disability", "accessibility"),
    "retirement": ("guide_life.retirement", "sunset"),
    "hardship": ("guide_life.hardship", "hand-coins"),
    "death": ("guide_life.death", "flower-2"),
    "inheritance": ("guide_life.inheritance", "scroll-text"),
    "papers-lost": ("guide_life.papers-lost", "file-question-mark"),
    "merit": ("guide_life.merit", "medal"),
    "complaint": ("guide_life.complaint", "message-square-warning"),
}
"""The name (a text) and the picture of each life event."""

NEWS = {
    "new": ("guide_news.new", "file-check"),
    "amended": ("guide_news.amended", "scroll-text"),
    "abolished": ("guide_news.abolished", "circle-x"),
}
"""The same for what happened at the last import of the catalogue."""
NEWS_CODE = "news:"  # and one of NEWS: a card beside those of the fields


@QmlElement
class GuideView(QObject):
    """The doors of the guide. The newest GuideResult stays: it is the same for everybody."""

    changed = Signal()

    def __init__(
        self, link: LinkView, texts: Translator, kiosk: KioskView, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._link = link
        self._texts = texts
        self._kiosk = kiosk
        self._doors: GuideResult | None = None
        self._absent = False
        self._shelf = "life"
        roles = ("code", "name", "iconName")
        self._life_events = RowsModel(roles, self._life_event_rows, self)
        self._fields = RowsModel(roles, self._field_rows, self)
        texts.switched.connect(self._tell)
        kiosk.left.connect(self._forget)

    @Property(QObject, notify=changed)
    def lifeEvents(self) -> RowsModel:
        """What happens in a life, as cards."""
        return self._life_events

    @Property(QObject, notify=changed)
    def fields(self) -> RowsModel:
        """The fields of procedures, as cards; and what is new of them."""
        return self._fields

    @Property(str, notify=changed)
    def shelf(self) -> str:
        """life or fields: which cards are shown."""
        return self._shelf

    @Property(bool, notify=changed)
    def absent(self) -> bool:
        """The guide cannot answer now; a person can."""
        return self._absent

    @Property(str, notify=changed)
    def about(self) -> str:
        """How much can be found here."""
        if not self._doors:
            return ""
        return self._texts.text("guide.count", count=self._doors.count)

    @Slot()
    def enter(self) -> None:
        """Through the door of the guide."""
        if self._kiosk.current_page() == "welcome":
            self._link.ask(AskGuide(), self._came, self._failed, resend=True)
            self._kiosk.show("guide")

    @Slot(str)
    def turnTo(self, shelf: str) -> None:
        """Show the other cards."""
        self._shelf = shelf
        self.changed.emit()

    def life_event_name(self, code: str) -> str:
        """The name of a life event, in the language of now."""
        return self._texts.text(LIFE_EVENTS[code][0])

    def news_name(self, event: str) -> str:
        """The name of what happened at the last import."""
        return self._texts.text(NEWS[event][0])

    def since(self) -> str:
        """The day of the last import, as people write it."""
        day = self._doors.since if self._doors else ""
        return date.fromisoformat(day).strftime("%d/%m/%Y") if day else ""

    def field_name(self, code: str) -> str:
        """The name of a field, or "" for one that the guide does not know."""
        fields = self._doors.fields if self._doors else ()
        names = (self._texts.pick(f.name_vi, f.name_en) for f in fields if f.code == code)
        return next(names, "")

    def _came(self, result: Result) -> None:
        if isinstance(result, GuideResult):
            self._doors, self._absent = result, False
            self._tell()

    def _failed(self, failure: Failure) -> None:
        log.warning("the guide does not answer: %s %s", failure.code, failure.detail)
        self._absent = True
        self._tell()

    def _tell(self) -> None:
        self._life_events.refresh()
        self._fields.refresh()
        self.changed.emit()

    def _life_event_rows(self) -> list[Row]:
        return [
            {
                "code": line.code,
                "name": self.life_event_name(line.code),
                "iconName": LIFE_EVENTS[line.code][1],
            }
            for line in (self._doors.life_events if self._doors else ())
            if line.count
        ]

    def _field_rows(self) -> list[Row]:
        doors = self._doors
        fields = [line for line in doors.fields if line.count] if doors else []
        news = doors.news if doors else ()
        return [
            *(
                {"code": f.code, "name": self._texts.pick(f.name_vi, f.name_en), "iconName": f.icon}
                for f in fields
            ),
            *(
                {
                    "code": NEWS_CODE + line.event,
                    "name": f"{self.news_name(line.event)} ({line.count})",
                    "iconName": NEWS[line.event][1],
                }
                for line in news
            ),
        ]

    def _forget(self) -> None:
        self._shelf = "life"
        self.changed.emit()
