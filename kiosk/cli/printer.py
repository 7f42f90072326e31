"""The slip printer of the running core: how it is, what became of its slips, faults to try."""

from __future__ import annotations

import click
import msgspec

from kiosk.cli.link import as_json, ask, of_day, print_json
from kiosk.paths import DataFolder
from kiosk.words import AskState, CountSlips, SimulateFault, SlipCountsResult, StateResult


@click.group()
def printer() -> None:
    """The slip printer."""


@printer.command()
@as_json
@click.pass_obj
def status(data: DataFolder, as_json: bool) -> None:
    """How the printer is, since when, and for how many slips it still has paper."""
    result = ask(data, AskState())
    assert isinstance(result, StateResult)
    state = next(device for device in result.state.devices if device.name == "printer")
    if as_json:
        print_json(msgspec.to_builtins(state))
        return
    left = "" if state.left is None else f"about {state.left} slips left"
    words = (state.state, state.reason, state.detail, *state.warnings, left)
    click.echo(" · ".join(word for word in words if word))
    click.echo(f"since {state.since}")


@printer.command()
@of_day
@as_json
@click.pass_obj
def slips(data: DataFolder, day: str, as_json: bool) -> None:
    """What became of the slips of a business day."""
    result = ask(data, CountSlips(business_day=day))
    assert isinstance(result, SlipCountsResult)
    if as_json:
        print_json(msgspec.to_builtins(result))
        return
    for one in result.counts:
        again = "reprint" if one.reprint else ""
        words = (one.state, one.reason, again)
        click.echo(f"{one.count:>5}  {' · '.join(word for word in words if word)}")


@printer.command()
@click.argument("name", default="")
@click.pass_obj
def fault(data: DataFolder, name: str) -> None:
    """Make the simulated printer misbehave: NAME[:AMOUNT][@BYTES]; nothing: mended.

    For example paper_out, paper_out:60 (in 60 mm), unplugged@20000 (after 20,000 bytes).
    """
    ask(data, SimulateFault(device="printer", fault=name))
