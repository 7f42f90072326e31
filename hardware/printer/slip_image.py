"""A slip as a picture: every word where the thermal head will burn it, in black and white only.

The picture is laid out as a column of bands. A line that is fast gets the picture whole; for a
slow line the bands say which rows are worth sending and which of them the printer can draw with
its own letters and its own QR code.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

import qrcode
from PIL import Image, ImageDraw, ImageFont

from hardware.printer.paper import DOTS_PER_MM, Paper
from hardware.printer.slip import Block, Gap, Item, Mark, Number, Rule, Size, Slip, Text

WHITE, BLACK = 255, 0
QR_QUIET = 4  # modules of white that a reader wants around the code

# Size in dots of the letters on 80 mm paper, weight and bold weight.
_FACES: dict[Size, tuple[int, str, str]] = {
    "small": (24, "Medium", "Bold"),
    "body": (28, "Medium", "Bold"),
    "large": (34, "SemiBold", "Bold"),
    "title": (42, "Bold", "ExtraBold"),
}
_NUMBER_HEIGHT_MM = 21  # capitals; wider numbers are lower
_MARK_SIZE = 34
_BOX_MM = 3  # to tick by hand
_INDENT_MM = 5.5  # of the words beside it
_SMALLEST = 22  # 2.7 mm: below that the marks run together
_DECIDED = [BLACK] * 120 + [WHITE] * 136
_NARROW = 0.86  # of all sizes on 58 mm paper
_TALLEST = "ẮẾỖỞẪ ỰẬỊgy"  # capitals with two marks above, letters with a dot below
_LEADING = 2  # dots between the reach of two lines


@dataclass(frozen=True, slots=True)
class Band:
    """Rows `top` to `bottom` (exclusive) of the picture and what they are.

    `text` is the number or the data of the QR code, `module` the dots per module of that code.
    """

    kind: Literal["drawn", "number", "qr"]
    top: int
    bottom: int
    text: str = ""
    module: int = 0


@dataclass(frozen=True, slots=True)
class SlipImage:
    """The picture (mode "1", as wide as the paper's dots) and its bands from top to bottom."""

    image: Image.Image
    bands: tuple[Band, ...]


def draw_slip(slip: Slip, paper: Paper, fonts: Path, scale: float = 1.0) -> SlipImage:
    """Draw `slip` for `paper` with Be Vietnam Pro from the folder `fonts`.

    `scale` makes the words (not the number, not the code) smaller for a slow line. Raises
    `OSError` when a font file is missing.
    """
    pen = _Pen(paper, fonts, scale if paper.dots >= 576 else scale * _NARROW)
    parts = [part for block in slip.blocks for part in pen.draw(block)]
    height = sum(part.image.height for part in parts)
    image = Image.new("1", (paper.dots, max(1, height)), WHITE)
    bands, top = [], 0
    for part in parts:
        image.paste(part.image, ((paper.dots - part.image.width) // 2, top))
        bottom = top + part.image.height
        if part.kind != "gap":
            bands.append(Band(part.kind, top, bottom, part.text, part.module))
        top = bottom
    return SlipImage(image, tuple(bands))


@dataclass(frozen=True, slots=True)
class _Part:
    kind: Literal["drawn", "number", "qr", "gap"]
    image: Image.Image
    text: str = ""
    module: int = 0


@lru_cache(maxsize=32)
def _font(folder: Path, weight: str, size: int) -> ImageFont.FreeTypeFont:
    path = folder / f"BeVietnamPro-{weight}.ttf"
    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)


@dataclass(frozen=True, slots=True)
class _Pen:
    paper: Paper
    fonts: Path
    scale: float

    def draw(self, block: Block) -> Iterator[_Part]:
        match block:
            case Text(text, size, bold):
                yield from self._text(_nfc(text), size, bold=bold)
            case Number(text):
                yield self._number(_nfc(text))
            case Mark(text):
                yield self._mark(_nfc(text))
            case Item(text, note):
                yield from self._item(_nfc(text), _nfc(note))
            case Rule():
                yield self._rule()
            case Gap(mm):
                yield _Part("gap", _blank(1, round(mm * DOTS_PER_MM)))
            case _:  # a Qr: there is no other
                yield self._qr(block.data)

    def _face(self, weight: str, size: int) -> ImageFont.FreeTypeFont:
        return _font(self.fonts, weight, max(_SMALLEST, round(size * self.scale)))

    def _text(self, text: str, size: Size, *, bold: bool) -> Iterator[_Part]:
        points, weight, heavy = _FACES[size]
        face = self._face(heavy if bold else weight, points)
        for line in wrap(text, face, self.paper.dots):
            yield _Part("drawn", _line(line, face))

    def _number(self, text: str) -> _Part:
        """The largest size whose capitals are at most 21 mm high and that fits the paper."""
        probe = _font(self.fonts, "ExtraBold", 100)
        left, top, right, bottom = probe.getbbox(text, anchor="ls")
        by_width = (self.paper.dots - 2 * DOTS_PER_MM) / (right - left)
        by_height = _NUMBER_HEIGHT_MM * DOTS_PER_MM / (bottom - top)
        face = _font(self.fonts, "ExtraBold", int(100 * min(by_width, by_height)))
        number = _tight(text, face)
        part = _blank(number.width, number.height + 3 * DOTS_PER_MM)
        part.paste(number, (0, DOTS_PER_MM))
        return _Part("number", part, text)

    def _mark(self, text: str) -> _Part:
        words = _line(text, self._face("Bold", _MARK_SIZE))
        box = Image.new("1", (words.width + 48, words.height + 4), BLACK)
        box.paste(words.point(lambda dot: 255 - dot), (24, 2))
        return _Part("drawn", box)

    def _item(self, text: str, note: str) -> Iterator[_Part]:
        """Flush left, every line as wide as the paper, so that the boxes stand in a column."""
        lines = [*self._beside_box(text, "body"), *self._beside_box(note, "small")]
        side = round(_BOX_MM * DOTS_PER_MM * self.scale)
        for line in lines[:1]:
            top = (line.height - side) // 2
            box = (1, top, 1 + side, top + side)
            ImageDraw.Draw(line).rectangle(box, outline=BLACK, width=2)
        for line in lines:
            yield _Part("drawn", line)

    def _beside_box(self, text: str, size: Size) -> Iterator[Image.Image]:
        points, weight, _ = _FACES[size]
        face = self._face(weight, points)
        indent = round(_INDENT_MM * DOTS_PER_MM * self.scale)
        for words in _fill(text, face, self.paper.dots - indent):
            drawn = _line(words, face)
            line = _blank(self.paper.dots, drawn.height)
            line.paste(drawn, (indent, 0))
            yield line

    def _rule(self) -> _Part:
        rule = _blank(self.paper.dots, 32)
        ImageDraw.Draw(rule).rectangle((0, 15, self.paper.dots, 16), fill=BLACK)
        return _Part("drawn", rule)

    def _qr(self, data: str) -> _Part:
        code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=0, mask_pattern=3)
        code.add_data(data)
        code.make(fit=True)
        modules = code.get_matrix()
        dots = qr_module(len(modules), self.paper)
        small = Image.new("1", (len(modules), len(modules)))
        small.putdata([BLACK if dark else WHITE for row in modules for dark in row])
        side = len(modules) * dots
        whole = _blank(side, side + 2 * QR_QUIET * dots)
        whole.paste(small.resize((side, side), Image.Resampling.NEAREST), (0, QR_QUIET * dots))
        return _Part("qr", whole, data, dots)


def qr_module(modules: int, paper: Paper) -> int:
    """Dots per module: 1 mm where the code then takes at most 60 % of the paper's width."""
    return max(3, min(8, paper.dots * 6 // 10 // modules))


def wrap(text: str, face: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """Lines of whole words no wider than `width` dots, of about equal length; a word that is too
    wide by itself is cut."""
    lines = _fill(text, face, width)
    if len(lines) < 2:
        return lines
    low, high = width // 2, width
    while high - low > 4:  # the narrowest column that needs no more lines looks most even
        middle = (low + high) // 2
        if len(_fill(text, face, middle)) > len(lines):
            low = middle
        else:
            high = middle
    return _fill(text, face, high)


def _fill(text: str, face: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """Every line as full as it goes."""
    lines: list[str] = []
    line, length = "", 0.0
    for word in _short_words(text, face, width):
        longer = length + _length(" ", face) + _length(word, face)
        if line and longer <= width:
            line, length = f"{line} {word}", longer
            continue
        if line:
            lines.append(line)
        line, length = word, _length(word, face)
    return [*lines, line] if line else lines


def _short_words(text: str, face: ImageFont.FreeTypeFont, width: int) -> Iterator[str]:
    """The words, those that are wider than a whole line cut into pieces."""
    for word in text.split():
        rest = word
        while _length(rest, face) > width and len(rest) > 1:
            fits = [n for n in range(1, len(rest)) if _length(rest[:n], face) <= width]
            cut = fits[-1] if fits else 1
            yield rest[:cut]
            rest = rest[cut:]
        yield rest


@lru_cache(maxsize=2048)
def _length(text: str, face: ImageFont.FreeTypeFont) -> float:
    """Width in dots. Kept, because measuring loads and hints every letter anew."""
    return face.getlength(text)


@lru_cache(maxsize=32)
def _reach(face: ImageFont.FreeTypeFont) -> tuple[int, int]:
    """Dots above and below the base line that the tallest Vietnamese letters need."""
    _, top, _, bottom = face.getbbox(_TALLEST, anchor="ls")
    return -int(top), int(bottom)


@lru_cache(maxsize=256)
def _line(text: str, face: ImageFont.FreeTypeFont) -> Image.Image:
    """One line of words, high enough for every mark above and below.

    Kept, because most lines of a slip are the same all day. Callers paste it, never draw on it.
    """
    above, below = _reach(face)
    left, _, right, _ = (int(edge) for edge in face.getbbox(text, anchor="ls"))
    return _ink(text, face, (-left, above), (right - left, above + below + _LEADING))


def _tight(text: str, face: ImageFont.FreeTypeFont) -> Image.Image:
    """Words with no white around them."""
    left, top, right, bottom = (int(edge) for edge in face.getbbox(text, anchor="ls"))
    return _ink(text, face, (-left, -top), (right - left, bottom - top))


def _ink(
    text: str, face: ImageFont.FreeTypeFont, at: tuple[int, int], size: tuple[int, int]
) -> Image.Image:
    """Words in black and white. Drawn in grey and then decided dot by dot, because the stems come
    out more even than when the font is asked for black and white."""
    grey = Image.new("L", size, WHITE)
    ImageDraw.Draw(grey).text(at, text, font=face, fill=BLACK, anchor="ls")
    return grey.point(_DECIDED, "1")


def _blank(width: int, height: int) -> Image.Image:
    return Image.new("1", (max(1, width), max(1, height)), WHITE)


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)
