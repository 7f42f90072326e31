"""Every table, one module a room. Importing this knows them all: migrations compare with it."""

from centre.store.base import Base
from centre.store.tables import (
    accounts,
    alerts,
    bookings,
    call_backs,
    chores,
    devices,
    documents,
    dossiers,
    drafts,
    events,
)

metadata = Base.metadata

__all__ = [
    "accounts",
    "alerts",
    "bookings",
    "call_backs",
    "chores",
    "devices",
    "documents",
    "dossiers",
    "drafts",
    "events",
    "metadata",
]
