"""sqlite-utils, without what it would like to know besides.

Where NumPy or pandas are installed, sqlite-utils imports them to learn the SQLite types of their
numbers. The store never keeps such numbers, and NumPy costs the core's start 0.14 s: here it is
told that they are not there. None in `sys.modules` is the language's own way to say so. Whoever
needs NumPy later (the guide, on its own thread) imports it as always.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def as_if_missing(*names: str) -> Iterator[None]:
    """Importing one of these modules fails meanwhile, unless it is loaded already."""
    hidden = [name for name in names if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]


with as_if_missing("numpy", "pandas"):
    import sqlite_utils as sqlite_utils  # noqa: PLC0414 - the import is what this room is for
