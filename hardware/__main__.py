"""Devices from the command line, without the kiosk: see `hardware.command_line.registry`."""

from hardware.command_line.registry import command_line

if __name__ == "__main__":
    command_line()(prog_name="python -m hardware")
