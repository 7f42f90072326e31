"""One thing given out for one request: durable before anything moves, told whatever comes of it."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from kiosk.errors import CommandRefused, StoreUnavailable
from kiosk.ports import Store
from kiosk.queueing.refreshment import Giving, GivingState
from kiosk.words import (
    AnyEvent,
    Dispense,
    Dispensed,
    DispenseFailed,
    ItemState,
    Restock,
)
from kiosk.words.devices import ItemCondition

log = logging.getLogger(__name__)

STUCK_AFTER = 2
"""So often nothing fell, one time after the other: staff looks first."""
MOVED: tuple[GivingState, ...] = ("not_dropped", "unknown")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispenser:
    """What is given out, and how: terminals of the board from 1, the pulse in milliseconds,
    seconds within which something falls, and the stock at which staff is told."""

    item: str
    name_vi: str
    name_en: str
    output: int
    drop: int
    pulse_ms: int
    wait_s: float
    low: int


@dataclass(frozen=True, slots=True)
class Order:
    """A giving that is on the disk and waits for the board."""

    giving: Giving
    dispenser: Dispenser
    place: str


class DispensingHost(Protocol):
    """What dispensing needs of the engine."""

    store: Store

    def now(self) -> datetime: ...
    def publish(self, event: AnyEvent) -> None: ...
    def state_is_stale(self) -> None: ...


class Dispensing:
    """The dispensers, their stock, and the one order at a time."""

    def __init__(
        self,
        host: DispensingHost,
        dispensers: Sequence[Dispenser],
        rest: timedelta = timedelta(),
    ) -> None:
        """After one was given nobody at a screen gets another for as long as `rest`."""
        self._host = host
        self._known = {dispenser.item: dispenser for dispenser in dispensers}
        self._rest = rest
        self._given: dict[str, datetime] = {}  # when the last of each was
        self._stock: dict[str, int] = {}
        self._failures = dict.fromkeys(self._known, 0)
        self._order: Order | None = None  # under way
        self._waiting: Order | None = None  # and not yet with the board
        self._unkept: deque[tuple[Giving, GivingState, str]] = deque()
        self.is_board_ready = False
        """Set by whoever looks at the board."""

    def resume(self) -> None:
        """After a start: what was about to move is unknown, and is not moved again."""
        under_way = self._order.giving.id if self._order is not None else None
        for giving in self._host.store.refreshments.unsettled():
            if giving.id == under_way:
                continue
            log.warning("%s of %s may have dropped: the core ended", giving.item, giving.asked_at)
            self._host.store.refreshments.settle(giving, "unknown", "restart", self._stamp())
        self._stock = self._host.store.refreshments.stock()

    # Asked by faces

    def ask(self, command: Dispense, *, citizen: bool = False) -> Order | None:
        """Write down that a dispenser is to move; None where this request was served before.

        A `citizen` waits until it has rested; staff knows what it does. Raises CommandRefused
        (unknown_item, item, busy, resting, wrong_answer for a request id of the wrong length) and
        StoreUnavailable.
        """
        if not 8 <= len(command.request_id) <= 64:
            raise CommandRefused("a request id has 8 to 64 characters", code="wrong_answer")
        dispenser = self._dispenser(command.item)
        if self._host.store.refreshments.of_request(command.request_id) is not None:
            return None
        condition = self._condition(dispenser)
        if condition != "ready" and (citizen or condition != "resting"):
            code = condition if condition in {"busy", "resting"} else "item"
            raise CommandRefused(f"{command.item} is {condition}", code=code)
        giving = self._host.store.refreshments.begin(
            command.item, command.request_id, self._stamp()
        )
        self._order = self._waiting = Order(giving, dispenser, command.place)
        self._host.state_is_stale()
        return self._order

    def restock(self, command: Restock) -> None:
        """Staff counted, and has seen that it works. Raises CommandRefused, StoreUnavailable."""
        dispenser = self._dispenser(command.item)
        if command.left < 0:
            raise CommandRefused("less than nothing is left", code="wrong_answer")
        self._host.store.refreshments.restock(command.item, command.left, self._stamp())
        self._stock[dispenser.item] = command.left
        self._failures[dispenser.item] = 0
        self._host.state_is_stale()

    def _dispenser(self, item: str) -> Dispenser:
        if item not in self._known:
            raise CommandRefused(f"no item {item!r}", code="unknown_item")
        return self._known[item]

    # Told to faces

    @property
    def dispensers(self) -> tuple[Dispenser, ...]:
        """In the order of config.toml."""
        return tuple(self._known.values())

    def items(self) -> tuple[ItemState, ...]:
        """What can be had now."""
        return tuple(
            ItemState(
                item=one.item,
                name_vi=one.name_vi,
                name_en=one.name_en,
                condition=self._condition(one),
                left=self._stock.get(one.item),
                ready_at=self._ready_at(one.item),
            )
            for one in self._known.values()
        )

    def _condition(self, dispenser: Dispenser) -> ItemCondition:
        if not self.is_board_ready:
            return "away"
        if self._failures[dispenser.item] >= STUCK_AFTER:
            return "stuck"
        if self._stock.get(dispenser.item) == 0:
            return "empty"
        if self._order is not None:
            return "busy"
        return "resting" if self._ready_at(dispenser.item) else "ready"

    def _ready_at(self, item: str) -> str:
        """When there is another, or "" for now; a clock that was set back forgets it."""
        given = self._given.get(item)
        if given is None or not timedelta() <= self._host.now() - given < self._rest:
            return ""
        return (given + self._rest).isoformat(timespec="seconds")

    def warnings(self) -> tuple[str, ...]:
        """What staff should see to."""
        left = [(self._stock.get(one.item), one.low) for one in self._known.values()]
        found = {
            "stock_empty": any(count == 0 for count, _ in left),
            "stock_low": any(count is not None and 0 < count <= low for count, low in left),
            "dispenser_stuck": any(count >= STUCK_AFTER for count in self._failures.values()),
        }
        return tuple(code for code, stands in found.items() if stands)

    # Done by the board's worker

    def take(self) -> Order | None:
        """What waits for the board, once: whatever becomes of its worker, nothing moves again."""
        order, self._waiting = self._waiting, None
        return order

    def settle(self, order: Order, state: GivingState, reason: str) -> None:
        """Tell what became of an order, and write it down now or when the store can."""
        log.info("%s: %s %s", order.giving.item, state, reason)
        item = order.giving.item
        self._order = None
        self._unkept.append((order.giving, state, reason))
        if state == "dropped":
            self._failures[item] = 0
            self._given[item] = self._host.now()
            if item in self._stock:
                self._stock[item] = max(0, self._stock[item] - 1)
        elif state in MOVED:
            self._failures[item] += 1
        self.keep()
        request_id = order.giving.request_id
        self._host.publish(
            Dispensed(item=item, request_id=request_id, left=self._stock.get(item))
            if state == "dropped"
            else DispenseFailed(item=item, request_id=request_id, outcome=state, reason=reason)
        )
        self._host.state_is_stale()

    def keep(self) -> None:
        """Write the outcomes that the store could not take yet; until then they are `moving`."""
        while self._unkept:
            giving, state, reason = self._unkept[0]
            try:
                self._host.store.refreshments.settle(giving, state, reason, self._stamp())
            except StoreUnavailable:
                return
            self._unkept.popleft()

    def _stamp(self) -> str:
        return self._host.now().isoformat(timespec="milliseconds")
