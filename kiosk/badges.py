"""A technician's badge: a QR with a drawn token, of which the kiosk keeps a hash alone."""

from __future__ import annotations

import hashlib
import hmac
import secrets

PREFIX = "LTT1."
LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"  # none that looks like another
LENGTH = 26  # 130 bits: nobody guesses it, so nobody is made to wait


def new_token() -> str:
    """A token, drawn."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def hash_token(token: str) -> str:
    """What is kept of it. Nothing slow is needed: a token is drawn, not chosen."""
    return hashlib.sha256(token.encode()).hexdigest()


def is_token(token: str, badge_hash: str) -> bool:
    """Whether `token` is the badge's; an empty hash is nobody's."""
    return bool(badge_hash) and hmac.compare_digest(hash_token(token), badge_hash)
