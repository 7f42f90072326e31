"""A slip as ESC/POS bytes: python-escpos compiles them, nothing here touches a port.

Two forms of the same slip:

    raster   the whole picture in GS v 0 blocks       55 kB on 80 mm paper; USB, TCP, files
    banded   cropped GS v 0 blocks, ESC J between,     under 16 kB; serial lines
             the number by GS !, the QR by GS ( k
"""

import logging
import shutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from PIL import Image, ImageChops

from hardware.printer import frames
from hardware.printer.paper import DOTS_PER_MM, FONT_A, PAPERS, Paper
from hardware.printer.slip import Slip
from hardware.printer.slip_image import QR_QUIET, Band, SlipImage, draw_slip

Form = Literal["raster", "banded"]
BLOCK_ROWS = 128
"""Rows of one GS v 0 block: what a printer may swallow of the next job when a line breaks."""
TAIL_MM = 3
"""White below the last line; GS V 66 itself feeds the paper from the head to the cutter."""
SLOW_LINE_BYTES = 16_000
"""What a banded slip may have: 1.4 s at 115,200 baud. The words shrink until it fits."""
_SMALLER = (0.94, 0.88, 0.82)
_QR_LEVEL_M = 1
_REAL_TIME_COMMANDS = (b"\x04", b"\x05", b"\x14")  # DLE EOT, DLE ENQ, DLE DC4
CUTTER_MM = 12
"""From the head to the cutter, about: white that each slip has above its first line."""
_DOTS_OF_203_DPI = b"\x1dP\xcb\xcb"  # GS P: ESC J then counts dots, whatever the model's default


@cache
def _compiler() -> Any:
    """python-escpos, loaded at first use because that takes a third of a second.

    Loading it adds a handler to the root logger and leaves a folder in the temporary directory:
    both are taken away again.
    """
    handlers = list(logging.root.handlers)
    from escpos import capabilities, printer  # noqa: PLC0415

    logging.root.handlers[:] = handlers
    shutil.rmtree(capabilities.pickle_dir, ignore_errors=True)
    return printer.Dummy


def warm_up() -> None:
    """Load what the first slip would otherwise wait for."""
    _compiler()


@dataclass(frozen=True, slots=True)
class CompiledSlip:
    """The bytes of a slip from reset to cut, and the paper that it takes, in millimetres."""

    data: bytes
    paper_mm: int


def compile_slip(slip: Slip, paper: Paper, fonts: Path, form: Form) -> CompiledSlip:
    """The whole slip. On the way the printer is told to speak up when it stops: a reset ends that,
    so each slip asks anew. Raises `OSError` when a font file is missing."""
    if form == "raster":
        drawn = draw_slip(slip, paper, fonts)
        out = _begin()
        _raster(out, drawn.image)
        return _compiled(out, drawn)
    found = _compile_banded(slip, paper, fonts, 1.0)
    whole = len(found.data)
    for scale in _SMALLER:
        if len(found.data) <= SLOW_LINE_BYTES:
            break
        if whole * scale**2 <= SLOW_LINE_BYTES or scale == _SMALLER[-1]:
            found = _compile_banded(slip, paper, fonts, scale)
    return found


def slip_bytes(slip: Slip, paper: Paper, fonts: Path, form: Form) -> bytes:
    """The bytes of `compile_slip` alone."""
    return compile_slip(slip, paper, fonts, form).data


def _compile_banded(slip: Slip, paper: Paper, fonts: Path, scale: float) -> CompiledSlip:
    drawn = draw_slip(slip, paper, fonts, scale)
    out = _begin()
    _banded(out, drawn, paper)
    return _compiled(out, drawn)


