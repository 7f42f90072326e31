"""A store on a real disk."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from drafts import opened

from kiosk.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An open store in `tmp_path`."""
    kept = opened(tmp_path)
    yield kept
    kept.close()
