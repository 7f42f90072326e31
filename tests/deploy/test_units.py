"""The units: good for systemd, open to as little as can be, and of one mind with each other."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from kiosk.__main__ import kiosk
from kiosk.paths import PROJECT

UNITS = PROJECT / "deploy" / "units"
FILES = PROJECT / "deploy" / "files"
NEEDS_SYSTEMD = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="no systemd to ask"
)
SYSTEMS_OWN = (".target", ".slice", ".mount", "systemd-udevd.service", "tmpfiles-setup.service")
MOST_EXPOSED = {
    "le-tan-core.service": 2.0,
    "le-tan-screen.service": 0.3,
    "le-tan-board.service": 0.3,
    "le-tan-layout.service": 0.3,
    "le-tan-x.service": 5.0,  # the X server is root, as every display manager's
    "le-tan-upgrade.service": 4.0,
    "le-tan-put-back.service": 4.0,
}


@pytest.fixture(scope="module")
def trial(tmp_path_factory) -> Path:
    """A root with everything laid down, and programs where the units look for some."""
    root = tmp_path_factory.mktemp("root")
    install = ["python3", "-m", "deploy", "--root", str(root)]
    subprocess.run(install, check=True, cwd=PROJECT, stdout=subprocess.DEVNULL)
    program = (root / "opt/le-tan/current").resolve() / ".venv/bin/kiosk"
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    if shutil.which("systemd-analyze") is not None:
        shutil.copytree(
            "/usr/lib/systemd/system", root / "usr/lib/systemd/system", ignore=all_but_systems_own
        )
    for unit in UNITS.iterdir():  # the links lead to /opt of this machine
        link = root / "etc/systemd/system" / unit.name
        link.unlink()
        link.write_bytes(unit.read_bytes())
    return root


def all_but_systems_own(_folder: str, names: list[str]) -> list[str]:
    return [name for name in names if not name.endswith(SYSTEMS_OWN)]


def verify(root: Path, *names: str) -> list[str]:
    """What systemd says against these units."""
    command = ["systemd-analyze", "verify", "--man=no", f"--root={root}", *names]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return [line for line in done.stderr.splitlines() if "le-tan" in line]


def settings(unit: str) -> dict[str, list[str]]:
    """Each setting of a unit with its values."""
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r"^(\w+)=(.*)$", (UNITS / unit).read_text("utf-8"), re.MULTILINE):
        found.setdefault(name, []).append(value)
    return found


@NEEDS_SYSTEMD
def test_systemd_finds_nothing_wrong_with_them(trial):
    assert verify(trial, *(path.name for path in UNITS.iterdir())) == []
    wrong = trial / "etc/systemd/system/le-tan-wrong.service"
    wrong.write_text("[Service]\nExecStart=/bin/nothing-here\nRestrat=always\n")
    told = " ".join(verify(trial, wrong.name))  # it does look
    assert "Restrat" in told
    assert "nothing-here" in told


@NEEDS_SYSTEMD
@pytest.mark.parametrize("unit", MOST_EXPOSED)
def test_how_exposed_each_is(unit):
    command = ["systemd-analyze", "security", "--offline=true", "--no-pager", str(UNITS / unit)]
    told = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    (level,) = re.findall(r"Overall exposure level for \S+ ([\d.]+)", told)
    assert float(level) <= MOST_EXPOSED[unit], told


def test_every_service_has_its_limit():
    assert {path.name for path in UNITS.glob("*.service")} == MOST_EXPOSED.keys()


def test_the_board_is_a_screen_with_another_face():
    screen = (UNITS / "le-tan-screen.service").read_text("utf-8").splitlines()
    board = (UNITS / "le-tan-board.service").read_text("utf-8").splitlines()
    others = [line for line in board if line not in screen]
    kinds = [re.match(r"#|\w+", line)[0] for line in others]
    assert kinds == ["#", "Description", "ExecCondition", "ExecStart"]
    assert others[-1].endswith("/kiosk screen --face board --beside")


@pytest.mark.parametrize("unit", ["le-tan-core.service", "le-tan-screen.service"])
def test_what_dies_or_hangs_is_started_again_for_ever(unit):
    found = settings(unit)
    assert found["Type"] == ["notify"]
    assert found["WatchdogSec"] == ["10"]
    assert found["Restart"] == ["always"]
    assert found["StartLimitIntervalSec"] == ["0"]


def test_the_kinds_of_devices_that_the_core_may_open_are_known_when_it_starts():
    allowed = {line.split()[0] for line in settings("le-tan-core.service")["DeviceAllow"]}
    drivers = {"char-ttyUSB": "usbserial", "char-ttyACM": "cdc_acm", "char-alsa": "snd"}
    drivers["char-usb"] = "usblp"
    in_the_kernel = {"char-ttyS", "char-usb_device"}
    assert allowed == drivers.keys() | in_the_kernel
    loaded = (FILES / "etc/modules-load.d/le-tan.conf").read_text("utf-8").splitlines()
    assert {line for line in loaded if line[:1] != "#"} == set(drivers.values())


def test_the_screen_has_neither_network_nor_devices_nor_the_cores_data():
    for unit in ("le-tan-screen.service", "le-tan-board.service", "le-tan-layout.service"):
        found = settings(unit)
        assert found["User"] == ["le-tan-screen"]
        assert found["RestrictAddressFamilies"] == ["AF_UNIX"]
        assert found["PrivateNetwork"] == found["PrivateDevices"] == ["yes"]
        assert found["TemporaryFileSystem"] == ["/var/lib:ro"]
        assert "-/etc/le-tan/secrets" in found["InaccessiblePaths"][0].split()


def test_nobody_but_the_core_may_use_the_internet():
    for path in UNITS.glob("*.service"):
        has_network = "AF_INET" in " ".join(settings(path.name)["RestrictAddressFamilies"])
        assert has_network == (path.name == "le-tan-core.service"), path.name


def test_units_and_command_line_know_the_same_places():
    text = (PROJECT / "deploy" / "environment").read_text("utf-8")
    named = set(re.findall(r"^(KIOSK_\w+)=", text, re.MULTILINE))
    options = {str(one.envvar) for one in kiosk.params if one.envvar}
    assert named == options | {"KIOSK_SOCKET", "KIOSK_LOGS"}
    for unit in ("core", "screen", "board", "layout", "upgrade"):
        where = settings(f"le-tan-{unit}.service")["EnvironmentFile"]
        assert where == ["/opt/le-tan/current/deploy/environment"]


@pytest.mark.skipif(os.geteuid() != 0, reason="users are made by root alone")
@pytest.mark.skipif(shutil.which("systemd-sysusers") is None, reason="no systemd here")
def test_users_and_folders_are_made_as_the_units_want_them(trial):
    for name in ("dialout", "lp", "audio"):  # Debian's own
        with (trial / "etc/group").open("a") as groups:
            groups.write(f"{name}:x:{50 + len(name)}:\n")
    for command in (["systemd-sysusers"], ["systemd-tmpfiles", "--create"]):
        command.append(f"--root={trial}")
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert not re.search(r"le-tan\.conf:\d+", done.stderr), done.stderr
    groups = {
        line.split(":")[0]: line.split(":")[3].split(",")
        for line in (trial / "etc/group").read_text().splitlines()
    }
    assert set(groups["le-tan-link"]) == {"le-tan", "le-tan-screen"}
    assert all("le-tan" in groups[name] for name in ("dialout", "lp", "audio"))
    assert all("le-tan-screen" not in groups[name] for name in ("dialout", "lp", "audio"))
    run = (trial / "run/le-tan").stat()
    assert run.st_mode & 0o7777 == 0o2750
    assert run.st_gid != run.st_uid
    assert (trial / "var/lib/le-tan").stat().st_mode & 0o7777 == 0o700
    assert (trial / "etc/le-tan/secrets").stat().st_mode & 0o7777 == 0o700


MAGIC = b"MIT-MAGIC-COOKIE-1"


def listed(cookie: Path) -> list[str]:
    """The one entry: family, address's length, display's length, display, name, data."""
    command = ["xauth", "-f", cookie, "nlist"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stdout.split()


@pytest.mark.skipif(shutil.which("xauth") is None, reason="no xauth to read the cookie with")
def test_the_x_server_is_started_with_a_cookie_that_any_name_of_this_machine_may_use(tmp_path):
    server = tmp_path / "Xorg"
    server.write_text('#!/bin/sh\necho "$@" > "$(dirname "$0")/words"\n')
    server.chmod(0o755)
    environment = {**os.environ, "RUNTIME_DIRECTORY": str(tmp_path), "X_SERVER": str(server)}
    serve = PROJECT / "deploy" / "x11" / "serve"
    subprocess.run([serve], check=True, env=environment)
    cookie = tmp_path / "authority"
    assert cookie.stat().st_mode & 0o777 == 0o640
    told = listed(cookie)
    assert told[:-1] == ["ffff", "0000", "0001", "30", "0012", MAGIC.hex(), "0010"]
    assert len(told[-1]) == 32
    words = (tmp_path / "words").read_text().split()
    for word in ("-nocursor", "-novtswitch", "-noreset", "-dpms"):
        assert word in words
    assert words[words.index("-nolisten") + 1] == "tcp"
    subprocess.run([serve], check=True, env=environment)
    assert listed(cookie)[-1] != told[-1]
