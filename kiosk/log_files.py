"""The log of each process in the data folder too: for the technician at the kiosk, and for support.

Five files of 1 MB a process. A disk that refuses costs the file, never the process: standard error
goes on, and that is said once.
"""

from __future__ import annotations

import logging
import logging.handlers
import os
from io import TextIOWrapper
from pathlib import Path

from kiosk.paths import shared_mode

BYTES = 1_000_000
FILES = 4  # beside the one that is written


class KeptLog(logging.handlers.RotatingFileHandler):
    """Stops by itself where the disk refuses."""

    def _open(self) -> TextIOWrapper:
        stream = super()._open()
        os.fchmod(stream.fileno(), shared_mode(Path(self.baseFilename).parent))
        return stream

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's own name
        """See logging.Handler: what cannot be written is given up."""
        logging.getLogger().removeHandler(self)
        logging.getLogger(__name__).warning("the log cannot be kept in %s", self.baseFilename)


def keep_log(folder: Path, name: str) -> None:
    """From now on what is logged goes to FOLDER/NAME.log too, for this user alone.

    Where a group shares the folder, its members may read it.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        kept = KeptLog(folder / f"{name}.log", maxBytes=BYTES, backupCount=FILES, encoding="utf-8")
    except OSError as error:
        logging.getLogger(__name__).warning("the log cannot be kept: %s", error)
        return
    kept.setFormatter(logging.Formatter("%(asctime)s %(levelname).1s %(name)s: %(message)s"))
    logging.getLogger().addHandler(kept)
