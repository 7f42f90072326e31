"""A visit by keys and sound alone: what the keys stand on is spoken and framed.

    down, up    to the next thing on the page, or back to the one before: it is spoken
    action      does what was spoken last
    back        one page back; on a question above the page it means no
    help        how the keys work
    repeat      the last words once more

Any of them begins such a visit; a keypad for the blind (EZ-Access and its like) is a keyboard,
and config.toml [keys] says which of its keys is which.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping

from PySide6.QtCore import Property, QEvent, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtQml import QmlElement
from PySide6.QtQuick import QQuickWindow

from kiosk.config.schema import Keys
from kiosk.screen.kiosk_view import KioskView
from kiosk.screen.patience import Patience
from kiosk.screen.search_view import SearchView
from kiosk.screen.stops import Stop, above, stops
from kiosk.screen.translator import Translator

QML_IMPORT_NAME = "Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

log = logging.getLogger(__name__)

LONGEST_TOLD = 600  # characters that are spoken in one breath; a document may be longer
SOON_MS = 60  # after a press, until the page has followed it
ARRIVED_MS = 250  # until what a page is about has come
SPOKEN_BY_THE_CORE = frozenset({"ticket", "answer"})


@QmlElement
class KeypadView(QObject):
    """The keys of one window. `frame` is where the present stop lies in it."""

    changed = Signal()

    def __init__(
        self,
        keys: Keys,
        kiosk: KioskView,
        texts: Translator,
        patience: Patience,
        search: SearchView,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._kiosk = kiosk
        self._texts = texts
        self._patience = patience
        self._search = search
        self._window: QQuickWindow | None = None
        self._deeds = self._deeds_of(keys)
        self._stop: Stop | None = None
        self._last = ""
        self._page = ""
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self._follow)
        self._arrived = QTimer(self, singleShot=True, interval=ARRIVED_MS)
        self._arrived.timeout.connect(self._say_page)
        kiosk.changed.connect(self._turned)
        kiosk.left.connect(self._forget)

    @Property(QRectF, notify=changed)
    def frame(self) -> QRectF:
        """Where the present stop lies, in the window; empty for none."""
        return self._stop.place if self._stop else QRectF()

    def watch(self, window: QQuickWindow) -> None:
        """Take the keys of this window from now on."""
        self._window = window
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's question: whether this event has been dealt with."""
        if self._kiosk.occupied:
            return False
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._pressed(event)
        return False

    def _pressed(self, event: QKeyEvent) -> bool:
        deed = self._deeds.get(event.key())
        if deed is None:
            return self._wrote(event)
        self._kiosk.touch()
        if self._patience.property("asking"):
            self._patience.more()
            self._say_page()
        elif not self._goes_by_keys():
            self._kiosk.visit.become(modes=self._kiosk.visit.now.modes | {"byKeys"})
            self._page = self._kiosk.current_page()
            self._kiosk.say("keys.hello")
        elif not event.isAutoRepeat():
            deed()
        return True

    def _wrote(self, event: QKeyEvent) -> bool:
        """A keyboard's letters go where letters are wanted."""
        letter = event.text()
        if self._kiosk.current_page() != "search" or not letter.isprintable() or not letter:
            return False
        self._kiosk.touch()
        self._search.press("space" if letter == " " else letter)
        return True

    def _deeds_of(self, keys: Keys) -> Mapping[int, Callable[[], None]]:
        deeds = {
            keys.up: lambda: self._step(-1),
            keys.down: lambda: self._step(1),
            keys.action: self._act,
            keys.back: self._back,
            keys.help: lambda: self._kiosk.say("keys.help"),
            keys.repeat: self._repeat,
        }
        return {code(name): deed for names, deed in deeds.items() for name in names}

    # What the keys do.

    def _step(self, way: int) -> None:
        known = self._stops()
        if not known:
            return
        at = next((n for n, one in enumerate(known) if self._is_here(one)), None)
        to = (0 if way > 0 else len(known) - 1) if at is None else at + way
        if not 0 <= to < len(known):
            self._stand_on(None)
            self._kiosk.say("keys.end")
            return
        self._stand_on(known[to])
        self._tell(known[to].told(self._texts))

    def _act(self) -> None:
        stop = next((one for one in self._stops() if self._is_here(one)), None)
        if stop is None or not stop.can_act:
            self._repeat()
            return
        self._soon.start()
        stop.item.metaObject().invokeMethod(stop.item, "click")

    def _back(self) -> None:
        over = above(self._window) if self._window else None
        if over is None:
            self._kiosk.back()
        elif over.metaObject().indexOfMethod("dismiss()") >= 0:
            over.metaObject().invokeMethod(over, "dismiss")
            self._say_page()

    def _repeat(self) -> None:
        if self._last:
            self._kiosk.say("keys.told", told=self._last)
        else:
            self._say_page()

    # What follows.

    def _turned(self) -> None:
        """Another page: it is told what it is."""
        page = self._kiosk.current_page()
        if page == self._page:
            return
        self._page = page
        self._stand_on(None)
        self._last = ""
        if self._goes_by_keys() and page not in SPOKEN_BY_THE_CORE:
            self._arrived.start()

    def _follow(self) -> None:
        """The page has followed a press: what the keys stand on may be called otherwise now."""
        if self._stop is None:
            return
        stop = next((one for one in self._stops() if self._is_here(one)), None)
        before, self._stop = self._last, stop
        self.changed.emit()
        if stop is not None and (told := stop.told(self._texts)) != before:
            self._tell(told)

    def _say_page(self) -> None:
        self._kiosk.read()

    def _tell(self, told: str) -> None:
        self._last = told[:LONGEST_TOLD]
        self._kiosk.say("keys.told", told=self._last)

    def _stand_on(self, stop: Stop | None) -> None:
        self._stop = stop
        if stop is not None:
            stop.item.forceActiveFocus()
        self.changed.emit()

    def _stops(self) -> list[Stop]:
        return stops(self._window) if self._window else []

    def _is_here(self, stop: Stop) -> bool:
        return self._stop is not None and stop.item is self._stop.item

    def _goes_by_keys(self) -> bool:
        return "byKeys" in self._kiosk.visit.now.modes

    def _forget(self) -> None:
        self._last = ""
        self._arrived.stop()
        self._stand_on(None)


def code(name: str) -> int:
    """Qt's number of a key, by its name without "Key_"; 0 for no such key."""
    key = getattr(Qt.Key, f"Key_{name}", None)
    if key is None:
        log.warning("config.toml [keys]: there is no key %r", name)
    return int(key or 0)
