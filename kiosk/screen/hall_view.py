"""What is in the hall now: whose house it is, the time, whether numbers are given, who waits."""

from __future__ import annotations

import time
from datetime import datetime, timedelta

from PySide6.QtCore import Property, QObject, QTimer, Signal
from PySide6.QtQml import QmlElement

from kiosk.config.schema import Site
from kiosk.screen import moments
from kiosk.screen.care import care_line
from kiosk.screen.translator import Translator
from kiosk.words import ItemState, KioskState, PriorityState, ServiceState

QML_IMPORT_NAME = "Kiosk"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class HallView(QObject):
    """The newest KioskState in words. The time is the core's, carried on by a steady clock."""

    changed = Signal()

    def __init__(self, site: Site, texts: Translator, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._site = site
        self._texts = texts
        self._state: KioskState | None = None
        self._core_time = datetime.now().astimezone()
        self._taken_at = time.monotonic()
        self._shown_minute = ""
        self._tick = QTimer(self, interval=1000)
        self._tick.timeout.connect(self._on_tick)
        self._tick.start()
        texts.switched.connect(self.changed)

    def take(self, state: KioskState) -> None:
        """The core told the whole state anew."""
        self._state = state
        self._core_time = datetime.fromisoformat(state.now)
        self._taken_at = time.monotonic()
        self.changed.emit()

    def now(self) -> datetime:
        """The core's time of day."""
        return self._core_time + timedelta(seconds=time.monotonic() - self._taken_at)

    def service(self, code: str) -> ServiceState | None:
        """A service of the state by its code."""
        return next((s for s in self.services() if s.code == code), None)

    def is_ready(self, device: str) -> bool:
        """Whether an edge can be used now; not before the core was heard."""
        known = self._state.devices if self._state else ()
        return any(one.name == device and one.state == "ready" for one in known)

    def services(self) -> tuple[ServiceState, ...]:
        """All services; none before the core was heard."""
        return self._state.services if self._state else ()

    def priorities(self) -> tuple[PriorityState, ...]:
        """The classes of the priority question; none: it is not asked."""
        return self._state.priorities if self._state else ()

    def items(self) -> tuple[ItemState, ...]:
        """What can be had here; nothing before the core was heard."""
        return self._state.items if self._state else ()

    def is_maintained(self) -> bool:
        """Whether a technician works here now."""
        return self._state is not None and self._state.maintenance

    def next_opening(self) -> str:
        """The earliest `opens_at` of all services, ISO 8601, or ""."""
        moments_known = [s.opens_at for s in self.services() if s.opens_at]
        return min(moments_known, key=datetime.fromisoformat, default="")

    @Property(str, notify=changed)
    def site(self) -> str:
        """The house's name."""
        known = self._state
        if known:
            return self._texts.pick(known.site_vi, known.site_en)
        return self._texts.pick(self._site.name_vi, self._site.name_en)

    @Property(str, notify=changed)
    def centre(self) -> str:
        """The second line under the house's name."""
        known = self._state
        if known:
            return self._texts.pick(known.centre_vi, known.centre_en)
        return self._texts.pick(self._site.centre_vi, self._site.centre_en)

    @Property(str, notify=changed)
    def clock(self) -> str:
        """ "07:05"."""
        return f"{self.now():%H:%M}"

    @Property(str, notify=changed)
    def date(self) -> str:
        """The day in words."""
        return moments.long_date(self.now(), self._texts)

    @Property(bool, notify=changed)
    def giving(self) -> bool:
        """Whether any service gives numbers now."""
        return self.is_giving()

    @Property(str, notify=changed)
    def headline(self) -> str:
        """One line on the hall: numbers are given, or when they will be."""
        if not self.services():
            return ""
        if self.is_giving():
            return self._texts.text("hall.giving")
        when = moments.opening(self.next_opening(), self.now(), self._texts)
        return self._texts.text("hall.opens", when=when) if when else self._texts.text("hall.rests")

    @Property(str, notify=changed)
    def waiting(self) -> str:
        """How many people wait in all queues together; "" while no numbers are given."""
        return self.waiting_now()

    def waiting_now(self) -> str:
        """`waiting`, for Python."""
        if not self.is_giving():
            return ""
        return people_waiting(sum(s.waiting for s in self.services()), self._texts)

    @Property("QStringList", notify=changed)  # type: ignore[arg-type]  # QML knows no list of no type
    def notices(self) -> list[str]:
        """What the house tells everybody today: its hours first, where it keeps any."""
        known = self._state
        if known is None:
            return []
        hours = [self._texts.text("hall.hours", hours=known.hours)] if known.hours else []
        return [*hours, *(self._texts.pick(one.text_vi, one.text_en) for one in known.notices)]

    @Property(str, notify=changed)
    def elsewhere(self) -> str:
        """Where to go while a technician works here."""
        known = self._state
        told = self._texts.pick(known.elsewhere_vi, known.elsewhere_en) if known else ""
        return told or self._texts.text("maintenance.elsewhere")

    @Property(str, notify=changed)
    def care(self) -> str:
        """What a device needs of a person, or ""."""
        return care_line(self._state.devices, self._texts) if self._state else ""

    @Property(bool, notify=changed)
    def resting(self) -> bool:
        """Whether nobody stands before the kiosk, where a sensor tells."""
        return self._state is not None and self._state.present is False

    def is_giving(self) -> bool:
        """`giving`, for Python."""
        return any(s.availability == "open" for s in self.services())

    def _on_tick(self) -> None:
        minute = f"{self.now():%Y-%m-%d %H:%M}"
        if minute != self._shown_minute:
            self._shown_minute = minute
            self.changed.emit()


def people_waiting(count: int, texts: Translator) -> str:
    """ "3 người đang chờ"."""
    if count == 0:
        return texts.text("hall.nobody")
    return texts.text("hall.one" if count == 1 else "hall.many", count=count)
