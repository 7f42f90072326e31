"""A release as one signed file: what is in it, whether it is whole, and who says so.

    release.json     version, size and SHA-256 of the payload
    release.sig      Ed25519 over it, 64 bytes
    payload.tar.gz   the release's files, and perhaps `wheels/`

Nothing but the first two is looked into before the signature is found good, and nothing is unpacked
before every byte of the payload was hashed. The file that is read is a copy of our own, so that
nobody changes it in between.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import shutil
import stat
import tarfile
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import IO

import msgspec
from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from kiosk.errors import UpgradeRefused
from kiosk.upgrade.releases import order_of

ABOUT, SIGNATURE, PAYLOAD = "release.json", "release.sig", "payload.tar.gz"
SIGNED = b"le-tan release 1\n"  # what the signature is for, so that no other one will do
MOST_ABOUT = 64 * 1024
MOST_BYTES = 4 * 1024**3
MOST_FILES = 100_000
CHUNK = 1024 * 1024


class About(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is said of a release, and signed."""

    version: str
    payload_sha256: str
    payload_bytes: int
    unpacked_bytes: int
    made_at: str


def trusted_keys(folder: Path) -> dict[str, VerifyKey]:
    """The keys of `folder`, by the names of their files (NAME.pub, 64 hexadecimal figures)."""
    found = {}
    for path in sorted(folder.glob("*.pub")):
        try:
            found[path.stem] = VerifyKey(bytes.fromhex(path.read_text(encoding="ascii").strip()))
        except (OSError, ValueError) as error:
            raise UpgradeRefused(f"{path} holds no public key: {error}", code="no_key") from error
    return found


def opened(path: Path) -> IO[bytes]:
    """The archive for reading, whoever has put it there: a plain file, never through a link.

    Raises UpgradeRefused (damaged).
    """
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        raise UpgradeRefused(f"{path} cannot be read: {error}", code="damaged") from error
    about = os.fstat(handle)
    if not stat.S_ISREG(about.st_mode) or about.st_size > MOST_BYTES:
        os.close(handle)
        raise UpgradeRefused(f"{path} is no archive", code="damaged")
    return os.fdopen(handle, "rb")


def take_in(source: Path, target: Path) -> None:
    """Copy the archive to a file of our own. Raises UpgradeRefused."""
    with opened(source) as file:
        if os.fstat(file.fileno()).st_size > shutil.disk_usage(target.parent).free:
            raise UpgradeRefused("the disk has no room for the archive", code="no_room")
        with target.open("wb") as copy:
            shutil.copyfileobj(file, copy, CHUNK)


def read_about(file: IO[bytes], keys: Mapping[str, VerifyKey]) -> tuple[About, str]:
    """What is said of the release, and the name of the key that says so.

    Raises UpgradeRefused: no_key, damaged, signature.
    """
    if not keys:
        raise UpgradeRefused("no key is trusted here: keys/*.pub is empty", code="no_key")
    text, signature = _member(file, ABOUT, MOST_ABOUT), _member(file, SIGNATURE, 64)
    for name, key in keys.items():
        try:
            key.verify(SIGNED + text, signature)
        except (BadSignatureError, ValueError):
            continue
        try:
            about = msgspec.json.decode(text, type=About)
        except msgspec.MsgspecError as error:
            raise UpgradeRefused(f"{ABOUT} is damaged: {error}", code="damaged") from error
        order_of(about.version)
        return about, name
    raise UpgradeRefused(f"not signed by {' or '.join(keys)}", code="signature")


def check_payload(file: IO[bytes], about: About) -> None:
    """Whether every byte of the payload is there. Raises UpgradeRefused."""
    digest, size = hashlib.sha256(), 0
    try:
        with _opened(file, PAYLOAD) as payload:
            while chunk := payload.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
    except (tarfile.TarError, OSError) as error:
        raise UpgradeRefused(f"the archive is damaged: {error}", code="damaged") from error
    if (size, digest.hexdigest()) != (about.payload_bytes, about.payload_sha256):
        told = f"{size} of {about.payload_bytes} bytes" if size < about.payload_bytes else "changed"
        raise UpgradeRefused(f"the archive is damaged: {told}", code="damaged")


