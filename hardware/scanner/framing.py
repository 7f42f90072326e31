"""From the bytes of a scanner to whole reads. Pure: the time is handed in.

    ]Q1  LT1.abcdefgh23456789  CR
    ───  ────────────────────  ──
    AIM  what the code says    suffix: CR, LF or TAB; where it is not set, 120 ms of silence

The AIM identifier (ISO/IEC 15424: "]", a letter, a figure) names the kind of code; some scanners
send it, it is taken off. What is longer than 1,024 bytes is no code of ours and is dropped whole,
up to its end. A code held before the scanner is read again and again: the same text counts once
until it has not been read for 2 s.
"""

import re
import unicodedata

IDLE_S = 0.12
MAX_BYTES = 1024
AGAIN_S = 2.0
_ENDS = re.compile(rb"[\r\n\t]")
_AIM = re.compile(rb"\][A-Za-z][0-9A-Za-z]")


class Assembler:
    """Bytes in, the raw reads out, in order."""

    def __init__(self) -> None:
        self._read = bytearray()
        self._too_long = False
        self._last = 0.0

    def feed(self, data: bytes, now: float) -> list[bytes]:
        """Reads that are whole after `data` (which may be empty) came at `now` seconds."""
        reads = []
        if now - self._last >= IDLE_S:
            reads.append(self._end())
        if data:
            self._last = now
        *whole, rest = _ENDS.split(data)
        for part in whole:
            self._add(part)
            reads.append(self._end())
        self._add(rest)
        return [read for read in reads if read]

    def _add(self, part: bytes) -> None:
        self._read += part
        if len(self._read) > MAX_BYTES:
            self._too_long = True
            self._read.clear()

    def _end(self) -> bytes:
        read = b"" if self._too_long else bytes(self._read)
        self._read.clear()
        self._too_long = False
        return read


class OnceEach:
    """Turns away a text that is read again while it still lies before the scanner."""

    def __init__(self) -> None:
        self._text = ""
        self._seen = 0.0

    def is_new(self, text: str, now: float) -> bool:
        """Whether `text`, read at `now` seconds, is news."""
        is_new = text != self._text or now - self._seen >= AGAIN_S
        self._text, self._seen = text, now
        return is_new

    def forget(self, now: float) -> None:
        """Keep no text for longer than it is needed: it may be somebody's."""
        if now - self._seen >= AGAIN_S:
            self._text = ""


def text_of(read: bytes) -> str:
    """What a read says: UTF-8, composed; "" where it is no text, or has control characters."""
    match = _AIM.match(read)
    try:
        text = read[match.end() if match else 0 :].decode("utf-8")
    except UnicodeDecodeError:
        return ""
    text = unicodedata.normalize("NFC", text).strip()
    return "" if any(unicodedata.category(letter) == "Cc" for letter in text) else text
