"""The power goes in the middle of an upgrade: at the next start the kiosk runs what it ran."""

import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from running import SETTLE, Running

from kiosk.upgrade.upgrading import upgrade

STEPS = (
    "settle", "take in", "verify", "unpack", "build", "rehearse", "whole",
    "switch", "restart", "watch", "confirm", "sweep",
)  # fmt: skip
HERE = Path(__file__).parent


def begin(machine, archive: Path, step: str) -> subprocess.Popen[bytes]:
    """An upgrade in a process group of its own."""
    words = [machine.releases.root, machine.units, archive, step]
    command = [sys.executable, HERE / "cut_short.py", *map(str, words)]
    return subprocess.Popen(command, start_new_session=True)


def start_machine(machine) -> Running:
    """The machine is switched on again: `settle`, then the core of the current release."""
    subprocess.run([SETTLE, machine.releases.root], check=True)
    running = Running(machine.releases.root)
    running.restart()
    return running


def runs(machine, running: Running, version: str) -> None:
    """This release runs, is whole, and has proved itself."""
    releases = machine.releases
    assert running.fault(releases.path(version)) == ""
    assert releases.of("current") == releases.of("good") == running.version == version
    assert releases.is_whole(version)


@pytest.fixture
def installed(machine, pack, running):
    """A kiosk with 1.0.0; its core dies with the power."""
    upgrade(machine, pack("1.0.0"), lambda _step: None)
    running.end()
    return machine


@pytest.mark.parametrize("step", STEPS)
def test_killed_at_each_step_the_kiosk_runs_and_the_next_attempt_succeeds(installed, pack, step):
    archive = pack("1.1.0")
    assert begin(installed, archive, step).wait(60) == -signal.SIGKILL
    running = start_machine(installed)
    try:
        runs(installed, running, "1.1.0" if step == "sweep" else "1.0.0")
    finally:
        running.end()
    if upgrade(installed, archive, lambda _step: None) == "":
        installed.services().restart()  # it runs already
    runs(installed, installed.services(), "1.1.0")
    assert installed.releases.versions() == ["1.0.0", "1.1.0"]


@pytest.mark.slow
def test_killed_at_any_moment_it_runs_one_or_the_other(installed, pack):
    archive = pack("1.1.0")
    chance = random.Random(20261130)
    for _ in range(8):
        process = begin(installed, archive, "never")
        try:
            process.wait(chance.uniform(0.2, 2.0))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        subprocess.run(["pkill", "-9", "-g", str(process.pid)], check=False)  # what it started
        running = start_machine(installed)
        version = installed.releases.of("current")
        assert version in {"1.0.0", "1.1.0"}
        runs(installed, running, version)
        running.end()


def test_a_torn_folder_is_never_pointed_at(installed, pack):
    """`good` names a release whose files are gone: nothing is made worse."""
    releases = installed.releases
    (releases.path("1.0.0") / ".complete").unlink()
    subprocess.run([SETTLE, releases.root], check=True)
    assert releases.of("current") == "1.0.0"
    assert releases.versions() == []


def test_on_a_fresh_machine_there_is_nothing_to_settle(tmp_path):
    subprocess.run([SETTLE, tmp_path], check=True)
    assert list(tmp_path.iterdir()) == []
