"""What systemd tells of the units is understood: `systemctl` here answers from a file."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.upgrade.services import CORE, SystemdServices

STAND_IN = """#!{python} -IS
import json, pathlib, sys
here = pathlib.Path(__file__).parent
with (here / "asked").open("a") as asked:
    asked.write(" ".join(sys.argv[1:]) + "\\n")
units = json.loads((here / "units.json").read_text())
if sys.argv[1] == "show":
    about = units.get(sys.argv[-1], {{"ActiveState": "inactive", "MainPID": 0, "NRestarts": 0}})
    for name, value in about.items():
        print(f"{{name}}={{value}}")
"""
SCREEN = "le-tan-screen.service"


class Systemd:
    """The stand-in, and what it tells."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir()
        program = folder / "systemctl"
        program.write_text(STAND_IN.format(python=sys.executable))
        program.chmod(0o755)
        self.tell({})

    def tell(self, units: dict[str, dict[str, object]]) -> None:
        (self._folder / "units.json").write_text(json.dumps(units))

    @property
    def asked(self) -> list[str]:
        return (self._folder / "asked").read_text().splitlines()


def active(process: int, restarts: int = 0) -> dict[str, object]:
    return {
        "ActiveState": "active",
        "SubState": "running",
        "MainPID": process,
        "NRestarts": restarts,
    }


@pytest.fixture
def systemd(tmp_path, monkeypatch) -> Systemd:
    found = Systemd(tmp_path / "bin")
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    return found


@pytest.fixture
def process(tmp_path):
    """A process that runs a program of release 1.1.0."""
    program = tmp_path / "releases" / "1.1.0" / ".venv" / "bin" / "kiosk"
    program.parent.mkdir(parents=True)
    program.write_text(f"#!{sys.executable} -IS\nimport time\ntime.sleep(600)\n")
    program.chmod(0o755)
    started = subprocess.Popen([program, "core"])
    yield started.pid
    started.kill()
    started.wait()


def services() -> SystemdServices:
    return SystemdServices(ready_within_s=1.0, steady_s=0.3)


def test_all_that_ran_before_has_to_run_afterwards(systemd, process, tmp_path):
    systemd.tell({CORE: active(process), SCREEN: active(process)})
    watched = services()
    patient = SystemdServices(ready_within_s=60, steady_s=0.3)
    assert patient.fault(tmp_path / "releases" / "1.1.0") == ""
    gone = {"ActiveState": "activating", "SubState": "auto-restart", "MainPID": 0}
    systemd.tell({CORE: active(process), SCREEN: gone})
    assert watched.fault(tmp_path / "releases" / "1.1.0") == f"{SCREEN} is auto-restart"


def test_the_core_has_to_run_in_any_case(systemd, tmp_path):
    assert CORE in services().fault(tmp_path / "releases" / "1.1.0")


def test_another_releases_process_does_not_count(systemd, process, tmp_path):
    systemd.tell({CORE: active(process)})
    assert services().fault(tmp_path / "releases" / "1.0.0") == f"{CORE} is running"


def test_what_is_started_again_and_again_is_not_waited_for(systemd, process, tmp_path):
    systemd.tell({CORE: active(process, restarts=3)})
    patient = SystemdServices(ready_within_s=600, steady_s=60)
    assert "without a restart" in patient.fault(tmp_path / "releases" / "1.1.0")


def test_everything_is_started_anew_with_the_units_of_the_release(systemd):
    services().restart()
    assert systemd.asked[-3:] == [
        "daemon-reload",
        f"reset-failed {CORE}",
        "--no-block restart le-tan.target",
    ]
