"""The folder of the slips that the simulated printer has cut: a picture and the bytes of each."""

import logging
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image

KEPT = 200
"""Slips kept in the folder."""

_log = logging.getLogger(__name__)


class SlipArchive:
    """Keeps the newest slips as `<stamp>-<n>.png` and `.bin`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._count = 0

    def keep(self, slip: Image.Image, raw: bytes) -> Path | None:
        """Save a slip and its bytes; None where the disk refuses: no fault of the printer."""
        self._count += 1
        stamp = datetime.now(UTC).astimezone().strftime("%Y%m%d-%H%M%S")
        picture = self._folder / f"{stamp}-{self._count:04}.png"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            picture.with_suffix(".bin").write_bytes(raw)
            slip.save(picture)
            self._drop_old()
        except OSError as error:
            _log.warning("a simulated slip could not be kept: %s", error)
            return None
        return picture

    def _drop_old(self) -> None:
        for old in sorted(self._folder.glob("*-*.png"))[:-KEPT]:
            old.unlink(missing_ok=True)
            old.with_suffix(".bin").unlink(missing_ok=True)
