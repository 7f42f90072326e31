"""A printer on USB: pyusb's own code, on a bus that is simulated below it."""

import time

import pytest
from counter_slip import FONTS, QUICK, SLIP

from hardware.errors import LineStalled, NotConnected
from hardware.port_names import UsbPort
from hardware.printer.paper import PAPERS
from hardware.printer.printer import EscposPrinter
from hardware.simulators.printer import SimulatedPrinter
from hardware.simulators.usb_bus import SimulatedUsbBus, Socket
from hardware.transport.usb import UsbTransport

VENDOR, PRODUCT = 0x04B8, 0x0E15
PORT = UsbPort(VENDOR, PRODUCT)


@pytest.fixture
def bus(machine):
    return SimulatedUsbBus(Socket(machine, VENDOR, PRODUCT, "1-2.4", serial="TM001"))


def driver(bus, port=PORT):
    line = UsbTransport(port, backend=bus)
    return EscposPrinter(line, paper=PAPERS[80], fonts=FONTS, waits=QUICK)


def test_printed_and_the_kernel_lets_go(bus, machine):
    printer = driver(bus)
    report = printer.print_slip(SLIP, 1)
    assert (report.outcome, report.reason) == ("printed", "")
    assert len(machine.slips) == 1
    printer.close()


def test_a_printer_belongs_to_one_program(bus):
    first, second = driver(bus), driver(bus)
    assert first.status().ready
    assert second.status().reason == "not_connected"
    assert "busy" in second.status().detail
    first.close()
    assert second.status().ready
    second.close()


def test_pulled_out_in_the_middle_and_found_again_at_its_new_address(bus, machine):
    printer = driver(bus)
    assert printer.status().ready
    machine.set_fault("unplugged@20000")
    report = printer.print_slip(SLIP, 1)
    assert (report.outcome, report.reason) == ("unknown", "line_lost")
    began = time.monotonic()
    assert printer.status().reason == "not_connected"
    machine.clear_faults()
    assert printer.status().ready
    assert time.monotonic() - began < 2
    assert printer.print_slip(SLIP, 2).outcome == "printed"
    printer.close()


def test_out_and_in_again_between_two_looks(bus, machine):
    """The old handle is of no use any more; the one retry of the driver finds the new one."""
    printer = driver(bus)
    assert printer.status().ready
    machine.set_fault("power_off")
    assert bus.enumerate_devices() == []
    machine.clear_faults()
    assert printer.status().ready
    printer.close()


def test_of_two_alike_the_one_that_is_named(machine, tmp_path):
    other = SimulatedPrinter(paper=PAPERS[80], fonts=FONTS, out_dir=tmp_path / "other")
    bus = SimulatedUsbBus(
        Socket(machine, VENDOR, PRODUCT, "1-2.4", serial="TM001"),
        Socket(other, VENDOR, PRODUCT, "1-3", serial="TM002"),
    )
    for port in (UsbPort(VENDOR, PRODUCT, serial="TM002"), UsbPort(VENDOR, PRODUCT, path="1-3")):
        printer = driver(bus, port)
        assert printer.print_slip(SLIP, 1).outcome == "printed"
        printer.close()
    assert (len(machine.slips), len(other.slips)) == (0, 2)
    missing = driver(bus, UsbPort(VENDOR, PRODUCT, serial="TM003"))
    assert "04b8:0e15:TM003: no such device" in missing.status().detail


def test_a_device_without_a_serial_number_has_none(machine):
    bus = SimulatedUsbBus(Socket(machine, VENDOR, PRODUCT, "1-1"))
    assert driver(bus, UsbPort(VENDOR, PRODUCT, serial="TM001")).status().reason == "not_connected"
    assert driver(bus, UsbPort(VENDOR, PRODUCT, path="1-1")).status().ready


def test_a_write_that_stalls_ends_in_time_and_tells_what_was_sent(bus, machine):
    line = UsbTransport(PORT, backend=bus)
    with pytest.raises(NotConnected):
        line.write(b"x", 0.1)
    line.open()
    machine.set_fault("slow:0@1000")
    began = time.monotonic()
    with pytest.raises(LineStalled) as stalled:
        line.write(bytes(5000), 0.2)
    assert time.monotonic() - began < 2
    assert stalled.value.sent == 1000
    line.close()
