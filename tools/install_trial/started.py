"""Checks of the kiosk under its own systemd, with real X, and without a network."""

from __future__ import annotations

import json
import re
import time

from tools.install_trial.trial import AS_SCREEN, KIOSK, SOURCE, Trial, Wrong, good, same

ALL = ("core", "x", "screen")
PYTHON = "/opt/le-tan/current/.venv/bin/python"
STAFF = """
import sys
from pathlib import Path
from kiosk.errors import KioskError
from kiosk.link.client import LinkClient
from kiosk.words import IssueTicket, KeepStaff
def told(command):
    try:
        with LinkClient(Path("/run/le-tan/core.sock"), face="screen") as face:
            face.ask(command)
    except KioskError as error:
        return error.code
    return "done"
print(told(KeepStaff(code="eve", name="Eve", role="manager", pin_hash="")),
      told(IssueTicket(request_id=sys.argv[1], service="residence")))
"""


def it_starts(trial: Trial) -> str:
    """Switched on, everything runs: the core as its user, the screen as its own."""
    began = time.monotonic()
    trial.root.start()
    trial.runs(*ALL)
    took = time.monotonic() - began
    told = trial.ask("systemctl", "show", "-p", "User", "le-tan-core", "le-tan-screen")
    same(re.findall(r"User=(\S+)", told), ["le-tan", "le-tan-screen"], "users")
    waits = trial.ask("systemd-analyze", "critical-chain", "--no-pager", "le-tan-screen.service")
    return f"{took:.0f} s after power on; {len(waits.splitlines())} units in its chain"


def a_number_is_given(trial: Trial) -> str:
    """`kiosk ticket issue`, with the network cable out."""
    trial.ask(KIOSK, "config", "set", "hours.always_open", "true")
    numbers = [trial.number(), trial.number()]
    same([number[1:] for number in numbers], ["001", "002"], "numbers")
    return f"{' and '.join(numbers)}; no network but the loopback"


def the_doctor_says_so(trial: Trial) -> str:
    """`kiosk doctor --json`: this machine has no loudspeaker, no model, no time service's clock."""
    found = json.loads(trial.root.inside(KIOSK, "doctor", "--json").stdout)
    states = {one["check"]: (one["state"], one["code"]) for one in found["checks"]}
    for check in ("config", "core", "data", "store", "journal", "outbox", "catalogue", "pages"):
        same(states[check][0], "ok", check)
    faults = {check for check, (state, _) in states.items() if state == "fault"}
    same(faults - {"sound", "microphone", "model"}, set(), "faults")
    well = sum(state == "ok" for state, _ in states.values())
    return f"{well} of {len(states)} well; faults only where nothing is plugged in"


def what_listens(trial: Trial) -> str:
    """No listening port but those configured: the site's pages, on the address of config.toml."""
    found = []
    for table in ("tcp", "tcp6", "udp", "udp6"):
        for line in trial.ask("cat", f"/proc/net/{table}").splitlines()[1:]:
            _, local, _, state, *_ = line.split()
            if state == "0A" or table.startswith("udp"):
                found.append((table, local))
    same(found, [("tcp", "0100007F:1F90")], "listening")
    return "127.0.0.1:8080 and nothing else"


def the_processes_are_shut_in(trial: Trial) -> str:
    """As the kernel has it: no capabilities, no new privileges, a filter of system calls."""
    for unit in ("core", "screen"):
        text = trial.ask("cat", f"/proc/{trial.process(unit)}/status")
        about = dict(re.findall(r"^(\w+):\s+(\S+)", text, re.MULTILINE))
        for name, value in (("CapEff", "0" * 16), ("CapBnd", "0" * 16), ("NoNewPrivs", "1")):
            same(about[name], value, f"{unit} {name}")
        same(about["Seccomp"], "2", f"{unit} Seccomp")
    return "core and screen: 0 capabilities, NoNewPrivs, seccomp"


