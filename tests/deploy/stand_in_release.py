"""`kiosk` of a small release: core and rehearsal live, die or hang as its deeds say."""

import os
import signal
import socket
import sys
import time
from pathlib import Path

RELEASE = Path(__file__).resolve().parent.parent.parent


def notify(words: bytes) -> None:
    """As kiosk.notify."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
        sender.sendto(words, os.environ["NOTIFY_SOCKET"])


def core(deed: str) -> None:
    """Ready, and then alive until it is ended."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    if deed == "dies":
        sys.exit("the core of this release dies at once")
    if deed == "hangs":
        time.sleep(600)
    notify(b"READY=1")
    for beat in range(10_000):
        if deed == "dies later" and beat == 3:
            sys.exit("the core of this release dies after its start")
        notify(b"WATCHDOG=1")
        time.sleep(0.05)


if sys.argv[1:] == ["upgrade", "rehearse"]:
    deed = (RELEASE / "deeds" / "rehearsal").read_text()
    sys.exit(0 if deed == "lives" else "no such column: ticket.colour")
core((RELEASE / "deeds" / "core").read_text())
