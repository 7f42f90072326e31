"""The scanner's driver against emupos: a serial scanner that nobody on this project wrote.

It needs Python 3.13 in its own environment: see test_emupos.
"""

import json
import os
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

import pytest

from hardware.scanner.forms import CardForm, Foreign, TicketForm
from hardware.scanner.scanner import QrScanner
from hardware.transport.serial_port import SerialTransport

ROOT = Path(__file__).parents[2]
WITHIN_S = 30.0
TOKEN = "abcdefghijkmnpqr"
CARD = "012345678901|123456789|Nguyễn Thị Ánh|01021950|Nữ|Hà Nội|01012024"
CONFIG = """
schema: 1
api: {{ host: 127.0.0.1, port: {api} }}
devices:
  - id: desk
    type: scanner
    mode: serial
    suffix: {suffix}
    connections:
      - serial: {{ pty: true, link: desk }}
"""


@pytest.fixture(params=["enter", "tab", "none"])
def emupos(request, tmp_path):
    """A running emupos with one scanner and that suffix: its pty, and the URL of its API."""
    python = Path(os.environ.get("KIOSK_EMUPOS", ROOT / ".venv-emupos" / "bin" / "python"))
    program = python.with_name("emupos")
    if not program.exists():
        pytest.skip(f"no emupos beside {python.name}: see KIOSK_EMUPOS")
    with socket.create_server(("127.0.0.1", 0)) as door:
        api = door.getsockname()[1]
    config = tmp_path / "emupos.yaml"
    config.write_text(CONFIG.format(api=api, suffix=request.param))
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(
            [str(program), "run", "--config", str(config)],
            stdout=log,
            stderr=log,
            env={**os.environ, "TMPDIR": str(tmp_path)},
        )
    try:
        port = tmp_path / "emupos" / "desk"
        end = time.monotonic() + WITHIN_S
        while not port.exists():
            assert process.poll() is None, "emupos ended at once"
            assert time.monotonic() < end, "emupos made no port"
            time.sleep(0.05)
        yield port, f"http://127.0.0.1:{api}/api/v1/devices/desk/scans"
    finally:
        process.terminate()
        process.wait(10)


def show(url: str, code: str) -> None:
    """Hold a code before it."""
    body = json.dumps({"data": code, "countdown_seconds": 0, "unicode": False}).encode()
    request = urllib.request.Request(
        url, data=body, headers={"Content-Type": "application/json"}, method="POST"
    )
    with urllib.request.urlopen(request, timeout=WITHIN_S) as reply:
        assert reply.status == 202


def next_read(scanner: QrScanner):
    end = time.monotonic() + WITHIN_S
    while time.monotonic() < end:
        if reads := scanner.look().reads:
            return reads
    return ()


@pytest.mark.slow
def test_scans_through_emupos(emupos):
    port, url = emupos
    scanner = QrScanner(SerialTransport(str(port), 115200), cards=True)
    assert scanner.look().status.ready
    show(url, f"LT1.{TOKEN}")
    assert next_read(scanner) == (TicketForm(TOKEN),)
    show(url, CARD)
    (card,) = next_read(scanner)
    assert isinstance(card, CardForm)
    assert card.name == "Nguyễn Thị Ánh"
    show(url, "https://example.org/pay?to=me")
    assert next_read(scanner) == (Foreign(),)
    scanner.close()
