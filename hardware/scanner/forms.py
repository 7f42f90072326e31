"""Which reads mean something at a kiosk. Pure, and a whitelist: what is not here is `Foreign`,
above all an address of the web. None is ever opened: of a slip's own, the token is read.

    LT1.                 16 of a-z and 2-9      the QR of a ticket's slip
    http(s)://SITE/t/    the same               where the site has pages, for a telephone
    LTB1.                6 to 16 of a-z, 2-9    a booking code
    H26.123-260901-0012  office-YYMMDD-number   the code of a dossier, on its receipt
    LTT1.                26 of a-z, 2-9         a technician's badge
    012345678901|...     7 or more fields       the QR of a chip ID card, where the site wants it
"""

import re
from dataclasses import dataclass, field
from datetime import date

_LETTERS = "[abcdefghijkmnpqrstuvwxyz2-9]"  # none that looks like another
_TICKET = re.compile(rf"(?:LT1\.|https?://[^/\s]{{1,255}}/t/)({_LETTERS}{{16}})")
_BOOKING = re.compile(rf"LTB1\.({_LETTERS}{{6,16}})", re.IGNORECASE)
_DOSSIER = re.compile(
    r"[A-Z0-9]{2,3}(?:\.[A-Z0-9]{1,3}){0,4}-\d{6}-\d{3,6}", re.ASCII | re.IGNORECASE
)
_BADGE = re.compile(rf"LTT1\.({_LETTERS}{{26}})")
_CARD_NUMBER = re.compile(r"\d{12}", re.ASCII)
_CARD_DAY = re.compile(r"(\d{2})(\d{2})(\d{4})", re.ASCII)
CARD_FIELDS = 7
"""Number, former number, name, born, sex, address, issued; newer cards add the parents' names."""
KEPT_FIGURES = 3


@dataclass(frozen=True, slots=True)
class TicketForm:
    """The token of a slip."""

    token: str


@dataclass(frozen=True, slots=True)
class BookingForm:
    """A booking code, in small letters."""

    code: str


@dataclass(frozen=True, slots=True)
class DossierForm:
    """The code of a dossier that was handed in, in capitals. For the one who holds it alone."""

    code: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class BadgeForm:
    """A technician's badge. Who has its token may enter, so that it is never logged or printed."""

    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class CardForm:
    """What a booking can be found by, of a chip ID card. Unsigned: it proves nothing.

    Personal: for memory alone, never written, logged or printed. Its own text is masked, so that
    a trace or a log line by mistake tells nobody.
    """

    number: str = field(repr=False)
    name: str = field(repr=False)
    born: str = field(repr=False)
    """ISO 8601."""

    @property
    def masked(self) -> str:
        """ "*********901": enough for its owner to know it again."""
        return "*" * (len(self.number) - KEPT_FIGURES) + self.number[-KEPT_FIGURES:]


@dataclass(frozen=True, slots=True)
class Foreign:
    """Nothing of ours. It does not say what was read: that may be anybody's."""


Form = TicketForm | BookingForm | DossierForm | BadgeForm | CardForm | Foreign


def form_of(text: str, *, cards: bool = False) -> Form:
    """What a read is; a chip ID card is `Foreign` unless `cards`."""
    if match := _TICKET.fullmatch(text):
        return TicketForm(match[1])
    if match := _BOOKING.fullmatch(text):
        return BookingForm(match[1].lower())
    if _DOSSIER.fullmatch(text):
        return DossierForm(text.upper())
    if match := _BADGE.fullmatch(text):
        return BadgeForm(match[1])
    return (_card(text) if cards else None) or Foreign()


def _card(text: str) -> CardForm | None:
    fields = [part.strip() for part in text.split("|")]
    if len(fields) < CARD_FIELDS or not _CARD_NUMBER.fullmatch(fields[0]):
        return None
    born = _CARD_DAY.fullmatch(fields[3])
    if born is None or not fields[2]:
        return None
    try:
        day = date(int(born[3]), int(born[2]), int(born[1]))
    except ValueError:
        return None
    return CardForm(fields[0], fields[2], day.isoformat())
