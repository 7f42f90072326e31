"""The ports of this computer, by the names that stay when a cable moves."""

from __future__ import annotations

import click

from hardware.found_ports import serial_ports, usb_printers


@click.command("list")
def list_ports() -> None:
    """The serial ports and USB printers of this computer, as config.toml would name them."""
    found = [*serial_ports(), *usb_printers()]
    for port in found:
        moves = "" if port.stays else "  (this name may move to another device)"
        click.echo(f"{port.port}  {port.about}, now {port.now}{moves}")
    if not found:
        click.echo("No serial port and no USB printer was found.")
