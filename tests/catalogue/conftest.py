"""A shipped catalogue of the project, read once."""

import pytest

from kiosk.catalogue.shipped import read_shipped
from kiosk.paths import ASSETS


@pytest.fixture(scope="session")
def shipped():
    return read_shipped(ASSETS / "catalogue")
