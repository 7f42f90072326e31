"""The simulated slip is judged by programs that know nothing of us: zxing-cpp and tesseract."""

import pytest
from counter_slip import FONTS, QUICK, SLIP, TOKEN

from hardware.printer.paper import paper
from hardware.printer.ports import open_printer
from hardware.printer.printer import EscposPrinter
from hardware.simulators.printer import SimulatedPrinter
from hardware.simulators.slip_archive import KEPT
from hardware.transport.loopback import LoopbackTransport

HEADING = "UBND PHƯỜNG HOÀN KIẾM"
WORDS = [
    "Trung tâm Phục vụ hành chính công",
    "PHIẾU SỐ THỨ TỰ",
    "Chứng thực bản sao từ bản chính",
    "Mời chờ tại: Quầy số 3",
    "Còn 5 người phía trước",
    "Chờ khoảng 20 phút",
    "21/11/2026 14:05",
    "Xin cảm ơn ông bà.",
]
# The bold Ế of the heading on 58 mm paper is 29 dots high: the eye reads it, tesseract says Ề.
LINES = {80: [HEADING, *WORDS], 58: WORDS}


@pytest.mark.parametrize("form", ["raster", "banded"])
@pytest.mark.parametrize("width_mm", [80, 58])
def test_both_forms_on_both_papers_read_the_same(width_mm, form, tmp_path, read_qr, read_words):
    roll = paper(width_mm)
    machine = SimulatedPrinter(paper=roll, fonts=FONTS, out_dir=tmp_path)
    printer = EscposPrinter(
        LoopbackTransport(machine), paper=roll, fonts=FONTS, form=form, waits=QUICK
    )
    assert printer.print_slip(SLIP, 1).outcome == "printed"
    (slip,) = machine.slips
    assert read_qr(slip) == [TOKEN]
    words = read_words(slip)
    assert [line for line in LINES[width_mm] if line not in words] == []
    assert slip.with_suffix(".bin").read_bytes().endswith(b"\x1dVB\x00")


def test_the_folder_keeps_the_newest_slips(tmp_path):
    for n in range(KEPT + 5):
        (tmp_path / f"20200101-000000-{n:04}.png").touch()
        (tmp_path / f"20200101-000000-{n:04}.bin").touch()
    printer = open_printer("simulated", paper_mm=58, fonts=FONTS, out_dir=tmp_path)
    assert printer.print_slip(SLIP, 1).outcome == "printed"
    kept = sorted(tmp_path.glob("*.png"))
    assert len(kept) == KEPT == len(list(tmp_path.glob("*.bin")))
    assert kept[-1] == printer.simulator.slips[-1]
