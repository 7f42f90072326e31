"""A technician's session: a real core and its simulated devices, a real screen, real touches.

Photographs of each step go to the folder that KIOSK_ALBUM names, else to the test's own.
"""

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from processes import CoreProcess, kiosk
from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from kiosk.config import load_config
from kiosk.errors import LinkError
from kiosk.screen import app, link_view
from kiosk.words import ChangeSetting, IssueTicket, KioskRestarting, RestartKiosk
from tools.demo.touch import PATIENCE_S, find, grab, panel, seek, settle, tap, visible, wait_until

PIN = "739146"
DEVICES = {"board.port": '"simulated"', "board.presence": "1", "scanner.port": '"simulated"'}


@pytest.fixture(scope="session")
def qapp_cls() -> type[QGuiApplication]:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    app.prepare_surroundings()
    return QGuiApplication


@dataclass
class Technician:
    """Stands before a screen of a real core."""

    core: CoreProcess
    screen: app.Screen
    album: Path
    pictures: int = 0

    def sees(self, name: str) -> bool:
        return seek(self.screen.window, name) is not None

    def touches(self, *names: str) -> None:
        for name in names:
            wait_until(lambda name=name: self.sees(name))
            settle(self.screen.window)
            tap(self.screen.window, find(self.screen.window, name))

    def reads(self, name: str) -> str:
        return str(find(self.screen.window, name).property("text"))

    def reads_all(self) -> str:
        seen = visible(self.screen.window.contentItem())
        return "\n".join(str(one.property("text")) for one in seen if one.inherits("QQuickText"))

    def photographs(self, name: str) -> None:
        settle(self.screen.window)
        self.pictures += 1
        grab(self.screen.window, self.album / f"session-{self.pictures:02}-{name}.png")

    def holds_the_corner(self) -> None:
        window = self.screen.window
        point = QPoint(window.width() - 20, 20)
        QTest.touchEvent(window, panel(), True).press(0, point, window).commit()
        wait_until(lambda: self.sees("technician.pin"))
        QTest.touchEvent(window, panel(), True).release(0, point, window).commit()

    def types(self, pin: str) -> None:
        self.touches(*(f"key.{figure}" for figure in pin), "pin.enter")

    def tries(self, test: str) -> None:
        """Run a test to its question or its end."""
        self.touches(f"test.{test}")
        wait_until(lambda: self.sees("test.good") or self.sees("test.verdict"))


@pytest.fixture
def technician(
    qapp: QGuiApplication,
    start_core: Callable[..., CoreProcess],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Technician]:
    monkeypatch.setattr(link_view, "FROZEN_S", PATIENCE_S)
    core = start_core(DEVICES)
    screen = app.build(load_config(core.config), core.data.socket, size=app.PORTRAIT)
    wait_until(lambda: screen.link.here)
    yield Technician(core, screen, Path(os.environ.get("KIOSK_ALBUM", tmp_path / "album")))
    screen.close()


