"""`kiosk upgrade install`, killed without warning: `python cut_short.py ROOT UNITS ARCHIVE STEP`.

Everything that runs dies with it, as when the power goes.
"""

import os
import signal
import sys
from pathlib import Path

from running import SETTLE, Running

from kiosk.upgrade.releases import Releases
from kiosk.upgrade.upgrading import Machine, upgrade

root, units, archive, last = Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4]
running = Running(root)


def tell(step: str) -> None:
    """Up to here, and no further."""
    if step == last:
        os.killpg(0, signal.SIGKILL)


machine = Machine(Releases(root), lambda: running, SETTLE, units, lambda _release, _wheels: None)
upgrade(machine, archive, tell)
running.end()
