"""The store's shelf for the centre: the outbox on its way up, and how far the way down has come."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.ports import OutboxBatch
from kiosk.queueing.booking import Booking
from kiosk.store.database import immediate
from kiosk.store.rooms import Shelf, told

DEVICE, CURSOR = "centre.device", "centre.cursor"


class CentreShelf(Shelf):
    """What waits for the centre, and what came from it."""

    @told
    def batch(self, limit: int, limit_bytes: int) -> OutboxBatch:
        """The oldest entries with the epoch of their order; at most so many, or so large."""
        rooms = self._rooms
        return OutboxBatch(epoch=rooms.facts.epoch, rows=rooms.outbox.first(limit, limit_bytes))

    @told
    def waiting(self) -> int:
        """How many entries wait."""
        return self._rooms.outbox.count()

    @told
    def waiting_since(self) -> str:
        """When the oldest of them was written; "" where none waits."""
        return self._rooms.outbox.since()

    @told
    def acknowledged(self, epoch: str, seq: int) -> bool:
        """Remove what the centre has up to `seq`; False where that order is over here."""
        rooms = self._rooms
        with immediate(rooms.database):
            if rooms.facts.epoch != epoch:
                return False
            rooms.outbox.forget_to(seq)
        return True

    @told
    def begin_order(self) -> None:
        """From now on the outbox is another order: the centre knows nothing of it yet."""
        with immediate(self._rooms.database):
            self._rooms.facts.renew_epoch()

    @told
    def is_device(self, device: str) -> None:
        """The kiosk has this name at the centre. Under a new one it tells everything anew that
        still waits, and hears everything anew."""
        facts = self._rooms.facts
        former = facts.get(DEVICE)
        if former == device:
            return
        with immediate(self._rooms.database):
            facts.put(DEVICE, device)
            facts.put(CURSOR, "")
            if former:
                facts.renew_epoch()

    @property
    @told
    def cursor(self) -> str:
        """How far the way down has come; "" at its beginning."""
        return self._rooms.facts.get(CURSOR)

    @told
    def keep_changes(
        self, bookings: Sequence[Booking], cancelled: Sequence[str], cursor: str
    ) -> None:
        """Take in what the centre told, and that it was told: in one transaction.

        A booking that has its number stays, cancelled or not: its citizen is here.
        """
        rooms = self._rooms
        with immediate(rooms.database):
            for booking in bookings:
                rooms.bookings.keep(booking)
            for code in cancelled:
                rooms.bookings.forget_unless_come(code)
            rooms.facts.put(CURSOR, cursor)