def command(core: CoreProcess, *words: str, typed: str = "", expect: int = 0) -> str:
    done = subprocess.run(
        kiosk(core.config, core.data.root, *words),
        input=typed,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == expect, done.stderr
    return done.stdout + done.stderr


def goes_in(technician: Technician) -> None:
    technician.touches("door.ticket")  # a citizen is there
    wait_until(lambda: technician.sees("page.services"))
    technician.holds_the_corner()
    technician.photographs("pin")
    technician.types("918273")
    wait_until(lambda: technician.reads("pin.told") == "Mã chưa đúng.")
    technician.photographs("wrong-pin")
    technician.types(PIN)
    wait_until(lambda: technician.sees("part.printer"))
    technician.photographs("overview")
    assert "mô phỏng: không có thiết bị thật" in technician.reads_all()


def tries_the_devices(technician: Technician) -> None:
    technician.touches("technician.page.tests")
    technician.tries("print")
    technician.photographs("print-asks")
    technician.touches("test.good")
    wait_until(lambda: technician.sees("test.verdict"))
    technician.photographs("print-good")
    technician.touches("test.close")
    technician.tries("disk")
    technician.touches("test.close", "test.sensor")
    wait_until(lambda: "bước ra khỏi máy" in technician.reads_all())
    technician.photographs("sensor")
    technician.touches("test.close")  # nobody steps before it
    wait_until(lambda: not technician.sees("test.panel"))
    technician.photographs("tests")


def changes_a_key(technician: Technician) -> None:
    config = technician.core.config
    technician.touches("technician.page.settings", "table.screen", "setting.screen.timeout_s")
    technician.touches("key.clear", "key.5")
    wait_until(lambda: "Không hợp lệ" in technician.reads_all())
    technician.photographs("setting-wrong")
    technician.touches("key.0")
    wait_until(lambda: "Hợp lệ" in technician.reads_all())
    technician.touches("setting.save")
    wait_until(lambda: technician.sees("settings.waiting"))
    technician.photographs("setting-saved")
    assert load_config(config).screen.timeout_s == 50
    technician.touches("settings.restore")
    wait_until(lambda: not technician.sees("settings.waiting"))
    technician.photographs("as-it-was")
    assert load_config(config).screen.timeout_s == 45


def test_from_the_corner_to_the_way_out(technician: Technician) -> None:
    core = technician.core
    refused = command(core, "technician", "pin", "--pin-stdin", typed="1234\n", expect=1)
    assert "6 to 12 figures" in refused
    command(core, "technician", "pin", "--pin-stdin", typed=f"{PIN}\n")
    goes_in(technician)
    tries_the_devices(technician)
    assert list(core.data.slips.glob("*.png"))
    history = [one for one in core.json("history") if one["source"] == "self_test"]
    assert history[0]["reason"] == "print print_good"
    assert [one["device"] for one in history] == ["printer", "disk", "board"]
    changes_a_key(technician)

    technician.touches("technician.page.log")
    wait_until(lambda: "a technician entered by PIN" in technician.reads_all())
    technician.photographs("log")
    technician.touches("technician.page.first", "technician.leave")
    wait_until(lambda: technician.sees("page.welcome"))
    technician.photographs("welcome")
    assert len(list(technician.album.glob("session-*.png"))) >= 11
    for secret in (PIN, "918273"):
        assert secret not in core.log
        assert secret not in (core.data.logs / "core.log").read_text()
    assert "Traceback" not in core.log
    with core.client() as client:  # and the kiosk gives numbers as before
        assert client.ask(IssueTicket(request_id="request-1", service="land")).card.ticket.number


def test_keys_of_the_command_line_with_a_core_and_without(start_core, tmp_path) -> None:
    core = start_core()
    told = command(core, "technician", "badge", "--out", str(tmp_path / "badge.png"), expect=1)
    assert "no_pin" in told
    command(core, "technician", "pin", "--pin-stdin", typed=f"{PIN}\n")
    command(core, "technician", "badge", "--out", str(tmp_path / "badge.png"))
    assert (tmp_path / "badge.png").stat().st_mode & 0o777 == 0o600
    assert core.stop() == 0
    kept = core.data.technician.read_text()
    assert PIN not in kept
    assert "argon2" in kept
    command(core, "technician", "forgive")
    assert core.data.technician.read_text() == kept
    command(core, "technician", "badge", "--none")
    command(core, "technician", "pin", "--none")
    assert "argon2" not in core.data.technician.read_text()
    assert "no_pin" in command(core, "technician", "badge", "--out", "x.png", expect=1)
    command(core, "first-start", "--on-screen")
    again = CoreProcess(core.config, core.data.root)
    try:
        with again.client("face") as client:
            assert client.welcome_state.first_start
    finally:
        again.kill()


def test_a_restart_is_told_to_the_screens_and_ends_the_core(start_core) -> None:
    core = start_core()
    with core.client("board") as board, core.client() as client:
        client.ask(RestartKiosk())
        assert any(isinstance(one, KioskRestarting) for one in board.wait_for_events(5))
    assert core.process.wait(30) == 0
    assert "a technician restarts the kiosk" in core.log


@pytest.mark.slow
def test_killed_in_the_middle_of_saving_from_the_screen(start_core) -> None:
    core = start_core()
    for round_ in range(3):
        saved = threading.Event()

        def save(saved: threading.Event = saved, core: CoreProcess = core) -> None:
            try:
                with core.client() as client:
                    for number in range(10_000):
                        value = str(30 + number % 60)
                        client.ask(ChangeSetting(name="screen.timeout_s", value=value))
                        saved.set()
            except (LinkError, OSError):
                pass  # the power is gone

        hand = threading.Thread(target=save)
        hand.start()
        assert saved.wait(30), round_
        core.kill()
        hand.join(30)
        assert 30 <= load_config(core.config).screen.timeout_s < 90
        core = CoreProcess(core.config, core.data.root)
        with core.client("face") as client:
            config = next(one for one in client.welcome_state.devices if one.name == "config")
        assert config.warnings == ()
    core.kill()
