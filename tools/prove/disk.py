"""A disk that is cut from its power: what a process wrote, and what would be left of it.

`Disk` lets a child run with its files watched (`disk.c`, loaded by the linker). `Record.cut` says
what the files would hold had the power gone at a moment: all that was synced, and of the rest any
part, in any order, sector by sector, as a disk with a cache may keep it. A folder's entries (a new
file, one renamed or removed) stay for certain once the folder, or the new file itself, was synced.
"""

from __future__ import annotations

import mmap
import os
import random
import shutil
import struct
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tools.prove.trial import CannotPlay

SECTOR = 512
EMPTIED, FOLDER = 1, 2  # what an "O" of the record may say of its file
HEAD = struct.Struct("<B3xIqI")


class NoCompiler(CannotPlay):
    """There is no C compiler here: a trial that needs a disk of its own is left out."""


def build(folder: Path) -> Path:
    """The library for LD_PRELOAD. Raises NoCompiler."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        raise NoCompiler("no C compiler: apt-get install gcc libc6-dev")
    library = folder / "disk.so"
    source = Path(__file__).with_name("disk.c")
    subprocess.run(
        [compiler, "-O1", "-shared", "-fPIC", "-o", str(library), str(source), "-ldl", "-lpthread"],
        check=True,
    )
    return library


class Disk:
    """A folder whose files are watched, and the faults that its files may have."""

    def __init__(self, root: Path, library: Path) -> None:
        """`root` is made; its record and its control lie beside it."""
        self.root = root
        root.mkdir(parents=True, exist_ok=True)
        self.log = root.with_suffix(".log")
        self.log.unlink(missing_ok=True)
        control = root.with_suffix(".control")
        control.write_bytes(bytes(4096))
        with control.open("r+b") as file:
            self._control = mmap.mmap(file.fileno(), 4096)
        self.environment = {
            **os.environ,
            "LD_PRELOAD": str(library),
            "DISK_ROOT": str(root),
            "DISK_LOG": str(self.log),
            "DISK_CONTROL": str(control),
        }

    def set_fault(self, fault: str) -> None:
        """ "" (none), "full" or "read_only": from the child's next call on."""
        self._control[0] = {"": 0, "full": ord("f"), "read_only": ord("r")}[fault]

    def slow(self, milliseconds: int) -> None:
        """How much longer each fsync takes, 0 to 255 ms."""
        self._control[1] = milliseconds

    def close(self) -> None:
        """Let go of the control page."""
        self._control.close()


@dataclass(slots=True)
class Step:
    """One call. `file` is the number of an opened descriptor."""

    kind: str
    file: int
    offset: int
    data: bytes


@dataclass
class _File:
    """What is certain, and what was written since."""

    safe: bytearray = field(default_factory=bytearray)
    loose: list[tuple[int, bytes | None]] = field(default_factory=list)

    def sync(self) -> None:
        for offset, data in self.loose:
            _apply(self.safe, offset, data)
        self.loose.clear()

    def after_a_cut(self, dice: random.Random) -> bytes:
        """The safe bytes, with some of the loose sectors."""
        left = bytearray(self.safe)
        share = dice.choice((0.0, 0.2, 0.5, 0.8, 1.0))
        for offset, data in self.loose:
            if data is None:
                if dice.random() < share:
                    _apply(left, offset, None)
                continue
            for start in range(0, len(data), SECTOR):
                if dice.random() < share:
                    _apply(left, offset + start, data[start : start + SECTOR])
        return bytes(left)


def _apply(content: bytearray, offset: int, data: bytes | None) -> None:
    """Write `data`, or (None) cut the file off at `offset`."""
    if data is None:
        del content[offset:]
        content.extend(bytes(max(0, offset - len(content))))
        return
    content.extend(bytes(max(0, offset - len(content))))
    content[offset : offset + len(data)] = data


class Record:
    """What a child asked of its files, call by call."""

    def __init__(self, log: Path) -> None:
        self.steps = list(_read(log.read_bytes()))

    def written_to(self, name: str, until: int) -> bytes:
        """What was written, in order, to files of this name in the first `until` steps."""
        mine: set[int] = set()
        out = bytearray()
        for step in self.steps[:until]:
            if step.kind == "O" and Path(os.fsdecode(step.data)).name == name:
                mine.add(step.file)
            elif step.kind == "W" and step.file in mine:
                out += step.data
        return bytes(out)

    def cut(
        self, until: int, root: Path, to: Path, dice: random.Random, *, lies: bool = False
    ) -> None:
        """Lay into `to` what would be left of `root` after the first `until` steps.

        A disk that `lies` says it has synced and has not: to see that a trial can fail.
        """
        replay = _Replay(lies=lies)
        for step in self.steps[:until]:
            replay.take(step)
        for path, file in replay.found(dice).items():
            if path.endswith("-shm"):
                continue  # memory that SQLite shares: it makes it anew
            left = to / Path(path).relative_to(root)
            left.parent.mkdir(parents=True, exist_ok=True)
            left.write_bytes(file.after_a_cut(dice))


class _Replay:
    """The files as the process sees them, and as the disk is bound to find them again."""

    def __init__(self, *, lies: bool) -> None:
        self._lies = lies
        self._seen: dict[str, _File] = {}
        self._certain: dict[str, _File] = {}
        self._paths: dict[int, str] = {}
        self._do = {
            "O": self._open,
            "W": lambda step: self._change(step, step.data),
            "T": lambda step: self._change(step, None),
            "S": self._sync,
            "D": self._sync_folder,
            "U": self._unlink,
            "R": self._rename,
        }

    def take(self, step: Step) -> None:
        """One call more."""
        self._do[step.kind](step)

    def found(self, dice: random.Random) -> dict[str, _File]:
        """Files by name after a cut: of the names that were not synced all are as they were, or
        as the process sees them, or both."""
        return dice.choice((self._certain, self._seen, {**self._certain, **self._seen}))

    def _open(self, step: Step) -> None:
        path = self._paths[step.file] = os.fsdecode(step.data)
        if step.offset == FOLDER:
            return
        file = self._seen.setdefault(path, _File())
        if step.offset == EMPTIED:
            file.loose.append((0, None))

    def _change(self, step: Step, data: bytes | None) -> None:
        file = self._seen.get(self._paths[step.file])
        if file is not None:  # else it was removed, and only this process still sees it
            file.loose.append((step.offset, data))

    def _sync(self, step: Step) -> None:
        path = self._paths[step.file]
        if path in self._seen and not self._lies:
            self._seen[path].sync()
            self._certain[path] = self._seen[path]

    def _sync_folder(self, step: Step) -> None:
        if self._lies:
            return
        folder = self._paths[step.file]
        elsewhere = {
            path: file for path, file in self._certain.items() if str(Path(path).parent) != folder
        }
        here = {path: file for path, file in self._seen.items() if str(Path(path).parent) == folder}
        self._certain = elsewhere | here

    def _unlink(self, step: Step) -> None:
        self._seen.pop(os.fsdecode(step.data), None)

    def _rename(self, step: Step) -> None:
        old, new = os.fsdecode(step.data).split("\n")
        moved = self._seen.pop(old, None)
        if moved is not None:
            self._seen[new] = moved


def _read(log: bytes) -> Iterator[Step]:
    place = 0
    while place + HEAD.size <= len(log):
        kind, file, offset, length = HEAD.unpack_from(log, place)
        place += HEAD.size
        if place + length > len(log):
            return  # the process was killed while it wrote this down
        yield Step(chr(kind), file, offset, log[place : place + length])
        place += length
