"""Files of the machine: laid down, renewed, taken away again; what a technician edited stays.

A record says what each file was when it was laid down. One that still is so is ours to renew; one
that differs was edited: it stays, and the new one is put beside it as NAME.le-tan-new.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

BESIDE = ".le-tan-new"
DROP_INS = (".service.d", ".conf.d")


class Laid:
    """What was laid down below `root`, kept in the file `record`."""

    def __init__(self, root: Path, record: Path) -> None:
        self._root, self._record = root, record
        try:
            self._known: dict[str, str] = json.loads(record.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            self._known = {}

    def differs(self, path: str, content: bytes, mode: int) -> bool:
        """Whether `lay` would change anything."""
        target = self._root / path
        if not target.is_file():
            return True
        if self._is_edited(path):
            beside = target.with_name(target.name + BESIDE)
            if _hash(target.read_bytes()) == _hash(content):
                return False
            return not (beside.is_file() and beside.read_bytes() == content)
        return target.read_bytes() != content or (target.stat().st_mode & 0o777) != mode

    def lay(self, path: str, content: bytes, mode: int) -> Path:
        """Lay the file down, or beside the one that was edited; where it is now."""
        target = self._root / path
        if self._is_edited(path) and target.read_bytes() != content:
            target = target.with_name(target.name + BESIDE)
        else:
            self._known[path] = _hash(content)
        target.parent.mkdir(parents=True, exist_ok=True)
        growing = target.with_name(f".{target.name}.growing")
        growing.write_bytes(content)
        growing.chmod(mode)
        growing.replace(target)
        self._keep()
        return target

    def known(self) -> list[str]:
        """The paths that were laid down."""
        return sorted(self._known)

    def take_away(self) -> Iterator[str]:
        """Remove what was laid down and never edited; the paths that stay."""
        for path in self.known():
            target = self._root / path
            target.with_name(target.name + BESIDE).unlink(missing_ok=True)
            if target.is_file() and self._is_edited(path):
                yield path
                continue
            target.unlink(missing_ok=True)
            _remove_empty(target.parent, self._root)
        self._record.unlink(missing_ok=True)

    def _is_edited(self, path: str) -> bool:
        target = self._root / path
        if not target.is_file():
            return False
        return _hash(target.read_bytes()) != self._known.get(path)

    def _keep(self) -> None:
        self._record.parent.mkdir(parents=True, exist_ok=True)
        growing = self._record.with_name(f".{self._record.name}.growing")
        growing.write_text(json.dumps(self._known, indent=1, sort_keys=True), encoding="utf-8")
        growing.replace(self._record)


def files_below(folder: Path) -> Iterator[tuple[str, bytes, int]]:
    """(path below /, content, mode) of each file of `folder`."""
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            mode = 0o755 if file.stat().st_mode & 0o100 else 0o644
            yield str(file.relative_to(folder)), file.read_bytes(), mode


def _remove_empty(folder: Path, root: Path) -> None:
    """Drop-in folders, which nobody else has made."""
    while folder != root and folder.name.endswith(DROP_INS) and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
