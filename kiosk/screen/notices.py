"""What happens around the kiosk, as a kind line on the screen: for whoever does not hear it."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.queueing.ticket import OPEN_STATES
from kiosk.screen.translator import Translator
from kiosk.words import ClerkCalled, CodeScanned, Dispensed, DispenseFailed, Event

BUTTON = "button"  # the page of a ClerkCalled that the button beside the screen sent


@dataclass(frozen=True, slots=True)
class Notice:
    """A line and the picture beside it."""

    words: str
    icon: str


def notice_of(event: Event, texts: Translator) -> Notice | None:
    """The line for an event; None where the pages themselves show it."""
    match event:
        case CodeScanned(form="dossier"):
            return None
        case CodeScanned():
            return _scanned(event, texts)
        case Dispensed():
            return Notice(texts.text("refreshment.take"), "hand-heart")
        case DispenseFailed():
            return Notice(texts.text("refreshment.sorry"), "hand-helping")
        case ClerkCalled(page=page) if page == BUTTON:
            return Notice(texts.text("clerk.coming"), "hand-helping")
    return None


def _scanned(event: CodeScanned, texts: Translator) -> Notice:
    match event.form:
        case "ticket" if event.ticket is not None and event.ticket.state not in OPEN_STATES:
            return Notice(texts.text("scan.done"), "smile")
        case "ticket" if event.ticket is not None:
            return Notice(texts.text("scan.ticket", number=event.ticket.number), "ticket")
        case "booking":
            return Notice(texts.text("scan.booking"), "calendar-days")
        case "id_card":
            return Notice(texts.text("scan.card", masked=event.masked), "id-card")
        case _:
            return Notice(texts.text("scan.foreign"), "circle-help")
