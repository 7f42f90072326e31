"""Commands that talk to the running core: services and tickets."""

from __future__ import annotations

import json
import secrets
import sys
from dataclasses import asdict
from datetime import date
from typing import Any

import click

from kiosk.errors import KioskError
from kiosk.link.client import LinkClient
from kiosk.paths import DataFolder
from kiosk.queueing.ticket import Ticket
from kiosk.words import (
    AnyCommand,
    ChangeTicket,
    IssueTicket,
    ListTickets,
    Result,
    TicketResult,
    TicketsResult,
)

as_json = click.option("--json", "as_json", is_flag=True, help="Machine-readable.")


def ask(data: DataFolder, command: AnyCommand) -> Result:
    """Ask the core; what it refuses is told on standard error and ends with status 1."""
    try:
        with LinkClient(data.socket) as client:
            return client.ask(command)
    except KioskError as error:
        raise click.ClickException(f"{error.code}: {error.detail}") from error


def _day(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    try:
        return date.fromisoformat(value).isoformat() if value else ""
    except ValueError as error:
        raise click.BadParameter(f"{value!r} is no day, YYYY-MM-DD") from error


of_day = click.option(
    "--day", default="", callback=_day, help="Business day, YYYY-MM-DD; default today."
)


def print_json(value: Any) -> None:
    """One JSON value on standard output, Vietnamese as it is."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")


@click.command()
@as_json
@click.pass_obj
def services(data: DataFolder, as_json: bool) -> None:
    """The services that citizens can queue for, and how many wait."""
    try:
        with LinkClient(data.socket) as client:
            state = client.welcome_state
    except KioskError as error:
        raise click.ClickException(f"{error.code}: {error.detail}") from error
    rows = [
        {
            "code": service.code,
            "name": service.name_vi,
            "series": service.series,
            "name_en": service.name_en,
            "state": service.availability,
            "waiting": service.waiting,
            "estimate_minutes": service.estimate_minutes,
            "where": service.where_vi,
        }
        for service in state.services
    ]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        click.echo(f"{row['series']}  {row['code']:<16} {row['name']}  ({row['waiting']} chờ)")


@click.group()
def ticket() -> None:
    """Issue, list and move tickets."""


@ticket.command()
@click.option("--service", required=True, help="Code of the service (see `kiosk services`).")
@click.option("--priority", default="", help="Code of a priority class.")
@click.option("--language", type=click.Choice(["vi", "en"]), default="vi", show_default=True)
@click.option(
    "--request-id", default="", help="8 to 64 characters: the same gives the same ticket."
)
@as_json
@click.pass_obj
def issue(
    data: DataFolder, service: str, priority: str, language: str, request_id: str, as_json: bool
) -> None:
    """Give a number: durable when this command returns."""
    wanted = IssueTicket(
        request_id=request_id or secrets.token_hex(8),
        service=service,
        priority=priority,
        language="en" if language == "en" else "vi",
    )
    result = ask(data, wanted)
    assert isinstance(result, TicketResult)
    row = {**ticket_row(result.card.ticket), "slip": result.card.slip.state}
    if as_json:
        print_json(row)
    else:
        click.echo(
            f"{row['number']}  {result.card.service.name_vi}  {result.card.service.where_vi}"
        )


@ticket.command(name="list")
@of_day
@as_json
@click.pass_obj
def list_tickets(data: DataFolder, day: str, as_json: bool) -> None:
    """The tickets of a business day, in the order of issue."""
    result = ask(data, ListTickets(business_day=day))
    assert isinstance(result, TicketsResult)
    rows = [ticket_row(ticket) for ticket in result.tickets]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        click.echo(f"{row['number']}  {row['state']:<10} {row['service']:<16} {row['issued_at']}")


@ticket.command()
@click.argument("ticket_id", type=int)
@click.argument(
    "verb",
    type=click.Choice(
        ["call", "recall", "serve", "hold", "transfer", "complete", "no_show", "cancel"]
    ),
)
@click.option("--counter", default="", help="Number of the counter.")
@click.option("--service", default="", help="Where to, for transfer.")
@as_json
@click.pass_obj
def change(
    data: DataFolder, ticket_id: int, verb: Any, counter: str, service: str, as_json: bool
) -> None:
    """Move a ticket by one of the verbs."""
    result = ask(
        data, ChangeTicket(ticket_id=ticket_id, verb=verb, counter=counter, service=service)
    )
    assert isinstance(result, TicketResult)
    row = ticket_row(result.card.ticket)
    if as_json:
        print_json(row)
    else:
        click.echo(f"{row['number']}  {row['state']}")


def ticket_row(ticket: Ticket) -> dict[str, Any]:
    """A ticket as the command line tells it; the token stays inside: who has it has the ticket."""
    row = asdict(ticket)
    del row["token"]
    return row
