"""A release's own environment: Python and the locked libraries, out of wheels that lie here.

No network is asked. What pip installs is checked against the hashes of the lock.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from kiosk.errors import UpgradeRefused

LOCK = Path("requirements") / "run.txt"
BUILDERS = ("setuptools",)
"""They come first: a library or two is published without a wheel."""
SOURCES = ".tar.gz"
WITHIN_S = 1800  # on the slowest disk that a kiosk has
PACKAGES = ("kiosk", "hardware", "voice", "centre")


def build(release: Path, wheels: Path) -> None:
    """Make `.venv` in the release; all of the release is on the disk then.

    Raises UpgradeRefused where a wheel is missing or damaged.
    """
    make(release)
    install(release, wheels)
    os.sync()


def make(release: Path) -> None:
    """An empty `.venv` with pip, of the Python that runs this. Raises UpgradeRefused."""
    venv = str(release / ".venv")
    _run([sys.executable, "-m", "venv", "--clear", venv], "no environment can be made")


def install(release: Path, wheels: Path) -> None:
    """The locked libraries and the release itself. Raises UpgradeRefused as `build`."""
    pip = _pip(release, "install", "--no-index", "--no-deps", "--no-build-isolation")
    local = ["--find-links", str(wheels), "--prefer-binary", "--require-hashes"]
    lock = (release / LOCK).read_text(encoding="utf-8")
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as first:
        first.write("".join(_pin_of(name, lock) for name in BUILDERS))
        first.flush()
        _run([*pip, *local, "-r", first.name], "a library is missing or damaged")
    _run([*pip, *local, "-r", str(release / LOCK)], "a library is missing or damaged")
    _run([*pip, "-e", str(release)], "it cannot be installed")
    packages = [str(release / name) for name in PACKAGES if (release / name).is_dir()]
    compiling = [_python(release), "-m", "compileall", "-q", *packages]
    _run(compiling, "it is no Python that runs here")


def fetch(release: Path, wheels: Path) -> None:
    """Fetch the locked libraries from where pip is configured to look; needs `make`.

    Raises UpgradeRefused where the network refuses.
    """
    wheels.mkdir(parents=True, exist_ok=True)
    options = ["--prefer-binary", "--require-hashes", "--no-deps", "-d", str(wheels)]
    lock = ["--find-links", str(wheels), "-r", str(release / LOCK)]
    _run([*_pip(release, "download"), *options, *lock], "the libraries cannot be fetched")


def take_wheels(found: Path, wheels: Path) -> None:
    """Put the wheels of a folder with those that lie here."""
    wheels.mkdir(parents=True, exist_ok=True)
    for wheel in libraries_in(found):
        target = wheels / wheel.name
        if not target.exists() or target.stat().st_size != wheel.stat().st_size:
            growing = wheels / f".{wheel.name}.growing"
            shutil.copyfile(wheel, growing)
            growing.replace(target)


def libraries_in(folder: Path) -> Iterator[Path]:
    """Wheels, and the sources of what has none."""
    yield from (path for path in sorted(folder.glob("*")) if path.name.endswith((".whl", SOURCES)))


def drop_wheels(wheels: Path, releases: Iterable[Path]) -> None:
    """Remove the wheels that no lock of these releases names."""
    named = set()
    for release in releases:
        if (release / LOCK).is_file():
            named |= _pinned((release / LOCK).read_text(encoding="utf-8"))
    for wheel in libraries_in(wheels):
        name, version = wheel.name.removesuffix(SOURCES).split("-")[:2]
        if (_plain(name), version) not in named:
            wheel.unlink()


def _pinned(lock: str) -> set[tuple[str, str]]:
    pins = re.findall(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", lock, re.MULTILINE)
    return {(_plain(name), version) for name, version in pins}


def _pin_of(name: str, lock: str) -> str:
    """The lines of the lock for this library, hashes and all; "" where it names none."""
    found = re.search(rf"^{name}==.*(?:\n +--hash=.*)*\n?", lock, re.MULTILINE)
    return found[0] if found else ""


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _python(release: Path) -> str:
    return str(release / ".venv" / "bin" / "python")


def _pip(release: Path, *words: str) -> list[str]:
    quiet = ["--disable-pip-version-check", "--no-cache-dir", "-q"]  # no home to keep a cache in
    return [_python(release), "-m", "pip", *quiet, *words]


def _run(command: list[str], fault: str) -> None:
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=WITHIN_S
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise UpgradeRefused(f"{fault}: {error}", code="needs") from error
    if done.returncode:
        told = (done.stderr or done.stdout).strip().splitlines()
        raise UpgradeRefused(f"{fault}: {' '.join(told[-3:])}", code="needs")
