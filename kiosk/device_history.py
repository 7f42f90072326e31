"""How the devices were: a line for each change and each test, in a file that stays small.

    {"at": "2026-11-23T08:01:12+07:00", "device": "printer", "state": "unavailable",
     "reason": "paper_out", "source": "core"}

The core alone writes it (the doctor where no core runs); anybody may read it. When it is full it
becomes FILE.1 and a new one begins, so that between the last 2,000 and 4,000 lines are there.
"""

from __future__ import annotations

import contextlib
import logging
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from kiosk.words import AnyEvent, DeviceNoted, DeviceState, StateChanged

log = logging.getLogger(__name__)

FULL_BYTES = 300_000


class HistoryLine(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is known of a device. `at` is ISO 8601; `source` who says so."""

    at: str
    device: str
    state: str
    reason: str = ""
    source: str = "core"


_decoder = msgspec.json.Decoder(HistoryLine)


class DeviceHistory:
    """Hears the core's events and writes down what is news. A disk that refuses is logged once."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: dict[str, tuple[str, str]] = {}
        self._now = ""
        self._failing = False

    def hear(self, event: AnyEvent) -> None:
        """A listener of the engine."""
        if isinstance(event, StateChanged):
            self._now = event.state.now
            self._take(event.state.devices)
        elif isinstance(event, DeviceNoted):
            self._write(
                [
                    HistoryLine(
                        at=self._now,
                        device=event.device,
                        state=event.state,
                        reason=event.reason,
                        source=event.source,
                    )
                ]
            )

    def _take(self, devices: tuple[DeviceState, ...]) -> None:
        news = []
        for one in devices:
            reason = " ".join(part for part in (one.reason, *one.warnings) if part)
            if self._known.get(one.name) != (one.state, reason):
                self._known[one.name] = (one.state, reason)
                news.append(
                    HistoryLine(at=self._now, device=one.name, state=one.state, reason=reason)
                )
        if news:
            self._write(news)

    def _write(self, lines: list[HistoryLine]) -> None:
        try:
            write_history(self._path, lines)
        except OSError as error:
            if not self._failing:
                log.warning("the devices' history cannot be written: %s", error)
            self._failing = True
        else:
            self._failing = False


def write_history(path: Path, lines: Sequence[HistoryLine]) -> None:
    """Append the lines, for whoever holds the data folder. Raises OSError."""
    _append(path, b"".join(msgspec.json.encode(line) + b"\n" for line in lines))


def read_history(path: Path) -> Iterator[HistoryLine]:
    """What is known, oldest first; a torn line is passed over."""
    for part in (_former(path), path):
        try:
            lines = part.read_bytes().splitlines()
        except OSError:
            continue
        for line in lines:
            with contextlib.suppress(msgspec.MsgspecError):
                yield _decoder.decode(line)


def _append(path: Path, data: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(handle, data)
        full = os.fstat(handle).st_size >= FULL_BYTES
    finally:
        os.close(handle)
    if full:
        path.replace(_former(path))


def _former(path: Path) -> Path:
    return path.with_name(f"{path.name}.1")
