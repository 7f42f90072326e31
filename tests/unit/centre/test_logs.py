"""Lines of logs: one object each; what repeats is told once, with how often."""

from __future__ import annotations

import json
import logging

from centre.telemetry.logs import Damper, Line


def record(
    words: str, level: int = logging.WARNING, line: int = 1, **more: object
) -> logging.LogRecord:
    return logging.makeLogRecord(
        {"name": "centre.x", "levelno": level, "levelname": logging.getLevelName(level),
         "msg": words, "pathname": "x.py", "lineno": line, **more}
    )  # fmt: skip


def test_a_line_is_one_object() -> None:
    told = json.loads(Line().format(record("Chờ\nmột chút")))
    assert (told["words"], told["level"], told["from"]) == ("Chờ\nmột chút", "warning", "centre.x")
    assert told["at"].endswith("+00:00")
    error = LookupError("gone")
    line = Line().format(record("failed", exc_info=(LookupError, error, None)))
    assert "\n" not in line
    assert "LookupError: gone" in json.loads(line)["trace"]


def test_what_repeats_is_told_once_a_minute() -> None:
    now = [0.0]
    damper = Damper(lambda: now[0])
    assert damper.filter(record("away"))
    assert not damper.filter(record("away"))
    assert not damper.filter(record("away again"))
    assert damper.filter(record("away", line=2))
    assert damper.filter(record("served", logging.INFO, line=3))
    assert damper.filter(record("served", logging.INFO, line=3))
    now[0] = 61.0
    later = record("away")
    assert damper.filter(later)
    assert json.loads(Line().format(later))["repeated"] == 2
    now[0] = 200.0
    assert damper.filter(again := record("away"))
    assert "repeated" not in json.loads(Line().format(again))
