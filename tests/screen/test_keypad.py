"""A visit by keys and sound alone, as with the keypad of a blind citizen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from stand_in import StandInCore
from surroundings import state, with_refreshments
from visitor import OpenScreen, Visitor

from kiosk.screen.app import LANDSCAPE, PORTRAIT
from kiosk.screen.keypad_view import code
from kiosk.words import CallClerk, IssueTicket, Say, TellVisit
from tools.demo.touch import find, settle, wait_until

pytestmark = pytest.mark.usefixtures("unhurried")


class Listener:
    """Presses keys, and knows nothing but what was spoken since."""

    def __init__(self, visitor: Visitor, core: StandInCore) -> None:
        self.visitor, self.core = visitor, core

    def presses(self, key: Qt.Key) -> str:
        """Press a key; the sentence that follows, or the phrase's name."""
        before = len(self.core.asked(Say))
        QTest.keyClick(self.visitor.screen.window, key)
        wait_until(lambda: len(self.core.asked(Say)) > before)
        said = self.core.asked(Say)[-1]
        told = said.values.get("told", said.phrase)
        return told.replace("Dừng đọc", "Nghe đọc")  # as long as it speaks

    def begins(self) -> None:
        assert self.presses(Qt.Key.Key_Down) == "keys.hello"

    def finds(self, words: str) -> str:
        """Step down until these words are heard; no further than the page's end."""
        heard = []
        while (told := self.presses(Qt.Key.Key_Down)) != "keys.end":
            heard.append(told)
            if words in told:
                return told
        raise AssertionError(f"{words!r} is nowhere among {heard}")

    def hears_page(self, page: str) -> None:
        wait_until(lambda: self.core.asked(Say)[-1].phrase == f"page.{page}")


@pytest.fixture
def listener(visitor: Visitor, core: StandInCore) -> Listener:
    visitor.waits_for("page.welcome")
    return Listener(visitor, core)


def test_a_number_by_keys_alone(listener: Listener, core: StandInCore) -> None:
    listener.begins()
    assert listener.finds("Lấy số thứ tự").startswith("Nút Lấy số thứ tự")
    listener.visitor.screen.window.setProperty("title", "unseen")
    QTest.keyClick(listener.visitor.screen.window, Qt.Key.Key_Return)
    listener.hears_page("services")
    told = listener.finds("Hộ tịch")
    assert "5 người đang chờ" in told
    QTest.keyClick(listener.visitor.screen.window, Qt.Key.Key_Return)
    listener.hears_page("priority")
    listener.finds("Không, xin tiếp tục")
    QTest.keyClick(listener.visitor.screen.window, Qt.Key.Key_Return)
    wait_until(lambda: core.asked(IssueTicket))
    listener.visitor.waits_for("page.ticket")
    assert listener.finds("A012") == "A012"
    listener.finds("Quầy số 1")
    listener.finds("Xong, xin cảm ơn")
    QTest.keyClick(listener.visitor.screen.window, Qt.Key.Key_Enter)
    listener.visitor.waits_for("page.welcome")
    assert listener.visitor.screen.visit.now.modes == frozenset()


@pytest.mark.parametrize("size", [PORTRAIT, LANDSCAPE], ids=["portrait", "landscape"])
def test_the_keys_reach_every_button_and_all_words(
    open_screen: OpenScreen, core: StandInCore, size: tuple[int, int]
) -> None:
    core.state = with_refreshments(state())
    listener = Listener(open_screen(size), core)
    listener.visitor.waits_for("door.refreshments")
    listener.begins()
    heard = []
    while (told := listener.presses(Qt.Key.Key_Down)) != "keys.end":
        heard.append(told)
    buttons = [told for told in heard if told.startswith("Nút ")]
    assert [told.split(".")[0].removeprefix("Nút ") for told in buttons] == [
        "Đang nhận số",
        "Góp ý",
        "Lấy số thứ tự",
        "Tra cứu thủ tục",
        "Hỏi bằng lời",
        "Mời nước, mời kẹo",
        "Dễ dùng",
        "English",
        "Nghe đọc",
        "Gọi cán bộ",
    ]
    assert any("Quý ông bà cần giúp" in told for told in heard)
    assert any("Hôm nay mở cửa: 7:30–11:30" in told for told in heard)
    back = [listener.presses(Qt.Key.Key_Up) for _ in heard]
    assert back == heard[::-1]


