"""Slips that are no promise: a procedure's checklist, a list of names. Asked for, they are printed
at once or the citizen hears how else to keep them; nothing of them is stored (decision 0010)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from hardware.printer.slip import Slip
from kiosk.core.devices import Devices
from kiosk.core.printing import Printing
from kiosk.core.slips import Listing, Slips
from kiosk.core.speaking import Speaking
from kiosk.errors import CommandRefused
from kiosk.guide.procedure import Procedure
from kiosk.ports import Outcome
from kiosk.words import AnyEvent, ChecklistChanged, Language, ListChanged


class LooseSlipsHost(Protocol):
    """What they need of the engine."""

    devices: Devices
    printing: Printing
    speaking: Speaking

    def now(self) -> datetime: ...
    def publish(self, event: AnyEvent) -> None: ...


class LooseSlips:
    """Both methods raise CommandRefused "printer", after saying so, where no printer is there."""

    def __init__(self, host: LooseSlipsHost, slips: Slips) -> None:
        self._host = host
        self._slips = slips

    def checklist(self, procedure: Procedure, language: Language) -> None:
        """What to bring for a procedure, on paper."""

        def changed(state: Outcome, reason: str) -> ChecklistChanged:
            return ChecklistChanged(code=procedure.code, state=state, reason=reason)

        slip = self._slips.of_checklist(procedure, language)
        self._print(slip, changed, language, take="checklist.take", refused="checklist.photograph")

    def list(self, listing: Listing, language: Language) -> None:
        """The beginning of a list, on paper."""

        def changed(state: Outcome, reason: str) -> ListChanged:
            return ListChanged(title=listing.title, state=state, reason=reason)

        slip = self._slips.of_list(listing, self._host.now().date(), language)
        self._print(slip, changed, language, take="list.take", refused="list.look")

    def _print(
        self,
        slip: Slip,
        changed: Callable[[Outcome, str], AnyEvent],
        language: Language,
        *,
        take: str,
        refused: str,
    ) -> None:
        """`take` and `refused` are the phrases that go with the paper, or stand for it."""
        host = self._host
        if not host.devices.is_ready("printer"):
            host.speaking.say(refused, {}, language)
            raise CommandRefused("the printer is away", code="printer")

        def settled(state: Outcome, reason: str) -> None:
            host.publish(changed(state, reason))
            if state == "refused":
                host.speaking.say(refused, {}, language)

        host.printing.add_loose(slip, settled)
        host.speaking.say(take, {}, language)
