"""A process to be watched: `python stand_in.py NAME FILE`; writes its number, is ready, and alive
ten times a second until it is ended."""

import os
import sys
import threading
from pathlib import Path

from kiosk.notify import ALIVE, READY, notify

with Path(sys.argv[2]).open("a") as file:
    file.write(f"{sys.argv[1]} {os.getpid()}\n")
notify(READY)
while True:
    notify(ALIVE)
    threading.Event().wait(0.1)
