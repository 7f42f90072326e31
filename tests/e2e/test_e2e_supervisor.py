"""`kiosk run`: what dies or hangs is started again, and nothing stays behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from processes import kiosk, wait_until

from kiosk.errors import LinkError
from kiosk.link.client import LinkClient
from kiosk.paths import DataFolder
from kiosk.supervisor import commands_of_kiosk

HERE = Path(__file__).parent
SILENT_S = 3.0  # a stand-in on a crowded machine may be late for once


class Run:
    """A supervisor over stand-ins and real cores; each process writes its number to a file."""

    def __init__(self, folder: Path, *commands: str) -> None:
        self.file = folder / "processes"
        self.file.touch()
        self.log_file = folder / "run.log"
        with self.log_file.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, HERE / "supervised.py", str(SILENT_S), *commands], stderr=log
            )

    @property
    def log(self) -> list[str]:
        return self.log_file.read_text().splitlines()

    def numbers(self, name: str) -> list[int]:
        """The process numbers of all starts of `name`."""
        lines = [line.split() for line in self.file.read_text().splitlines()]
        return [int(number) for who, number in lines if who == name]

    def wait_for_start(self, name: str, count: int) -> int:
        """The number of the `count`-th start of `name`."""
        wait_until(f"start {count} of {name}", lambda: len(self.numbers(name)) >= count)
        return self.numbers(name)[count - 1]

    def end(self) -> None:
        self.process.terminate()
        self.process.wait(30)


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Callable[..., Run]]:
    """Start a supervisor over commands, each `name=command`."""
    started: list[Run] = []

    def start(*commands: str) -> Run:
        started.append(Run(tmp_path, *commands))
        return started[-1]

    yield start
    for one in started:
        one.end()


@pytest.fixture
def run(tmp_path: Path, watch: Callable[..., Run]) -> Callable[..., Run]:
    """Start a supervisor over stand-ins of these names."""
    stand_in = f"{sys.executable} {HERE / 'stand_in.py'}"
    processes = tmp_path / "processes"
    return lambda *names: watch(*(f"{name}={stand_in} {name} {processes}" for name in names))


def is_alive(number: int) -> bool:
    """Whether the process runs (a zombie does not)."""
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_what_is_killed_is_back_within_two_seconds_and_the_other_goes_on(run):
    began = time.monotonic()
    kiosk_run = run("core", "screen")
    core = kiosk_run.wait_for_start("core", 1)
    screen = kiosk_run.wait_for_start("screen", 1)
    a_start = time.monotonic() - began  # of Python, on this machine as it is now
    began = time.monotonic()
    os.kill(core, signal.SIGKILL)
    again = kiosk_run.wait_for_start("core", 2)
    assert time.monotonic() - began < 2 + a_start
    os.kill(screen, signal.SIGKILL)
    kiosk_run.wait_for_start("screen", 2)
    assert is_alive(again)
    assert kiosk_run.numbers("core") == [core, again]


def test_what_hangs_is_replaced(run):
    kiosk_run = run("core", "screen")
    core = kiosk_run.wait_for_start("core", 1)
    screen = kiosk_run.wait_for_start("screen", 1)
    os.kill(core, signal.SIGSTOP)
    kiosk_run.wait_for_start("core", 2)
    assert not is_alive(core)
    assert any("core says nothing" in line for line in kiosk_run.log)
    assert is_alive(screen)
    assert kiosk_run.numbers("screen") == [screen]


def test_what_keeps_dying_is_started_with_growing_pauses(watch):
    one = watch("core=/bin/false")
    wait_until("some starts", lambda: sum("started" in line for line in one.log) >= 4)
    one.end()
    pauses = [float(line.split()[-2]) for line in one.log if "starting again in" in line]
    assert pauses[0] == 0.0
    assert pauses[:3] == sorted(pauses[:3])
    assert pauses[2] >= 0.5


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_ending_leaves_no_process_behind(run, number):
    kiosk_run = run("core", "screen")
    children = [kiosk_run.wait_for_start(name, 1) for name in ("core", "screen")]
    kiosk_run.process.send_signal(number)
    assert kiosk_run.process.wait(30) == 0
    assert not any(map(is_alive, children))


def test_a_killed_supervisor_takes_its_processes_along(run):
    kiosk_run = run("core", "screen")
    children = [kiosk_run.wait_for_start(name, 1) for name in ("core", "screen")]
    kiosk_run.process.kill()
    kiosk_run.process.wait(30)
    wait_until("the end of both", lambda: not any(map(is_alive, children)))


def test_a_real_core_killed_and_stopped_is_back(tmp_path, write_config, watch):
    data = DataFolder(tmp_path / "data")
    command = " ".join(kiosk(write_config(), data.root, "core"))
    one = watch(f"core={command}")

    def answers() -> int:
        """The number of the core that answers, or 0."""
        try:
            with LinkClient(data.socket, timeout_s=1):
                return int((data.root / "core.lock").read_text() or 0)
        except (LinkError, FileNotFoundError):
            return 0

    first = wait_until("the core", answers)
    for number in (signal.SIGKILL, signal.SIGSTOP):
        before = answers()
        os.kill(before, number)
        wait_until("another core", lambda gone=before: answers() not in (0, gone))
    last = answers()
    one.end()
    assert len({first, before, last}) == 3
    assert not is_alive(last)
    assert not data.socket.exists()


def test_the_board_is_one_more_process_where_it_is_wanted(tmp_path: Path) -> None:
    without = commands_of_kiosk(tmp_path / "config.toml", tmp_path, board=False)
    with_board = commands_of_kiosk(tmp_path / "config.toml", tmp_path, board=True)
    assert list(without) == ["core", "screen"]
    assert list(with_board) == ["core", "screen", "board"]
    assert list(with_board["board"])[-4:] == ["screen", "--face", "board", "--beside"]
