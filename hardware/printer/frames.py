"""What an ESC/POS printer answers: bytes to messages, messages to a status. Needs no port.

Answers of four kinds come back on one line, in any order and cut anywhere:

    asked by       answer                                 comes
    DLE EOT n      1 byte    0 x x 1 x x 1 0              in real time, even when offline
    ASB (GS a)     4 bytes   0 x x 1 x x 0 0 and then     unasked, when a state changes
                             three of 0 x x 0 x x x x
    GS r 1         1 byte    0 x x 0 x x x x              in its turn, after the data before it
    GS ( H fn 48   7 bytes   37 22 id id id id 00         when all before it is on paper

    DLE EOT  bit     6          5           3              2            (bits 4 and 1 are always 1)
      n = 1                     recovering  offline        drawer
      n = 2          error      paper end   feed button    cover open
      n = 3          overheated unrecover.  cutter
      n = 4          paper end  paper end   near end       near end

    ASB      byte 1  bit 5 cover open   bit 3 offline
             byte 2  bit 6 overheated   bit 5 unrecoverable   bit 3 cutter
             byte 3  bits 3, 2 paper end          bits 1, 0 near end

Messages do not begin inside one another, so a byte that cannot continue the message begun means
that some were damaged: the begun ones become `Noise` and the byte starts afresh.

Source: Epson ESC/POS command reference, pages DLE EOT, GS a, GS r, GS ( H.
"""

from dataclasses import dataclass

from hardware.status import DeviceStatus

STATUS_REQUESTS = {n: bytes((0x10, 0x04, n)) for n in (1, 2, 3, 4)}
"""DLE EOT n: printer, offline cause, error cause, paper."""

PAPER_REQUEST = b"\x1dr\x01"
"""GS r 1: the paper sensor, answered in its turn."""

ASB_ON = b"\x1da\x0e"
"""GS a: speak up when you go offline, have an error, or the paper changes. A reset ends it."""

MODEL_REQUEST = b"\x1dI\x43"
"""GS I 67: the name of the model, answered as `_NAME` and a zero."""

XON_XOFF = frozenset((0x11, 0x13))
"""Flow control of printers that are set to it: between any two bytes, and part of no answer."""

ID_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
ID_LENGTH = 4


@dataclass(frozen=True, slots=True)
class RealTimeStatus:
    """The answer to one DLE EOT; which one, only the asker knows."""

    bits: int


@dataclass(frozen=True, slots=True)
class AutomaticStatus:
    """An ASB message."""

    parts: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class PaperStatus:
    """The answer to GS r 1."""

    bits: int

    @property
    def paper_out(self) -> bool:
        """Whether the roll is at its end."""
        return bool(self.bits & 0x0C)


@dataclass(frozen=True, slots=True)
class ProcessDone:
    """All that was sent before the request with this id is on paper."""

    process_id: bytes


@dataclass(frozen=True, slots=True)
class Noise:
    """Bytes that are no answer."""

    data: bytes


Message = RealTimeStatus | AutomaticStatus | PaperStatus | ProcessDone | Noise


def process_id(job_id: int) -> bytes:
    """Four letters for a job: different for 14 million jobs in a row, and printable throughout, so
    that they are never taken for XON or XOFF on a line with that flow control."""
    letters = []
    for _ in range(ID_LENGTH):
        job_id, digit = divmod(job_id, len(ID_LETTERS))
        letters.append(ID_LETTERS[digit])
    return "".join(letters).encode("ascii")


def process_id_request(name: bytes) -> bytes:
    """GS ( H function 48: "tell me `name` when you have printed what came before"."""
    if len(name) != ID_LENGTH or not all(0x20 <= letter <= 0x7E for letter in name):
        raise ValueError(f"a process id is {ID_LENGTH} printable letters, not {name!r}")
    return b"\x1d(H\x06\x00\x30\x30" + name


