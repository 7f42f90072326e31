"""How a device is. Only the last value is kept."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from centre.wire.root import StrictShape

Short = Annotated[str, Meta(max_length=120)]


class PartHealth(StrictShape, frozen=True, kw_only=True):
    """A part ("printer", "board", "voice", …) in a state of the house, with the reason's code."""

    name: Annotated[str, Meta(max_length=40)]
    state: Annotated[str, Meta(max_length=20)]
    reason: Short = ""
    since: Annotated[str, Meta(max_length=40)] = ""


class Health(StrictShape, frozen=True, kw_only=True):
    """`at` is the device's clock when it was sent; `slips_left` None where nobody counts paper;
    `outbox` entries wait; `waiting` citizens wait, the longest of them `longest_wait_min`."""

    at: Annotated[str, Meta(max_length=40)]
    version: Annotated[str, Meta(max_length=40)]
    up_s: Annotated[int, Meta(ge=0)] = 0
    parts: Annotated[tuple[PartHealth, ...], Meta(max_length=40)] = ()
    slips_left: Annotated[int, Meta(ge=0)] | None = None
    outbox: Annotated[int, Meta(ge=0)] = 0
    disk_free_mb: Annotated[int, Meta(ge=0)] = 0
    waiting: Annotated[int, Meta(ge=0)] = 0
    longest_wait_min: Annotated[int, Meta(ge=0)] = 0
