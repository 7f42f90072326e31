"""The pair of keys for telephone numbers: kiosks seal to the public one, a person opens with the
other (kiosk.sealing; libsodium's sealed box).

The private key is no part of the centre's memory: whoever calls citizens back keeps its file and
shows it each time. A copy of the database, or of the whole server, opens nothing.
"""

from __future__ import annotations

import base64
import hashlib
import os
from pathlib import Path

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, SealedBox

from centre.errors import Unprocessable

KEY_TEXT_BYTES = 200


class Opener:
    """Opens what was sealed to one key."""

    def __init__(self, private: PrivateKey) -> None:
        self._box = SealedBox(private)
        self.fingerprint = _fingerprint(bytes(private.public_key))

    def open(self, sealed: str) -> str | None:
        """The number; None where it was sealed to another key, or is damaged."""
        try:
            return self._box.decrypt(base64.b64decode(sealed, validate=True)).rstrip(b"\0").decode()
        except (CryptoError, ValueError, TypeError):
            return None


def read_opener(text: bytes) -> Opener:
    """The opener for what a private key's file holds. Raises Unprocessable (bad_key)."""
    try:
        key = bytes.fromhex(text[:KEY_TEXT_BYTES].decode("ascii").strip())
        return Opener(PrivateKey(key))
    except (ValueError, TypeError, UnicodeDecodeError, CryptoError) as error:
        raise Unprocessable("not a private key's file", code="bad_key") from error


def make_pair(private_file: Path, public_file: Path) -> str:
    """Draw a pair, each into its own file, the private one readable by its owner alone; the
    fingerprint. Raises FileExistsError and OSError: a key that is there is never overwritten."""
    private = PrivateKey.generate()
    public = bytes(private.public_key)
    if public_file.exists():
        raise FileExistsError(f"{public_file} is there already")
    _write_new(private_file, bytes(private).hex(), 0o600)
    public_file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        _write_new(public_file, public.hex(), 0o644)
    except OSError:
        private_file.unlink()
        raise
    return _fingerprint(public)


def _write_new(path: Path, text: str, mode: int) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(handle, "w") as file:
        file.write(f"{text}\n")
        file.flush()
        os.fsync(handle)


def _fingerprint(public: bytes) -> str:
    return hashlib.sha256(public).hexdigest()[:16]
