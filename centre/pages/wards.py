"""The 126 wards and communes of Hanoi as sites, with roughly where each lies."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

from centre.pages.site_book import SiteFacts
from kiosk.first_start.outcome import wards_of_hanoi
from kiosk.first_start.steps import unmarked
from kiosk.paths import ASSETS

_KINDS = {"Phường": "Ward", "Xã": "Commune"}


def ward_sites(assets: Path = ASSETS) -> Iterator[SiteFacts]:
    """A site for each, by its code of the national list."""
    places = tomllib.loads((assets / "wards" / "places.toml").read_text(encoding="utf-8"))
    for code, name in wards_of_hanoi(assets).items():
        kind, _, rest = name.partition(" ")
        latitude, longitude = places[code]
        yield SiteFacts(
            code=code,
            name_vi=name,
            name_en=f"{unmarked(rest)} {_KINDS[kind]}",
            latitude=latitude,
            longitude=longitude,
        )
