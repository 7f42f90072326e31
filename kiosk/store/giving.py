"""The store's shelf for water and candy: what was given out, and what is left."""

from __future__ import annotations

from kiosk.queueing.refreshment import Giving, GivingState
from kiosk.store.database import immediate
from kiosk.store.rooms import Shelf, told


class RefreshmentShelf(Shelf):
    """One row for each request: the same request moves nothing twice."""

    @told
    def of_request(self, request_id: str) -> Giving | None:
        """What a request for a refreshment came to."""
        return self._rooms.refreshments.by_request(request_id)

    @told
    def begin(self, item: str, request_id: str, now: str) -> Giving:
        """A dispenser is about to move, for this request alone."""
        with immediate(self._rooms.database):
            return self._rooms.refreshments.begin(item, request_id, now)

    @told
    def settle(self, giving: Giving, state: GivingState, reason: str, now: str) -> None:
        """What became of it; what dropped is one less in stock."""
        with immediate(self._rooms.database):
            self._rooms.refreshments.settle(giving, state, reason, now)

    @told
    def unsettled(self) -> list[Giving]:
        """Those that were about to move when the core ended."""
        return self._rooms.refreshments.moving()

    @told
    def stock(self) -> dict[str, int]:
        """How many of each item are left; an item that was never counted is not there."""
        return self._rooms.refreshments.stock()

    @told
    def restock(self, item: str, count: int, now: str) -> None:
        """Somebody counted: so many are in the dispenser now."""
        with immediate(self._rooms.database):
            self._rooms.refreshments.restock(item, count, now)
