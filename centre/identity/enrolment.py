"""How a device becomes known: a technician's one-time code, and the key that the device made.

    code ABCDEFGH: one site, 15 minutes, once, kept as a keyed hash
    right code, new key ─▶ a device with a name of its own
    the same code and key again ─▶ the same answer: a reply may be lost on the way
    wrong code ─▶ written down; five from one source, or many from everywhere, and nobody may try
                  again until they are 15 minutes old

There are 32^8 codes. With WRONG_IN_ALL tries against a code for each of 126 wards, one is hit in 2
of 10^8 quarters of an hour.
"""

from __future__ import annotations

import asyncio
import ipaddress
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from centre.errors import Away, Conflict, Missing, Refused, TooMany, Unprocessable
from centre.identity.agreement import DOCUMENTS, HASHES, agree_on_key, fingerprint_of
from centre.secret import keyed_hash
from centre.store import Database
from centre.store.tables.devices import Device, EnrolmentCode, EnrolmentTry, Site
from centre.wire import EnrolmentRequest
from centre.wire.enrolment import CODE_LENGTH, CODE_LETTERS

HOLDS = timedelta(minutes=15)
WINDOW = timedelta(minutes=15)
WRONG_A_SOURCE = 5
WRONG_IN_ALL = 200
WAITING = 20  # enrolments that may wait for each other in one worker
_NAME_LETTERS = CODE_LETTERS.lower()
_NAME_LENGTH = 10


@dataclass(frozen=True, slots=True)
class NewDevice:
    """A device that is known now. `again`: it was so already, by this code and key."""

    device: str
    site: str
    again: bool = False


async def make_code(
    connection: AsyncConnection, secret: bytes, site: str, *, by: str, now: datetime
) -> str:
    """A code for one site, to be shown once and typed within 15 minutes.

    Raises Missing, and Conflict where the secret is not this database's.
    """
    if not await connection.scalar(select(Site.code).where(Site.code == site)):
        raise Missing(f"there is no site {site}")
    await agree_on_key(connection, HASHES, fingerprint_of(secret), now)
    await connection.execute(
        delete(EnrolmentCode).where(EnrolmentCode.ends_at < now, EnrolmentCode.used_at.is_(None))
    )
    code = _drawn(CODE_LETTERS, CODE_LENGTH)
    await connection.execute(
        insert(EnrolmentCode).values(
            code_hash=_hash_of(secret, code),
            site=site,
            made_by=by,
            made_at=now,
            ends_at=now + HOLDS,
        )
    )
    return code


class Enrolling:
    """One worker's door for new devices; they go through it one by one."""

    def __init__(self, database: Database, secret: bytes, document_key: str) -> None:
        """`document_key`, hexadecimal, is what devices are told to believe."""
        self._database = database
        self._secret = secret
        self._document_key = document_key
        self._one = asyncio.Lock()
        self._waiting = 0

    async def enrol(self, request: EnrolmentRequest, source: str, now: datetime) -> NewDevice:
        """Make the device known. `source` is the address that asks.

        Raises Unprocessable for a wrong code, Conflict for a key that is known, TooMany.
        """
        if self._waiting >= WAITING:
            raise Away("too many enrol at once", code="busy", retry_after_s=5)
        self._waiting += 1
        try:
            async with self._one, self._database.changing() as connection:
                await agree_on_key(connection, HASHES, fingerprint_of(self._secret), now)
                await agree_on_key(connection, DOCUMENTS, self._document_key, now)
                outcome = await self._decide(connection, request, network_of(source), now)
        finally:
            self._waiting -= 1
        if isinstance(outcome, Refused):  # raised here: what was written down stays
            raise outcome
        return outcome

    async def _decide(
        self, connection: AsyncConnection, request: EnrolmentRequest, source: str, now: datetime
    ) -> NewDevice | Refused:
        if self._database.is_postgresql:  # or a hundred tries at once would each be the fifth
            await connection.execute(text("LOCK TABLE enrolment_try IN SHARE ROW EXCLUSIVE MODE"))
        await connection.execute(delete(EnrolmentTry).where(EnrolmentTry.tried_at < now - WINDOW))
        if (wait_s := await _locked_s(connection, source, now)) > 0:
            return TooMany("too many wrong codes", code="locked", retry_after_s=wait_s)
        hashed = _hash_of(self._secret, request.code)
        question = select(EnrolmentCode).where(
            EnrolmentCode.code_hash == hashed, EnrolmentCode.ends_at > now
        )
        code = (await connection.execute(question)).one_or_none()
        key = bytes.fromhex(request.public_key)
        known = await connection.scalar(select(Device.id).where(Device.public_key == key))
        if code is not None and code.used_at is not None and known == code.device:
            return NewDevice(code.device, code.site, again=True)
        if code is None or code.used_at is not None:
            await connection.execute(insert(EnrolmentTry).values(source=source, tried_at=now))
            return Unprocessable("a wrong code, used up, or over", code="code")
        if known is not None:
            return Conflict("this key is enrolled already: make a new one", code="key_known")
        device = f"{code.site}-{_drawn(_NAME_LETTERS, _NAME_LENGTH)}"
        await connection.execute(
            insert(Device).values(
                id=device,
                site=code.site,
                name=request.name,
                public_key=key,
                key_since=now,
                enrolled_at=now,
                version=request.version,
            )
        )
        await connection.execute(
            update(EnrolmentCode)
            .where(EnrolmentCode.code_hash == hashed)
            .values(used_at=now, device=device)
        )
        await connection.execute(delete(EnrolmentTry).where(EnrolmentTry.source == source))
        return NewDevice(device, code.site)


def network_of(source: str) -> str:
    """What counts as one source: an IPv4 address, or an IPv6 network of 64 bits."""
    try:
        address = ipaddress.ip_address(source.partition("%")[0])
    except ValueError:
        return source[:60]
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((address, 64), strict=False))


async def _locked_s(connection: AsyncConnection, source: str, now: datetime) -> int:
    """Seconds until this source may try again; 0: now."""
    tries = select(func.count(), func.min(EnrolmentTry.tried_at))
    for question, most in (
        (tries.where(EnrolmentTry.source == source), WRONG_A_SOURCE),
        (tries, WRONG_IN_ALL),
    ):
        count, first = (await connection.execute(question)).one()
        if count >= most:
            return max(1, round((first + WINDOW - now).total_seconds()))
    return 0


def _hash_of(secret: bytes, code: str) -> str:
    return keyed_hash(secret, "enrolment", code)


def _drawn(letters: str, length: int) -> str:
    return "".join(secrets.choice(letters) for _ in range(length))