def unpack(file: IO[bytes], about: About, target: Path) -> None:
    """Write the release's files into `target`: plain files alone, none beside it, none too much.

    Raises UpgradeRefused.
    """
    with _opened(file, PAYLOAD) as payload:
        for name, content, runs in _files(payload, about.unpacked_bytes):
            path = target / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            path.chmod(0o755 if runs else 0o644)


def _files(payload: IO[bytes], most: int) -> Iterator[tuple[str, bytes, bool]]:
    count = 0
    try:
        with tarfile.open(fileobj=payload, mode="r|gz") as inner:
            for member in inner:
                name = PurePosixPath(member.name)
                count, most = count + 1, most - member.size
                if not member.isreg() or name.is_absolute() or ".." in name.parts:
                    raise UpgradeRefused(f"{member.name}: no plain file", code="damaged")
                if count > MOST_FILES or most < 0:
                    raise UpgradeRefused("there is more in it than it says", code="damaged")
                content = inner.extractfile(member)
                assert content is not None, "it is a plain file"
                yield str(name), content.read(), bool(member.mode & 0o100)
    except (tarfile.TarError, EOFError, OSError) as error:
        raise UpgradeRefused(f"the archive is damaged: {error}", code="damaged") from error


def _opened(file: IO[bytes], name: str) -> IO[bytes]:
    """A member of the outer file, which holds three in this order and nothing else."""
    try:
        file.seek(0)
        with tarfile.open(fileobj=file, mode="r:") as outer:
            for wanted in (ABOUT, SIGNATURE, PAYLOAD):
                member = outer.next()
                if member is None or member.name != wanted or not member.isreg():
                    raise UpgradeRefused(f"no {wanted} in it: this is no release", code="damaged")
                if wanted == name:
                    found = outer.extractfile(member)
                    assert found is not None, "it is a plain file"
                    return found
    except (tarfile.TarError, EOFError, OSError) as error:
        raise UpgradeRefused(f"this is no release: {error}", code="damaged") from error
    raise AssertionError(name)


def _member(file: IO[bytes], name: str, most: int) -> bytes:
    with _opened(file, name) as member:
        try:
            content = member.read(most + 1)
        except (tarfile.TarError, OSError) as error:
            raise UpgradeRefused(f"{name} is damaged: {error}", code="damaged") from error
    if len(content) > most:
        raise UpgradeRefused(f"{name} is too large", code="damaged")
    return content


def write(target: Path, version: str, files: Mapping[str, Path], key: SigningKey, at: str) -> About:
    """Write a release of these files (by their names in it), signed by `key`, made at `at`.

    The same files give the same payload, byte for byte.
    """
    order_of(version)
    payload = target.with_name(f".{target.name}.payload")
    unpacked = 0
    with (
        payload.open("wb") as file,
        gzip.GzipFile(filename="", mode="wb", fileobj=file, compresslevel=6, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w") as inner,
    ):
        for name, path in files.items():
            member = tarfile.TarInfo(name)
            member.size = path.stat().st_size
            member.mode = 0o755 if path.stat().st_mode & 0o100 else 0o644
            unpacked += member.size
            with path.open("rb") as content:
                inner.addfile(member, content)
    with payload.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    about = About(
        version=version,
        payload_sha256=digest,
        payload_bytes=payload.stat().st_size,
        unpacked_bytes=unpacked,
        made_at=at,
    )
    text = msgspec.json.format(msgspec.json.encode(about), indent=1) + b"\n"
    with tarfile.open(target, mode="w:") as outer:
        for name, said in ((ABOUT, text), (SIGNATURE, key.sign(SIGNED + text).signature)):
            member = tarfile.TarInfo(name)
            member.size = len(said)
            outer.addfile(member, io.BytesIO(said))
        member = tarfile.TarInfo(PAYLOAD)
        member.size = about.payload_bytes
        with payload.open("rb") as content:
            outer.addfile(member, content)
    payload.unlink()
    return about
