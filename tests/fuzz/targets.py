"""Every parser that meets the outside: true examples of what it reads, and what it may raise.

A target takes bytes. It may raise its own room's error, which says what is wrong; anything else, a
hang or a crash is a fault of ours.
"""

from __future__ import annotations

import gzip
import io
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import msgspec
from openpyxl import Workbook

from centre import wire as centre_wire
from hardware.board.frames import pulse_reply, pulse_request
from hardware.errors import PortError
from hardware.port_names import parse_port
from hardware.printer.frames import Decoder, model_of
from hardware.scanner.forms import form_of
from hardware.scanner.framing import Assembler, text_of
from kiosk.catalogue.importing import read_export
from kiosk.catalogue.shipped import read_shipped
from kiosk.config.reading import parse_config
from kiosk.config.survey import read_survey
from kiosk.errors import CatalogueError, ConfigError, FrameError
from kiosk.guide.folding import fold
from kiosk.guide.sentences import SentencesBad, expanded, read_sentences
from kiosk.link.frames import Hello, Ping, encode, reader_at_core
from kiosk.paths import ASSETS, DEFAULT_CONFIG
from kiosk.queueing.booking import booking_code, hanoi_moment
from voice import wire as speaking_wire
from voice.errors import Garbled
from voice.listening import wire as hearing_wire


@dataclass(frozen=True, slots=True)
class Target:
    """A parser, examples that it takes, and the errors that are its right."""

    name: str
    read: Callable[[bytes], object]
    seeds: Sequence[bytes]
    may_raise: tuple[type[Exception], ...] = field(default=())


def _in_a_file(name: str, read: Callable[[Path], object]) -> Callable[[bytes], object]:
    """Read a file of that name, alone in its folder."""

    def put(data: bytes) -> object:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / name
            path.write_bytes(data)
            return read(path)

    return put


def _printer(data: bytes) -> None:
    decoder = Decoder()
    for start in range(0, len(data), 3):
        decoder.feed(data[start : start + 3])
    model_of(data)


