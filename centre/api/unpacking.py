"""Packed bodies (gzip), unpacked up to a limit and no further: a gzip bomb costs nothing."""

from __future__ import annotations

import zlib

from centre.errors import Refused, TooLarge

GZIP = 16 + zlib.MAX_WBITS


def unpack(body: bytes, encoding: str, *, at_most: int) -> bytes:
    """The body as it was before Content-Encoding. Raises Refused ("encoding") and TooLarge."""
    if encoding.strip().lower() in {"", "identity"}:
        if len(body) > at_most:
            raise TooLarge(f"more than {at_most} bytes")
        return body
    if encoding.strip().lower() != "gzip":
        raise Refused("Content-Encoding is gzip, or there is none", code="encoding")
    unpacker = zlib.decompressobj(GZIP)
    try:
        unpacked = unpacker.decompress(body, at_most + 1)
    except zlib.error as error:
        raise Refused("the body is not gzip", code="encoding") from error
    if len(unpacked) > at_most:
        raise TooLarge(f"more than {at_most} bytes once unpacked")
    if not unpacker.eof or unpacker.unused_data:
        raise Refused("the body is not one whole gzip member", code="encoding")
    return unpacked
