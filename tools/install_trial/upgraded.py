"""Checks of upgrades under the kiosk's own systemd, and of the way back from all of it."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tools.install_trial.trial import KIOSK, SOURCE, Trial, Wrong, good, same

ALL = ("core", "x", "screen")
INCOMING = "/var/lib/le-tan/incoming"
UNHEALTHY = """import os
if os.environ.get("KIOSK_SOCKET"):
    raise SystemExit("too new for this house")
"""
"""It passes its rehearsal, which has no such surroundings, and does not live."""


def draw_keys(trial: Trial) -> None:
    """The makers' keys: the public one for the kiosk, the private one outside of it."""
    for name in ("makers", "strangers"):
        _release("key", str(trial.root.path.parent / trial.root.suite), name)
    public = trial.root.path.parent / trial.root.suite / "makers.pub"
    trial.file("/srv/makers.pub").write_bytes(public.read_bytes())


def pack(trial: Trial, version: str, *, by: str = "makers", broken: str = "") -> Path:
    """An archive of this project; `broken` stands at the beginning of its core."""
    keys = trial.root.path.parent / trial.root.suite
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "project"
        subprocess.run(["cp", "-a", str(trial.file(SOURCE)), str(project)], check=True)
        if broken:
            app = project / "kiosk" / "app.py"
            future = "from __future__ import annotations\n"
            app.write_text(app.read_text().replace(future, f"{future}\n{broken}", 1))
        target = keys / f"{version}.le-tan"
        _release(
            "pack", "--key", str(keys / f"{by}.key"), "--out", str(target),
            "--version", version, "--project", str(project),
        )  # fmt: skip
    return target


def put_in(trial: Trial, archive: Path, content: bytes | None = None) -> None:
    """Lay it into the folder of incoming archives, as the core's user would."""
    data = archive.read_bytes() if content is None else content
    trial.file(f"/srv/{archive.name}").write_bytes(data)
    owner = ("-o", "le-tan", "-g", "le-tan", "-m", "600")
    trial.ask("install", *owner, f"/srv/{archive.name}", f"{INCOMING}/{archive.name}")
    trial.file(f"/srv/{archive.name}").unlink()


def take_it(trial: Trial) -> None:
    """What the timer does at night."""
    trial.ask("systemctl", "start", "le-tan-upgrade.service", within_s=1200)


def one_comes_in_by_itself(trial: Trial) -> str:
    """le-tan-upgrade.service takes the archive that lies ready."""
    before = trial.number()
    put_in(trial, pack(trial, "9.0.0"))
    began = time.monotonic()
    take_it(trial)
    took = time.monotonic() - began
    same((trial.link("current"), trial.link("good")), ("9.0.0", "9.0.0"), "current, good")
    trial.runs(*ALL)
    after = trial.number()
    same(int(after[1:]), int(before[1:]) + 1, "the next number")
    same(list(trial.file(INCOMING).iterdir()), [], "what lies there still")
    return f"{took:.0f} s, of these 20 watched; {before}, then {after}"


def strangers_are_refused(trial: Trial) -> str:
    """A wrong signature, and an archive that ends too soon: nothing has changed."""
    put_in(trial, pack(trial, "9.1.0", by="strangers"))
    whole = pack(trial, "9.2.0")
    put_in(trial, whole, whole.read_bytes()[:-100_000])
    take_it(trial)
    told = [line.get("reason", "")[:9] for line in trial.kiosk("upgrade", "list")["history"][-2:]]
    same(sorted(told), ["damaged: ", "signature"], "reasons")
    same((trial.link("current"), trial.link("good")), ("9.0.0", "9.0.0"), "current, good")
    return "signature, damaged; 9.0.0 runs on"


