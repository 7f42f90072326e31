"""The import that a kiosk keeps: one file, written whole or not at all, checked when it is read.

<data>/catalogue/current.json      one line {"format", "sha256"}, then the Kept as JSON
<data>/catalogue/previous.json     the one before, for the day on which the disk errs
<data>/catalogue/own.json          the kiosk's own import while the centre's counts; empty for none
"""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
from pathlib import Path
from typing import Final

import msgspec

from kiosk.errors import CatalogueError
from kiosk.guide.catalogue import News
from kiosk.guide.procedure import Procedure

log = logging.getLogger(__name__)

FORMAT: Final = "le-tan-catalogue-1"
CURRENT: Final = "current.json"
PREVIOUS: Final = "previous.json"
OWN: Final = "own.json"


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """An import. `amended`: by code and fact, the ISO date the portal last changed it.

    `abolished`: codes that stood in an earlier import and no longer do. `news`: since the catalogue
    before this one.
    """

    imported_on: str
    source: str
    ward_only: bool
    rows: tuple[Procedure, ...]
    amended: dict[str, dict[str, str]] = {}
    abolished: tuple[str, ...] = ()
    news: tuple[News, ...] = ()


class _Head(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    format: str
    sha256: str


def read_kept(folder: Path) -> tuple[Kept, str] | None:
    """The newest import that is whole, and its SHA-256; None where nothing was imported.

    A damaged file is said in the log and the one before is taken.
    """
    for name in (CURRENT, PREVIOUS):
        path = folder / name
        try:
            return _read(path)
        except FileNotFoundError:
            continue
        except (OSError, CatalogueError) as error:
            log.warning("the imported catalogue %s cannot be used: %s", path, error)
    return None


def _read(path: Path) -> tuple[Kept, str]:
    line, _, body = path.read_bytes().partition(b"\n")
    try:
        head = msgspec.json.decode(line, type=_Head)
        if head.format != FORMAT:
            raise CatalogueError(f"{path.name}: of another version: {head.format}")
        if head.sha256 != hashlib.sha256(body).hexdigest():
            raise CatalogueError(f"{path.name}: damaged, its checksum differs")
        return msgspec.json.decode(body, type=Kept), head.sha256
    except msgspec.DecodeError as error:
        raise CatalogueError(f"{path.name}: {error}") from error


def keep(folder: Path, kept: Kept) -> str:
    """Put an import in place of the one before; its SHA-256.

    Raises CatalogueError, and then nothing has changed. The new file is written beside, synced
    and read back before it takes the name.
    """
    body = msgspec.json.encode(kept)
    digest = hashlib.sha256(body).hexdigest()
    fresh = folder / f"fresh-{os.getpid()}.json"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with fresh.open("wb") as file:
            file.write(msgspec.json.encode(_Head(FORMAT, digest)) + b"\n" + body)
            file.flush()
            os.fsync(file.fileno())
        _read(fresh)
        _set_aside(folder)
        fresh.replace(folder / CURRENT)
        _sync(folder)
    except OSError as error:
        raise CatalogueError(f"{folder}: cannot be written: {error}") from error
    finally:
        fresh.unlink(missing_ok=True)
    return digest


def decode_kept(body: bytes) -> Kept:
    """An import as the centre gives it: the Kept alone. Raises CatalogueError."""
    try:
        kept = msgspec.json.decode(body, type=Kept)
    except (msgspec.DecodeError, RecursionError) as error:
        raise CatalogueError(f"no catalogue: {error}") from error
    if not kept.rows:
        raise CatalogueError("a catalogue without procedures")
    return kept


def give_way(folder: Path, kept: Kept) -> str:
    """Put the centre's import in place, as `keep`; the kiosk's own comes back one day."""
    own, current = folder / OWN, folder / CURRENT
    try:
        if not own.exists():
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            copy = folder / f"aside-{os.getpid()}.json"
            copy.write_bytes(current.read_bytes() if current.exists() else b"")
            copy.replace(own)
    except OSError as error:
        raise CatalogueError(f"{folder}: cannot be written: {error}") from error
    return keep(folder, kept)


def come_back(folder: Path) -> None:
    """The centre gives none any more: the kiosk's own import counts again, or the shipped catalogue
    alone. Raises CatalogueError."""
    own = folder / OWN
    if not own.exists():
        return
    try:
        (folder / PREVIOUS).unlink(missing_ok=True)
        if own.stat().st_size:
            own.replace(folder / CURRENT)
        else:
            (folder / CURRENT).unlink(missing_ok=True)
            own.unlink()
        _sync(folder)
    except OSError as error:
        raise CatalogueError(f"{folder}: cannot be written: {error}") from error


def _set_aside(folder: Path) -> None:
    """Copy the current import to be the previous one, if it is whole."""
    current, copy = folder / CURRENT, folder / f"aside-{os.getpid()}.json"
    try:
        _read(current)
    except (OSError, CatalogueError):
        return
    try:
        shutil.copyfile(current, copy)
        copy.replace(folder / PREVIOUS)
    finally:
        copy.unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
