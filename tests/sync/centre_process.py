"""`centre run`, a process of its own on loopback, with its commands."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from centre.store.sqlite_library import newest_library
from tools.centre_process import CentreProcess


class CityProcess(CentreProcess):
    """A centre on SQLite in `root`."""

    def __init__(self, root: Path) -> None:
        super().__init__(root, {})
        self._data = root / "data"

    def rows(self, question: str, *values: object) -> list[Any]:
        """What its tables hold now."""
        path = self._data / "centre.sqlite3"
        connection = newest_library().connect(f"file:{path}?mode=ro", uri=True, timeout=30)
        try:
            return connection.execute(question, values).fetchall()
        finally:
            connection.close()