def the_screen_sees_little(trial: Trial) -> str:
    """From inside the screen's own namespace, as its user: no data, no devices, no network."""
    into = ["nsenter", "-t", str(trial.process("screen")), "-m", "-n", "--"]
    tries = {
        "the store": "ls /var/lib/le-tan/store",
        "secrets": "ls /etc/le-tan/secrets",
        "the upgrade keys": "touch /opt/le-tan/keys/mine.pub",
        "config.toml": "touch /etc/le-tan/config.toml",
        "a network": "ls /sys/class/net | grep -v lo",
        "a device": "ls /dev/tty7",
    }
    for what, command in tries.items():
        become = ["runuser", "-u", "le-tan-screen", "--", "sh", "-c", command]
        if trial.root.inside(*into, *become).returncode == 0:
            raise Wrong(f"the screen reaches {what}")
    reads = ["runuser", "-u", "le-tan-screen", "--", "cat", "/etc/le-tan/config.toml"]
    good(trial.root.inside(*into, *reads))
    return f"config.toml to read; not: {', '.join(tries)}"


def the_screen_may_ask_little(trial: Trial) -> str:
    """Whoever takes over the screen's user cannot make himself a manager."""
    become = ["runuser", "-u", "le-tan-screen", "-g", "le-tan-link", "--"]
    told = good(trial.root.inside(*become, PYTHON, "-c", STAFF, "request-of-the-screen")).split()
    same(told, ["other_user", "done"], "KeepStaff, IssueTicket")
    return "KeepStaff refused, IssueTicket done"


def what_dies_comes_back(trial: Trial) -> str:
    """kill -9 and a hang of each; no number is lost or given twice."""
    before = trial.kiosk("ticket", "list")
    took = {}
    for unit in ("core", "screen", "x"):
        process = trial.process(unit)
        began = time.monotonic()
        trial.ask("kill", "-KILL", str(process))
        trial.until(lambda unit=unit, old=process: trial.process(unit) not in {0, old}, unit)
        took[unit] = time.monotonic() - began
    trial.runs(*ALL)
    process = trial.process("core")
    began = time.monotonic()
    trial.ask("kill", "-STOP", str(process))
    trial.until(
        lambda: trial.process("core") not in {0, process}, "a core in the place of the hung"
    )
    hung = time.monotonic() - began
    trial.runs(*ALL)
    after = trial.kiosk("ticket", "list")
    same([one["number"] for one in after], [one["number"] for one in before], "numbers")
    trial.number()
    killed = ", ".join(f"{unit} {seconds:.1f} s" for unit, seconds in took.items())
    return f"killed: {killed}; hung core replaced after {hung:.1f} s; {len(after)} numbers kept"


def a_bad_edit_does_no_harm(trial: Trial) -> str:
    """Rubbish in config.toml: core and screen, each as its user, start with the last good one."""
    config = trial.file("/etc/le-tan/config.toml")
    good_one = config.read_text()
    config.write_text("[site\n")
    trial.ask("systemctl", "restart", "le-tan-core", "le-tan-screen")
    trial.runs(*ALL)
    found = json.loads(trial.root.inside(KIOSK, "doctor", "--json", "--only", "config").stdout)
    same(found["checks"][0]["code"], "config_last_good", "the doctor says")
    trial.number()
    config.write_text(good_one)
    trial.ask("systemctl", "restart", "le-tan-core", "le-tan-screen")
    trial.runs(*ALL)
    return "config_last_good; numbers are given"


def a_serial_port_is_reached(trial: Trial) -> str:
    """By its group, past the core's sandbox; a device of another kind is not, whoever's it is."""
    allowed = _word_of_board(trial, "ttyS9", "4", "73")
    other = _word_of_board(trial, "other9", "10", "200")
    trial.ask(KIOSK, "config", "reset", "board.port")
    trial.ask("systemctl", "restart", "le-tan-core")
    trial.runs(*ALL)
    if not any(word in allowed for word in ("No such device", "Input/output")):
        raise Wrong(allowed)  # that is what the driver says of a port that is not built in
    if "not permitted" not in other:
        raise Wrong(f"another kind of device: {other}")
    return "a serial port: the driver's own word; another kind of device: not permitted"


