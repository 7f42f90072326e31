"""A device that signs its requests as docs/centre-wire.md says, for tests: the library's signer and
nothing of the kiosk's own, so that the two ends do not share a mistake."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from http_message_signatures import HTTPMessageSigner, HTTPSignatureKeyResolver, algorithms
from http_message_signatures.digests import ContentDigest
from httpx import Response
from litestar.testing import TestClient

from centre.wire.signing import COVERED, LABEL

ROOT = "https://centre.example"
"""What the device was told; the application under test has it as its public_url."""


class _Own(HTTPSignatureKeyResolver):
    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key

    def resolve_private_key(self, key_id: str) -> Ed25519PrivateKey:
        return self._key


@dataclass
class _Message:
    method: str
    url: str
    headers: dict[str, str]


class Moving:
    """A clock that a test sets."""

    def __init__(self, now: datetime = datetime(2026, 11, 30, 1, 0, tzinfo=UTC)) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def go(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@dataclass
class SigningDevice:
    """`client` reaches the application; `clock` is the device's own."""

    client: TestClient[Any]
    clock: Moving
    name: str = ""
    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    root: str = ROOT

    @property
    def public_key(self) -> str:
        return self.key.public_key().public_bytes_raw().hex()

    def signed(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        *,
        key_id: str = "",
        nonce: str | None = "",
        covered: Sequence[str] = COVERED,
        also: Mapping[str, str] | None = None,
    ) -> dict[str, str]:
        """The headers of a request; what is not said is as it should be."""
        message = _Message(method, self.root + path, {"Content-Digest": ContentDigest.create(body)})
        message.headers |= also or {}
        signer = HTTPMessageSigner(
            signature_algorithm=algorithms.ED25519, key_resolver=_Own(self.key)
        )
        signer.sign(
            message,
            key_id=key_id or self.name or self.public_key,
            created=self.clock(),
            nonce=secrets.token_hex(16) if nonce == "" else nonce,
            label=LABEL,
            covered_component_ids=covered,
            use_existing_digest=True,
        )
        return message.headers

    def ask(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        headers: Mapping[str, str] | None = None,
    ) -> Response:
        """One signed request. `body` is sent as JSON where it is not bytes already."""
        raw = (
            body if isinstance(body, bytes) else b"" if body is None else msgspec.json.encode(body)
        )
        sent = self.signed(method, path, raw)
        if body is not None:
            sent["Content-Type"] = "application/json"
        return self.client.request(method, path, content=raw, headers={**sent, **(headers or {})})
