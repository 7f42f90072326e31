"""The devices: which there are, a new key for one, the end of one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import Row, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from centre.errors import Conflict, Missing, NotKnown, Unprocessable
from centre.identity.caller import Caller
from centre.store import Database
from centre.store.tables.accounts import Audit
from centre.store.tables.devices import Device
from centre.wire import KeyChange
from centre.wire.enrolment import change_words


async def list_devices(
    connection: AsyncConnection, site: str = ""
) -> Sequence[Row[Any, Any, Any, Any, Any, Any, Any, Any]]:
    """Of one site, or all: id, site, name, version, enrolled_at, key_since, seen_at, revoked_at."""
    question = select(
        Device.id,
        Device.site,
        Device.name,
        Device.version,
        Device.enrolled_at,
        Device.key_since,
        Device.seen_at,
        Device.revoked_at,
    ).order_by(Device.site, Device.enrolled_at)
    if site:
        question = question.where(Device.site == site)
    return (await connection.execute(question)).all()


async def revoke(connection: AsyncConnection, device: str, *, by: str, now: datetime) -> None:
    """Its key counts no more, from its next request on and in every worker; there is no way back.

    Who was revoked already stays so since then. Raises Missing.
    """
    if not await connection.scalar(select(Device.id).where(Device.id == device)):
        raise Missing(f"there is no device {device}")
    done = await connection.execute(
        update(Device)
        .where(Device.id == device, Device.revoked_at.is_(None))
        .values(revoked_at=now)
    )
    if done.rowcount:
        row = {"at": now, "account": by, "action": "device.revoked", "subject": device, "facts": {}}
        await connection.execute(insert(Audit).values(row))


async def change_key(database: Database, caller: Caller, change: KeyChange, now: datetime) -> None:
    """Put the new key in the place of the one that signed this.

    Raises Unprocessable where the new key did not sign, Conflict where it is somebody's.
    """
    new = bytes.fromhex(change.public_key)
    if not _proves(new, bytes.fromhex(change.proof), caller.device, change.public_key):
        raise Unprocessable("the proof is not the new key's signature", code="proof")
    if new == caller.key:
        return
    try:
        async with database.changing() as connection:
            done = await connection.execute(
                update(Device)
                .where(Device.id == caller.device, Device.public_key == caller.key)
                .values(public_key=new, key_since=now)
            )
    except IntegrityError as error:
        raise Conflict("this key is somebody's already", code="key_known") from error
    if not done.rowcount:  # another change was quicker
        raise NotKnown("the device has another key", code="signature")


def _proves(key: bytes, proof: bytes, device: str, public_key: str) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(proof, change_words(device, public_key))
    except (InvalidSignature, ValueError):
        return False
    return True
