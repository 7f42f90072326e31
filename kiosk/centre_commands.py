"""`kiosk enrol` and `kiosk centre`: becoming known at the city's centre, and how the tie is."""

from __future__ import annotations

import contextlib
import os
import socket
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kiosk.cli.link import as_json, print_json
from kiosk.errors import ConfigError, KioskError, LinkError
from kiosk.link.client import LinkClient
from kiosk.paths import DataFolder
from kiosk.queueing.hours import HANOI
from kiosk.settings.keeping import shelf_of
from kiosk.words import ReloadConfig

if TYPE_CHECKING:
    from kiosk.config import Config
    from kiosk.sync.enrolment import Enrolled

LEAST_WAIT_S = 20.0  # a technician stands there


@click.command()
@click.argument("code")
@click.option("--url", default="", help="Of the centre; written into config.toml [centre].")
@click.option("--trusted", default="", help="File of the city's certificate authority; as --url.")
@click.option("--name", default="", help="What people call this kiosk; else the computer's name.")
@click.pass_context
def enrol(context: click.Context, code: str, url: str, trusted: str, name: str) -> None:
    """Make this kiosk known at the centre, with the one-time CODE that its pages gave.

    The code holds for a quarter of an hour; small letters, blanks and dashes do not matter.
    Enrolled again the kiosk has a new name and a new key, and its outbox goes on under that.
    """
    from kiosk.sync.enrolling import tidy_code

    data: DataFolder = context.obj
    try:
        code = tidy_code(code)
        config = _with_address(context, url, trusted)
        enrolled = make_known(
            data,
            config.centre.url,
            config.centre.trusted,
            code=code,
            name=name,
            within_s=max(LEAST_WAIT_S, config.centre.answer_s),
        )
    except KioskError as error:
        raise click.ClickException(f"{error.code}: {error.detail}") from error
    _have_core_look(data)
    click.echo(f"{enrolled.device} of site {enrolled.site} is known at {config.centre.url}")


def make_known(
    data: DataFolder,
    url: str,
    trusted: str,
    *,
    code: str,
    name: str = "",
    within_s: float = LEAST_WAIT_S,
) -> Enrolled:
    """Have the centre at `url` take this kiosk in. Raises KioskError; see kiosk.sync.enrolling."""
    from kiosk.sync.enrolling import enrol as ask_in
    from kiosk.sync.enrolling import tidy_code
    from kiosk.version import version

    enrolled = ask_in(
        data.centre,
        url,
        trusted,
        code=tidy_code(code),
        name=name or socket.gethostname(),
        version=version(),
        within_s=within_s,
        now=datetime.now(HANOI),
    )
    _belong_to_who_runs_the_core(data)
    return enrolled


def _with_address(context: click.Context, url: str, trusted: str) -> Config:
    """config.toml with the address in it, saved where it is another one. Raises ConfigError."""
    from kiosk.settings.editing import changed

    shelf = shelf_of(context.meta["config"], context.obj)
    config = shelf.in_force().config
    wanted = {"centre.url": url, "centre.trusted": str(Path(trusted).resolve()) if trusted else ""}
    text = shelf.text() or ""
    for key, value in wanted.items():
        if value and value != getattr(config.centre, key.partition(".")[2]):
            text = changed(text, key, value)
    if text != shelf.text():
        config = shelf.save(text)
    if not config.centre.url:
        raise ConfigError("which centre? Give its address with --url")
    return config


def _belong_to_who_runs_the_core(data: DataFolder) -> None:
    """Where root typed the code, the files are still the kiosk's."""
    if os.geteuid() != 0:
        return
    about = data.root.stat()
    for path in (data.centre, *data.centre.iterdir()):
        with contextlib.suppress(OSError):
            os.chown(path, about.st_uid, about.st_gid)


def _have_core_look(data: DataFolder) -> None:
    """A running core takes the address over; without one the next start does."""
    with contextlib.suppress(LinkError, OSError), LinkClient(data.socket) as client:
        client.ask(ReloadConfig())


@click.group()
def centre() -> None:
    """The tie to the city's centre."""


