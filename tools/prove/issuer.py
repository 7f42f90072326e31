"""A process that issues and backs up: `python -m tools.prove.issuer ROOT PREFIX COUNT`.

Each number is written into ROOT/promised.txt only after the store has promised it; what the store
refuses (a full disk) is written there as "- REQUEST", and asked again.
"""

from __future__ import annotations

import os
import sys
import time
from datetime import datetime
from pathlib import Path

from kiosk.errors import StoreUnavailable
from kiosk.queueing.hours import HANOI
from kiosk.queueing.ticket import Ticket
from kiosk.store import Store, StoreFolders

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=HANOI)
DAY = "2026-11-23"
PROMISED = "promised.txt"
BACK_UP_EVERY = 60


def folders(root: Path) -> StoreFolders:
    """As the kiosk lays them out."""
    return StoreFolders(
        database=root / "store" / "kiosk.db",
        backups=root / "backups",
        journal=root / "store" / "journal",
    )


def draft(request_id: str) -> Ticket:
    """What the core hands to the store."""
    return Ticket(
        id=0,
        number="",
        running=0,
        series="A",
        service="civil-status",
        business_day=DAY,
        issued_at=f"{DAY}T08:00:00.000+07:00",
        token=f"token-{request_id}",
        request_id=request_id,
    )


def main() -> None:
    """Issue `COUNT` numbers."""
    root, prefix, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    promised = os.open(root / PROMISED, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    store = Store(folders(root), min_free_mb=0)
    store.open(NOW)
    for n in range(count):
        request = f"{prefix}-{n:05d}"
        while True:
            try:
                ticket, _ = store.issue(draft(request), visit=True)
                break
            except StoreUnavailable:
                _tell(promised, f"- {request}\n")
                time.sleep(0.005)
                _open_again(store)
        _tell(promised, f"{ticket.request_id} {ticket.number}\n")
        if n % BACK_UP_EVERY == BACK_UP_EVERY - 1:
            store.back_up(NOW, 14)
    store.close()


def _open_again(store: Store) -> None:
    try:
        store.open(NOW)
    except StoreUnavailable:
        return


def _tell(file: int, line: str) -> None:
    """The trial's own record; where the disk takes nothing, standard output has it too."""
    os.write(1, line.encode())
    try:
        os.write(file, line.encode())
    except OSError:
        return


if __name__ == "__main__":
    main()
