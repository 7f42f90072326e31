"""The folder of releases: which are whole, which one runs, which one has proved itself."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from kiosk.errors import UpgradeRefused

COMPLETE = ".complete"
KEEP = 1  # whole releases beside the one that runs and the one before it; each takes 750 MB
Link = Literal["current", "good"]
_VERSION = re.compile(
    r"(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})(\+[a-z0-9]{1,16})?"
)


def order_of(version: str) -> tuple[int, int, int]:
    """What versions are compared by: "1.10.0+abc" -> (1, 10, 0).

    Raises UpgradeRefused for what is none: a version is the name of a folder too.
    """
    match = _VERSION.fullmatch(version)
    if match is None:
        raise UpgradeRefused(f"{version!r} is no version as 1.2.3", code="damaged")
    return int(match[1]), int(match[2]), int(match[3])


class Releases:
    """The releases below `root` (/opt/le-tan)."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @property
    def wheels(self) -> Path:
        """The libraries that releases were built from: a later one may need no others."""
        return self.root / "wheels"

    @property
    def keys(self) -> Path:
        """The public keys whose archives are taken."""
        return self.root / "keys"

    def path(self, version: str) -> Path:
        """The folder of a release, there or not. Raises UpgradeRefused as `order_of`."""
        order_of(version)
        return self.root / "releases" / version

    def versions(self) -> list[str]:
        """The whole releases, oldest version first."""
        found = [path.parent.name for path in (self.root / "releases").glob(f"*/{COMPLETE}")]
        return sorted(found, key=lambda one: (order_of(one), one))

    def is_whole(self, version: str) -> bool:
        """Whether it was unpacked and built to the end."""
        return (self.path(version) / COMPLETE).is_file()

    def of(self, link: Link) -> str:
        """The version that the link names; "" where there is none."""
        try:
            return (self.root / link).readlink().name
        except OSError:
            return ""

    def size_of(self, version: str) -> int:
        """Bytes of a release with its environment; 0 where there is none."""
        if not version:
            return 0
        files = (path.lstat() for path in self.path(version).rglob("*"))
        return sum(about.st_size for about in files)

    def begin(self, version: str) -> Path:
        """An empty folder for a release; what an attempt before has left goes."""
        path = self.path(version)
        shutil.rmtree(path, ignore_errors=True)
        path.mkdir(parents=True)
        return path

    def complete(self, version: str, digest: str) -> None:
        """From now on it counts as whole; what built it has seen to it that it is on the disk."""
        path = self.path(version)
        about = {"version": version, "digest": digest, "at": _now()}
        write_durably(path / COMPLETE, json.dumps(about) + "\n")

    def digest_of(self, version: str) -> str:
        """What `complete` was told of it."""
        return str(json.loads((self.path(version) / COMPLETE).read_text())["digest"])

    def point(self, link: Link, version: str) -> None:
        """Let the link name this release: before or after, never in between."""
        assert self.is_whole(version), "nothing else is ever pointed at"
        growing = self.root / f"{link}.next"
        growing.unlink(missing_ok=True)
        growing.symlink_to(Path("releases") / version)
        growing.replace(self.root / link)
        sync_folder(self.root)

    def remove(self, version: str) -> None:
        """Take a release away: first its mark, so that half of it never counts."""
        assert version not in {self.of("current"), self.of("good")}, "it is needed"
        path = self.path(version)
        (path / COMPLETE).unlink(missing_ok=True)
        shutil.rmtree(path)

    def sweep(self, before: str = "", keep: int = KEEP) -> list[str]:
        """Remove what is not whole, and old releases but for the `keep` newest; their names.

        `before`, which ran until now, stays: it is the way back.
        """
        needed = {self.of("current"), self.of("good"), before}
        others = [one for one in self.versions() if one not in needed]
        kept = needed | set(others[len(others) - keep :] if keep else ())
        gone = []
        for path in sorted((self.root / "releases").glob("*")):
            if path.name not in kept:
                (path / COMPLETE).unlink(missing_ok=True)
                shutil.rmtree(path)
                gone.append(path.name)
        return gone

    def note(self, **about: Any) -> None:
        """Write a line into the history of upgrades."""
        with (self.root / "upgrades.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps({"at": _now(), **about}, ensure_ascii=False) + "\n")
            file.flush()
            os.fsync(file.fileno())

    def history(self) -> list[dict[str, Any]]:
        """The lines of the history, oldest first; a torn one is left out."""
        try:
            lines = (self.root / "upgrades.jsonl").read_text(encoding="utf-8").splitlines()
        except OSError:
            return []
        found = []
        for line in lines:
            with contextlib.suppress(ValueError):
                found.append(json.loads(line))
        return found

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Keep every other upgrade away. Raises UpgradeRefused where one is under way."""
        self.root.mkdir(parents=True, exist_ok=True)
        with (self.root / "upgrade.lock").open("a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise UpgradeRefused("another upgrade is under way", code="under_way") from error
            yield


def write_durably(path: Path, text: str) -> None:
    """Put `text` in the file's place: the old or the new, never half."""
    growing = path.with_name(f"{path.name}.growing")
    with growing.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    growing.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make renames in `folder` durable."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
