"""`kiosk monitors`: `xrandr` and `xinput` answer as recorded, and note what they are told."""

import json
import os
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from kiosk.__main__ import kiosk

OUTPUTS = """Screen 0: minimum 320 x 200, current 1920 x 1080, maximum 16384 x 16384
HDMI-1 connected primary 1920x1080+0+0 (normal left inverted right x axis y axis) 598mm x 336mm
DP-1 connected 1920x1080+0+0 (normal left inverted right x axis y axis) 1218mm x 685mm
DP-2 disconnected (normal left inverted right x axis y axis)
"""
DEVICES = """⎡ Virtual core pointer          id=2    [master pointer  (3)]
⎜   ↳ ILITEK Multi-Touch          id=9    [slave  pointer  (2)]
        Touch mode: direct
"""
PROGRAM = """#!{python} -IS
import json, pathlib, sys
with pathlib.Path({notes!r}).open("a") as notes:
    notes.write(json.dumps(sys.argv[1:]) + "\\n")
if {status}:
    sys.exit("Can't open display :0")
print({answer!r})
"""


@pytest.fixture
def x(tmp_path, monkeypatch):
    """Install the two programs; what each was told since."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")

    def install(status: int = 0) -> None:
        for name, answer in (("xrandr", OUTPUTS), ("xinput", DEVICES)):
            notes = str(tmp_path / f"{name}.notes")
            program = folder / name
            program.write_text(
                PROGRAM.format(python=sys.executable, notes=notes, status=status, answer=answer)
            )
            program.chmod(0o755)

    install()
    return install


def told(folder: Path, name: str) -> list[str]:
    lines = (folder / f"{name}.notes").read_text().splitlines()
    return [" ".join(json.loads(line)) for line in lines]


def monitors(config: Path, data: Path, *words: str):
    command = ["--config", str(config), "--data", str(data), "monitors", *words]
    return CliRunner().invoke(kiosk, command)


def test_they_are_listed_as_x_names_them(x, write_config, tmp_path):
    done = monitors(write_config(), tmp_path / "data")
    assert [line.split()[0] for line in done.output.splitlines()] == ["HDMI-1", "DP-1", "DP-2"]
    assert "DP-2        nothing connected" in done.output


def test_they_are_put_side_by_side_and_the_finger_with_the_citizens(x, write_config, tmp_path):
    config = write_config({"screen.monitor": '"DP-1"', "screen.rotation": '"left"'})
    done = monitors(config, tmp_path / "data", "--arrange")
    assert done.exit_code == 0, done.output
    assert "ILITEK Multi-Touch: touches DP-1" in done.output
    assert told(tmp_path, "xrandr")[1] == (
        "--output DP-1 --auto --primary --pos 0x0 --rotate left "
        "--output HDMI-1 --auto --rotate normal --right-of DP-1 --output DP-2 --off"
    )
    assert told(tmp_path, "xinput")[-1] == "map-to-output 9 DP-1"


def test_a_monitor_that_is_named_and_not_there_is_told(x, write_config, tmp_path):
    done = monitors(write_config({"screen.monitor": '"VGA-1"'}), tmp_path / "data", "--arrange")
    assert "no monitor VGA-1 is connected: HDMI-1 is the citizen's" in done.output


def test_without_an_x_server_it_says_so(x, write_config, tmp_path):
    x(1)
    done = monitors(write_config(), tmp_path / "data")
    assert done.exit_code == 1
    assert "Can't open display" in done.output
