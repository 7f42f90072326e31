"""The hall board: what it shows, when it says that it is stale, and where its window stands."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
import ruler
from album import Album
from PySide6.QtCore import QCoreApplication, QEventLoop
from PySide6.QtGui import QGuiApplication
from stand_in import StandInCore
from surroundings import config, hall

from kiosk.screen import board_view
from kiosk.screen.app import LANDSCAPE, PORTRAIT
from kiosk.screen.board import Board, Place, build_board
from kiosk.words import AskHall, Closing, HallChanged, Notice, SelfTestChanged, ServiceClosing
from tools.demo.touch import find, seek, settle, wait_until

CALLS = (("B004", "2"), ("C011", "3"), ("A005", "1"), ("D002", "4"), ("B005", "2"), ("A007", "3"))
CLOSES = ServiceClosing(
    service="civil-status",
    name_vi="Hộ tịch",
    name_en="Civil status",
    at="2026-11-23T11:30:00.000+07:00",
)
LONGEST = msgspec.structs.replace(CLOSES, name_vi="Chính sách xã hội, người có công", over=True)
AT_SIX = Closing(why="after_hours", at="2026-11-23T18:00:00.000+07:00", over=False)
OpenBoard = Callable[..., Board]


@pytest.fixture
def open_board(qapp: QGuiApplication, core: StandInCore) -> Iterator[OpenBoard]:
    """Opens boards of a size and closes them again."""
    opened: list[Board] = []

    def open_one(size: tuple[int, int] = LANDSCAPE) -> Board:
        made = build_board(config(), core.path)
        opened.append(made)
        made.window.resize(*size)
        made.window.show()
        wait_until(lambda: made.view.property("known"))
        settle(made.window)
        return made

    yield open_one
    for one in opened:
        one.close()
    QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)


def reads(board: Board, name: str) -> str:
    return str(find(board.window, name).property("text"))


def test_a_technician_looks_at_its_colours(
    open_board: OpenBoard, core: StandInCore, album: Album
) -> None:
    core.hall = hall(*CALLS)
    board = open_board()
    assert seek(board.window, "test.picture") is None
    core.tell(SelfTestChanged(test="print", step="asks"))
    core.tell(SelfTestChanged(test="screens", step="asks"))
    wait_until(lambda: seek(board.window, "test.picture"))
    settle(board.window)
    album.keep(board.window.grabWindow(), "board-test-picture")
    core.tell(SelfTestChanged(test="screens", step="ended"))
    wait_until(lambda: seek(board.window, "test.picture") is None)


def test_it_introduces_itself_and_asks_for_the_whole_hall(
    open_board: OpenBoard, core: StandInCore
) -> None:
    core.hall = hall(*CALLS)
    board = open_board()
    assert core.faces == ["board"]
    assert core.asked(AskHall) == [AskHall()]
    assert (reads(board, "board.number"), reads(board, "board.counter")) == ("A007", "3")
    assert reads(board, "board.clock") == "08:15"
    assert not board.view.property("fresh")  # it was called before we came


def test_before_the_first_call_it_welcomes(open_board: OpenBoard, core: StandInCore) -> None:
    core.hall = hall()
    board = open_board()
    assert reads(board, "board.welcome") == "Xin mời ông bà ngồi chờ"
    assert seek(board.window, "board.number") is None


def test_a_call_takes_the_place_of_the_one_before(open_board: OpenBoard, core: StandInCore) -> None:
    core.hall = hall(*CALLS[:1])
    board = open_board()
    core.tell(HallChanged(hall=hall(*CALLS[:2], served=("B004",))))
    wait_until(lambda: reads(board, "board.number") == "C011")
    assert board.view.property("fresh")
    row = find(board.window, "call.B004")
    assert (row.property("counter"), row.property("awaited")) == ("2", "")


def test_who_is_still_awaited_is_marked(open_board: OpenBoard, core: StandInCore) -> None:
    core.hall = hall(*CALLS, served=("D002",))
    board = open_board()
    awaited = {
        name: find(board.window, f"call.{name}").property("awaited") for name in ("B005", "D002")
    }
    assert awaited == {"B005": "yes", "D002": ""}


def test_it_says_when_it_is_stale_and_draws_itself_anew(
    open_board: OpenBoard, core: StandInCore, monkeypatch: pytest.MonkeyPatch, album: Album
) -> None:
    monkeypatch.setattr(board_view, "STALE_AFTER_MS", 50)
    core.hall = hall(*CALLS)
    board = open_board()
    assert seek(board.window, "board.stale") is None
    core.stop()
    wait_until(lambda: seek(board.window, "board.stale"))
    settle(board.window)
    album.keep(board.window.grabWindow(), "board-stale")
    assert reads(board, "board.number") == "A007"
    core.hall = hall(*CALLS, ("E001", "4"))
    core.start()
    wait_until(lambda: reads(board, "board.number") == "E001")
    assert seek(board.window, "board.stale") is None


def test_it_says_when_the_kiosk_that_leads_is_away(
    open_board: OpenBoard, core: StandInCore
) -> None:
    core.hall = msgspec.structs.replace(hall(*CALLS), stale=True)
    board = open_board()
    wait_until(lambda: seek(board.window, "board.stale"))
    assert reads(board, "board.number") == "A007"
    core.tell(HallChanged(hall=hall(*CALLS)))
    wait_until(lambda: seek(board.window, "board.stale") is None)


def test_the_end_of_the_day_is_told_alone(open_board: OpenBoard, core: StandInCore) -> None:
    notices = (Notice(text_vi="Xin chào"),)
    core.hall = msgspec.structs.replace(hall(), notices=notices, closing=AT_SIX)
    board = open_board()
    assert "được phục vụ đến 18:00" in reads(board, "board.notice")
    assert "18:00" in board.view.property("noticeEnglish")
    closed = msgspec.structs.replace(AT_SIX, over=True)
    over = msgspec.structs.replace(core.hall, closing=closed)
    core.tell(HallChanged(hall=over))
    wait_until(lambda: reads(board, "board.notice").startswith("Đã hết giờ làm việc"))


def test_notices_take_turns(
    open_board: OpenBoard, core: StandInCore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(board_view, "NOTICE_MS", 20)
    notices = (Notice(text_vi="Xin chào"), Notice(text_vi="Xin cảm ơn", text_en="Thank you"))
    core.hall = msgspec.structs.replace(hall(), notices=notices)
    board = open_board()
    for text in ("Xin chào", "Xin cảm ơn", "Xin chào"):
        wait_until(lambda text=text: reads(board, "board.notice") == text)


def test_notices_of_the_hall_come_before_those_of_the_house(
    open_board: OpenBoard, core: StandInCore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(board_view, "NOTICE_MS", 20)
    core.hall = msgspec.structs.replace(
        hall(*CALLS),
        near=("A008", "B006", "A009"),
        closed_services=(CLOSES, msgspec.structs.replace(CLOSES, over=True)),
        notices=(Notice(text_vi="Xin chào"),),
    )
    board = open_board()
    for text in (
        "Sắp đến lượt: A008, B006, A009. Xin mời ông bà lại gần quầy.",
        "Hộ tịch: đã hết giờ nhận số. Số đang chờ được phục vụ đến 11:30.",
        "Hộ tịch: hôm nay đã hết giờ. Xin lỗi nếu ông bà chưa được gọi. Xin mời gặp cán bộ.",
        "Xin chào",
    ):
        wait_until(lambda text=text: reads(board, "board.notice") == text)


@pytest.mark.parametrize("size", [LANDSCAPE, PORTRAIT, (1366, 768)], ids=lambda size: f"{size[0]}")
@pytest.mark.parametrize("state", ["empty", "one", "many", "crowded", "closing"])
def test_it_fits(
    open_board: OpenBoard, core: StandInCore, album: Album, size: tuple[int, int], state: str
) -> None:
    core.hall = {
        "empty": hall(),
        "one": hall(*CALLS[:1]),
        "many": hall(*CALLS, served=("D002", "B004")),
        "crowded": msgspec.structs.replace(
            hall(*CALLS, ("G0123", "12"), times=2), closed_services=(LONGEST,)
        ),
        "closing": msgspec.structs.replace(hall(*CALLS), closing=AT_SIX),
    }[state]
    board = open_board(size)
    album.keep(board.window.grabWindow(), f"board-{size[0]}-{state}")
    assert not ruler.cut_off(ruler.Sight(board.window))
    assert not ruler.overlapping(ruler.Sight(board.window))
    number = seek(board.window, "board.number")
    if number is not None:  # capitals of 46 mm on a television of 32 inches: seen at ten metres
        assert number.property("font").pixelSize() > min(size) / 6


def test_beside_a_citizens_screen_it_waits_for_a_monitor(
    open_board: OpenBoard, core: StandInCore, caplog: pytest.LogCaptureFixture
) -> None:
    core.hall = hall()
    board = open_board()
    only = QGuiApplication.primaryScreen().name()
    assert not Place(board.window, "", only, beside=True).settle()
    assert not board.window.isVisible()
    assert "it waits for one" in caplog.text
    assert Place(board.window, "", only, beside=False).settle()
    assert board.window.isVisible()


MONITORS = {
    "screens": [
        {"name": "HDMI-1", "x": 0, "y": 0, "width": 1080, "height": 1920},
        {"name": "HDMI-2", "x": 1080, "y": 0, "width": 1920, "height": 1080},
    ]
}
PLACED = """
import json, sys
from PySide6.QtGui import QGuiApplication, QWindow
from kiosk.screen.board import Place
app = QGuiApplication([])
for wanted, citizens in json.loads(sys.argv[1]):
    window = QWindow()
    assert Place(window, wanted, citizens, beside=True).settle()
    assert window.geometry() == window.screen().geometry()
    print(window.screen().name())
