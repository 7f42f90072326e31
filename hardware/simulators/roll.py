"""The paper of the simulated printer: commands become black dots, a cut gives the slip."""

from dataclasses import dataclass
from pathlib import Path

import qrcode
from PIL import Image, ImageChops, ImageDraw, ImageFont

from hardware.printer.paper import DOTS_PER_MM, FONT_A, Paper
from hardware.simulators.escpos_commands import Command

MARGIN = 32  # paper is wider than what can be printed: 4 mm on each side
WHITE = 255
LINE = 30  # dots of an ordinary line feed
LONGEST = 16000  # 2 m: then the roll is torn off by itself
TO_CUTTER_MM = 12  # from the head to the cutter: white that a feeding cut adds
_BLACK_OR_WHITE = [0] * 128 + [WHITE] * 128
_LEVELS = {48: 1, 49: 0, 50: 3, 51: 2}  # L M Q H in the printer's and in qrcode's counting


@dataclass(slots=True)
class _Style:
    align: int = 0
    bold: bool = False
    wide: int = 1
    high: int = 1


class Roll:
    """Draws what is printed, from top to bottom."""

    def __init__(self, paper: Paper, fonts: Path) -> None:
        self._paper = paper
        self._fonts = fonts
        self._strips: list[Image.Image] = []
        self._style = _Style()
        self._line = b""
        self._qr = b""
        self._qr_module = 3
        self._qr_level = 48
        self.fed = 0
        """Dots of paper that went through, since the machine was made."""

    def reset(self) -> None:
        """The power was off: letters and settings are gone, the paper stays as it is."""
        self._style, self._line, self._qr = _Style(), b"", b""

    def execute(self, command: Command) -> None:
        """Do one command; those that print nothing and are not known here do nothing."""
        data = command.data
        match command.name:
            case "text":
                self._line += data
            case "LF":
                self._print_line(LINE)
            case "ESCJ" | "ESCd":
                self._print_line(data[0] * (LINE if command.name == "ESCd" else 1))
            case "ESC@":
                self._style, self._line = _Style(), b""
            case "ESCa":
                self._style.align = data[0] % 48
            case "ESCE":
                self._style.bold = bool(data[0] & 1)
            case "GS!":
                self._style.wide, self._style.high = (data[0] >> 4) % 8 + 1, data[0] % 8 + 1
            case "GSv0":
                self._raster(data)
            case "GS(k":
                self._code(data[2:])

    def cut(self) -> Image.Image | None:
        """The slip so far, and clean paper; None where nothing was printed on it."""
        self.fed += TO_CUTTER_MM * DOTS_PER_MM
        strips, self._strips = self._strips, []
        height = sum(strip.height for strip in strips)
        width = self._paper.dots + 2 * MARGIN
        slip = Image.new("1", (width, height + 2 * MARGIN), WHITE)
        top = MARGIN
        for strip in strips:
            slip.paste(strip, (MARGIN, top))
            top += strip.height
        return slip if ImageChops.invert(slip).getbbox() else None

    def _print(self, image: Image.Image) -> None:
        room = self._paper.dots
        strip = Image.new("1", (room, image.height), WHITE)
        left = {0: 0, 1: (room - image.width) // 2, 2: room - image.width}[self._style.align]
        strip.paste(image, (max(0, left), 0))
        self._strips.append(strip)
        self.fed += image.height

    def _feed(self, dots: int) -> None:
        self.fed += max(0, dots)
        if dots > 0 and sum(strip.height for strip in self._strips) < LONGEST:
            self._strips.append(Image.new("1", (self._paper.dots, dots), WHITE))

    def _print_line(self, feed: int) -> None:
        line, self._line = self._line.decode("cp437"), b""
        if not line:
            self._feed(feed)
            return
        cell_width, cell_height = FONT_A[0] * self._style.wide, FONT_A[1] * self._style.high
        image = Image.new("1", (min(cell_width * len(line), self._paper.dots), cell_height), WHITE)
        for place, letter in enumerate(line):
            cell = self._letter(letter).resize((cell_width, cell_height))
            image.paste(cell.point(_BLACK_OR_WHITE), (place * cell_width, 0))
        self._print(image)
        self._feed(feed - cell_height)

    def _letter(self, letter: str) -> Image.Image:
        """One letter in the cell of font A, four times as fine."""
        name = "ExtraBold" if self._style.bold else "SemiBold"
        face = ImageFont.truetype(self._fonts / f"BeVietnamPro-{name}.ttf", 76)
        cell = Image.new("L", (FONT_A[0] * 4, FONT_A[1] * 4), 255)
        ink = Image.new("L", (96, 96), 255)
        ImageDraw.Draw(ink).text((48, 76), letter, font=face, fill=0, anchor="ms")
        cell.paste(ink.resize(cell.size), (0, 0))
        return cell

    def _raster(self, data: bytes) -> None:
        row, rows = int.from_bytes(data[1:3], "little"), int.from_bytes(data[3:5], "little")
        if row and rows:
            dots = Image.frombytes("1", (row * 8, rows), data[5:])
            self._print(ImageChops.invert(dots))

    def _code(self, data: bytes) -> None:
        """GS ( k `cn fn ...`: fn 67 module, 69 level, 80 store, 81 print."""
        match data[1:2]:
            case b"C":
                self._qr_module = data[2]
            case b"E":
                self._qr_level = data[2]
            case b"P":
                self._qr = data[3:]
            case b"Q" if self._qr:
                level = _LEVELS.get(self._qr_level, 1)
                code = qrcode.QRCode(error_correction=level, border=0)
                code.add_data(self._qr)
                code.make(fit=True)
                modules = code.get_matrix()
                small = Image.new("1", (len(modules), len(modules)))
                small.putdata([0 if dark else WHITE for line in modules for dark in line])
                side = len(modules) * self._qr_module
                self._print(small.resize((side, side), Image.Resampling.NEAREST))
