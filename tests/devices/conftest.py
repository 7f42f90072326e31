"""A simulated printer, the lines to it, and judges of its slips that this project did not write."""

import os
import shutil
import subprocess
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import zxingcpp
from counter_slip import FONTS, QUICK
from PIL import Image, ImageOps

from hardware.printer.paper import PAPERS
from hardware.printer.printer import EscposPrinter
from hardware.simulators.lines import PtyLine, TcpLine
from hardware.simulators.printer import SimulatedPrinter
from hardware.transport.loopback import LoopbackTransport
from hardware.transport.serial_port import SerialTransport
from hardware.transport.tcp import TcpTransport


@pytest.fixture
def machine(tmp_path: Path) -> SimulatedPrinter:
    """An 80 mm printer in good order."""
    return SimulatedPrinter(paper=PAPERS[80], fonts=FONTS, out_dir=tmp_path / "slips")


@pytest.fixture(params=["loopback", "tcp", "pty"])
def line(
    request: pytest.FixtureRequest, machine: SimulatedPrinter, tmp_path: Path
) -> Iterator[LoopbackTransport | TcpTransport | SerialTransport]:
    """The same machine behind every kind of line that answers."""
    match request.param:
        case "loopback":
            yield LoopbackTransport(machine)
        case "tcp":
            tcp = TcpLine(machine)
            yield TcpTransport("127.0.0.1", tcp.port)
            tcp.close()
        case "pty":
            serial = PtyLine(machine, tmp_path / "tty")
            yield SerialTransport(str(serial.link), 115200)
            serial.close()


@pytest.fixture
def printer(line: LoopbackTransport) -> Iterator[EscposPrinter]:
    """The driver on that line."""
    driver = EscposPrinter(line, paper=PAPERS[80], fonts=FONTS, waits=QUICK)
    yield driver
    driver.close()


@pytest.fixture
def read_qr() -> Callable[[Path], list[str]]:
    """The QR codes in a picture, read by zxing-cpp."""

    def read(picture: Path) -> list[str]:
        return [code.text for code in zxingcpp.read_barcodes(Image.open(picture).convert("L"))]

    return read


@pytest.fixture
def read_words(tmp_path: Path) -> Callable[[Path], str]:
    """The words in a picture, NFC, as tesseract reads Vietnamese: once as one block, once as a
    column, once at half as large again, because each reading stumbles over other letters."""
    if shutil.which("tesseract") is None:
        pytest.skip("tesseract is not installed")
    if "vie" not in _tesseract("--list-langs").split():
        pytest.skip("tesseract-ocr-vie is not installed")

    def read(picture: Path) -> str:
        plain, large = tmp_path / "scan.png", tmp_path / "large.png"
        scan = ImageOps.expand(Image.open(picture).convert("L"), 32, fill=255)
        scan.save(plain)
        scan.resize((scan.width * 3 // 2, scan.height * 3 // 2)).save(large)
        ways = ((plain, "6"), (plain, "4"), (large, "6"))
        return " | ".join(_tesseract(str(s), "-", "-l", "vie", "--psm", way) for s, way in ways)

    return read


def _tesseract(*arguments: str) -> str:
    done = subprocess.run(
        ["tesseract", *arguments],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
    )
    return unicodedata.normalize("NFC", " ".join(done.stdout.split()))
