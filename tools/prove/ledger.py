"""What was done of each trial, on the disk: a run that is cut off goes on where it stood."""

from __future__ import annotations

import json
from pathlib import Path

from tools.prove.trial import Record


class Ledger:
    """The records of one trial, one line of JSON each."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> list[Record]:
        """All whole lines; one that was cut off in writing does not count."""
        if not self._path.is_file():
            return []
        lines = self._path.read_text("utf-8").split("\n")
        return [json.loads(line) for line in lines[:-1]]

    def begin(self, *, anew: bool) -> list[Record]:
        """What is there; a torn last line is cut away, `anew` all of it."""
        done = [] if anew else self.read()
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.write_text("".join(_line(one) for one in done), "utf-8")
        return done

    def add(self, record: Record) -> None:
        """Write one more."""
        with self._path.open("a", encoding="utf-8") as file:
            file.write(_line(record))


def _line(record: Record) -> str:
    return json.dumps(record, ensure_ascii=False) + "\n"
