"""Who guesses PINs is locked out. Pure: the time is handed in, in seconds.

Wrong PINs are counted three ways, each with its own limit: for a name from one address (`tries`),
for an address with whatever names, and for a name from wherever (both FAR_TIMES as many). So who
guesses at one computer locks out themselves, not the clerk at another one, and who has many
computers gets few guesses all the same. Each lock-out in a row lasts twice as long as the last.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

FAR_TIMES = 4
LONGEST_S = 4 * 3600.0
MAX_KEYS = 4096  # the oldest are forgotten: made-up names must not fill the memory

Key = tuple[str, str]
"""A name and an address; "" is whatever name, from wherever."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """Wrong ones in a row, lock-outs in a row, and until when it is locked (seconds)."""

    wrong: int = 0
    locks: int = 0
    locked_until: float = 0.0

    def after_wrong(self, limit: int, lock_s: float, now: float) -> Count:
        """One more was wrong; the `limit`th locks out for `lock_s`, doubled each time."""
        if self.wrong + 1 < limit:
            return replace(self, wrong=self.wrong + 1)
        lasts = min(lock_s * 2**self.locks, LONGEST_S)
        return Count(locks=self.locks + 1, locked_until=now + lasts)


def limits(name: str, address: str, tries: int) -> dict[Key, int]:
    """How many wrong ones in a row each way of counting takes."""
    far = FAR_TIMES * tries
    return {(name, address): tries, ("", address): far, (name, ""): far}


class LockOut:
    """`tries` wrong ones in a row lock out for `lock_s` seconds. In memory."""

    def __init__(self, tries: int, lock_s: float) -> None:
        self._tries = tries
        self._lock_s = lock_s
        self._counts: dict[Key, Count] = {}

    def wait_s(self, staff: str, address: str, now: float) -> float:
        """Seconds until another PIN may be tried; 0 is now."""
        keys = limits(staff, address, self._tries)
        counts = [self._counts[key] for key in keys if key in self._counts]
        return max(0.0, *(one.locked_until - now for one in counts), 0.0)

    def wrong(self, staff: str, address: str, now: float) -> None:
        """A PIN was wrong."""
        for key, limit in limits(staff, address, self._tries).items():
            count = self._counts.pop(key, Count())
            self._counts[key] = count.after_wrong(limit, self._lock_s, now)  # the newest is last
        while len(self._counts) > MAX_KEYS:
            del self._counts[next(iter(self._counts))]

    def right(self, staff: str, address: str) -> None:
        """A PIN was right: this name at this address starts afresh."""
        for key in limits(staff, address, self._tries):
            self._counts.pop(key, None)
