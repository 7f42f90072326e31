"""The screen put together: `run` for the command line, `build` for whoever drives it in-process."""

from __future__ import annotations

import logging
import os
import signal
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRect, QTimer, QUrl
from PySide6.QtGui import QFontDatabase, QGuiApplication, QScreen
from PySide6.QtQml import QQmlApplicationEngine, QQmlError
from PySide6.QtQuick import QQuickWindow

from kiosk.config import Config
from kiosk.errors import OurFault
from kiosk.notify import ALIVE, READY, notify
from kiosk.paths import ASSETS, DataFolder
from kiosk.screen import alarms
from kiosk.screen.answer_view import AnswerView
from kiosk.screen.ask_view import AskView
from kiosk.screen.browse_view import BrowseView
from kiosk.screen.clerk_view import ClerkView
from kiosk.screen.comfort_view import ComfortView
from kiosk.screen.dossier_view import DossierView
from kiosk.screen.feedback_view import FeedbackView
from kiosk.screen.fingers import Fingers
from kiosk.screen.guide_view import GuideView
from kiosk.screen.hall_view import HallView
from kiosk.screen.icon_provider import IconProvider, QrProvider
from kiosk.screen.keypad_view import KeypadView
from kiosk.screen.kiosk_view import KioskView
from kiosk.screen.link_view import LinkView
from kiosk.screen.notices import notice_of
from kiosk.screen.patience import Patience
from kiosk.screen.priorities_model import PrioritiesModel
from kiosk.screen.procedure_view import ProcedureView
from kiosk.screen.queue_view import QueueView
from kiosk.screen.refreshments_view import RefreshmentsView
from kiosk.screen.search_view import SearchView
from kiosk.screen.services_model import ServicesModel
from kiosk.screen.technician_view import LEAVE_S as TECHNICIAN_LEAVE_S
from kiosk.screen.technician_view import TechnicianView
from kiosk.screen.ticket_view import LEAVE_S, TicketView
from kiosk.screen.translator import Translator
from kiosk.screen.visit_view import VisitView
from kiosk.settings.keeping import shelf_of
from kiosk.words import (
    ChecklistChanged,
    Dispensed,
    DispenseFailed,
    Event,
    KioskRestarting,
    KioskState,
    LevelHeard,
    ListChanged,
    ListeningChanged,
    QuestionHeard,
    SlipChanged,
    SpeechEnded,
    SpeechStarted,
    StateChanged,
)

log = logging.getLogger(__name__)

QML = Path(__file__).parent / "qml"
PORTRAIT, LANDSCAPE = (1080, 1920), (1920, 1080)


@dataclass(slots=True)
class Screen:
    """All the parts of one citizen's screen, alive until `close`."""

    engine: QQmlApplicationEngine
    window: QQuickWindow
    texts: Translator
    link: LinkView
    hall: HallView
    visit: VisitView
    comfort: ComfortView
    patience: Patience
    kiosk: KioskView
    ticket: TicketView
    guide: GuideView
    browse: BrowseView
    search: SearchView
    procedure: ProcedureView
    answer: AnswerView
    ask: AskView
    queue: QueueView
    refreshments: RefreshmentsView
    keypad: KeypadView
    feedback: FeedbackView
    clerk: ClerkView
    dossier: DossierView
    technician: TechnicianView

    def close(self) -> None:
        """Hang up and take the window away; the application itself goes on."""
        self.link.close()
        self.window.close()
        QCoreApplication.removeTranslator(self.texts)
        for part in (self.window, self.engine):  # the other way round, QML misses its Theme
            part.deleteLater()
            QCoreApplication.sendPostedEvents(part, QEvent.Type.DeferredDelete)


def prepare_surroundings() -> bool:
    """Choose Qt's backends before an application exists; false: there is no display.

    What a technician set in the environment stands.
    """
    os.environ.setdefault("QT_QUICK_BACKEND", "software")
    has_display = bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    if not has_display:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return has_display or os.environ["QT_QPA_PLATFORM"] != "offscreen"


def load_fonts() -> None:
    """The project's own letters, so that no machine shows others. Raises OurFault without them."""
    for file in sorted((ASSETS / "fonts").glob("*.ttf")):
        if QFontDatabase.addApplicationFont(str(file)) < 0:
            raise OurFault(f"font {file.name} cannot be loaded")


