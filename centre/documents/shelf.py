"""The bytes of a version, for those it is meant for; packed once, kept in memory while asked for.

A catalogue of 30 MB is fetched by every kiosk of a city within minutes: each worker reads and packs
it once, and nobody waits for that in the loop.
"""

from __future__ import annotations

import asyncio
import gzip
from collections import OrderedDict
from dataclasses import dataclass

from sqlalchemy import select

from centre.documents.audience import audiences_of
from centre.documents.checking import NAMES
from centre.errors import Missing
from centre.identity.caller import Caller
from centre.store import Database
from centre.store.tables.documents import Document

ROOM = 96 * 1024 * 1024  # bytes a worker keeps
PACK_LEVEL = 6


@dataclass(frozen=True, slots=True)
class Version:
    """One version's bytes, as they are and packed with gzip."""

    audience: str
    sha256: str
    body: bytes
    packed: bytes

    @property
    def weight(self) -> int:
        """Bytes in memory."""
        return len(self.body) + len(self.packed)


class DocumentShelf:
    """One worker's."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._kept: OrderedDict[tuple[str, int], Version] = OrderedDict()
        self._fetching = asyncio.Lock()

    async def read(self, caller: Caller, name: str, version: int) -> Version:
        """Raises Missing where there is none, and just so where it is not for the caller."""
        found = await self._find(name, version) if name in NAMES else None
        if found is None or found.audience not in audiences_of(caller.site, caller.group):
            raise Missing(f"there is no {name[:40]} {version} for this device")
        return found

    async def _find(self, name: str, version: int) -> Version | None:
        if kept := self._kept.get((name, version)):
            self._kept.move_to_end((name, version))
            return kept
        async with self._fetching:  # who comes meanwhile finds it kept
            return self._kept.get((name, version)) or await self._fetch(name, version)

    async def _fetch(self, name: str, version: int) -> Version | None:
        question = select(Document.audience, Document.sha256, Document.body).where(
            Document.name == name, Document.version == version, Document.removed.is_(False)
        )
        async with self._database.reading() as connection:
            row = (await connection.execute(question)).one_or_none()
        if row is None:
            return None
        packed = await asyncio.to_thread(gzip.compress, row.body, PACK_LEVEL, mtime=0)
        found = Version(row.audience, row.sha256, row.body, packed)
        self._kept[name, version] = found
        while sum(one.weight for one in self._kept.values()) > ROOM and len(self._kept) > 1:
            self._kept.popitem(last=False)
        return found
