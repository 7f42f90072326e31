"""Logs: one JSON object a line on standard error, and nothing personal in them.

at, level, process, from (the module), words, and for an error its trace. What repeats is told once
in REPEATED_S seconds, with how often it came: ten thousand devices that cannot be served are one
fault. No body, no citizen, no whole path is logged: a path is told as its pattern. A wrong log-in
alone is told with its account and address, for whoever watches for them.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable
from datetime import UTC, datetime

import msgspec

REPEATED_S = 60.0
REMEMBERED = 500


class Line(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """See logging.Formatter."""
        told: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "process": os.getpid(),
            "from": record.name,
            "words": record.getMessage(),
        }
        if repeated := getattr(record, "repeated", 0):
            told["repeated"] = repeated
        if record.exc_info:
            told["trace"] = self.formatException(record.exc_info)
        return msgspec.json.encode(told).decode()


class Damper(logging.Filter):
    """Lets what repeats through once in REPEATED_S; the next line says how many were held back."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._told: dict[tuple[str, int, str], tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """See logging.Filter. The same is what comes from the same line of the source."""
        key = (record.pathname, record.lineno, record.levelname)
        since, held = self._told.get(key, (float("-inf"), 0))
        now = self._clock()
        if record.levelno >= logging.WARNING and now - since < REPEATED_S:
            self._told[key] = (since, held + 1)
            return False
        if len(self._told) >= REMEMBERED:
            self._told.clear()
        record.repeated = held
        self._told[key] = (now, 0)
        return True


def log_as_lines() -> None:
    """From now on this process logs so."""
    handler = logging.StreamHandler()
    handler.setFormatter(Line())
    handler.addFilter(Damper())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for chatty in ("alembic", "kiosk.site.gate"):  # the gate tells paths and addresses
        logging.getLogger(chatty).setLevel(logging.WARNING)
