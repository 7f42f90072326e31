"""Who asks, once a request's signature has been looked at."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Caller:
    """A device that is known and not revoked, and the site that it stands in.

    `group` is the site's step in a staged roll-out; `key` the public key that signed, raw.
    """

    device: str
    site: str
    group: str = ""
    key: bytes = field(default=b"", repr=False)
