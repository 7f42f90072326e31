"""Releases for installed kiosks: a key to sign with, and a signed archive of this folder.

    python -m tools.release key FOLDER NAME            NAME.key to keep, NAME.pub for the kiosks
    python -m tools.release pack --key NAME.key --out le-tan-0.2.0.le-tan [--wheels FOLDER]

`--wheels` puts libraries in, which kiosks need where the lock has changed, once for each Python
that they have (Debian 12: 3.11, Debian 13: 3.13):
`pip download -r requirements/run.txt --require-hashes --prefer-binary --no-deps -d FOLDER`
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import click
from nacl.signing import SigningKey

from kiosk.paths import PROJECT
from kiosk.upgrade import contents, environment
from kiosk.upgrade.archive import write


@click.group()
def release() -> None:
    """Keys and archives."""


@release.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.argument("name")
def key(folder: Path, name: str) -> None:
    """Draw a pair of keys; the private one is for this user alone, and never overwritten."""
    drawn = SigningKey.generate()
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder / f"{name}.key", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(bytes(drawn).hex() + "\n")
    (folder / f"{name}.pub").write_text(bytes(drawn.verify_key).hex() + "\n")
    click.echo(f"{folder / name}.key and .pub")


@release.command()
@click.option("--key", "key_file", type=click.Path(path_type=Path, exists=True), required=True)
@click.option("--out", type=click.Path(path_type=Path), required=True)
@click.option("--wheels", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--version", default="", help="Another one than pyproject.toml names.")
@click.option("--project", type=click.Path(path_type=Path, exists=True), default=PROJECT)
def pack(key_file: Path, out: Path, wheels: Path | None, version: str, project: Path) -> None:
    """Write the signed archive."""
    files = {str(about): project / about for about in contents.files_of(project)}
    if wheels is not None:
        files |= {f"wheels/{one.name}": one for one in environment.libraries_in(wheels)}
    signing = SigningKey(bytes.fromhex(key_file.read_text().strip()))
    made_at = datetime.now(UTC).isoformat(timespec="seconds")
    about = write(out, version or contents.version_of(project), files, signing, made_at)
    click.echo(f"{out}: {about.version}, {len(files)} files, {out.stat().st_size // 1024} kB")


if __name__ == "__main__":
    release()
