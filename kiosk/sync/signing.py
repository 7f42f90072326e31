"""A request signed as centre.wire.signing says (RFC 9421, RFC 9530)."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import datetime

from http_message_signatures import HTTPMessageSigner, algorithms

from centre.wire.signing import COVERED, LABEL, NONCE_BYTES
from kiosk.sync.keys import DeviceKey


@dataclass(frozen=True, slots=True)
class Message:
    """A request as the library reads it; signing adds to `headers`."""

    method: str
    url: str
    headers: dict[str, str] = field(default_factory=dict)


_signer = HTTPMessageSigner(signature_algorithm=algorithms.ED25519)


def sign(message: Message, body: bytes, *, key: DeviceKey, name: str, at: datetime) -> None:
    """Sign it as `name` by the clock of the centre; each try needs a message of its own."""
    prepared = _signer.prepare(
        message,
        key_id=name,
        created=at,
        nonce=secrets.token_hex(NONCE_BYTES),
        label=LABEL,
        covered_component_ids=COVERED,
        body=body,
    )
    _signer.apply(message, prepared, key.sign(prepared.signature_base))