def process_id_answer(name: bytes) -> bytes:
    """What the printer says to that."""
    return b"\x37\x22" + name + b"\x00"


def model_of(heard: bytes) -> str:
    """The name in an answer to GS I 67, or ""."""
    _, mark, rest = heard.partition(b"_")
    name, end, _ = rest.partition(b"\x00")
    return name.decode("ascii", "replace") if mark and end else ""


class Decoder:
    """The stream decoder: feed it chunks, get whole messages. Keeps at most 6 bytes."""

    def __init__(self) -> None:
        self._begun = bytearray()

    def feed(self, chunk: bytes) -> list[Message]:
        """The messages that `chunk` completed, in order."""
        messages: list[Message] = []
        for byte in chunk:
            if byte in XON_XOFF:
                continue
            if self._begun and not _continues(self._begun, byte):
                messages.append(Noise(bytes(self._begun)))
                self._begun.clear()
            self._begun.append(byte)
            message = _complete(self._begun)
            if message is not None:
                messages.append(message)
                self._begun.clear()
        return messages


def _continues(begun: bytearray, byte: int) -> bool:
    """Whether `byte` can follow the unfinished message."""
    if begun[0] != 0x37:
        return byte & 0x90 == 0  # bytes 2 to 4 of an ASB message
    place = len(begun)
    if place == 1:
        return byte == 0x22
    return byte == 0 if place == 2 + ID_LENGTH else 0x20 <= byte <= 0x7E


def _complete(data: bytearray) -> Message | None:
    """The message that `data` is, or None while bytes are missing."""
    first = data[0]
    if first == 0x37:
        return ProcessDone(bytes(data[2:-1])) if len(data) == 3 + ID_LENGTH else None
    if first & 0x93 == 0x12:
        return RealTimeStatus(first)
    if first & 0x93 == 0x10:
        return AutomaticStatus((first, data[1], data[2], data[3])) if len(data) == 4 else None
    if first & 0x90 == 0:
        return PaperStatus(first)
    return Noise(bytes(data))


def status_of_replies(printer: int, offline: int, error: int, paper: int) -> DeviceStatus:
    """The status that the answers to DLE EOT 1, 2, 3 and 4 tell together."""
    return _status(
        cover_open=bool(offline & 0x04),
        paper_out=bool(paper & 0x60 or offline & 0x20),
        cutter=bool(error & 0x08),
        overheated=bool(error & 0x40),
        broken=bool(error & 0x20 or offline & 0x40),
        offline=bool(printer & 0x08),
        paper_low=bool(paper & 0x0C),
    )


def status_of_asb(message: AutomaticStatus) -> DeviceStatus:
    """The status that an ASB message tells."""
    one, two, three, _ = message.parts
    return _status(
        cover_open=bool(one & 0x20),
        paper_out=bool(three & 0x0C),
        cutter=bool(two & 0x08),
        overheated=bool(two & 0x40),
        broken=bool(two & 0x20),
        offline=bool(one & 0x08),
        paper_low=bool(three & 0x03),
    )


def _status(
    *,
    cover_open: bool,
    paper_out: bool,
    cutter: bool,
    overheated: bool,
    broken: bool,
    offline: bool,
    paper_low: bool,
) -> DeviceStatus:
    """The first cause that applies, in the order in which a technician would look."""
    warnings = ("paper_low",) if paper_low else ()
    causes = (
        (cover_open, "cover_open", "the cover is open"),
        (paper_out, "paper_out", "the roll of paper has ended"),
        (cutter, "cutter_error", "the cutter is stuck"),
        (overheated, "overheated", "the head is too hot and cools down"),
        (broken, "error", "an error that needs switching off and on"),
        (offline, "offline", "offline without a cause"),
    )
    for applies, reason, detail in causes:
        if applies:
            return DeviceStatus("unavailable", reason, detail, warnings)
    return DeviceStatus("ready", warnings=warnings)
