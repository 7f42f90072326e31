"""Which name of a port a configuration should use."""

from dataclasses import dataclass

import pytest

from hardware.found_ports import FoundPort, serial_ports, usb_printers
from hardware.port_names import parse_port
from hardware.simulators.usb_bus import SimulatedUsbBus, Socket


@dataclass
class Node:
    device: str
    description: str = "USB Serial"
    serial_number: str | None = None


@pytest.fixture
def dev(tmp_path):
    """A /dev with three nodes, as udev fills it."""
    for node in ("ttyUSB0", "ttyUSB1", "ttyS0"):
        (tmp_path / node).touch()
    for link, node in (
        ("serial/by-id/usb-1a86_USB_Serial-if00-port0", "ttyUSB0"),
        ("serial/by-path/pci-0000:00:14.0-usb-0:1:1.0-port0", "ttyUSB0"),
        ("serial/by-id/usb-FTDI_A50285BI-if00-port0", "ttyUSB1"),
        ("serial/by-path/pci-0000:00:14.0-usb-0:2:1.0-port0", "ttyUSB1"),
    ):
        (tmp_path / link).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / link).symlink_to(tmp_path / node)
    return tmp_path


def test_an_adapter_without_a_serial_number_goes_by_its_socket(dev):
    (found,) = serial_ports([Node(f"{dev}/ttyUSB0")], dev)
    path = f"{dev}/serial/by-path/pci-0000:00:14.0-usb-0:1:1.0-port0"
    assert found == FoundPort(f"serial:{path}", f"{dev}/ttyUSB0", "USB Serial")


def test_one_with_a_serial_number_goes_by_that(dev):
    (found,) = serial_ports([Node(f"{dev}/ttyUSB1", serial_number="A50285BI")], dev)
    assert found.port == f"serial:{dev}/serial/by-id/usb-FTDI_A50285BI-if00-port0"


def test_our_own_rule_comes_first(dev):
    (dev / "le-tan").mkdir()
    (dev / "le-tan" / "printer").symlink_to(dev / "ttyUSB1")
    (found,) = serial_ports([Node(f"{dev}/ttyUSB1", serial_number="A50285BI")], dev)
    assert found.port == f"serial:{dev}/le-tan/printer"


def test_a_name_that_may_move_is_told_so(dev):
    (found,) = serial_ports([Node(f"{dev}/ttyS0")], dev)
    assert (found.port, found.stays) == (f"serial:{dev}/ttyS0", False)


def test_printers_on_usb_can_be_configured_as_they_are_listed(machine):
    bus = SimulatedUsbBus(
        Socket(machine, 0x04B8, 0x0E15, "1-2.4", serial="TM001"),
        Socket(machine, 0x0FE6, 0x811E, "1-3"),
    )
    ports = [found.port for found in usb_printers(bus)]
    assert ports == ["usb:04b8:0e15:TM001", "usb:0fe6:811e:@1-3"]
    assert [parse_port(port).path for port in ports] == ["", "1-3"]


def test_the_ports_of_this_computer_can_be_asked_for():
    assert all(found.port.startswith("serial:") for found in serial_ports())
