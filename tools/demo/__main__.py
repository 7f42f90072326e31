"""`make demo`: whole visits by real touches on any machine, left in var/demo/.

var/demo/index.html      all of it on one page
var/demo/screens/*.png   photographs of the screen
var/demo/slips/*.png     the slips as the simulated printer put them on paper (and their bytes)
var/demo/spoken/*.wav    what was said
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtGui import QGuiApplication

from kiosk.config import load_config
from kiosk.errors import LinkError
from kiosk.link.client import LinkClient
from kiosk.paths import DEFAULT_CONFIG, DEFAULT_DATA, DataFolder
from kiosk.screen import alarms
from kiosk.screen.app import PORTRAIT, build
from kiosk.words import SpeechStarted
from tools.demo.album import SpokenLine, write_album
from tools.demo.visits import VISITS, Shot, Visit, Walker

CORE_WITHIN_S = 30.0
SPEECH_WITHIN_S = 12.0


def main() -> int:
    """Walk the visits and write the album."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_QUICK_BACKEND"] = "software"
    folder = DEFAULT_DATA / "demo"
    shutil.rmtree(folder, ignore_errors=True)
    data = DataFolder(folder / "data")
    data.make()
    app = QGuiApplication(["le-tan-demo"])
    alarms.install()
    with running_core(data), LinkClient(data.socket, face="demo") as core:
        visits = [(visit, walk(visit, core, data, folder)) for visit in VISITS]
        spoken = collect_speech(core, folder / "spoken")
    slips = collect_slips(data, folder / "slips")
    album = write_album(
        folder,
        [(visit.title, visit.size == PORTRAIT, shots) for visit, shots in visits],
        slips,
        spoken,
    )
    shutil.rmtree(data.root)
    app.processEvents()
    print(f"{sum(len(shots) for _, shots in visits)} photographs, {len(slips)} slips,")
    print(f"{sum(len(line.wavs) for line in spoken)} spoken WAVs: {album}")
    return 0


@contextmanager
def running_core(data: DataFolder) -> Iterator[None]:
    """A core process of its own, on a fresh data folder."""
    command = [sys.executable, "-m", "kiosk", "--config", str(DEFAULT_CONFIG)]
    log = (data.logs / "core.log").open("wb")
    with log, subprocess.Popen([*command, "--data", str(data.root), "core"], stderr=log) as core:
        try:
            wait_for_core(data)
            yield
        finally:
            core.terminate()


def wait_for_core(data: DataFolder) -> None:
    """Until the core answers. Raises LinkError with the last reason."""
    ends = time.monotonic() + CORE_WITHIN_S
    while True:
        try:
            LinkClient(data.socket).close()
        except LinkError:
            if time.monotonic() > ends:
                raise
            time.sleep(0.1)
        else:
            return


def walk(visit: Visit, core: LinkClient, data: DataFolder, folder: Path) -> list[Shot]:
    """One visit on a screen of its own."""
    screen = build(load_config(DEFAULT_CONFIG), data.socket, size=visit.size, leave_s=120)
    number = VISITS.index(visit) + 1
    walker = Walker(screen, core, folder / "screens", f"{number}")
    try:
        walker.wait_for_core()
        visit.walk(walker)
    finally:
        screen.close()
    return walker.shots


def collect_slips(data: DataFolder, folder: Path) -> list[Path]:
    """Copy what the simulated printer printed: pictures and bytes."""
    folder.mkdir(parents=True)
    for path in sorted(data.slips.iterdir()):
        shutil.copy(path, folder / path.name)
    return sorted(folder.glob("*.png"))


def collect_speech(core: LinkClient, folder: Path) -> list[SpokenLine]:
    """Copy the WAVs of all that was said, named by their order."""
    folder.mkdir(parents=True)
    lines = []
    for event in core.wait_for_events(SPEECH_WITHIN_S):
        if not isinstance(event, SpeechStarted):
            continue
        wavs = []
        for part, wav in enumerate(event.wav, start=1):
            name = folder / f"{len(lines) + 1:02d}-{part}.wav"
            shutil.copy(wav, name)
            wavs.append(name)
        lines.append(SpokenLine(event.text, event.seconds, wavs))
        if len(lines) >= len(VISITS):
            break
    return lines


if __name__ == "__main__":
    sys.exit(main())
