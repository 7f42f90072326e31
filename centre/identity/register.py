"""The devices as a worker knows them, and the nonces that all workers share.

A key is remembered so that a signature can be looked at without a question; whether it still counts
is asked in the transaction that uses up the nonce, for many requests at once. So a device that was
revoked, or has a new key, is refused by every worker from its next request on.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import String, any_, bindparam, delete, select, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncConnection

from centre.identity.caller import Caller
from centre.store import Database
from centre.store.base import Moment
from centre.store.tables.devices import Device, Site, UsedNonce
from centre.store.together import Together
from centre.wire.signing import FRESH_S

REMEMBERED = 50_000  # devices a worker
KEEP_NONCES = timedelta(seconds=2 * FRESH_S + 60)
"""A moment may lie FRESH_S ahead and is fresh for FRESH_S after; a minute for clocks of machines
that differ."""
TIDY_EVERY = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Known:
    """A device as the tables had it."""

    caller: Caller
    key: Ed25519PublicKey
    revoked: bool


class Verdict(Enum):
    """Why a nonce was not taken."""

    REPLAYED = auto()
    REVOKED = auto()
    OTHER_KEY = auto()


Use = tuple[Caller, str]
"""Who, and the nonce."""
_DEVICES = select(
    Device.id, Device.site, Site.group, Device.public_key, Device.revoked_at.is_(None)
).join_from(Device, Site, Device.site == Site.code)
_TEXTS = ARRAY(String)
_POSTGRESQL = (
    _DEVICES.where(Device.id == any_(bindparam("devices", type_=_TEXTS))),
    text(
        # a crash of the database may forget the last moments' nonces, and nothing else
        "WITH quick AS (SELECT set_config('synchronous_commit', 'off', true))"
        " INSERT INTO used_nonce (device, nonce, seen_at)"
        " SELECT used.device, used.nonce, :now FROM quick,"
        " unnest(:devices, :nonces) AS used (device, nonce)"
        " ON CONFLICT DO NOTHING RETURNING device, nonce"
    ).bindparams(
        bindparam("devices", type_=_TEXTS),
        bindparam("nonces", type_=_TEXTS),
        bindparam("now", type_=Moment),
    ),
)
_SQLITE = (
    _DEVICES.where(Device.id.in_(text("(SELECT value FROM json_each(:devices))"))),
    text(
        "INSERT INTO used_nonce (device, nonce, seen_at)"
        " SELECT device.value, nonce.value, :now"
        " FROM json_each(:devices) AS device JOIN json_each(:nonces) AS nonce"
        " ON nonce.key = device.key WHERE true"
        " ON CONFLICT DO NOTHING RETURNING device, nonce"
    ).bindparams(bindparam("now", type_=Moment)),
)
"""What is read of devices, and what is written of nonces. Each is one text for any number of them,
so that the database knows it already."""


class Register:
    """One worker's. `now` is the centre's clock."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now
        self._statements = _POSTGRESQL if database.is_postgresql else _SQLITE
        self._known: OrderedDict[str, Known] = OrderedDict()
        self._finding: Together[str, Known | None] = Together(self._find)
        self._using: Together[Use, Verdict | Caller] = Together(self._use)
        self._tidied_at = now()

    def remembered(self, device: str) -> Known | None:
        """As it was when it was last asked for; its key may be an old one."""
        return self._known.get(device)

    async def find(self, device: str) -> Known | None:
        """As the tables have it now; None: there is none."""
        return await self._finding.ask(device)

    async def use(self, caller: Caller, nonce: str) -> Verdict | Caller:
        """Use up the nonce: the caller as it is now, or why not."""
        return await self._using.ask((caller, nonce))

    async def _find(self, devices: Sequence[str]) -> list[Known | None]:
        async with self._database.reading() as connection:
            found = await self._read(connection, set(devices))
        return [found.get(device) for device in devices]

    async def _use(self, uses: Sequence[Use]) -> list[Verdict | Caller]:
        now = self._now()
        async with self._database.changing() as connection:
            known = await self._read(connection, {caller.device for caller, _ in uses})
            verdicts = [_verdict(known.get(caller.device), caller) for caller, _ in uses]
            good = {
                (caller.device, nonce)
                for (caller, nonce), verdict in zip(uses, verdicts, strict=True)
                if isinstance(verdict, Caller)
            }
            fresh = await self._insert(connection, sorted(good), now)
            await self._tidy(connection, now)
        return [_of_nonce(verdict, use, fresh) for use, verdict in zip(uses, verdicts, strict=True)]

    async def _read(self, connection: AsyncConnection, devices: set[str]) -> dict[str, Known]:
        rows = await connection.execute(
            self._statements[0], {"devices": self._list(sorted(devices))}
        )
        found = {row[0]: self._remember(*row) for row in rows}
        for gone in devices - found.keys():
            self._known.pop(gone, None)
        return found

    def _remember(self, device: str, site: str, group: str, key: bytes, valid: bool) -> Known:
        before = self._known.get(device)
        same = before is not None and before.caller.key == key
        public = before.key if before and same else Ed25519PublicKey.from_public_bytes(key)
        known = Known(Caller(device, site, group, key), public, revoked=not valid)
        self._known[device] = known
        self._known.move_to_end(device)
        if len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return known

    async def _insert(
        self, connection: AsyncConnection, uses: list[tuple[str, str]], now: datetime
    ) -> set[tuple[str, str]]:
        """Those that were not there yet. In one order, so that workers do not block each other."""
        if not uses:
            return set()
        facts = {
            "devices": self._list([device for device, _ in uses]),
            "nonces": self._list([nonce for _, nonce in uses]),
            "now": now,
        }
        return {
            (device, nonce)
            for device, nonce in await connection.execute(self._statements[1], facts)
        }

    def _list(self, words: list[str]) -> list[str] | str:
        return words if self._database.is_postgresql else json.dumps(words)

    async def _tidy(self, connection: AsyncConnection, now: datetime) -> None:
        if abs(now - self._tidied_at) < TIDY_EVERY:
            return
        self._tidied_at = now
        await connection.execute(delete(UsedNonce).where(UsedNonce.seen_at < now - KEEP_NONCES))


def _verdict(known: Known | None, caller: Caller) -> Verdict | Caller:
    if known is None or known.caller.key != caller.key:
        return Verdict.OTHER_KEY
    return Verdict.REVOKED if known.revoked else known.caller


def _of_nonce(verdict: Verdict | Caller, use: Use, fresh: set[tuple[str, str]]) -> Verdict | Caller:
    """Of two that came in one round with one nonce, the first has it."""
    if not isinstance(verdict, Caller):
        return verdict
    key = (use[0].device, use[1])
    if key not in fresh:
        return Verdict.REPLAYED
    fresh.remove(key)
    return verdict
