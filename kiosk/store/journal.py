"""A second, plain record of the numbers given: one JSON line each, one file a business day.

The database is the truth and is fsynced; the journal is not. It is there for the day on which
the database file is damaged: it survives a killed process and a broken page elsewhere, and what
was given since the last backup is read from here. A technician can read it with any editor.
"""

from __future__ import annotations

import errno
import logging
import os
from collections.abc import Iterator
from pathlib import Path

import msgspec

from kiosk.queueing.ticket import Ticket

log = logging.getLogger(__name__)
_decoder = msgspec.json.Decoder(Ticket)


class Journal:
    """The files of `folder`. Losing a line is logged once and harms nobody."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._day = ""
        self._handle = -1
        self._failing = False

    def append(self, ticket: Ticket) -> None:
        """Write down a ticket that is already durable in the database."""
        try:
            if ticket.business_day != self._day:
                self._open(ticket.business_day)
            self._write(msgspec.json.encode(ticket) + b"\n")
        except OSError as error:
            if not self._failing:
                log.warning("the journal cannot be written: %s", error)
            self._failing = True
            self.close()  # opening begins a new line, so that a torn one spoils no other
        else:
            if self._failing:
                log.info("the journal is written again")
            self._failing = False

    def tickets(self) -> Iterator[Ticket]:
        """All that the journal tells, oldest day first; a torn line is passed over."""
        for path in self._files():
            yield from _read(path)

    def newest_day(self) -> Iterator[Ticket]:
        """What it tells of its last day."""
        for path in self._files()[-1:]:
            yield from _read(path)

    def prune(self, first_day: str) -> None:
        """Remove the files of days before `first_day` (ISO date)."""
        for path in self._files():
            if path.stem < first_day:
                path.unlink(missing_ok=True)

    def close(self) -> None:
        """Let go of the file."""
        if self._handle >= 0:
            os.close(self._handle)
        self._handle, self._day = -1, ""

    def _write(self, line: bytes) -> None:
        if os.write(self._handle, line) < len(line):
            raise OSError(errno.ENOSPC, "only a part of the line fitted")

    def _files(self) -> list[Path]:
        return sorted(self._folder.glob("*.jsonl"))

    def _open(self, business_day: str) -> None:
        self.close()
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = self._folder / f"{business_day}.jsonl"
        self._handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        self._day = business_day
        if os.fstat(self._handle).st_size:
            self._write(b"\n")


def _read(path: Path) -> Iterator[Ticket]:
    for line in path.read_bytes().split():
        try:
            yield _decoder.decode(line)
        except msgspec.MsgspecError:
            log.warning("%s: a torn line", path.name)
