"""The secret of the data folder: it keys every hash of what must not be read from a table.

Several machines that share one database share this file too, or none knows what another hashed.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import secrets
import tempfile
from pathlib import Path

FILE = "secret"
"""In the data folder. What is hashed with it is told apart by its purpose."""
SECRET_BYTES = 32


class SecretError(Exception):
    """The file is there and is no secret; the words say which."""


def read_secret(path: Path) -> bytes:
    """The secret in a file, drawn once; workers that start together draw one. Raises SecretError.

    The file appears whole or not at all, readable by its owner alone.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(secrets.token_bytes(SECRET_BYTES))
                file.flush()
                os.fsync(handle)
            with contextlib.suppress(
                FileExistsError
            ):  # another worker was first: its secret counts
                os.link(name, path)
        finally:
            Path(name).unlink()
    secret = path.read_bytes()
    if len(secret) != SECRET_BYTES:
        raise SecretError(f"{path}: {len(secret)} bytes, a secret has {SECRET_BYTES}")
    return secret


def keyed_hash(secret: bytes, purpose: str, text: str) -> str:
    """HMAC-SHA256 as hexadecimal. The same text hashed for another purpose cannot be matched."""
    return hmac.new(secret, f"letan-{purpose}-1\n{text}".encode(), hashlib.sha256).hexdigest()