"""


def test_of_two_monitors_it_takes_the_one_that_is_not_the_citizens(tmp_path: Path) -> None:
    """As config.toml names the board's and the citizen's, and which one it then is."""
    placed = {
        ("", ""): "HDMI-2",
        ("", "HDMI-2"): "HDMI-1",
        ("HDMI-1", "HDMI-2"): "HDMI-1",
        ("DP-7", ""): "HDMI-2",
    }
    monitors = tmp_path / "monitors.json"
    monitors.write_text(json.dumps(MONITORS))
    platform = f"offscreen:configfile={monitors}"
    done = subprocess.run(
        [sys.executable, "-c", PLACED, json.dumps(list(placed))],
        env={**os.environ, "QT_QPA_PLATFORM": platform},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.split() == list(placed.values()), done.stderr


def test_it_runs_as_a_process_until_it_is_asked_to_end(core: StandInCore, tmp_path: Path) -> None:
    core.hall = hall(*CALLS)
    command = [sys.executable, "-m", "kiosk", "--data", str(tmp_path), "screen", "--face", "board"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE)
    try:
        wait_until(lambda: core.asked(AskHall))
        process.send_signal(signal.SIGTERM)
        _, words = process.communicate(timeout=30)
    finally:
        process.kill()
    assert process.returncode == 0, words.decode()
    assert b"Traceback" not in words
