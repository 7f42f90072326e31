"""Which version of this software runs."""

from __future__ import annotations

import importlib.metadata


def version() -> str:
    """As installed; "" where nobody knows."""
    try:
        return importlib.metadata.version("le-tan")
    except importlib.metadata.PackageNotFoundError:
        return ""
