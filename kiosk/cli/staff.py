"""`kiosk staff`: who may log in at the counters. A PIN is made its hash here and never travels."""

from __future__ import annotations

import sys

import click

from kiosk.cli.link import as_json, ask, print_json
from kiosk.paths import DataFolder
from kiosk.pins import hash_pin, is_good_pin
from kiosk.queueing.staff import is_good_code
from kiosk.words import KeepStaff, ListStaff, RemoveStaff, Role, StaffMember, StaffResult


@click.group()
def staff() -> None:
    """Who may log in at the counters."""


@staff.command()
@click.argument("code")
@click.argument("name")
@click.option("--manager", is_flag=True, help="May see the day report and close the day.")
@click.option("--pin-stdin", is_flag=True, help="Read the PIN from standard input, one line.")
@click.pass_obj
def add(data: DataFolder, code: str, name: str, manager: bool, pin_stdin: bool) -> None:
    """Add a member: CODE to log in with ("lan"), NAME as colleagues know them; asks for a PIN."""
    if not is_good_code(code):
        raise click.ClickException('a code is a-z, 0-9, "." and "-", 1 to 20 characters')
    if any(known.code == code for known in _staff(data)):
        raise click.ClickException(f"{code} is there already: `kiosk staff pin {code}`")
    role: Role = "manager" if manager else "clerk"
    new = _new_pin(from_stdin=pin_stdin)
    _keep(data, KeepStaff(code=code, name=name, role=role, pin_hash=new))


@staff.command()
@click.argument("code")
@click.option("--pin-stdin", is_flag=True, help="Read the PIN from standard input, one line.")
@click.pass_obj
def pin(data: DataFolder, code: str, pin_stdin: bool) -> None:
    """Give a member a new PIN; their sessions end."""
    known = next((one for one in _staff(data) if one.code == code), None)
    if known is None:
        raise click.ClickException(f"unknown_staff: nobody is called {code!r}")
    new = _new_pin(from_stdin=pin_stdin)
    _keep(data, KeepStaff(code=code, name=known.name, role=known.role, pin_hash=new))


@staff.command()
@click.argument("code")
@click.pass_obj
def remove(data: DataFolder, code: str) -> None:
    """From now on they cannot log in."""
    ask(data, RemoveStaff(code=code))
    click.echo(f"{code} cannot log in any more")


@staff.command(name="list")
@as_json
@click.pass_obj
def list_staff(data: DataFolder, as_json: bool) -> None:
    """Everybody who may log in."""
    members = _staff(data)
    if as_json:
        print_json([{"code": one.code, "name": one.name, "role": one.role} for one in members])
        return
    for one in members:
        click.echo(f"{one.code:<20} {one.role:<8} {one.name}")


def _staff(data: DataFolder) -> tuple[StaffMember, ...]:
    result = ask(data, ListStaff())
    assert isinstance(result, StaffResult)
    return result.staff


def _keep(data: DataFolder, command: KeepStaff) -> None:
    ask(data, command)
    click.echo(f"{command.code} ({command.name}) can log in")


def _new_pin(*, from_stdin: bool) -> str:
    """The hash of the PIN that was typed twice, or piped in."""
    if from_stdin:
        wanted = sys.stdin.readline().strip()
    else:
        wanted = click.prompt("PIN", hide_input=True, confirmation_prompt=True)
    if not is_good_pin(wanted):
        raise click.ClickException("a PIN has 4 to 12 figures, not all the same, no plain run")
    return hash_pin(wanted)
