"""A switch that is believed only when it stays: no bounce, no shadow passing by."""

from __future__ import annotations


class Steady:
    """On after it was on for `on_s` seconds, off after it was off for `off_s`."""

    def __init__(self, *, on_s: float, off_s: float) -> None:
        self.on = False
        self._on_s = on_s
        self._off_s = off_s
        self._differs_since: float | None = None

    def see(self, raw: bool, now: float) -> bool:
        """Take in what the switch shows at `now` seconds; whether `on` has changed."""
        if raw == self.on:
            self._differs_since = None
            return False
        if self._differs_since is None:
            self._differs_since = now
        if now - self._differs_since < (self._on_s if raw else self._off_s):
            return False
        self.on = raw
        self._differs_since = None
        return True
