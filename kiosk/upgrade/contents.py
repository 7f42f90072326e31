"""What a release is made of: the files of the project that an installed kiosk needs."""

from __future__ import annotations

import hashlib
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path

PARTS = (
    "assets", "centre", "config.toml", "deploy", "docs", "hardware", "kiosk", "voice",
    "requirements/run.txt", "tools/set_up.py", "pyproject.toml",
    "README.md", "CHANGELOG.md", "LICENSE", "NOTICE",
)  # fmt: skip
LEFT_OUT = {"__pycache__", "pictures"}


def files_of(project: Path) -> Iterator[Path]:
    """The files, relative to the project, in a fixed order."""
    for part in PARTS:
        path = project / part
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            about = file.relative_to(project)
            if file.is_file() and not LEFT_OUT & set(about.parts):
                yield about


def version_of(project: Path) -> str:
    """The version that pyproject.toml names."""
    about = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))
    return str(about["project"]["version"])


def digest_of(project: Path) -> str:
    """A hash of every name, right and byte of it."""
    digest = hashlib.sha256()
    for about in files_of(project):
        path = project / about
        runs = "x" if path.stat().st_mode & 0o100 else "-"
        digest.update(f"{about}\0{runs}\0{path.stat().st_size}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def copy(project: Path, target: Path) -> None:
    """Copy the release into `target`: readable for all, writable for its owner alone."""
    for about in files_of(project):
        file = target / about
        file.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(project / about, file)
        file.chmod(0o755 if (project / about).stat().st_mode & 0o100 else 0o644)
