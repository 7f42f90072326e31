"""ESC/POS bytes to commands, as a printer reads them: in order, whatever the chunks.

    1B 40                     ESC @     reset
    1B 61 n                   ESC a     align: 0 left, 1 centre, 2 right
    1B 45 n                   ESC E     bold
    1B 4A n / 1B 64 n         ESC J/d   print and feed n dots / n lines
    1D 21 n                   GS !      size: (width - 1) << 4 | (height - 1)
    1D 76 30 m xL xH yL yH d  GS v 0    raster of x bytes by y rows
    1D 28 k pL pH d           GS ( k    codes      1D 28 H pL pH d   GS ( H   process id
    1D 56 m [n]               GS V      cut        1D 72 n           GS r     paper?
    1D 61 n                   GS a      ASB        10 04 n           DLE EOT  (already answered)

What is not known is skipped as a real printer skips it: by its length where it has one.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Command:
    """`name` as above without spaces ("ESC@", "GSv0"), `text` for printable bytes, `LF`.

    `data` are the bytes behind the name, `raw` all the bytes of the command.
    """

    name: str
    data: bytes
    raw: bytes


# Bytes behind the two of the name.
_ESC = {b"@": 0, b"2": 0, b"i": 0, b"m": 0, b"p": 3, b"c": 2, b"$": 2, b"\\": 2, b"*": 3}
_GS = {b"P": 2, b"L": 2, b"W": 2, b"$": 2, b"\\": 2}
_HEADS = {b"(": 5, b"v": 8, b"V": 3}  # bytes that tell how long these are
_FEEDING_CUTS = {65, 66, 97, 98, 103, 104}
_SETTING = 1  # ESC and GS commands not listed have one byte


class Reader:
    """Keeps what is not yet a whole command: at most one raster block."""

    def __init__(self) -> None:
        self._data = bytearray()

    def feed(self, chunk: bytes) -> None:
        """More bytes have come."""
        self._data += chunk

    def __len__(self) -> int:
        return len(self._data)

    def peek(self) -> Command | None:
        """The first command, left where it is; None while it is not whole."""
        size = _size(self._data) if self._data else 0
        if size == 0 or len(self._data) < size:
            return None
        return _command(bytes(self._data[:size]))

    def drop(self, command: Command) -> None:
        """`command`, the first, is done."""
        del self._data[: len(command.raw)]


def _size(data: bytearray) -> int:
    """Bytes of the first command; 0 while that cannot be told."""
    first = data[0]
    if first == 0x10:
        return 3
    if first in {0x1B, 0x1D}:
        return _escape_size(data) if len(data) > 1 else 0
    if first < 0x20:
        return 1
    return next((at for at, byte in enumerate(data) if byte < 0x20), len(data))


def _escape_size(data: bytearray) -> int:
    group, name = data[0], bytes(data[1:2])
    if group == 0x1B:
        return 2 + _ESC.get(name, _SETTING)
    if name not in _HEADS:
        return 2 + _GS.get(name, _SETTING)
    if len(data) < _HEADS[name]:
        return 0
    if name == b"(":
        return 5 + int.from_bytes(data[3:5], "little")
    if name == b"v":
        return 8 + int.from_bytes(data[4:6], "little") * int.from_bytes(data[6:8], "little")
    return 4 if data[2] in _FEEDING_CUTS else 3


def _command(raw: bytes) -> Command:
    first = raw[0]
    if first == 0x10:
        return Command("DLE", raw[1:], raw)
    if first in {0x1B, 0x1D}:
        group = "ESC" if first == 0x1B else "GS"
        end = 3 if first == 0x1D and raw[1:2] in {b"(", b"v"} else 2
        return Command(group + raw[1:end].decode("latin-1"), raw[end:], raw)
    if first == 0x0A:
        return Command("LF", b"", raw)
    return Command("text" if first >= 0x20 else "skip", raw, raw)