def build(
    config: Config,
    socket: Path,
    *,
    size: tuple[int, int] | None = None,
    leave_s: int = LEAVE_S,
    technician_leave_s: int = TECHNICIAN_LEAVE_S,
) -> Screen:
    """Everything between the socket and the glass; needs a QGuiApplication, starts to dial.

    `size` (pixels) makes a plain window of that size instead of what config.toml asks for.
    Raises OurFault where the QML cannot be loaded.
    """
    load_fonts()
    engine = QQmlApplicationEngine()
    texts = Translator(ASSETS / "i18n", engine)
    QCoreApplication.installTranslator(texts)
    texts.switched.connect(engine.retranslate)

    link = LinkView(socket, engine)
    hall = HallView(config.site, texts, engine)
    visit = VisitView(link, texts, engine)
    comfort = ComfortView(visit, engine)
    patience = Patience(config.screen.timeout_s, config.screen.question_s, engine)
    kiosk = KioskView(link, texts, visit, patience, engine, captions=config.screen.captions)
    ticket = TicketView(link, texts, hall, kiosk, engine, leave_s=leave_s)
    guide = GuideView(link, texts, kiosk, engine)
    procedure = ProcedureView(link, texts, kiosk, hall, engine)
    browse = BrowseView(link, texts, kiosk, guide, procedure, engine)
    answer = AnswerView(link, texts, kiosk, procedure, ticket, engine)
    search = SearchView(link, texts, kiosk, answer, engine)
    ask = AskView(link, texts, kiosk, hall, answer, search, ticket, engine)
    queue = QueueView(link, texts, kiosk, hall, engine)
    refreshments = RefreshmentsView(link, texts, kiosk, hall, engine)
    keypad = KeypadView(config.keys, kiosk, texts, patience, search, engine)
    feedback = FeedbackView(link, texts, kiosk, hall, engine)
    clerk = ClerkView(link, texts, kiosk, engine)
    dossier = DossierView(link, texts, kiosk, hall, engine, offered=bool(config.centre.url))
    technician = TechnicianView(link, texts, kiosk, hall, engine, leave_s=technician_leave_s)

    shown = {
        "kiosk": kiosk, "hall": hall, "ticket": ticket, "guide": guide, "browse": browse,
        "search": search, "procedure": procedure, "answer": answer, "ask": ask, "queue": queue,
        "refreshments": refreshments, "keypad": keypad, "feedback": feedback, "clerk": clerk,
        "dossier": dossier, "technician": technician, "comfort": comfort, "patience": patience,
        "services": ServicesModel(hall, texts, engine),
        "priorities": PrioritiesModel(hall, texts, engine),
    }  # fmt: skip
    window = _open_window(engine, shown, config, "auto" if size else config.screen.orientation)
    screen = Screen(
        engine, window, texts, link, hall, visit, comfort, patience, kiosk, ticket,
        guide, browse, search, procedure, answer, ask, queue, refreshments, keypad,
        feedback, clerk, dossier, technician,
    )  # fmt: skip
    _feel(screen)
    _listen(screen)
    _place(window, config, size)
    link.open()
    return screen


def _open_window(
    engine: QQmlApplicationEngine, shown: Mapping[str, QObject], config: Config, orientation: str
) -> QQuickWindow:
    """The window, with what QML is shown by these names. Raises OurFault as `load` does."""
    engine.addImageProvider("icon", IconProvider(ASSETS / "icons"))
    engine.addImageProvider("qr", QrProvider())
    engine.setInitialProperties(
        {
            **shown,
            "orientation": orientation,
            "diagonalInch": config.screen.diagonal_inch,
            "motion": config.screen.motion,
        }
    )
    return load(engine, "Main.qml")


def run(config_path: Path, data: Path, *, socket: Path | None = None) -> int:
    """Show the screen until the process is asked to end; the exit status."""
    config = shelf_of(config_path, DataFolder(data)).in_force().config
    has_display = prepare_surroundings()
    app = QGuiApplication(["le-tan"])
    alarms.install()
    if not has_display:
        log.warning("no display: the screen runs unseen (see `make demo`)")
    screen = build(
        config,
        socket or DataFolder(data).socket,
        size=None if has_display else _unseen_size(config),
    )
    tell_ready(screen.window)
    try:
        return exec_until_asked(app)
    finally:
        screen.close()


