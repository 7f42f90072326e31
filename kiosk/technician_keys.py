"""The technician's keys in a file of the data folder, for this user alone: no PIN, only hashes.

Apart from the store, for a technician comes when the store is damaged or its disk full.
"""

from __future__ import annotations

import logging
from dataclasses import asdict
from pathlib import Path

import msgspec

from kiosk.errors import Trouble
from kiosk.ports.technician import TechnicianKeys
from kiosk.settings.keeping import write_whole

log = logging.getLogger(__name__)


class KeyFile:
    """See kiosk.ports.technician.KeyBook."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> TechnicianKeys:
        """What is kept; nothing where it cannot be read."""
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=TechnicianKeys)
        except FileNotFoundError:
            return TechnicianKeys()
        except (OSError, msgspec.MsgspecError) as error:
            log.warning("no technician can enter, the keys cannot be read: %s", error)
            return TechnicianKeys()

    def keep(self, keys: TechnicianKeys) -> None:
        """Durable when it returns. Raises Trouble (read_only)."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_whole(self._path, msgspec.json.encode(asdict(keys)).decode(), mode=0o600)
        except OSError as error:
            raise Trouble(f"{self._path} cannot be written: {error}", code="read_only") from error
