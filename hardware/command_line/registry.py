"""Which command is where: "module:command" of this package, by the words that are typed.

python -m hardware list
python -m hardware probe printer --port tcp:192.168.1.50
python -m hardware watch printer --port serial:/dev/le-tan/printer:115200
python -m hardware test-slip --port usb:04b8:0e15
python -m hardware simulate printer --tcp 9100
python -m hardware watch board --port serial:/dev/le-tan/board:115200
python -m hardware test-drop --port simulated --output 1 --drop 4
python -m hardware simulate scanner
python -m hardware test-drive --port rosbridge:192.168.1.70:9090 --x-m 2 --y-m 1
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Any

import click

ALONE = {
    "list": "ports:list_ports",
    "test-slip": "printer:test_slip",
    "test-drop": "board:test_drop",
    "test-drive": "base:test_drive",
}
"""Commands by their name."""

OF_DEVICES = {
    "probe": {
        "printer": "printer:probe",
        "board": "board:probe",
        "scanner": "scanner:probe",
        "base": "base:probe",
    },
    "watch": {"printer": "printer:watch", "board": "board:watch", "scanner": "scanner:watch"},
    "simulate": {
        "printer": "printer_simulation:simulate",
        "board": "board:simulate",
        "scanner": "scanner:simulate",
        "base": "base:simulate",
    },
}
"""Commands that exist for several devices, by verb and device."""

ABOUT = {
    "probe": "Ask a device what it is and how it is.",
    "watch": "Tell each change of a device until interrupted.",
    "simulate": "Be a device, for other programs to use.",
}


class LazyGroup(click.Group):
    """A group that imports a command when it is asked for it."""

    def __init__(self, *args: Any, commands_at: Mapping[str, str], **more: Any) -> None:
        super().__init__(*args, **more)
        self._commands_at = commands_at

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, sorted."""
        return sorted({*super().list_commands(ctx), *self._commands_at})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        if cmd_name not in self._commands_at:
            return super().get_command(ctx, cmd_name)
        module, _, name = self._commands_at[cmd_name].partition(":")
        command: click.Command = getattr(
            importlib.import_module(f"hardware.command_line.{module}"), name
        )
        return command


def command_line() -> click.Group:
    """The whole tree."""
    root = LazyGroup(
        "hardware", commands_at=ALONE, help="Devices from the command line, without the kiosk."
    )
    for verb, devices in OF_DEVICES.items():
        root.add_command(LazyGroup(verb, commands_at=devices, help=ABOUT[verb]))
    return root
