"""The text that names a port."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.errors import PortError
from hardware.port_names import (
    FilePort,
    SerialPort,
    SimulatedPort,
    TcpPort,
    UsbPort,
    parse_port,
)
from hardware.printer.ports import open_printer

FONTS = Path("fonts")
BY_PATH = "/dev/serial/by-path/pci-0000:00:14.0-usb-0:2:1.0-port0"


@pytest.mark.parametrize(
    ("text", "port"),
    [
        ("simulated", SimulatedPort()),
        ("file:var/slip.bin", FilePort(Path("var/slip.bin"))),
        ("file:/dev/usb/lp0", FilePort(Path("/dev/usb/lp0"))),
        ("tcp:192.168.1.50", TcpPort("192.168.1.50", 9100)),
        ("tcp:192.168.1.50:9101", TcpPort("192.168.1.50", 9101)),
        ("tcp:localhost:9100", TcpPort("127.0.0.1", 9100)),
        ("serial:/dev/ttyUSB0", SerialPort("/dev/ttyUSB0", 115200, "none")),
        ("serial:/dev/ttyUSB0:57600:xonxoff", SerialPort("/dev/ttyUSB0", 57600, "xonxoff")),
        ("serial:/dev/le-tan/printer:38400", SerialPort("/dev/le-tan/printer", 38400, "none")),
        (f"serial:{BY_PATH}", SerialPort(BY_PATH, 115200, "none")),
        (f"serial:{BY_PATH}:57600:rtscts", SerialPort(BY_PATH, 57600, "rtscts")),
        ("usb:04b8:0E28", UsbPort(0x04B8, 0x0E28)),
        ("usb:04b8:0e28:TM001", UsbPort(0x04B8, 0x0E28, serial="TM001")),
        ("usb:04b8:0e28:@1-2.4", UsbPort(0x04B8, 0x0E28, path="1-2.4")),
    ],
)
def test_what_it_names(text, port):
    assert parse_port(text) == port


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "port_unknown"),
        ("simulated:1", "port_unknown"),
        ("bluetooth:1", "port_unknown"),
        ("tcp", "port_incomplete"),
        ("file:", "port_incomplete"),
        ("usb:04b8", "port_incomplete"),
        ("tcp:printer.local:9100", "port_value"),
        ("tcp:192.168.1.50:0", "port_value"),
        ("tcp:[fe80::1]:9100", "port_value"),
        ("tcp:192.168.1.50:x", "port_value"),
        ("serial:ttyUSB0:115200", "port_value"),
        ("serial:/dev/ttyUSB0:9600", "port_value"),
        ("serial:/dev/ttyUSB0:115200:dtr", "port_value"),
        ("serial:/dev/ttyUSB0:115200:none:x", "port_value"),
        ("usb:04b8:zzzz", "port_value"),
        ("usb:04b8:0e28:@2.4", "port_value"),
        ("usb:0:1ffff", "port_value"),
    ],
)
def test_what_it_cannot_name(text, code):
    with pytest.raises(PortError) as wrong:
        parse_port(text)
    assert wrong.value.code == code


@settings(deadline=None)
@given(st.text(max_size=40))
def test_any_text_is_a_port_or_a_port_error(text):
    with suppress(PortError):
        assert parse_port(text) is not None


def test_a_paper_that_is_not_sold(tmp_path):
    with pytest.raises(PortError, match="58 or 80"):
        open_printer("simulated", paper_mm=112, fonts=FONTS, out_dir=tmp_path)


def test_opening_touches_nothing(tmp_path):
    printer = open_printer("tcp:192.0.2.1", paper_mm=80, fonts=FONTS, out_dir=tmp_path / "slips")
    assert printer.simulator is None
    assert list(tmp_path.iterdir()) == []
