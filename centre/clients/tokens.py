"""Tokens of api clients: 256 random bits, shown once, kept as a hash."""

from __future__ import annotations

import hashlib
import secrets

PREFIX = "ltc_"  # so that a scanner of repositories knows one that leaked
RANDOM_BYTES = 32
MAX_LENGTH = 100


def draw_token() -> str:
    """A new token."""
    return PREFIX + secrets.token_urlsafe(RANDOM_BYTES)


def token_hash(token: str) -> str:
    """What is kept of a token. It cannot be guessed, so a plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()
