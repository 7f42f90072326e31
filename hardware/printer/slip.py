"""What a slip can say: plain values, in the order in which they are read from top to bottom."""

from dataclasses import dataclass
from typing import Literal

Size = Literal["small", "body", "large", "title"]


@dataclass(frozen=True, slots=True)
class Text:
    """One paragraph, centred and wrapped."""

    text: str
    size: Size = "body"
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Number:
    """The number of the ticket, as huge as the paper allows."""

    text: str


@dataclass(frozen=True, slots=True)
class Mark:
    """White words on a black box: "ƯU TIÊN", "BẢN IN LẠI"."""

    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a checklist: an empty box to tick, the words beside it, a small note below them."""

    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the paper."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Empty paper, in millimetres."""

    mm: float = 2.0


@dataclass(frozen=True, slots=True)
class Qr:
    """A QR code of `data`."""

    data: str


Block = Text | Number | Mark | Item | Rule | Gap | Qr


@dataclass(frozen=True, slots=True)
class Slip:
    """A whole slip. Its texts are taken to NFC when drawn."""

    blocks: tuple[Block, ...]