def _scanner(data: bytes) -> None:
    assembler = Assembler()
    reads = [
        *assembler.feed(data[: len(data) // 2], 0.0),
        *assembler.feed(data[len(data) // 2 :], 0.1),
    ]
    for read in [*reads, *assembler.feed(b"\r", 9.0)]:
        for cards in (False, True):
            form_of(text_of(read), cards=cards)


def _link(data: bytes) -> None:
    reader_at_core().feed(data)


def _port(data: bytes) -> None:
    parse_port(data.decode("utf-8", "replace"))


def _config(data: bytes) -> None:
    parse_config(data.decode("utf-8", "replace"))


def _words(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    assert fold(fold(text)) == fold(text)


def _booking(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    (hanoi_moment if ":" in text else booking_code)(text)


def _template(data: bytes) -> None:
    expanded(data.decode("utf-8", "replace")[:200])


def _shape(kind: type) -> Callable[[bytes], object]:
    return msgspec.json.Decoder(kind).decode


def _sentences(path: Path) -> object:
    openings = ASSETS / "sentences" / "vi" / "openings.toml"
    (path.parent / openings.name).write_bytes(openings.read_bytes())
    return read_sentences(path.parent)


@cache
def targets() -> tuple[Target, ...]:
    """All of them."""
    return (*_devices(), *_links(), *_files(), *_wire())


def _devices() -> list[Target]:
    pulse = pulse_request(1, 2, 700)
    statuses = [b"\x16\x12\x12\x12", b"\x14\x00\x00\x0f", b"_TM-T20III\x00", b"\x37\x220001\x00"]
    card = "001099012345|012345678|Nguyễn Văn A|01011999|Nam|Hà Nội|01012021"
    scans = [b"LT1:abcdefghijklmnop\r", b"]Q1B-7K3M9P\r\n", card.encode()]
    ports = [b"tcp:127.0.0.1:9100", b"serial:/dev/ttyUSB0", b"simulated"]
    return [
        Target("printer status", _printer, statuses),
        Target("board replies", lambda data: pulse_reply(pulse, data), [pulse]),
        Target("scanner", _scanner, scans),
        Target("port names", _port, ports, (PortError,)),
    ]


def _links() -> list[Target]:
    told = [
        encode(Hello(version=1, face="cli"), limit=4096),
        encode(Ping(id=1), limit=4096),
    ]
    pong = [b'{"type":"pong","id":1}\n']
    return [
        Target("local socket", _link, told, (FrameError,)),
        Target("voice: speaking", speaking_wire.decode_event, pong, (Garbled,)),
        Target("voice: hearing", hearing_wire.decode_event, pong, (Garbled,)),
    ]


def _files() -> list[Target]:
    csv = "code,name,level\n1.001193,Đăng ký khai sinh,Cấp Xã\n2.000815,Chứng thực,Cấp Xã\n"
    row = '{"code": "1.001193", "name": "Thủ tục đăng ký khai sinh", "ward": true}\n'
    civil = (ASSETS / "catalogue" / "civil-status.toml").read_text().split("\n[[procedure]]")
    asked = (ASSETS / "sentences" / "vi" / "take_ticket.toml").read_bytes()
    survey = (ASSETS / "feedback" / "survey.toml").read_bytes()
    template = "[cho] tôi (lấy|xin) số [thứ tự]".encode()
    words = "Đăng ký khai sinh ở phường, ko có giấy đc ko?".encode()
    shipped = _in_a_file("civil-status.toml", lambda path: read_shipped(path.parent))
    packed = gzip.compress(3 * row.encode())
    refused = (CatalogueError,)
    return [
        Target("config.toml", _config, [DEFAULT_CONFIG.read_bytes()], (ConfigError,)),
        Target("survey", _in_a_file("survey.toml", read_survey), [survey], (ConfigError,)),
        Target("shipped catalogue", shipped, ["\n[[procedure]]".join(civil[:3]).encode()], refused),
        Target("export, CSV", _in_a_file("a.csv", read_export), [csv.encode()], refused),
        Target("export, JSONL", _in_a_file("a.jsonl", read_export), [3 * row.encode()], refused),
        Target("export, packed", _in_a_file("a.jsonl.gz", read_export), [packed], refused),
        Target("export, XLSX", _in_a_file("a.xlsx", read_export), [_sheet()], refused),
        Target("sentences", _in_a_file("a.toml", _sentences), [asked], (SentencesBad,)),
        Target("templates of sentences", _template, [template], (SentencesBad,)),
        Target("folding", _words, [words]),
        Target("bookings", _booking, [b"B-7K3M9P", b"2026-11-30T08:00:00+07:00"], (ValueError,)),
    ]


def _wire() -> list[Target]:
    at = '"2026-11-30T08:00:00+07:00"'
    entry = f'{{"seq":1,"kind":"ticket_issued","at":{at},"body":{{"number":"A001"}}}}'
    batch = f'{{"epoch":"0123456789abcdef","entries":[{entry}]}}'
    key = "0" * 64
    enrolment = f'{{"code":"ABCD2345","public_key":"{key}","name":"k","version":"1"}}'
    health = f'{{"at":{at},"version":"1","parts":[{{"name":"printer","state":"ready"}}]}}'
    shapes: list[tuple[str, type, str]] = [
        ("batch", centre_wire.EventBatch, batch),
        ("enrolment", centre_wire.EnrolmentRequest, enrolment),
        ("health", centre_wire.Health, health),
        ("changes", centre_wire.Changes, f'{{"cursor":"1","now":{at}}}'),
    ]
    return [
        Target(
            f"centre: {name}", _shape(kind), [text.encode()], (msgspec.DecodeError, UnicodeError)
        )
        for name, kind, text in shapes
    ]


def _sheet() -> bytes:
    book = Workbook()
    for row in (("code", "name", "level"), ("1.001193", "Đăng ký khai sinh", "Cấp Xã")):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    book.close()
    return out.getvalue()
