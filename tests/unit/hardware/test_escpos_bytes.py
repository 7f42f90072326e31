"""The bytes of a slip, and what compiling them leaves behind."""

import subprocess
import sys
from pathlib import Path

import pytest

from hardware.printer import escpos_bytes
from hardware.printer.escpos_bytes import SLOW_LINE_BYTES, fresh_start, probe_bytes, slip_bytes
from hardware.printer.paper import PAPERS
from hardware.printer.slip import Number, Qr, Slip, Text

ROOT = Path(__file__).parents[3]
FONTS = ROOT / "assets" / "fonts"
CUT = b"\x1dVB\x00"
SHORT = Slip((Text("Xin chào"), Number("A042"), Qr("LT1.x")))
LONG = Slip(tuple(Text(f"Dòng thứ {n} của một phiếu thật dài", "large") for n in range(7)))


@pytest.mark.parametrize("form", ["raster", "banded"])
@pytest.mark.parametrize("mm", [80, 58])
def test_from_reset_to_cut(mm, form):
    data = slip_bytes(SHORT, PAPERS[mm], FONTS, form)
    assert data.startswith(b"\x1b@")
    assert data.endswith(CUT)
    assert data.count(CUT) == 1


def test_banded_leaves_number_and_code_to_the_printer():
    data = slip_bytes(SHORT, PAPERS[80], FONTS, "banded")
    assert b"A042\n" in data
    assert b"\x1d(k\x08\x001P0LT1.x" in data
    assert len(data) < len(slip_bytes(SHORT, PAPERS[80], FONTS, "raster")) / 8


def test_a_number_that_the_printer_cannot_write_is_drawn():
    data = slip_bytes(Slip((Number("Đ042"),)), PAPERS[80], FONTS, "banded")
    assert b"042" not in data
    assert b"\x1dv0" in data


def test_words_shrink_until_a_slow_line_can_carry_them(monkeypatch):
    monkeypatch.setattr(escpos_bytes, "SLOW_LINE_BYTES", 10**6)
    assert len(slip_bytes(LONG, PAPERS[80], FONTS, "banded")) > SLOW_LINE_BYTES
    monkeypatch.undo()
    assert len(slip_bytes(LONG, PAPERS[80], FONTS, "banded")) <= SLOW_LINE_BYTES


def test_the_same_slip_is_the_same_bytes():
    assert slip_bytes(SHORT, PAPERS[80], FONTS, "raster") == slip_bytes(
        SHORT, PAPERS[80], FONTS, "raster"
    )


def test_a_fresh_start_fills_the_largest_block_first():
    data = fresh_start()
    assert data.startswith(bytes(128 * 72))
    assert data.endswith(CUT)


def test_the_probe_clears_what_a_simple_model_makes_of_it():
    assert probe_bytes(b"abcd") == b"\x1d(H\x06\x0000abcd\x1b@"


def test_a_missing_font_is_told(tmp_path):
    with pytest.raises(OSError, match="resource"):
        slip_bytes(SHORT, PAPERS[80], tmp_path, "raster")


def test_the_compiler_is_loaded_late_and_leaves_nothing_behind(tmp_path):
    """python-escpos adds a handler to the root logger and a folder to the temporary directory."""
    program = (
        "import logging, sys; from hardware.printer import escpos_bytes;"
        "assert 'escpos' not in sys.modules;"
        "escpos_bytes.warm_up();"
        "assert 'escpos' in sys.modules; assert logging.root.handlers == []"
    )
    subprocess.run(
        [sys.executable, "-c", program],
        check=True,
        cwd=ROOT,
        env={"TMPDIR": str(tmp_path), "PYTHONPATH": str(ROOT)},
    )
    assert list(tmp_path.iterdir()) == []
