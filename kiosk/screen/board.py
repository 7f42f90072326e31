"""The hall board as a window of its own: on the second monitor, or on a TV's computer alone."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow

from kiosk.config import Config
from kiosk.notify import READY, notify
from kiosk.paths import ASSETS, DataFolder
from kiosk.screen import alarms
from kiosk.screen.app import (
    LANDSCAPE,
    exec_until_asked,
    load,
    load_fonts,
    prepare_surroundings,
    tell_ready,
)
from kiosk.screen.board_view import BoardView
from kiosk.screen.hall_view import HallView
from kiosk.screen.link_view import LinkView
from kiosk.screen.translator import Translator
from kiosk.settings.keeping import shelf_of
from kiosk.words import Event, KioskRestarting, KioskState, StateChanged

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Board:
    """All the parts of a hall board, alive until `close`."""

    engine: QQmlApplicationEngine
    window: QQuickWindow
    texts: Translator
    link: LinkView
    hall: HallView
    view: BoardView

    def close(self) -> None:
        """Hang up and take the window away; the application itself goes on."""
        self.link.close()
        self.window.close()
        QCoreApplication.removeTranslator(self.texts)
        for part in (self.window, self.engine):  # the other way round, QML misses its Theme
            part.deleteLater()
            QCoreApplication.sendPostedEvents(part, QEvent.Type.DeferredDelete)


def build_board(config: Config, socket: Path) -> Board:
    """Everything between the socket and the glass; the window is not shown yet.

    Needs a QGuiApplication. Raises OurFault where the QML cannot be loaded.
    """
    load_fonts()
    engine = QQmlApplicationEngine()
    texts = Translator(ASSETS / "i18n", engine)
    QCoreApplication.installTranslator(texts)
    link = LinkView(socket, engine, face="board")
    hall = HallView(config.site, texts, engine)
    view = BoardView(link, texts, engine)

    def welcomed(state: KioskState) -> None:
        hall.take(state)

    def happened(event: Event) -> None:
        if isinstance(event, StateChanged):
            hall.take(event.state)
        elif isinstance(event, KioskRestarting):
            QCoreApplication.quit()  # whoever watches this process starts it again

    link.welcomed.connect(welcomed)
    link.happened.connect(happened)
    engine.setInitialProperties(
        {
            "hall": hall,
            "board": view,
            "calls": view.calls,
            "waiting": view.waiting,
            "motion": config.screen.motion,
        }
    )
    window = load(engine, "Board.qml")
    link.open()
    return Board(engine, window, texts, link, hall, view)


class Place(QObject):
    """Keeps the board on its monitor while monitors are plugged and unplugged.

    `name` is the output's, "" the first one that is not the citizen's. Where there is only the
    citizen's monitor, a board that is `beside` it waits unseen; another one takes that monitor.
    """

    def __init__(self, window: QQuickWindow, name: str, citizens: str, *, beside: bool) -> None:
        super().__init__(window)
        self._window = window
        self._name, self._citizens, self._beside = name, citizens, beside
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.screenAdded.connect(self.settle)
        app.screenRemoved.connect(self.settle)

    def settle(self, _screen: QScreen | None = None) -> bool:
        """Show the board where it belongs; whether there is such a place."""
        monitor = self._monitor()
        if monitor is None:
            log.warning("no monitor for the hall board: it waits for one")
            self._window.hide()
            return False
        self._window.setScreen(monitor)
        self._window.setGeometry(monitor.geometry())
        self._window.showFullScreen()
        return True

    def _monitor(self) -> QScreen | None:
        known = QGuiApplication.screens()
        primary = QGuiApplication.primaryScreen()
        citizens = next((one for one in known if one.name() == self._citizens), primary)
        others = [one for one in known if one != citizens]
        named = next((one for one in known if self._name and one.name() == self._name), None)
        found = named or next(iter(others), None)
        return found or (None if self._beside else primary)


def run_board(config_path: Path, data: Path, *, beside: bool) -> int:
    """Show the board until the process is asked to end; the exit status.

    `beside`: a citizen's screen runs on this computer, whose monitor is never covered.
    """
    config = shelf_of(config_path, DataFolder(data)).in_force().config
    has_display = prepare_surroundings()
    app = QGuiApplication(["le-tan-board"])
    app.setQuitOnLastWindowClosed(False)
    alarms.install()
    board = build_board(config, DataFolder(data).socket)
    tell_ready(board.window)
    if not has_display:
        log.warning("no display: the board runs unseen")
        board.window.resize(*LANDSCAPE)
        board.window.show()
    else:
        place = Place(board.window, config.hall.board_monitor, config.screen.monitor, beside=beside)
        if not place.settle():
            notify(READY)  # no frame will tell it
    try:
        return exec_until_asked(app)
    finally:
        board.close()