def _compiled(out: Any, drawn: SlipImage) -> CompiledSlip:
    height_mm = -(-drawn.image.height // DOTS_PER_MM)
    return CompiledSlip(_finish(out), height_mm + TAIL_MM + CUTTER_MM)


def fresh_start() -> bytes:
    """For a printer that may still wait for the rest of a broken job: zeros to fill the block that
    it is in (they print white, or nothing), then the torn slip is cut off."""
    rest = bytes(BLOCK_ROWS * PAPERS[80].dots // 8)
    return rest + _finish(_begin())


def _begin() -> Any:
    out = _compiler()()
    out.hw("INIT")
    out._raw(frames.ASB_ON)  # noqa: SLF001 - Dummy's door for bytes
    return out


def _finish(out: Any) -> bytes:
    _feed(out, TAIL_MM * DOTS_PER_MM)
    out.cut(feed=False)
    return bytes(out.output)


def probe_bytes(name: bytes) -> bytes:
    """A question for GS ( H; the reset behind it clears letters that a printer without that
    command may have taken it for."""
    return frames.process_id_request(name) + b"\x1b@"


def _raster(out: Any, image: Image.Image) -> None:
    for top in range(0, image.height, BLOCK_ROWS):
        block = image.crop((0, top, image.width, min(top + BLOCK_ROWS, image.height)))
        _gs_v_0(out, block)


def _gs_v_0(out: Any, image: Image.Image) -> None:
    """GS v 0 m xL xH yL yH d...: 1 is black there and white here."""
    width, height = (image.width + 7) // 8, image.height
    header = b"\x1dv0\x00" + width.to_bytes(2, "little") + height.to_bytes(2, "little")
    out._raw(header + _harmless(ImageChops.invert(image).tobytes()))  # noqa: SLF001


def _harmless(dots: bytes) -> bytes:
    """DLE commands act at once, wherever a printer meets them, even in a picture: there "DLE EOT"
    would be answered, "DLE DC4" could empty the buffer. One dot more makes it no DLE."""
    for command in _REAL_TIME_COMMANDS:
        dots = dots.replace(b"\x10" + command, b"\x18" + command)
    return dots


def _banded(out: Any, drawn: SlipImage, paper: Paper) -> None:
    out._raw(_DOTS_OF_203_DPI)  # noqa: SLF001
    out.set(align="center")
    at = 0
    for band in drawn.bands:
        if band.kind == "number" and _native_scale(band.text, paper):
            _feed(out, band.top - at)
            at = band.bottom
            _native_number(out, band.text, paper)
        elif band.kind == "qr":
            _feed(out, band.top - at)
            at = band.bottom
            _native_qr(out, band)
        else:
            at = _cropped(out, drawn.image, band, at)


def _cropped(out: Any, image: Image.Image, band: Band, at: int) -> int:
    """Send the black part of a band only; returns the row where the paper then is."""
    rows = image.crop((0, band.top, image.width, band.bottom))
    box = ImageChops.invert(rows).getbbox()
    if box is None:
        return at
    left, top, right, bottom = box
    margin = min(left, image.width - right) // 8 * 8  # the same on both sides: it stays centred
    _feed(out, band.top + top - at)
    _gs_v_0(out, rows.crop((margin, top, image.width - margin, bottom)))
    return band.top + bottom


def _native_scale(text: str, paper: Paper) -> int:
    """How many times font A can be enlarged; 0 where the printer lacks the letters."""
    if not text.isascii():
        return 0
    return min(8, paper.dots // (FONT_A[0] * len(text)))


def _native_number(out: Any, text: str, paper: Paper) -> None:
    scale = _native_scale(text, paper)
    out.set(custom_size=True, width=scale, height=scale, bold=True, smooth=True)
    out._raw(text.encode("ascii") + b"\n")  # noqa: SLF001
    out.set(normal_textsize=True, bold=False)


def _native_qr(out: Any, band: Band) -> None:
    _feed(out, QR_QUIET * band.module)
    out.qr(band.text, ec=_QR_LEVEL_M, size=band.module, native=True)
    _feed(out, QR_QUIET * band.module)


def _feed(out: Any, dots: int) -> None:
    """ESC J: feed the paper, at most 255 dots at a time."""
    while dots > 0:
        step = min(dots, 255)
        out._raw(b"\x1bJ" + bytes((step,)))  # noqa: SLF001
        dots -= step
