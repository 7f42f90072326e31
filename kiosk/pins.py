"""PINs of staff: kept as argon2 hashes alone. Each call takes some 50 ms of a processor, by
intention: a server makes them on a thread."""

from __future__ import annotations

import itertools
import re

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST_TECHNICIAN_PIN = 6
_PIN = re.compile(r"[0-9]{4,12}\Z")
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
NOBODYS = _hasher.hash("0000")
"""Compared with where a code is unknown, so that the answer takes as long."""


def is_good_pin(pin: str) -> bool:
    """Whether `pin` may be chosen: 4 to 12 figures, not all the same, no plain run like 1234."""
    if _PIN.match(pin) is None:
        return False
    steps = {int(after) - int(before) for before, after in itertools.pairwise(pin)}
    return steps not in ({0}, {1}, {-1})


def is_good_technician_pin(pin: str) -> bool:
    """A technician's is longer, for it opens the whole kiosk: 6 to 12 figures."""
    return is_good_pin(pin) and len(pin) >= SHORTEST_TECHNICIAN_PIN


def hash_pin(pin: str) -> str:
    """The hash to keep, with its salt and its costs."""
    return _hasher.hash(pin)


def is_pin(pin: str, pin_hash: str) -> bool:
    """Whether `pin` is the one of `pin_hash`; an empty hash costs as much time and is nobody's."""
    try:
        return _hasher.verify(pin_hash or NOBODYS, pin) and bool(pin_hash)
    except (VerificationError, InvalidHashError):
        return False
