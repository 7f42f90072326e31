"""The way down: whole documents, each with its version, SHA-256 and signature.

The signature is Ed25519, by the centre's document key, over `signed_words`: so that a document
cannot be passed off as another one, an older one, or another site's.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from centre.wire.root import Shape, StrictShape

Name = Literal["catalogue", "services", "hours", "notices", "survey", "config"]
MAX_DOCUMENT_BYTES = 32 * 1024 * 1024
MAX_TOML_BYTES = 256 * 1024
MAX_VERSION = 2**31 - 1


class DocumentNotice(Shape, frozen=True, kw_only=True):
    """There is a version for this device. `removed`: there is none any more, take what is shipped.

    `signature` is hexadecimal; `audience` is whom it is signed for ("", "group:…", "site:…").
    """

    name: str
    version: int
    audience: str
    sha256: str
    size: int
    signature: str
    removed: bool = False


class DocumentFate(StrictShape, frozen=True, kw_only=True):
    """What a device made of a version. `reason` is for the technician, nothing personal."""

    name: Annotated[str, Meta(max_length=40)]
    version: Annotated[int, Meta(ge=0, le=MAX_VERSION)]
    state: Literal["in_use", "rolled_back"]
    reason: Annotated[str, Meta(max_length=300)] = ""


class DocumentFates(StrictShape, frozen=True, kw_only=True):
    """Several at once."""

    fates: Annotated[tuple[DocumentFate, ...], Meta(min_length=1, max_length=20)]


def signed_words(name: str, audience: str, version: int, sha256: str, *, removed: bool) -> bytes:
    """What is signed: one line for each fact, so that none can slide into its neighbour."""
    facts = ("letan-document-1", name, audience, str(version), sha256, str(int(removed)))
    if any("\n" in fact for fact in facts):
        raise ValueError("a document's facts are single lines")
    return "\n".join(facts).encode()
