"""Who guesses PINs is locked out. Pure: the time is handed in, in seconds.

Wrong PINs are counted three ways, each with its own limit: for a name from one address (`tries`),
for an address with whatever names, and for a name from wherever (both FAR_TIMES as many). So who
guesses at one computer locks out themselves, not the clerk at another one, and who has many
computers gets few guesses all the same. Each lock-out in a row lasts twice as long as the last.
"""

from __future__ import annotations

from dataclasses import dataclass

FAR_TIMES = 4
LONGEST_S = 4 * 3600.0
MAX_KEYS = 4096  # the oldest are forgotten: made-up names must not fill the memory

Key = tuple[str, str]


@dataclass(slots=True)
class _Count:
    wrong: int = 0
    locks: int = 0
    locked_until: float = 0.0


class LockOut:
    """`tries` wrong ones in a row lock out for `lock_s` seconds."""

    def __init__(self, tries: int, lock_s: float) -> None:
        self._tries = tries
        self._lock_s = lock_s
        self._counts: dict[Key, _Count] = {}

    def wait_s(self, staff: str, address: str, now: float) -> float:
        """Seconds until another PIN may be tried; 0 is now."""
        counts = [self._counts.get(key) for key, _ in self._keys(staff, address)]
        return max(0.0, *(one.locked_until - now for one in counts if one is not None), 0.0)

    def wrong(self, staff: str, address: str, now: float) -> None:
        """A PIN was wrong."""
        for key, limit in self._keys(staff, address):
            count = self._counts.pop(key, None) or _Count()
            self._counts[key] = count  # the newest is last
            count.wrong += 1
            if count.wrong >= limit:
                lasts = min(self._lock_s * 2**count.locks, LONGEST_S)
                count.wrong, count.locks, count.locked_until = 0, count.locks + 1, now + lasts
        while len(self._counts) > MAX_KEYS:
            del self._counts[next(iter(self._counts))]

    def right(self, staff: str, address: str) -> None:
        """A PIN was right: this name at this address starts afresh."""
        for key, _ in self._keys(staff, address):
            self._counts.pop(key, None)

    def _keys(self, staff: str, address: str) -> tuple[tuple[Key, int], ...]:
        far = FAR_TIMES * self._tries
        return ((staff, address), self._tries), (("", address), far), ((staff, ""), far)
