"""Words of what is around the kiosk: who stands there, what is given out, what is scanned."""

from __future__ import annotations

from typing import Literal

from kiosk.queueing.refreshment import GivingState
from kiosk.queueing.ticket import Ticket
from kiosk.words.root import Command, Event, Word

ItemCondition = Literal["ready", "busy", "resting", "empty", "stuck", "away"]
ScannedForm = Literal["ticket", "booking", "dossier", "id_card", "foreign"]
DeliveryOutcome = Literal["refused", "arrived", "not_arrived", "unknown"]


class ItemState(Word, frozen=True, kw_only=True):
    """One thing that can be had at the kiosk.

    `left` is None where nobody counted. "stuck": the dispenser moved and nothing fell, twice:
    staff looks after it and counts anew. "away": its board is. "resting": one was given just now;
    at `ready_at` (ISO 8601) there is another, for whoever stands here then.
    """

    item: str
    name_vi: str
    name_en: str
    condition: ItemCondition
    left: int | None = None
    ready_at: str = ""


class Dispense(Command, frozen=True, kw_only=True, tag="dispense"):
    """Give one out, and carry it to `place` where the base can drive ("": here).

    The same `request_id` moves the dispenser once, however often it is asked. Refused
    (unknown_item, unknown_place, item, busy, resting) before anything moves.
    """

    request_id: str
    item: str
    place: str = ""


class Restock(Command, frozen=True, kw_only=True, tag="restock"):
    """Staff counted: so many are in the dispenser now, and it works."""

    item: str
    left: int


class CancelDelivery(Command, frozen=True, kw_only=True, tag="cancel_delivery"):
    """Call the base back."""


class Dispensed(Event, frozen=True, kw_only=True, tag="dispensed"):
    """The sensor saw one fall; so many are left, where they are counted."""

    item: str
    request_id: str
    left: int | None = None


class DispenseFailed(Event, frozen=True, kw_only=True, tag="dispense_failed"):
    """None was seen to fall: see kiosk.queueing.refreshment for the outcomes."""

    item: str
    request_id: str
    outcome: GivingState
    reason: str


class Delivered(Event, frozen=True, kw_only=True, tag="delivered"):
    """What became of a delivery to a place."""

    item: str
    place: str
    outcome: DeliveryOutcome
    reason: str = ""


class PresenceChanged(Event, frozen=True, kw_only=True, tag="presence_changed"):
    """Somebody came before the kiosk, or nobody is there any more."""

    present: bool


class CodeScanned(Event, frozen=True, kw_only=True, tag="code_scanned"):
    """A code was held before the scanner. What was read does not travel: the ticket that it
    belongs to, of a chip ID card the last figures of its number; only of a dossier the code itself,
    for the face to ask with, which keeps it no longer than its citizen stands there.
    """

    form: ScannedForm
    ticket: Ticket | None = None
    dossier: str = ""
    masked: str = ""


DeviceCommand = Dispense | Restock | CancelDelivery