@centre.command()
@as_json
@click.pass_context
def status(context: click.Context, as_json: bool) -> None:
    """Who this kiosk is at the centre, when it was last heard, what waits."""
    found = _status(context)
    if as_json:
        print_json(found)
        return
    for line in _lines(found):
        click.echo(line)


def _status(context: click.Context) -> dict[str, Any]:
    from kiosk.doctor.premises import look_around
    from kiosk.settings.given import read_state
    from kiosk.store.examination import look_at_store
    from kiosk.sync.contact import last_contact
    from kiosk.sync.enrolment import read_enrolment
    from kiosk.sync.marks import is_elsewhere, marks_here

    data: DataFolder = context.obj
    premises = look_around(context.meta["config"], data)
    enrolled, contact = read_enrolment(data.centre), last_contact(data.centre)
    store = look_at_store(data.database, data.journal, check=False)
    tie = premises.device("centre")
    return {
        "url": premises.config.centre.url if premises.config else "",
        "device": enrolled.device if enrolled else "",
        "site": enrolled.site if enrolled else "",
        "enrolled_at": enrolled.enrolled_at if enrolled else "",
        "key": enrolled.public_key[:16] if enrolled else "",
        "copied": bool(enrolled and is_elsewhere(enrolled.marks, marks_here())),
        "state": tie.state if tie else "",
        "reason": tie.reason if tie else "",
        "since": tie.since if tie else "",
        "heard_at": contact.heard_at if contact else "",
        "clock_ahead_s": contact.ahead_s if contact else None,
        "outbox": store.unsent,
        "outbox_since": store.unsent_since,
        "documents": [
            {
                "name": name,
                "in_use": one.in_use.version if one.in_use else None,
                "withdrawn": bool(one.in_use and one.in_use.removed),
                "on_trial": one.trial is not None,
                "wanted": one.wanted.version if one.wanted else None,
            }
            for name, one in sorted(read_state(data.documents).documents.items())
        ],
    }


def _lines(found: dict[str, Any]) -> list[str]:
    known = f"{found['device']} of site {found['site']}, since {found['enrolled_at'][:16]}"
    ahead = found["clock_ahead_s"]
    waiting = f"{found['outbox']} entries wait" + (
        f", since {found['outbox_since'][:19]}" if found["outbox"] else ""
    )
    facts = {
        "centre": found["url"] or "none: this kiosk is alone",
        "known as": known if found["device"] else "nobody typed a code here yet",
        "key": found["key"],
        "warning": "this disk was copied: enrol this kiosk anew" if found["copied"] else "",
        "tie": " · ".join(filter(None, (found["state"], found["reason"]))) or "no core runs",
        "since": found["since"][:19],
        "heard": found["heard_at"],
        "clock": "" if ahead is None else f"{ahead:+.0f} s against the centre's",
        "outbox": waiting,
        "documents": "; ".join(_of_document(one) for one in found["documents"]),
    }
    return [f"{name:<10}{fact}" for name, fact in facts.items() if fact]


def _of_document(one: dict[str, Any]) -> str:
    """ "hours 12 (on trial)"."""
    words = [one["name"], str(one["in_use"] or "own")]
    words += ["(withdrawn)"] if one["withdrawn"] else []
    words += ["(on trial)"] if one["on_trial"] else []
    words += [f"(wants {one['wanted']})"] if one["wanted"] else []
    return " ".join(words)


@centre.command(name="new-key")
@click.pass_context
def new_key(context: click.Context) -> None:
    """Make a new key and have the centre take it in place of the old one.

    A reply that is lost does no harm: both keys are kept until the centre has said which counts.
    """
    from kiosk.sync.client import CentreClient
    from kiosk.sync.clock import CentreClock

    data: DataFolder = context.obj
    config = shelf_of(context.meta["config"], data).in_force().config
    if not config.centre.url:
        raise click.ClickException("centre: this kiosk is alone: config.toml [centre] url")
    client = CentreClient(data.centre, config.centre.url, config.centre.trusted, CentreClock())
    try:
        public = client.change_key(max(LEAST_WAIT_S, config.centre.answer_s))
    except KioskError as error:
        raise click.ClickException(f"{error.code}: {error.detail}") from error
    finally:
        client.close()
    _belong_to_who_runs_the_core(data)
    click.echo(f"the key that begins with {public[:16]} counts from now on")
