"""Who asks, once a request's signature has been looked at."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Caller:
    """A device that is known and not revoked, and the site that it stands in."""

    device: str
    site: str
