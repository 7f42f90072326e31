"""What is around the running core: its devices, what they give out, faults to try."""

from __future__ import annotations

import secrets

import click
import msgspec

from kiosk.cli.link import as_json, ask, print_json
from kiosk.device_history import read_history
from kiosk.paths import DataFolder
from kiosk.words import (
    AskState,
    Dispense,
    KioskState,
    Restock,
    SetMaintenance,
    SimulateFault,
    StateResult,
)


def _state(data: DataFolder) -> KioskState:
    result = ask(data, AskState())
    assert isinstance(result, StateResult)
    return result.state


@click.command()
@as_json
@click.pass_obj
def devices(data: DataFolder, as_json: bool) -> None:
    """Every device: how it is, why, since when."""
    known = _state(data).devices
    if as_json:
        print_json(msgspec.to_builtins(known))
        return
    for one in known:
        words = (one.state, one.reason, one.detail, *one.warnings, f"since {one.since}")
        click.echo(f"{one.name:<9}{' · '.join(word for word in words if word)}")


@click.command()
@click.argument("device", type=click.Choice(["printer", "board", "scanner"]))
@click.argument("name", default="")
@click.pass_obj
def fault(data: DataFolder, device: str, name: str) -> None:
    """Make a simulated DEVICE misbehave; without a NAME: mended."""
    ask(data, SimulateFault(device=device, fault=name))


@click.command()
@click.argument("state", type=click.Choice(["on", "off"]))
@click.pass_obj
def maintenance(data: DataFolder, state: str) -> None:
    """Tell citizens that this kiosk is being looked after and where to go; or no longer.

    A visit that goes on is left to its end. It stays so over a restart.
    """
    ask(data, SetMaintenance(on=state == "on"))


@click.group()
def refreshment() -> None:
    """What the kiosk gives out."""


@refreshment.command("list")
@as_json
@click.pass_obj
def list_items(data: DataFolder, as_json: bool) -> None:
    """What can be had, and how much is left."""
    items = _state(data).items
    if as_json:
        print_json(msgspec.to_builtins(items))
        return
    for one in items:
        left = "not counted" if one.left is None else f"{one.left} left"
        click.echo(f"{one.item:<12}{one.condition:<8}{left}")


@refreshment.command()
@click.argument("item")
@click.option("--place", default="", help="A [[destination]], where the base drives.")
@click.option("--request-id", default="", help="The same id moves the dispenser once.")
@click.pass_obj
def give(data: DataFolder, item: str, place: str, request_id: str) -> None:
    """Give one out. What comes of it is among the events, and in the log."""
    request_id = request_id or secrets.token_hex(8)
    ask(data, Dispense(request_id=request_id, item=item, place=place))


@refreshment.command()
@click.argument("item")
@click.argument("left", type=click.IntRange(0))
@click.pass_obj
def restock(data: DataFolder, item: str, left: int) -> None:
    """Tell how many are in the dispenser now; a stuck one counts as seen to."""
    ask(data, Restock(item=item, left=left))


@click.command()
@click.option("--device", default="", help="Only this one.")
@click.option(
    "--last", type=click.IntRange(1), default=50, show_default=True, help="So many lines."
)
@as_json
@click.pass_obj
def history(data: DataFolder, device: str, last: int, as_json: bool) -> None:
    """How the devices were: each change and each test, newest last. Needs no core."""
    lines = [one for one in read_history(data.device_history) if device in {"", one.device}][-last:]
    if as_json:
        print_json(msgspec.to_builtins(lines))
        return
    for one in lines:
        reason = f" · {one.reason}" if one.reason else ""
        click.echo(f"{one.at[:19]}  {one.device:<9}{one.state}{reason}  ({one.source})")
