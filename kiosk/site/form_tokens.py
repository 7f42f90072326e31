"""Tokens of forms that need no session: only a form of ours is taken, and each only once.

    nonce "." seconds since 1970 "." HMAC-SHA256(key, nonce, seconds, where)

The key is drawn at each start: who had a form open then gets a fresh one. The nonce becomes the
request id, so that a form that was sent twice is one answer.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from collections.abc import Callable

LASTS_S = 12 * 3600


class FormTokens:
    """Gives tokens and knows them again."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._key = secrets.token_bytes(32)
        self._clock = clock

    def give(self, where: str) -> str:
        """A token for one form at `where`."""
        nonce, now = secrets.token_hex(16), str(int(self._clock()))
        return f"{nonce}.{now}.{self._mark(nonce, now, where)}"

    def nonce_of(self, token: str, where: str) -> str:
        """The nonce of a token that was given for `where` not too long ago; "" of any other."""
        nonce, _, rest = token.partition(".")
        given, _, mark = rest.partition(".")
        if not hmac.compare_digest(mark.encode(), self._mark(nonce, given, where).encode()):
            return ""
        return nonce if 0 <= self._clock() - int(given) <= LASTS_S else ""

    def _mark(self, nonce: str, given: str, where: str) -> str:
        text = f"{nonce}.{given}.{where}".encode(errors="replace")
        return hmac.new(self._key, text, hashlib.sha256).hexdigest()
