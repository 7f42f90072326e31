"""Words between the kiosks of one site.

CommandRefused: not_leading (this kiosk is no leader, or the letter is not one that it leads),
leader (this needs the leader, and it does not answer).
"""

from __future__ import annotations

from kiosk.queueing.booking import Booking
from kiosk.queueing.ticket import Ticket
from kiosk.words.hall import HallState
from kiosk.words.root import Command, Language, Word
from kiosk.words.tickets import ServiceState


class IssueForKiosk(Command, frozen=True, kw_only=True, tag="issue_for_kiosk"):
    """Another kiosk asks for a number, whose slip it prints itself. -> TicketResult"""

    kiosk: str
    request_id: str
    service: str
    priority: str = ""
    language: Language = "vi"


class TakeOver(Command, frozen=True, kw_only=True, tag="take_over"):
    """Another kiosk hands over the numbers that it gave under its own letter. -> TakenResult"""

    kiosk: str
    tickets: tuple[Ticket, ...]


class AskSite(Command, frozen=True, kw_only=True, tag="ask_site"):
    """Another kiosk looks after its leader, again and again. -> SiteResult"""

    kiosk: str


class CopyBookings(Command, frozen=True, kw_only=True, tag="copy_bookings"):
    """Another kiosk copies the bookings, to check them in by itself one day. -> BookingsCopy"""

    kiosk: str


class SiteResult(Word, frozen=True, kw_only=True, tag="site"):
    """The site as its leader has it; `bookings` changes with the list of bookings."""

    services: tuple[ServiceState, ...]
    hall: HallState
    bookings: str


class BookingsCopy(Word, frozen=True, kw_only=True, tag="bookings_copy"):
    """The bookings of today and the days to come, without what tells persons apart."""

    bookings: tuple[Booking, ...]


class TakenResult(Word, frozen=True, kw_only=True, tag="taken"):
    """The request ids of the tickets that the leader now keeps."""

    request_ids: tuple[str, ...]
