"""Looking at a request's signature: who signed what, and when. No clock, no database.

The library http-message-signatures does RFC 9421; here is what it is told: the covered parts, the
parameters, one signature, Ed25519, and a message that has nothing but what may be covered.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from http_message_signatures import (
    HTTPMessageVerifier,
    HTTPSignatureKeyResolver,
    InvalidSignature,
    algorithms,
)
from http_message_signatures.digests import ContentDigest

from centre.wire.signing import COVERED

LONGEST_FIELD = 1024  # characters of one of our three header fields
_FIELDS = frozenset({"content-digest", "signature-input", "signature"})
_NEEDED = frozenset(f'"{part}"' for part in COVERED)
_NONCE = re.compile(r"[0-9A-Za-z+/=_-]{16,64}")
Keys = Callable[[str], Ed25519PublicKey | None]


class SignatureBad(Exception):
    """It is malformed, covers too little or does not verify; or nobody has such a key. `key_id` is
    whose it would be, as far as it could be read."""

    def __init__(self, detail: str, key_id: str = "") -> None:
        super().__init__(detail)
        self.key_id = key_id


@dataclass(frozen=True, slots=True)
class SignedMessage:
    """What may be covered: `url` absolute as the device called it, `headers` every line of ours."""

    method: str
    url: str
    headers: HeaderLines

    @classmethod
    def of(cls, method: str, url: str, lines: Iterable[tuple[bytes, bytes]]) -> SignedMessage:
        """From the lines of a request as they came."""
        found = [
            (name, value.decode("latin-1"))
            for raw, value in lines
            if (name := raw.decode("latin-1").lower()) in _FIELDS
        ]
        return cls(method, url, HeaderLines(tuple(found)))

    @property
    def unsigned(self) -> bool:
        """There is no signature at all."""
        return not any(name.startswith("signature") for name, _ in self.headers.lines)


@dataclass(frozen=True, slots=True)
class HeaderLines:
    """Lines as the library reads them."""

    lines: tuple[tuple[str, str], ...]

    def items(self) -> Iterable[tuple[str, str]]:
        """Each line, in its order."""
        return self.lines


@dataclass(frozen=True, slots=True)
class Signed:
    """What a good signature says. `created` is in whole seconds, `digest` the covered field."""

    key_id: str
    created: int
    nonce: str
    digest: str


class _Verifier(HTTPMessageVerifier):
    """Times are looked at by whoever has the centre's clock, after the signature."""

    signature_metadata_parameters: ClassVar[set[str]] = {"alg", "created", "keyid", "nonce"}

    def validate_created_and_expires(self, sig_input: Any, max_age: object = None) -> None:
        """Elsewhere."""


class _Resolver(HTTPSignatureKeyResolver):
    """Remembers who was asked for: only the library knows the keyid before it is resolved."""

    def __init__(self, keys: Keys) -> None:
        self.keys = keys
        self.wanted = ""

    def resolve_public_key(self, key_id: str) -> Ed25519PublicKey | None:
        """See `HTTPSignatureKeyResolver`."""
        self.wanted = key_id
        return self.keys(key_id)


def look_at(message: SignedMessage, keys: Keys) -> Signed:
    """What the message's one signature says, where it is good. Raises SignatureBad."""
    if any(len(value) > LONGEST_FIELD for _, value in message.headers.lines):
        raise SignatureBad("a header field is too long")
    resolver = _Resolver(keys)
    verifier = _Verifier(signature_algorithm=algorithms.ED25519, key_resolver=resolver)
    try:
        (result,) = verifier.verify(message)
    except Exception as error:  # the library's refusals, and whatever it stumbles over
        why = str(error)[:200] or "it does not verify"
        raise SignatureBad(why, resolver.wanted) from error
    covered = result.covered_components
    if missing := _NEEDED - covered.keys():
        raise SignatureBad(f"does not cover {', '.join(sorted(missing))}")
    created, nonce = result.parameters.get("created"), result.nonce
    if not isinstance(created, int):
        raise SignatureBad("no created")
    if nonce is None or not _NONCE.fullmatch(nonce):
        raise SignatureBad("no nonce of 16 to 64 plain characters")
    return Signed(resolver.wanted, created, nonce, covered['"content-digest"'])


def is_of(digest: str, body: bytes) -> bool:
    """Whether a Content-Digest (RFC 9530) is that of these bytes, as they were sent."""
    try:
        ContentDigest.verify(digest, body)
    except InvalidSignature:
        return False
    return True
