"""When to leave a system that is away alone, and when to try it again. Pure.

closed ── FAILURES in a row ──▶ open ── its rest is over ──▶ one trial ──▶ closed
                                 ▲                             │ fails: rest twice as long
                                 └─────────────────────────────┘
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

FAILURES = 3
FIRST_REST = timedelta(seconds=5)
LONGEST_REST = timedelta(minutes=5)
TRIAL_WITHIN = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Breaker:
    """`failures` in a row; `until` is when it may be tried again, None while it is closed."""

    failures: int = 0
    rest: timedelta = FIRST_REST
    until: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether the system is taken for away."""
        return self.until is not None

    def wait(self, now: datetime) -> timedelta:
        """How long to leave it alone; nothing: ask."""
        return max(timedelta(), self.until - now) if self.until else timedelta()

    def asked(self, now: datetime) -> Breaker:
        """Somebody asks now. While it is open this is the one trial, and others wait for it."""
        return replace(self, until=now + TRIAL_WITHIN) if self.until else self

    def answered(self) -> Breaker:
        """It answered: all is well."""
        return Breaker()

    def failed(self, now: datetime, jitter: float = 1.0) -> Breaker:
        """It did not. `jitter`, 0.5 to 1, keeps several workers from trying at one moment."""
        failures = self.failures + 1
        if failures < FAILURES:
            return replace(self, failures=failures)
        rest = min(LONGEST_REST, 2 * self.rest) if self.is_open else FIRST_REST
        return Breaker(failures, rest, now + rest * jitter)
