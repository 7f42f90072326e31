"""What is held before the scanner: a slip, a booking code, and, where the site wants it, a card."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Protocol

from hardware.scanner.forms import (
    BadgeForm,
    BookingForm,
    CardForm,
    DossierForm,
    Form,
    TicketForm,
)
from kiosk.core.device_edge import DeviceEdge
from kiosk.errors import StoreUnavailable
from kiosk.ports import Condition, Scanner, Store
from kiosk.words import AnyEvent, CodeScanned

LOOK_WITHIN_S = 5.0
AWAY_S = 0.25
"""Between two looks while the scanner is away; while it is there, each look waits by itself."""


class ScanningHost(Protocol):
    """What scanning needs of the engine."""

    store: Store

    def scanner_is(self, state: Condition, reason: str, detail: str) -> None: ...
    def publish(self, event: AnyEvent) -> None: ...
    def badge_shown(self, token: str) -> bool: ...
    def scanned(self, event: CodeScanned) -> None: ...


def _nobody(card: CardForm) -> None:
    """No booking is looked up by a card."""


class ScanWorker:
    """Listens to the scanner.

    `look_up` is handed a chip ID card for as long as its call lasts; here it is neither kept nor
    written, and the event says no more of it than the last figures of its number.
    """

    def __init__(
        self,
        host: ScanningHost,
        open_scanner: Callable[[], Scanner],
        look_up: Callable[[CardForm], object] = _nobody,
    ) -> None:
        self._host = host
        self._look_up = look_up
        self._edge = DeviceEdge("scanner", open_scanner, host.scanner_is)

    async def run(self) -> None:
        """Until cancelled."""
        try:
            while True:
                look = await self._edge.ask(lambda scanner: scanner.look(), LOOK_WITHIN_S)
                if look is not None:
                    status = look.status
                    self._host.scanner_is(status.state, status.reason, status.detail)
                    for form in look.reads:
                        self._take(form)
                if look is None or look.status.state != "ready":
                    await asyncio.sleep(AWAY_S)
        finally:
            self._edge.close()

    def _take(self, form: Form) -> None:
        if isinstance(form, BadgeForm) and self._host.badge_shown(form.token):
            return
        event = self._event(form)
        self._host.publish(event)
        self._host.scanned(event)

    def _event(self, form: Form) -> CodeScanned:
        match form:
            case TicketForm(token):
                return self._ticket(token)
            case BookingForm():
                return CodeScanned(form="booking")
            case DossierForm(code):
                return CodeScanned(form="dossier", dossier=code)
            case CardForm():
                self._look_up(form)
                return CodeScanned(form="id_card", masked=form.masked)
            case _:
                return CodeScanned(form="foreign")

    def _ticket(self, token: str) -> CodeScanned:
        try:
            ticket = self._host.store.ticket_of_token(token)
        except StoreUnavailable:
            ticket = None
        return CodeScanned(form="ticket" if ticket is not None else "foreign", ticket=ticket)
