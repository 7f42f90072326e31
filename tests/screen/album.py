"""Photographs of pages, kept only where somebody wants to look at them (KIOSK_ALBUM)."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtGui import QImage


class Album:
    """The folder that KIOSK_ALBUM names; without one nothing is kept: writing PNGs takes long."""

    def __init__(self) -> None:
        wanted = os.environ.get("KIOSK_ALBUM")
        self._folder = Path(wanted) if wanted else None

    def keep(self, picture: QImage, name: str) -> None:
        """Raises OSError where it cannot be written."""
        if self._folder is None:
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / f"{name}.png"
        if not picture.save(str(path), quality=80):  # quick rather than small
            raise OSError(f"cannot write {path}")
