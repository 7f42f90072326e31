"""Checks of a machine that is installed and was not started yet."""

from __future__ import annotations

import re
import time

from tools.install_trial.trial import Trial, Wrong, good, same

UNITS = "/etc/systemd/system"
EXPOSED = {"core": 2.0, "screen": 0.3, "board": 0.3, "layout": 0.3, "x": 5.0}


def first_run(trial: Trial) -> str:
    """The script makes a kiosk of a clean Debian."""
    began = time.monotonic()
    lines = trial.install("--no-recogniser", "--trust", "/srv/makers.pub")
    took = time.monotonic() - began
    same(lines[-1][:4], "done", "the last line")
    venv = good(trial.root.enter("du", "-sm", "/opt/le-tan/current/.venv")).split()[0]
    pool = good(trial.root.enter("du", "-sm", "/opt/le-tan/wheels")).split()[0]
    python = good(trial.root.enter("/opt/le-tan/current/.venv/bin/python", "-V")).split()[1]
    return f"{took:.0f} s; Python {python}; environment {venv} MB, libraries kept {pool} MB"


def second_run(trial: Trial) -> str:
    """Run again, it finds nothing to do but a folder of /run, which a start makes."""
    lines = trial.install("--no-recogniser", "--trust", "/srv/makers.pub")
    done = [line for line in lines if line.startswith("doing")]
    same([line for line in done if "/run/le-tan" not in line], [], "done again")
    would = trial.install("--dry-run", "--no-recogniser")
    same([line for line in would if line[:5] == "would" and "/run/" not in line], [], "would do")
    return f"{len(lines) - 1 - len(done)} of {len(lines) - 1} steps: ok"


def units_are_good(trial: Trial) -> str:
    """`systemd-analyze verify`, with this Debian's systemd."""
    names = sorted(path.name for path in trial.file(UNITS).glob("le-tan*.*") if path.is_symlink())
    done = trial.root.enter("systemd-analyze", "verify", "--man=no", *names)
    wrong = [line for line in done.stderr.splitlines() if "le-tan" in line]
    same(wrong, [], "systemd says")
    version = good(trial.root.enter("systemctl", "--version")).split("\n")[0]
    return f"{len(names)} units; {version}"


def little_is_exposed(trial: Trial) -> str:
    """`systemd-analyze security`, with this Debian's systemd."""
    found = []
    for unit, most in EXPOSED.items():
        path = f"{UNITS}/le-tan-{unit}.service"
        command = ["systemd-analyze", "security", "--offline=true", "--no-pager", path]
        told = trial.root.enter(*command).stdout
        level = float(re.findall(r"Overall exposure level for \S+ ([\d.]+)", told)[0])
        if level > most:
            raise Wrong(f"{unit}: {level}")
        found.append(f"{unit} {level}")
    return ", ".join(found)


def rights_are_narrow(trial: Trial) -> str:
    """Nobody but root writes programs; the core's data and secrets are its own."""
    writable = good(
        trial.root.enter(
            "find", "/opt/le-tan", UNITS, "/usr/local", "-not", "-type", "l",
            "(", "-perm", "/022", "-o", "-not", "-user", "root", ")",
        )
    )  # fmt: skip
    same([line for line in writable.splitlines() if "/usr/local/share" not in line], [], "writable")
    told = good(
        trial.root.enter(
            "stat", "-c", "%U:%G %a %n", "/var/lib/le-tan", "/etc/le-tan", "/etc/le-tan/secrets",
            "/etc/le-tan/config.toml", "/var/log/le-tan", "/var/lib/le-tan/config",
        )
    )  # fmt: skip
    same(
        told.splitlines(),
        [
            "le-tan:le-tan 700 /var/lib/le-tan",
            "le-tan:le-tan-link 2750 /etc/le-tan",
            "le-tan:le-tan 700 /etc/le-tan/secrets",
            "le-tan:le-tan-link 640 /etc/le-tan/config.toml",
            "root:le-tan-link 3770 /var/log/le-tan",
            "le-tan:le-tan-link 2750 /var/lib/le-tan/config",
        ],
        "owners and rights",
    )
    return "programs by root alone; data 0700, secrets 0700, config.toml 0640"


CHECKS = (first_run, second_run, units_are_good, little_is_exposed, rights_are_narrow)
