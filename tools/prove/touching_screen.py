"""A screen that is touched all day: `python -m tools.prove.touching_screen CONFIG DATA FIRST LAST`.

Every line on standard output is ten visits by real touches, and what they took of this process.
"""

from __future__ import annotations

import json
import os
import random
import re
import sys
import time
from pathlib import Path

from PySide6.QtGui import QGuiApplication

from kiosk.config import load_config
from kiosk.paths import DataFolder
from kiosk.screen import alarms
from kiosk.screen.app import LANDSCAPE, PORTRAIT, Screen, build
from tools.demo import touch

VISITS = 10
WORDS = ("khai sinh", "mat can cuoc", "cuoi vo", "so do")


def main() -> None:
    """Visits, in portrait and in landscape by turns of screens."""
    config, data = load_config(Path(sys.argv[1])), DataFolder(Path(sys.argv[2]))
    first, last = int(sys.argv[3]), int(sys.argv[4])
    app = QGuiApplication(["le-tan-trial"])
    alarms.install()
    screen = build(config, data.socket, size=(PORTRAIT, LANDSCAPE)[first % 2], leave_s=120)
    touch.wait_until(lambda: bool(screen.hall.services()), 30.0)
    for number in range(first, last):
        dice = random.Random(number)
        begun = time.process_time()
        for _ in range(VISITS):
            dice.choice((take_a_number, look_up, read_a_field, change_everything))(screen, dice)
        cpu = (time.process_time() - begun) / VISITS
        print(json.dumps({"round": number, "cpu_s": round(cpu, 4), **usage()}), flush=True)
    screen.close()
    app.processEvents()


def usage() -> dict[str, float]:
    """Memory (MB), handles and threads of this process."""
    status = Path("/proc/self/status").read_text()
    found = dict(re.findall(r"(VmRSS|Threads):\s+(\d+)", status))
    return {
        "rss_mb": int(found["VmRSS"]) / 1024,
        "threads": int(found["Threads"]),
        "handles": len(os.listdir("/proc/self/fd")),  # noqa: PTH208 - no Path for each of them
    }


def tap(screen: Screen, name: str, page: str = "") -> None:
    """Touch what is called `name` as soon as it is there, and wait for the page."""
    touch.wait_until(lambda: touch.seek(screen.window, name))
    touch.tap(screen.window, touch.find(screen.window, name))
    if page:
        touch.wait_until(lambda: screen.kiosk.current_page() == page)


def take_a_number(screen: Screen, dice: random.Random) -> None:
    """Three touches and a slip."""
    tap(screen, "door.ticket", "services")
    tap(screen, dice.choice(["service.civil-status", "service.residence"]), "priority")
    tap(screen, "priority.skip", "ticket")
    touch.wait_until(lambda: screen.ticket.property("slip") == "printed")
    tap(screen, "ticket.done", "welcome")


def look_up(screen: Screen, dice: random.Random) -> None:
    """Typed, and read."""
    tap(screen, "door.guide", "guide")
    tap(screen, "guide.search", "search")
    for letter in dice.choice(WORDS):
        tap(screen, f"key.{'space' if letter == ' ' else letter}")
    tap(screen, "key.search", "answer")
    tap(screen, "bar.home", "welcome")


def read_a_field(screen: Screen, dice: random.Random) -> None:
    """Browsed."""
    del dice
    tap(screen, "door.guide", "guide")
    tap(screen, "guide.fields")
    tap(screen, "bar.home", "welcome")


def change_everything(screen: Screen, dice: random.Random) -> None:
    """English and back, and home."""
    del dice
    tap(screen, "bar.language")
    tap(screen, "door.ticket", "services")
    tap(screen, "bar.language")
    tap(screen, "bar.home", "welcome")


if __name__ == "__main__":
    main()
