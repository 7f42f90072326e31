"""The site's pages over real HTTP on loopback, in front of a real core on a real disk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from site_house import SiteHouse


@pytest.fixture
def new_house(tmp_path: Path, write_config: Callable[..., Path]) -> Callable[..., SiteHouse]:
    """A house on this test's folder; made again, it is the next start of the same core."""

    def make(changes: dict[str, str] | None = None, **more: Any) -> SiteHouse:
        key = tmp_path / "kiosks.key"
        key.write_text("k" * 40 + "\n")
        told = {
            "http_port": "0",
            "key_file": f'"{key}"',
            "kiosks": '["X"]',
            "pin_tries": "3",
        }
        return SiteHouse(tmp_path / "data", write_config(told | (changes or {})), **more)

    return make
