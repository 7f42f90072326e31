"""`kiosk …` for which a second is a quiet hour: `python -m tools.prove.quick_kiosk ARGUMENTS`.

A process that dies now and then is started again at once; one that dies all the time waits longer
each time. A trial kills more often than life does: here every start counts as a long, steady one.
"""

import sys
from pathlib import Path

import kiosk.supervisor
import voice.kept_child
from kiosk.__main__ import main

kiosk.supervisor.STEADY_S = 0.0
voice.kept_child.STEADY = 0.0


def commands(config: Path, data: Path, *, board: bool) -> dict[str, list[str]]:
    """The processes of `kiosk run`, each of them as quick as this one."""
    del board
    base = [sys.executable, "-m", "tools.prove.quick_kiosk"]
    base += ["--config", str(config), "--data", str(data)]
    return {"core": [*base, "core"], "screen": [*base, "screen"]}


kiosk.supervisor.commands_of_kiosk = commands  # type: ignore[assignment]

if __name__ == "__main__":
    main()