def exec_until_asked(app: QGuiApplication) -> int:
    """The event loop, until SIGTERM or SIGINT; the service manager hears that it lives."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: app.quit())
    heartbeat = QTimer(interval=500)  # Python handles signals only between its own steps
    heartbeat.timeout.connect(lambda: notify(ALIVE))
    heartbeat.start()
    return app.exec()


def tell_ready(window: QQuickWindow) -> None:
    """Tell the service manager once the first frame is on the glass."""

    def first_frame() -> None:
        window.frameSwapped.disconnect(first_frame)
        notify(READY)

    window.frameSwapped.connect(first_frame)


def load(engine: QQmlApplicationEngine, name: str) -> QQuickWindow:
    """The window of a file of qml/. Raises OurFault where it cannot be loaded."""

    def report(errors: list[QQmlError]) -> None:
        for error in errors:
            log.error("QML: %s", error.toString())

    engine.warnings.connect(report)
    engine.load(QUrl.fromLocalFile(str(QML / name)))
    match engine.rootObjects():
        case [QQuickWindow() as window]:
            return window
        case _:
            raise OurFault(f"{name} cannot be loaded")


def _feel(screen: Screen) -> None:
    """Keys and fingers, wherever they land."""
    screen.keypad.watch(screen.window)
    fingers = Fingers(screen.engine)
    fingers.down.connect(screen.kiosk.touch)
    fingers.watch(screen.window)


def _listen(screen: Screen) -> None:
    def welcomed(state: KioskState) -> None:
        screen.hall.take(state)
        screen.ticket.adopt(state)
        screen.technician.follow(first_start=state.first_start)

    def happened(event: Event) -> None:
        _show(screen, event)
        _sound(screen, event)
        notice = notice_of(event, screen.texts)
        shown = isinstance(event, Dispensed | DispenseFailed) and screen.refreshments.shown()
        if notice is not None and not shown:
            screen.kiosk.tell(notice.words, notice.icon)

    def wanted(action: str, slot: str) -> None:
        match action:
            case "show_queue":
                screen.queue.open()
            case "dossier":
                screen.dossier.open(slot)
            case _:
                screen.refreshments.wanted(slot)

    screen.answer.wanted.connect(wanted)
    screen.hall.changed.connect(lambda: screen.kiosk.rest(rests=screen.hall.is_maintained()))
    screen.link.welcomed.connect(welcomed)
    screen.link.happened.connect(happened)


def _show(screen: Screen, event: Event) -> None:
    """What changes a page."""
    match event:
        case StateChanged(state=state):
            screen.hall.take(state)
            screen.technician.follow(first_start=state.first_start)
        case KioskRestarting():
            QCoreApplication.quit()  # whoever watches this process starts it again
        case SlipChanged(slip=slip):
            screen.ticket.slip_changed(slip)
        case ChecklistChanged(code=code, state=slip_state):
            screen.procedure.checklist_changed(code, slip_state)
        case ListChanged(state=slip_state):
            screen.browse.list_changed(slip_state)


def _sound(screen: Screen, event: Event) -> None:
    """What is spoken and what is heard."""
    match event:
        case ListeningChanged() | LevelHeard() | QuestionHeard():
            screen.ask.take(event)
        case SpeechStarted():
            screen.kiosk.hear(event)
        case SpeechEnded():
            screen.kiosk.fall_silent()


def _place(window: QQuickWindow, config: Config, size: tuple[int, int] | None) -> None:
    if size or not config.screen.fullscreen:
        window.resize(*(size or _unseen_size(config)))
        window.show()
        return
    monitor = _monitor(config.screen.monitor)
    window.setScreen(monitor)
    geometry: QRect = monitor.geometry()
    window.setGeometry(geometry)
    window.showFullScreen()


def _monitor(name: str) -> QScreen:
    known = QGuiApplication.screens()
    for screen in known:
        if screen.name() == name:
            return screen
    if name:
        names = ", ".join(screen.name() for screen in known)
        log.warning("no monitor %r; there are: %s", name, names)
    return QGuiApplication.primaryScreen()


def _unseen_size(config: Config) -> tuple[int, int]:
    return LANDSCAPE if config.screen.orientation == "landscape" else PORTRAIT