def _word_of_board(trial: Trial, name: str, major: str, minor: str) -> str:
    """What the core says of a board at a device of its group."""
    trial.ask("mknod", "-m", "660", f"/dev/{name}", "c", major, minor)
    trial.ask("chgrp", "dialout", f"/dev/{name}")
    trial.ask(KIOSK, "config", "set", "board.port", f"serial:/dev/{name}:9600")
    trial.ask("systemctl", "restart", "le-tan-core")
    trial.runs("core")

    def word() -> str:
        found = {one["name"]: one for one in trial.kiosk("devices")}
        about = found.get("board", {})
        return str(about.get("detail", "")) if about.get("state") == "unavailable" else ""

    return str(trial.until(word, "a word about the board"))


def two_monitors(trial: Trial) -> str:
    """A second monitor is plugged in: side by side, the citizen's and the hall board."""
    x = ("env", *AS_SCREEN)
    asked = trial.ask(*x, "xset", "q")
    if "timeout:  0 " not in asked or "does not have the DPMS" not in asked:
        raise Wrong("the screen goes dark")
    first = re.findall(r"^(\S+) connected", trial.ask(*x, "xrandr"), re.MULTILINE)[0]
    second = f"{first[:-1]}1"
    trial.ask(*x, "xrandr", "--addmode", second, "1920x1080")
    trial.ask(*x, "xrandr", "--output", second, "--mode", "1920x1080", "--same-as", first)
    trial.ask(KIOSK, "config", "set", "hall.board", "true")
    trial.ask("systemctl", "start", "le-tan-layout.service")
    places = re.findall(
        r"^(\S+) connected(?: primary)? (\S+)", trial.ask(*x, "xrandr"), re.MULTILINE
    )
    same([name for name, _ in places], [first, second], "monitors")
    width = places[0][1].split("x")[0]
    if not places[1][1].endswith(f"+{width}+0"):
        raise Wrong(f"not side by side: {places}")
    trial.ask("systemctl", "restart", "le-tan-core", "le-tan-board")
    trial.runs(*ALL, "board")
    return f"{places[0][0]} {places[0][1]}, {places[1][0]} {places[1][1]}; screen and board run"


def pictures(trial: Trial) -> str:
    """What is on the glass, for whoever reads the report."""
    time.sleep(3)  # the board draws its first picture
    command = "xwd -root -silent | convert xwd:- /srv/glass.png"
    trial.ask("env", *AS_SCREEN, "sh", "-c", command)
    colours = int(trial.ask("identify", "-format", "%k", "/srv/glass.png"))
    if colours < 100:
        raise Wrong(f"{colours} colours: nothing is drawn")
    return f"{colours} colours on both monitors together"


def figures(trial: Trial) -> str:
    """Memory of the units, as the kernel counts it for their processes."""
    found = []
    for unit in ("core", "screen", "board", "x"):
        text = trial.ask("cat", f"/proc/{trial.process(unit)}/status")
        size = int(re.findall(r"VmRSS:\s+(\d+)", text)[0]) // 1024
        found.append(f"{unit} {size} MB")
    return ", ".join(found)


CHECKS = (
    it_starts, a_number_is_given, the_doctor_says_so, what_listens, the_processes_are_shut_in,
    the_screen_sees_little, the_screen_may_ask_little, what_dies_comes_back,
    a_bad_edit_does_no_harm, a_serial_port_is_reached, two_monitors, pictures, figures,
)  # fmt: skip
__all__ = ["CHECKS", "SOURCE"]
