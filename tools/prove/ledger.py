"""What was done of each trial, on the disk: a run that is cut off goes on where it stood."""

from __future__ import annotations

import json
from pathlib import Path

from tools.prove.trial import Record


class Ledger:
    """The records of one trial as it is now, its `version`, one line of JSON each."""

    def __init__(self, path: Path, version: int = 1) -> None:
        self._path = path
        self._version = version

    def read(self) -> list[Record]:
        """All whole lines of this version; one that was cut off in writing does not count."""
        if not self._path.is_file():
            return []
        lines = self._path.read_text("utf-8").split("\n")
        found: list[Record] = [json.loads(line) for line in lines[:-1]]
        return [one for one in found if one.pop("version", 1) == self._version]

    def begin(self, *, anew: bool) -> list[Record]:
        """What is there; a torn last line and other versions are cut away, `anew` all of it."""
        done = [] if anew else self.read()
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.write_text("".join(map(self._line, done)), "utf-8")
        return done

    def add(self, record: Record) -> None:
        """Write one more."""
        with self._path.open("a", encoding="utf-8") as file:
            file.write(self._line(record))

    def _line(self, record: Record) -> str:
        return json.dumps(record | {"version": self._version}, ensure_ascii=False) + "\n"