def test_the_present_stop_is_framed(listener: Listener) -> None:
    listener.begins()
    assert not listener.visitor.sees("focus")
    listener.finds("Lấy số thứ tự")
    listener.visitor.waits_for("focus")
    item = listener.visitor.screen.window.activeFocusItem()
    assert item.objectName() == "door.ticket"


def test_modes_are_spoken_as_they_change_and_closed_by_back(listener: Listener) -> None:
    listener.begins()
    listener.finds("Dễ dùng")
    QTest.keyClick(listener.visitor.screen.window, Qt.Key.Key_Return)
    listener.visitor.waits_for("comfort.largeText")
    assert listener.finds("Chữ to hơn") == "Nút Chữ to hơn, đang tắt"
    assert listener.presses(Qt.Key.Key_Return) == "Nút Chữ to hơn, đang bật"
    assert listener.visitor.screen.visit.now.modes == {"largeText", "byKeys"}
    listener.presses(Qt.Key.Key_Escape)
    wait_until(lambda: not listener.visitor.sees("comfort.largeText"))


def test_help_and_repeat(listener: Listener) -> None:
    listener.begins()
    assert listener.presses(Qt.Key.Key_F1) == "keys.help"
    told = listener.finds("Lấy số thứ tự")
    assert listener.presses(Qt.Key.Key_F2) == told
    QTest.keyClick(listener.visitor.screen.window, Qt.Key.Key_Return)
    listener.hears_page("services")
    assert listener.presses(Qt.Key.Key_F2) == "page.services"
    QTest.keyClick(listener.visitor.screen.window, Qt.Key.Key_Escape)
    listener.hears_page("welcome")


def test_a_person_is_called_by_keys(listener: Listener, core: StandInCore) -> None:
    listener.begins()
    listener.finds("Gọi cán bộ")
    assert listener.presses(Qt.Key.Key_Return) == "clerk.coming"
    assert core.asked(CallClerk)


def test_any_key_says_that_somebody_is_there(open_screen: OpenScreen, core: StandInCore) -> None:
    listener = Listener(open_screen(timeout_s=0.3, question_s=30), core)
    listener.visitor.waits_for("page.welcome")
    listener.begins()
    listener.finds("Lấy số thứ tự")
    QTest.keyClick(listener.visitor.screen.window, Qt.Key.Key_Return)
    wait_until(lambda: core.asked(Say)[-1].phrase == "timeout.keys")
    assert listener.presses(Qt.Key.Key_Up) == "page.services"
    assert not listener.visitor.sees("timeout.more")


def test_in_english_the_buttons_are_english(listener: Listener) -> None:
    listener.begins()
    listener.finds("English")
    listener.presses(Qt.Key.Key_Return)
    settle(listener.visitor.screen.window)
    wait_until(lambda: listener.core.asked(TellVisit)[-1].visit.language == "en")
    listener.presses(Qt.Key.Key_Down)
    assert listener.core.asked(Say)[-1].language == "en"
    assert listener.core.asked(Say)[-1].values["told"].endswith("button")


def test_a_keyboard_writes_where_letters_are_wanted(visitor: Visitor) -> None:
    visitor.goes_to_guide()
    visitor.touch("guide.search")
    visitor.waits_for("page.search")
    for key in (Qt.Key.Key_K, Qt.Key.Key_H, Qt.Key.Key_A, Qt.Key.Key_I):
        QTest.keyClick(visitor.screen.window, key)
    wait_until(lambda: visitor.reads("search.text") == "khai")


def test_assistive_technology_finds_names_and_roles(visitor: Visitor) -> None:
    """What AT-SPI is told of a button; Qt's bridge gives it on."""
    visitor.waits_for("door.ticket")
    QAccessible.setActive(True)
    for name, told in (
        ("door.ticket", "Lấy số thứ tự"),
        ("bar.clerk", "Gọi cán bộ"),
        ("door.queue", "Đang nhận số"),
    ):
        known = QAccessible.queryAccessibleInterface(find(visitor.screen.window, name))
        assert known.text(QAccessible.Text.Name) == told
        assert known.role() == QAccessible.Role.Button


@pytest.mark.parametrize("name", ["Down", "Return", "F1", "Escape", "Backtab", "Right"])
def test_the_usual_keys_are_keys(name: str) -> None:
    assert code(name) == getattr(Qt.Key, f"Key_{name}").value
