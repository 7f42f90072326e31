"""What is around the kiosk, joined: a board that sees who comes, a scanner, a base, a greeting.

    somebody comes ──▶ PresenceChanged, the light, the greeting, the base's own greeting
    the button     ──▶ CallClerk
    Dispense       ──▶ on the disk ──▶ the board moves a dispenser, once ──▶ Dispensed ──▶ the base
    a code         ──▶ CodeScanned, and a word of thanks

A site has the parts that it has; what is missing is not among the kiosk's devices.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol

from kiosk.core.board import BoardWorker, Wiring
from kiosk.core.carrying import Carrying
from kiosk.core.dispensing import Dispenser, Dispensing, Order
from kiosk.core.greeting import Greeter, GreetingRule
from kiosk.core.scanning import ScanWorker
from kiosk.errors import CommandRefused
from kiosk.ports import Base, Board, Condition, DropReport, Scanner, Store
from kiosk.queueing.ticket import OPEN_STATES
from kiosk.words import (
    AnyEvent,
    CallClerk,
    CancelDelivery,
    CodeScanned,
    DeviceCommand,
    Dispense,
    Dispensed,
    DispenseFailed,
    Done,
    HallChanged,
    ItemState,
    PresenceChanged,
    Restock,
)

BUTTON = "button"  # the face of the call button
THANKS = {
    "ticket": "scan.ticket",
    "booking": "scan.booking",
    "dossier": "scan.dossier",
    "id_card": "scan.card",
}


class SurroundingsHost(Protocol):
    """What is needed of the engine."""

    store: Store

    def now(self) -> datetime: ...
    def publish(self, event: AnyEvent) -> None: ...
    def state_is_stale(self) -> None: ...
    def do(self, command: CallClerk, face: str) -> object: ...
    def badge_shown(self, token: str) -> bool: ...
    def utter(self, phrase: str, values: dict[str, str], *, level: float = 1.0) -> None: ...
    def edge_is(
        self,
        name: str,
        state: Condition,
        reason: str,
        detail: str,
        warnings: tuple[str, ...] = (),
    ) -> None: ...


class Surroundings:
    """The workers of all that is configured; `works` are to be run."""

    def __init__(
        self,
        host: SurroundingsHost,
        *,
        clock: Callable[[], float],
        dispensers: Sequence[Dispenser] = (),
        wiring: Wiring | None = None,
        open_board: Callable[[], Board] | None = None,
        open_scanner: Callable[[], Scanner] | None = None,
        open_base: Callable[[], Base] | None = None,
        drive_s: float = 180.0,
        greeter: Greeter | None = None,
        rest_s: int = 0,
        offers: bool = False,
    ) -> None:
        """`clock` gives seconds that never go back; `rest_s` lie between two of one thing.

        With `offers` the greeting says that there is something to have.
        """
        self.store = host.store
        self._host = host
        self._greeter = greeter
        self._wiring = wiring or Wiring()
        self._knows = False  # whether somebody is there
        self._board: BoardWorker | None = None
        self._scanner: ScanWorker | None = None
        self._base: Carrying | None = None
        self._offers = offers
        self._dispensing = Dispensing(
            self, dispensers if open_board is not None else (), timedelta(seconds=rest_s)
        )
        if open_board is not None:
            self._board = BoardWorker(self, open_board, self._wiring, self._dispensing, clock)
        if open_scanner is not None:
            self._scanner = ScanWorker(self, open_scanner)
        if open_base is not None:
            self._base = Carrying(self, open_base, drive_s=drive_s)

    def works(self) -> list[tuple[str, Callable[[], Coroutine[Any, Any, None]]]]:
        """What has to run, by name."""
        parts = (("board", self._board), ("scanner", self._scanner), ("base", self._base))
        return [(name, part.run) for name, part in parts if part is not None]

    def greet_by(self, rule: GreetingRule) -> None:
        """From now on somebody who comes is greeted by this rule, where anybody is greeted."""
        if self._greeter is not None:
            self._greeter.rule = rule

    def resume(self) -> None:
        """After a start, or a restored store."""
        self._dispensing.resume()

    # Asked by faces

    def do(self, command: DeviceCommand, *, citizen: bool = False) -> Done:
        """Carry out a command. Raises CommandRefused and StoreUnavailable."""
        match command:
            case Dispense():
                self._dispense(command, citizen=citizen)
            case Restock():
                self._dispensing.restock(command)
            case CancelDelivery() if self._base is not None:
                self._base.cancel()
        return Done()

    def _dispense(self, command: Dispense, *, citizen: bool) -> None:
        reaches = self._base.reaches(command.place) if self._base is not None else False
        if command.place and not reaches:
            raise CommandRefused(f"no way to {command.place!r}", code="unknown_place")
        if self._dispensing.ask(command, citizen=citizen) is not None and self._board is not None:
            self._board.wake()

    def touched(self) -> None:
        """The citizen has done something at the screen."""
        if self._greeter is not None:
            self._greeter.touched(self.now())

    # Asked by the technician's self-tests

    @property
    def sees_people(self) -> bool:
        """Whether a presence sensor is wired."""
        return self._board is not None and self._wiring.presence > 0

    @property
    def dispensers(self) -> tuple[Dispenser, ...]:
        """What is given out here."""
        return self._dispensing.dispensers

    async def try_dry(self, dispenser: Dispenser) -> DropReport | None:
        """Move one once, emptied; None where that cannot be. Raises CommandRefused: door_open."""
        if self._board is None:
            return None
        if self._board.is_door_open:
            raise CommandRefused("somebody's hand may be inside", code="door_open")
        return await self._board.try_dry(dispenser)

    @property
    def items(self) -> tuple[ItemState, ...]:
        """What can be had here."""
        return self._dispensing.items()

    @property
    def present(self) -> bool | None:
        """Whether somebody stands before the kiosk; None where nothing tells."""
        return self._board.present if self._knows and self._board is not None else None

    # Told by the workers

    def presence_is(self, present: bool) -> None:
        """Somebody came, or has gone."""
        self._host.publish(PresenceChanged(present=present))
        self._host.state_is_stale()
        if present:
            self._greet()

    def _greet(self) -> None:
        if self._base is not None:
            self._base.greet()
        level = self._greeter.greet(self.now()) if self._greeter is not None else None
        if level is not None:
            can_offer = self._offers and any(one.condition == "ready" for one in self.items)
            self._host.utter("greeting.offer" if can_offer else "greeting.hello", {}, level=level)

    def hear(self, event: AnyEvent) -> None:
        """The engine's listener: the light calls staff, and flashes once nobody answers."""
        if isinstance(event, HallChanged) and self._board is not None:
            calls = event.hall.staff_calls
            late = any(call.late for call in calls)
            self._board.alarm = "flashing" if late else "on" if calls else "off"

    def button_pressed(self) -> None:
        """The call button beside the screen."""
        self._host.do(CallClerk(page=BUTTON), BUTTON)
        self._host.utter("clerk.coming", {})

    def gave(self, order: Order) -> None:
        """It dropped: the base brings it to its place, which may be here."""
        if self._base is not None:
            self._base.carry(order.giving.item, order.place)

    def badge_shown(self, token: str) -> bool:
        """Whether it is a technician's: the door opens then."""
        return self._host.badge_shown(token)

    def scanned(self, event: CodeScanned) -> None:
        """Say that it was read, or that it was not."""
        if event.ticket is not None and event.ticket.state not in OPEN_STATES:
            self._host.utter("scan.done", {})
            return
        values = {"number": event.ticket.number} if event.ticket is not None else {}
        self._host.utter(THANKS.get(event.form, "scan.foreign"), values)

    def board_is(
        self, state: Condition, reason: str, detail: str, *, warnings: tuple[str, ...] = ()
    ) -> None:
        """How the board is."""
        self._knows = state == "ready" and self._wiring.presence > 0
        self._host.edge_is("board", state, reason, detail, warnings)

    def scanner_is(self, state: Condition, reason: str, detail: str) -> None:
        """How the scanner is."""
        self._host.edge_is("scanner", state, reason, detail)

    def base_is(self, state: Condition, reason: str, detail: str) -> None:
        """How the base is."""
        self._host.edge_is("base", state, reason, detail)

    def now(self) -> datetime:
        """The believed time."""
        return self._host.now()

    def publish(self, event: AnyEvent) -> None:
        """Tell the faces, and whoever stands there what they are to take."""
        self._host.publish(event)
        match event:
            case Dispensed():
                self._host.utter("refreshment.take", {})
            case DispenseFailed():
                self._host.utter("refreshment.sorry", {})

    def state_is_stale(self) -> None:
        """Something that faces show has changed."""
        self._host.state_is_stale()
