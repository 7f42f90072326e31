"""Two whole visits with a real core and its real voice: one by keys and ears, one by eyes alone.

The blind citizen knows what was spoken and presses keys; the deaf one touches, and knows of what
was spoken only its captions. Both get a number, and know it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from kiosk.config import load_config
from kiosk.screen import app
from kiosk.words import Event, ListTickets, SpeechStarted
from tools.demo.touch import find, seek, settle, tap, wait_until

pytestmark = pytest.mark.slow

SPEAKING = {
    "speech.enabled": "true",
    "speech.output": '"none"',  # made, but not heard: every sentence is told as if it were
}


@pytest.fixture(scope="session")
def qapp_cls() -> type[QGuiApplication]:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    app.prepare_surroundings()
    return QGuiApplication


@dataclass
class Citizen:
    """Stands before a screen of a real core; `heard` is what the core's voice said."""

    screen: app.Screen
    heard: list[str] = field(default_factory=list)

    def listen(self, event: Event) -> None:
        if isinstance(event, SpeechStarted):
            self.heard.append(event.text)

    def presses(self, key: Qt.Key) -> str:
        """Press a key and hear what is said then."""
        before = len(self.heard)
        QTest.keyClick(self.screen.window, key)
        wait_until(lambda: len(self.heard) > before)
        return self.heard[-1]

    def seeks(self, words: str) -> str:
        """Step down until these words are heard."""
        for _ in range(60):
            if words in (told := self.presses(Qt.Key.Key_Down)):
                return told
        raise AssertionError(f"{words!r} was never said: {self.heard}")

    def touches(self, name: str) -> None:
        """Touch what is seen there."""
        wait_until(lambda: seek(self.screen.window, name))
        settle(self.screen.window)
        tap(self.screen.window, find(self.screen.window, name))

    def reads_caption(self, words: str) -> str:
        """Wait until a caption with these words is on the glass."""

        def shown() -> str:
            caption = seek(self.screen.window, "caption.words")
            text = str(caption.property("text")) if caption else ""
            return text if words in text else ""

        wait_until(shown)
        return shown()


@pytest.fixture
def citizen(start_core, qapp: QGuiApplication) -> Iterator[tuple[Citizen, object]]:
    core = start_core(SPEAKING)
    screen = app.build(load_config(core.config), core.data.socket, size=app.PORTRAIT)
    one = Citizen(screen)
    screen.link.happened.connect(one.listen)
    wait_until(lambda: screen.link.here and screen.hall.is_ready("speech"))
    wait_until(lambda: seek(screen.window, "door.ticket"))
    yield one, core
    screen.close()


def number_of(core) -> str:
    with core.client() as client:
        (ticket,) = client.ask(ListTickets()).tickets
    return ticket.number


def spelled(number: str) -> str:
    """As Vietnamese says it: "A không không một"."""
    digits = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
    return " ".join([number[0], *(digits[int(figure)] for figure in number[1:])])


def test_a_blind_citizen_gets_a_number_and_knows_it(citizen) -> None:
    one, core = citizen
    assert "phím" in one.presses(Qt.Key.Key_Down)
    one.seeks("Lấy số thứ tự")
    assert "chọn việc cần làm" in one.presses(Qt.Key.Key_Return)
    one.seeks("Hộ tịch")
    assert "diện ưu tiên" in one.presses(Qt.Key.Key_Return)
    one.seeks("Không, xin tiếp tục")
    told = one.presses(Qt.Key.Key_Return)
    assert told.startswith("Xin cảm ơn. Số của ông bà là")
    assert spelled(number_of(core)).casefold() in told.casefold()
    assert "Xin mời ông bà chờ tại" in told
    one.seeks("Xong")
    QTest.keyClick(one.screen.window, Qt.Key.Key_Return)
    wait_until(lambda: seek(one.screen.window, "page.welcome"))


def test_a_deaf_citizen_gets_a_number_and_knows_it(citizen) -> None:
    one, core = citizen
    one.touches("bar.speak")
    one.reads_caption("Xin mời chạm vào ô Lấy số thứ tự")
    one.touches("door.ticket")
    one.touches("service.civil-status")
    one.touches("priority.skip")
    caption = one.reads_caption("Số của ông bà là")
    wait_until(lambda: seek(one.screen.window, "ticket.number"))
    number = str(find(one.screen.window, "ticket.number").property("text"))
    assert number == number_of(core)
    assert number in caption or spelled(number).casefold() in caption.casefold()
    one.touches("bar.clerk")
    wait_until(lambda: seek(one.screen.window, "notice"))
    assert "Cán bộ đang đến giúp" in one.screen.kiosk.property("notice")