def one_that_does_not_live_is_put_back(trial: Trial) -> str:
    """Its core ends at once under the unit: the release before runs again, by itself."""
    before = trial.number()
    put_in(trial, pack(trial, "9.3.0", broken=UNHEALTHY))
    began = time.monotonic()
    take_it(trial)
    took = time.monotonic() - began
    same((trial.link("current"), trial.link("good")), ("9.0.0", "9.0.0"), "current, good")
    trial.runs(*ALL)
    last = trial.kiosk("upgrade", "list")["history"][-1]
    same(last["outcome"], "refused", "outcome")
    same(int(trial.number()[1:]), int(before[1:]) + 1, "the next number")
    return f"put back after {took:.0f} s: {last['reason']}"


def the_power_goes_in_the_middle(trial: Trial) -> str:
    """Between the switch and the proof: switched on again, what was good runs."""
    before = trial.number()
    archive = pack(trial, "9.4.0")
    put_in(trial, archive)
    trial.ask("systemctl", "start", "--no-block", "le-tan-upgrade.service")
    trial.until(lambda: trial.link("current") == "9.4.0", "the switch", 900)
    trial.root.cut_power()
    same((trial.link("current"), trial.link("good")), ("9.4.0", "9.0.0"), "current, good")
    trial.root.start()
    trial.runs(*ALL)
    same((trial.link("current"), trial.link("good")), ("9.0.0", "9.0.0"), "current, good")
    same(int(trial.number()[1:]), int(before[1:]) + 1, "the next number")
    take_it(trial)
    same(trial.link("good"), "9.4.0", "the next night")
    trial.runs(*ALL)
    return "9.0.0 after the start; 9.4.0 the next night"


def killed_in_the_middle_it_is_put_back(trial: Trial) -> str:
    """kill -9 for the upgrade itself, between the switch and the proof; the machine goes on."""
    before, was = trial.number(), trial.link("good")
    put_in(trial, pack(trial, "9.5.0"))
    trial.ask("systemctl", "start", "--no-block", "le-tan-upgrade.service")
    trial.until(lambda: trial.link("current") == "9.5.0", "the switch", 900)
    trial.ask("systemctl", "kill", "--signal=KILL", "le-tan-upgrade.service")
    trial.until(lambda: trial.link("current") == was, "le-tan-put-back.service")
    trial.until(lambda: trial.runs_release(was), f"{was} runs")
    trial.runs(*ALL)
    same(int(trial.number()[1:]), int(before[1:]) + 1, "the next number")
    trial.ask("rm", f"{INCOMING}/9.5.0.le-tan")
    return f"{was} runs again by le-tan-put-back.service"


def back_by_hand(trial: Trial) -> str:
    """`kiosk upgrade back`: what ran before runs again."""
    trial.ask(KIOSK, "upgrade", "back")
    same(trial.link("good"), "9.0.0", "good")
    trial.runs(*ALL)
    return "9.0.0 runs"


def away_again(trial: Trial) -> str:
    """Uninstalled: units and programs are gone, the data stays; with --purge that goes too."""
    script = f"{SOURCE}/deploy/install.sh"
    trial.ask(script, "uninstall")
    left = trial.ask("sh", "-c", "ls /etc/systemd/system | grep le-tan || true").split()
    same(left, [], "units")
    if not trial.file("/var/lib/le-tan/store/kiosk.db").exists():
        raise Wrong("the data is gone")
    if "le-tan" in trial.ask("ps", "-eo", "user,args") or trial.file("/opt/le-tan").exists():
        raise Wrong("something of it is there still")
    trial.root.cut_power()
    good(trial.root.enter(script, "uninstall", "--purge"))
    users = good(trial.root.enter("cat", "/etc/passwd", "/etc/group"))
    same(["le-tan" in users, trial.file("/var/lib/le-tan").exists()], [False, False], "purged")
    return "units, programs, then data and users"


CHECKS = (
    one_comes_in_by_itself, strangers_are_refused, one_that_does_not_live_is_put_back,
    the_power_goes_in_the_middle, killed_in_the_middle_it_is_put_back, back_by_hand, away_again,
)  # fmt: skip


def _release(*words: str) -> None:
    command = [sys.executable, "-m", "tools.release", *words]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
