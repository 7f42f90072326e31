"""A slip through emupos: a printer at the wire that nobody on this project wrote.

It needs Python 3.13 in its own environment: the path of that python in KIOSK_EMUPOS, or
`.venv-emupos/bin/python` at the root of the repository. It knows no GS ( H, so its slips are
"probable".
"""

import os
import socket
import subprocess
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import pytest
from counter_slip import FONTS, SLIP, TOKEN

from hardware.printer.conversation import Waits
from hardware.printer.escpos_bytes import Form
from hardware.printer.paper import PAPERS
from hardware.printer.printer import EscposPrinter
from hardware.transport.serial_port import SerialTransport
from hardware.transport.tcp import TcpTransport

ROOT = Path(__file__).parents[2]
START_S = 20
PATIENT = Waits(answer_s=2.0, printing_s=20.0)
CONFIG = """
schema: 1
api: {{ host: 127.0.0.1, port: {api} }}
devices:
  - id: front
    type: printer
    profile: epson-tm-t20iii
    connections:
      - tcp: {{ port: {port} }}
      - serial: {{ pty: true, link: front }}
    receipts_dir: {receipts}
"""


@pytest.fixture(scope="module")
def emupos(tmp_path_factory):
    """A running emupos: its TCP port, its pty, its faults and the folder of its receipts."""
    python = Path(os.environ.get("KIOSK_EMUPOS", ROOT / ".venv-emupos" / "bin" / "python"))
    program = python.with_name("emupos")
    if not program.exists():
        pytest.skip(f"no emupos beside {python.name}: see KIOSK_EMUPOS")
    folder = tmp_path_factory.mktemp("emupos")
    receipts = folder / "receipts"
    port, api = _free_port(), _free_port()
    config = folder / "emupos.yaml"
    config.write_text(CONFIG.format(api=api, port=port, receipts=receipts))
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [str(program), "run", "--config", str(config)],
            stdout=log,
            stderr=log,
            env={**os.environ, "TMPDIR": str(folder)},
        )
    try:
        _wait_for(port, process)
        yield Emupos(
            port,
            folder / "emupos" / "front",
            receipts,
            f"http://127.0.0.1:{api}/api/v1/devices/front/faults",
        )
    finally:
        process.terminate()
        process.wait(10)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as door:
        return door.getsockname()[1]


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + START_S
    while time.monotonic() < end:
        assert process.poll() is None, "emupos ended at once"
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except ConnectionRefusedError:
            time.sleep(0.05)
        else:
            return
    pytest.fail("emupos did not open its port")


@dataclass(frozen=True)
class Emupos:
    """One printer on two lines."""

    port: int
    link: Path
    receipts: Path
    faults: str

    def fault(self, name: str, *, on: bool) -> None:
        """Switch a fault of the machine on or off."""
        method = "PUT" if on else "DELETE"
        urllib.request.urlopen(
            urllib.request.Request(f"{self.faults}/{name}", method=method)
        ).close()

    def printer(self, line: str, form: Form = "raster") -> EscposPrinter:
        """Our driver on one of its lines."""
        driver = EscposPrinter(
            TcpTransport("127.0.0.1", self.port)
            if line == "tcp"
            else SerialTransport(str(self.link), 115200),
            paper=PAPERS[80],
            fonts=FONTS,
            form=form,
            waits=PATIENT,
        )
        driver._torn = False  # emupos needs 10 s for what pushes a former slip out
        return driver


@pytest.fixture(params=["tcp", "pty"])
def printer(request, emupos):
    driver = emupos.printer(request.param)
    yield driver
    driver.close()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("fault", "state", "reason", "warnings"),
    [
        ("paper-out", "unavailable", "paper_out", True),
        ("cover-open", "unavailable", "cover_open", False),
        ("offline", "unavailable", "offline", False),
        ("paper-near-end", "ready", "", True),
    ],
)
def test_its_faults_are_told_and_refused(printer, emupos, fault, state, reason, warnings):
    assert printer.status().ready
    emupos.fault(fault, on=True)
    try:
        status = printer.status()
        assert (status.state, status.reason) == (state, reason)
        assert ("paper_low" in status.warnings) == warnings
        if state == "unavailable":
            assert printer.print_slip(SLIP, 1).outcome == "refused"
    finally:
        emupos.fault(fault, on=False)
    assert printer.status().ready


@pytest.mark.slow
def test_it_does_not_confirm_and_is_found_out(printer):
    assert printer.describe().confirms is False


@pytest.mark.slow
@pytest.mark.parametrize(("line", "form"), [("tcp", "raster"), ("pty", "banded")])
def test_a_slip_through_emupos(line, form, emupos, read_qr, read_words):
    receipts = emupos.receipts
    before = set(receipts.glob("*.json"))
    printer = emupos.printer(line, form)
    report = printer.print_slip(SLIP, 1)
    printer.close()
    assert (report.outcome, report.reason) == ("printed", "probable")

    end = time.monotonic() + 10
    while not (new := set(receipts.glob("*.json")) - before) and time.monotonic() < end:
        time.sleep(0.05)
    (receipt,) = new
    picture = receipt.with_suffix(".png")
    assert read_qr(picture) == [TOKEN]
    words = read_words(picture)
    for text in ("UBND PHƯỜNG HOÀN KIẾM", "PHIẾU SỐ THỨ TỰ", "Chứng thực bản sao từ bản chính"):
        assert text in words
