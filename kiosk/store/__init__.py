"""The only room with SQL."""

import kiosk.store.sqlite_library  # noqa: F401 - before anything else imports sqlite-utils
from kiosk.store.store import Store, StoreFolders

__all__ = ["Store", "StoreFolders"]
