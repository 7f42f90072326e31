"""The 126 wards and communes of Hanoi as sites to begin with, and roughly where each lies."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kiosk.first_start.outcome import wards_of_hanoi
from kiosk.first_start.steps import unmarked
from kiosk.paths import ASSETS

_KINDS = {"Phường": "Ward", "Xã": "Commune"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ward:
    """One of them; `code` is that of the national list."""

    code: str
    name_vi: str
    name_en: str
    latitude: float
    longitude: float


def wards(assets: Path = ASSETS) -> Iterator[Ward]:
    """All of them, in the list's order."""
    places = tomllib.loads((assets / "wards" / "places.toml").read_text(encoding="utf-8"))
    for code, name in wards_of_hanoi(assets).items():
        kind, _, rest = name.partition(" ")
        latitude, longitude = places[code]
        yield Ward(
            code=code,
            name_vi=name,
            name_en=f"{unmarked(rest)} {_KINDS[kind]}",
            latitude=latitude,
            longitude=longitude,
        )
