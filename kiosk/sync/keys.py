"""The device's key: Ed25519, made here, never sent anywhere.

<data>/centre/key        64 hexadecimal figures, for this user alone (0600)
<data>/centre/key.new    the next one, beside it until the centre is known to have taken it

A reply may be lost, so either may be the right one. Which of them the centre was last known to take
is in the enrolment; where it refuses that one, the other is tried.
"""

from __future__ import annotations

import secrets
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from kiosk.errors import Trouble
from kiosk.settings.keeping import write_whole

SEED_BYTES = 32


class DeviceKey:
    """Signs for this kiosk. Its text form tells nothing of the secret half."""

    def __init__(self, seed: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self.public = self._key.public_key().public_bytes_raw().hex()

    def __repr__(self) -> str:
        return f"DeviceKey({self.public[:8]}…)"

    def sign(self, words: bytes) -> bytes:
        """The signature, 64 bytes."""
        return self._key.sign(words)


class Keys:
    """The key files of `folder`."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "key"
        self._next = folder / "key.new"

    def known(self, public: str) -> list[DeviceKey]:
        """Those that are there, the one with this public half first. Raises Trouble."""
        found = [key for path in (self._path, self._next) if (key := _read(path)) is not None]
        return sorted(found, key=lambda key: key.public != public)

    def next(self, *, anew: bool = False) -> DeviceKey:
        """The key that is to be the next one; made where there is none, or `anew`.

        Raises Trouble where it cannot be kept.
        """
        found = None if anew else _read(self._next)
        if found is not None:
            return found
        seed = secrets.token_bytes(SEED_BYTES)
        try:
            self._next.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_whole(self._next, f"{seed.hex()}\n", mode=0o600)
        except OSError as error:
            raise Trouble(f"{self._next} cannot be written: {error}", code="read_only") from error
        return DeviceKey(seed)

    def settle(self, public: str) -> None:
        """The centre takes the key with this public half: the other one goes.

        Raises OSError; then both are still there.
        """
        if not self.adopt(public):
            self._next.unlink(missing_ok=True)

    def adopt(self, public: str) -> bool:
        """Whether the next key is the one with this public half; then it is the key from now on.

        Raises OSError.
        """
        fresh = _read(self._next)
        if fresh is None or fresh.public != public:
            return False
        self._next.replace(self._path)
        return True


def is_signed(signature: bytes, words: bytes, public: str) -> bool:
    """Whether the key with this public half (hexadecimal) signed these words."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(signature, words)
    except (InvalidSignature, ValueError):
        return False
    return True


def _read(path: Path) -> DeviceKey | None:
    try:
        return DeviceKey(bytes.fromhex(path.read_text(encoding="ascii").strip()))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise Trouble(f"{path}: no key: {error}", code="key") from error
