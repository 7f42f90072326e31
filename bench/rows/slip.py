"""Row 9: the words of a slip until its bytes, how many bytes, and how long the line is busy.

Words to bytes is measured warm, as the printer's thread does it. The line at 115,200 baud is
simulated: the printer's simulator takes 11,520 bytes a second and answers when it has printed.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from bench.figures import Figure, p50
from hardware.printer.escpos_bytes import slip_bytes, warm_up
from hardware.printer.paper import paper
from hardware.printer.printer import EscposPrinter
from hardware.printer.slip import Slip
from hardware.printer.slip_image import draw_slip
from hardware.simulators.printer import SimulatedPrinter
from hardware.transport.loopback import LoopbackTransport
from kiosk.config import load_config, services_of
from kiosk.paths import ASSETS, DEFAULT_CONFIG
from kiosk.queueing.slip import SlipFacts, compose_slip
from kiosk.queueing.ticket import Ticket
from kiosk.texts import Texts

ROUNDS = 60
BYTES_A_SECOND = 11_520  # 115,200 baud, 10 bits a byte
FONTS = ASSETS / "fonts"


def measure() -> list[Figure]:
    """Time and size of both byte forms, and the time until the printer has confirmed."""
    slip, roll = example(), paper(80)
    warm_up()
    figures = []
    for form, most in (("raster", None), ("banded", 16.0)):
        size = len(slip_bytes(slip, roll, FONTS, form)) / 1000  # type: ignore[arg-type]
        figures += [
            Figure(
                row=9,
                what=f"slip, words to bytes, {form}, p50",
                value=p50(times(slip, form)),
                unit="ms",
                at_most=12.0,
                floor=p50(drawings(slip)),
                note="floor: its picture alone",
            ),
            Figure(row=9, what=f"slip, {form}", value=size, unit="kB", at_most=most),
        ]
    for what, form, aim in (("115,200 baud", "banded", 1.5), ("a fast line", "raster", None)):
        seconds = printed(slip, form, slow=form == "banded")
        sent = len(slip_bytes(slip, roll, FONTS, form)) / BYTES_A_SECOND  # type: ignore[arg-type]
        figures.append(
            Figure(
                row=9,
                what=f"slip until confirmed, {what}",
                value=seconds,
                unit="s",
                at_most=aim,
                floor=sent if form == "banded" else None,
                note="simulated line",
            )
        )
    return figures


def times(slip: Slip, form: str) -> list[float]:
    """Milliseconds of each composition of bytes, warm."""
    found = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        slip_bytes(slip, paper(80), FONTS, form)  # type: ignore[arg-type]
        found.append((time.perf_counter() - begin) * 1000)
    return found


def drawings(slip: Slip) -> list[float]:
    """Milliseconds of each drawing of the slip, no byte of it made."""
    found = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        draw_slip(slip, paper(80), FONTS)
        found.append((time.perf_counter() - begin) * 1000)
    return found


def printed(slip: Slip, form: str, *, slow: bool) -> float:
    """Seconds until the simulated printer has confirmed the slip."""
    roll = paper(80)
    with tempfile.TemporaryDirectory() as folder:
        machine = SimulatedPrinter(paper=roll, fonts=FONTS, out_dir=Path(folder))
        printer = EscposPrinter(LoopbackTransport(machine), paper=roll, fonts=FONTS, form=form)  # type: ignore[arg-type]
        assert printer.status().ready
        if slow:
            machine.set_fault(f"slow:{BYTES_A_SECOND}")
        begin = time.perf_counter()
        report = printer.print_slip(slip, 1)
        seconds = time.perf_counter() - begin
        assert report.outcome == "printed", report
        printer.close()
    return seconds


def example() -> Slip:
    """A slip with everything on it."""
    ticket = Ticket(
        id=1, number="A042", series="A", running=42, service="civil-status", priority="elderly",
        business_day="2026-11-23", issued_at="2026-11-23T08:15:00+07:00", ahead=5,
        estimate_minutes=20, token="kq3v9x2m7p8w4h6t", request_id="bench-00000001",
    )  # fmt: skip
    config = load_config(DEFAULT_CONFIG)
    texts = Texts(ASSETS / "i18n", "slip")
    facts = SlipFacts(
        site_name=config.site.name_vi,
        centre_name=config.site.centre_vi,
        ticket=ticket,
        service=services_of(config)[0],
        priority_name="Người từ 75 tuổi trở lên",
    )
    return compose_slip(facts, lambda key, **values: texts.get(key, "vi", **values))
