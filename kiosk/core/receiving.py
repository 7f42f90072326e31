"""What the centre has for this kiosk: bookings and documents, since a cursor.

The cursor moves in the transaction that keeps the bookings, after the documents are known to be
wanted; so a death in between hears it once more, and nothing is missed.
"""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable, Sequence
from typing import Protocol

from centre.wire import BookingChange, Changes, DocumentNotice
from kiosk.core.centre_line import Asking
from kiosk.core.hall import HallRooms
from kiosk.errors import CentreRefuses
from kiosk.ports import Centre, Store
from kiosk.queueing.booking import Booking

log = logging.getLogger(__name__)


class ReceivingHost(Protocol):
    """The engine, as this room sees it."""

    store: Store
    hall: HallRooms

    @property
    def follows(self) -> bool: ...


class Receiving:
    """Lives on the core's loop. `want` hears of documents, on the thread that asked; `wake` is
    called on the loop then."""

    def __init__(
        self,
        host: ReceivingHost,
        ask: Asking,
        want: Callable[[Sequence[DocumentNotice]], object],
        wake: Callable[[], object],
    ) -> None:
        self._host = host
        self._ask = ask
        self._want = want
        self._wake = wake

    async def pull(self) -> bool:
        """Hear what is new; whether there is more.

        Raises CentreAway, CentreRefuses, StoreUnavailable and Trouble.
        """
        shelf = self._host.store.centre
        cursor = shelf.cursor
        try:
            changes = await self._ask(functools.partial(_hear, since=cursor, want=self._want))
        except CentreRefuses as refusal:
            if refusal.code != "cursor" or not cursor:
                raise
            log.warning("the centre does not know the cursor: everything is asked for again")
            shelf.keep_changes([], [], "")
            return True
        if changes is None:
            return False
        self._wake()
        good, cancelled = self._sorted(changes.bookings)
        shelf.keep_changes(good, cancelled, changes.cursor)
        self._host.hall.bookings.changed()
        if changes.bookings:
            log.info("bookings: %d kept, %d gone", len(good), len(cancelled))
        return changes.more

    def _sorted(self, told: Sequence[BookingChange]) -> tuple[list[Booking], list[str]]:
        """What of it is to be kept, and which codes go. A kiosk that follows has its leader's."""
        if self._host.follows:
            return [], []
        return self._host.hall.bookings.of_centre(told)


def _hear(
    centre: Centre,
    within_s: float,
    *,
    since: str,
    want: Callable[[Sequence[DocumentNotice]], object],
) -> Changes | None:
    changes = centre.changes(since, within_s)
    if changes is not None:
        want(changes.documents)
    return changes
