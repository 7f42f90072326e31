"""The gate of the devices: whose request this is, or a refusal with a code that helps it on.

    headers ─▶ signature (remembered key) ─▶ moment ─▶ body's digest ─▶ nonce, valid still ─▶ Caller

The cheap looks come first: nobody without a key makes us read a body or write a nonce.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from litestar import Request
from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from centre.errors import NotKnown
from centre.identity.caller import Caller
from centre.identity.register import Known, Register, Verdict
from centre.identity.signatures import SignatureBad, Signed, SignedMessage, is_of, look_at
from centre.store import Database
from centre.wire.signing import FRESH_S

AnyRequest = Request[Any, Any, Any]
_CALLER = "letan.caller"
_WHY = {
    Verdict.REPLAYED: ("replayed", "this nonce was here before: sign anew"),
    Verdict.REVOKED: ("revoked", "this device was revoked: enrol it again"),
    Verdict.OTHER_KEY: ("signature", "the device has another key"),
}


class Gate:
    """One worker's. `public_url` is how devices call us where a proxy stands in front; without it
    the Host header's word counts."""

    def __init__(
        self, database: Database, now: Callable[[], datetime], *, public_url: str = ""
    ) -> None:
        self._register = Register(database, now)
        self._now = now
        parts = urlsplit(public_url)
        self._root = f"{parts.scheme}://{parts.netloc}" if public_url else ""

    async def recognise(self, request: AnyRequest) -> Caller:
        """The device that signed this request. Raises NotKnown."""
        message = self._message(request)
        signed, known = await self._signed(message)
        await self._check(request, signed)
        verdict = await self._register.use(known.caller, signed.nonce)
        if isinstance(verdict, Caller):
            return verdict
        code, detail = _WHY[verdict]
        raise NotKnown(detail, code=code)

    async def recognise_new(self, request: AnyRequest) -> str:
        """The public key, hexadecimal, that signed this request and is its own keyid: of a device
        that nobody knows yet. Its nonce is not kept: an enrolment can be done once anyway."""

        def own(key_id: str) -> Ed25519PublicKey | None:
            try:
                return Ed25519PublicKey.from_public_bytes(bytes.fromhex(key_id))
            except ValueError:
                return None

        try:
            signed = look_at(self._message(request), own)
        except SignatureBad as error:
            raise NotKnown(str(error), code="signature") from error
        await self._check(request, signed)
        return signed.key_id.lower()

    async def _signed(self, message: SignedMessage) -> tuple[Signed, Known]:
        """Who signed it. A key that is not remembered, or no longer the right one, is asked for."""
        try:
            signed = look_at(message, self._remembered_key)
        except SignatureBad as error:
            if not error.key_id:
                raise NotKnown(str(error), code="signature") from error
            return await self._signed_by_another(message, error)
        known = self._register.remembered(signed.key_id)
        assert known is not None, "its key has just been used"
        return signed, known

    async def _signed_by_another(
        self, message: SignedMessage, wrong: SignatureBad
    ) -> tuple[Signed, Known]:
        before = self._register.remembered(wrong.key_id)
        known = await self._register.find(wrong.key_id)
        if known is None:
            raise NotKnown("there is no such device", code="not_known")
        if before is not None and before.caller.key == known.caller.key:
            raise NotKnown(str(wrong), code="signature")
        try:
            return look_at(message, lambda _device: known.key), known
        except SignatureBad as error:
            raise NotKnown(str(error), code="signature") from error

    def _remembered_key(self, device: str) -> Ed25519PublicKey | None:
        known = self._register.remembered(device)
        return known.key if known else None

    async def _check(self, request: AnyRequest, signed: Signed) -> None:
        now = self._now()
        if abs(now.timestamp() - signed.created) > FRESH_S:
            raise NotKnown(
                f"signed more than {FRESH_S} s from now",
                code="clock",
                more={"now": now.isoformat(timespec="milliseconds")},
            )
        if not is_of(signed.digest, await request.body()):
            raise NotKnown("the body is not what was signed", code="digest")

    def _message(self, request: AnyRequest) -> SignedMessage:
        scope = request.scope
        root = self._root or f"{scope['scheme']}://{request.headers.get('host', '')}"
        path = scope["raw_path"].partition(b"?")[0].decode("latin-1")  # some servers leave it in
        query = scope["query_string"].decode("latin-1")
        url = f"{root}{path}?{query}"
        message = SignedMessage.of(scope["method"], url, scope["headers"])
        if message.unsigned:
            raise NotKnown("every request is signed (RFC 9421)", code="unsigned")
        return message


async def provide_caller(request: AnyRequest) -> Caller:
    """The dependency `caller`. Raises NotKnown with a code; see docs/centre-wire.md."""
    known = request.scope.get(_CALLER)
    if isinstance(known, Caller):
        return known
    gate: Gate = request.app.state["gate"]
    caller = await gate.recognise(request)
    request.scope[_CALLER] = caller  # type: ignore[literal-required]
    return caller


async def devices_alone(
    connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler
) -> None:
    """A guard: whoever is no device is refused before anything of the body is decoded."""
    assert isinstance(connection, Request)
    await provide_caller(connection)
