"""`kiosk first-start`: walks the steps of kiosk.first_start on the command line.

A root of its own: it knows printers, ports, the store and the core. What was answered is kept
after each step, so that it goes on another day where it stopped.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path

import click

from kiosk.cli.link import ask as ask_core
from kiosk.cli.technician import keep_keys
from kiosk.doctor.premises import Premises, holding, look_around
from kiosk.errors import KioskError
from kiosk.first_start.sitting import Sitting
from kiosk.first_start.steps import NONE, STEPS, WrongAnswer, enrolment_of, staff_of, unmarked
from kiosk.link.client import LinkClient
from kiosk.paths import DataFolder
from kiosk.pins import hash_pin, is_good_pin, is_good_technician_pin
from kiosk.queueing.hours import HANOI
from kiosk.queueing.staff import Staff
from kiosk.settings.keeping import shelf_of
from kiosk.store import Store, StoreFolders
from kiosk.words import KeepStaff, Language, OpenFirstStart

BACK, QUIT = "<", "q"


@click.command(name="first-start")
@click.option("--again", is_flag=True, help="From the first step, whatever was answered before.")
@click.option("--on-screen", is_flag=True, help="On the kiosk's own screen instead of here.")
@click.pass_context
def first_start(context: click.Context, again: bool, on_screen: bool) -> None:
    """Set this kiosk up, step by step: twelve at most, each may be skipped."""
    data: DataFolder = context.obj
    if again:
        data.first_start.unlink(missing_ok=True)
    premises = look_around(context.meta["config"], data)
    if on_screen:
        _open_on_screen(premises)
        return
    walk = _Walk(premises, context.meta["config"])
    try:
        walk.run()
    except KioskError as error:
        raise click.ClickException(error.detail) from error


def _open_on_screen(premises: Premises) -> None:
    if premises.state is not None:
        ask_core(premises.data, OpenFirstStart())
    else:
        premises.data.make()
        premises.data.first_start_wanted.touch(mode=0o600)
    click.echo("the kiosk's screen asks the steps now, or as soon as it starts")


class _Walk:
    """One sitting at a terminal."""

    def __init__(self, premises: Premises, config: Path) -> None:
        self._premises = premises
        self._shelf = shelf_of(config, premises.data)
        works_with = premises.config.printer.port if premises.config else NONE
        self._sitting = Sitting(premises.data, self._shelf, works_with, self._enrol)

    def run(self) -> None:
        """Until everything is answered, or somebody wants to go on another time."""
        while not self._sitting.progress.is_done:
            typed = self._ask()
            if typed == QUIT:
                click.echo(self._text("walk.later"))
                return
            try:
                self._take(typed)
            except WrongAnswer as error:
                click.echo(self._text("walk.wrong", reason=error))
        self._sitting.end()

    def _ask(self) -> str:
        progress = self._sitting.progress
        title = self._text(f"title.{progress.at}")
        click.echo()
        click.secho(
            self._text("walk.heading", number=progress.number, count=len(STEPS), title=title),
            bold=True,
        )
        click.echo(self._text(f"ask.{progress.at}"))
        for place, (choice, about) in enumerate(self._choices().items(), start=1):
            click.echo(f"  {place}  {choice}  {about}")
        click.echo(self._text("walk.keys"))
        default = progress.answers.get(progress.at, "") if progress.at else ""
        typed: str = click.prompt(
            ">", default=default, show_default=bool(default), prompt_suffix=" "
        )
        return typed.strip()

    def _choices(self) -> Mapping[str, str]:
        vietnamese = self._language == "vi"
        return {
            one.value: one.about_vi if vietnamese else one.about_en
            for one in self._sitting.choices()
        }

    def _take(self, typed: str) -> None:
        if typed == BACK:
            self._sitting.back()
        elif not typed:
            self._sitting.skip()
        else:
            meant = self._meant(typed)
            if self._sitting.progress.at == "centre" and (known := enrolment_of(meant)):
                self._join(*known)
                return
            self._act(meant)
            self._sitting.answer(meant)

    def _join(self, code: str, url: str) -> None:
        try:
            self._sitting.join(code, url)
        except KioskError as error:
            raise WrongAnswer(f"{error.code}: {error.detail}") from error
        click.echo(self._text("walk.enrolled", url=url))

    def _enrol(self, code: str, url: str) -> None:
        from kiosk.centre_commands import make_known  # noqa: PLC0415 - speaks with the network

        config = self._premises.config
        make_known(self._premises.data, url, config.centre.trusted if config else "", code=code)

    def _meant(self, typed: str) -> str:
        """A choice by its number, a ward by a part of its name. Raises WrongAnswer."""
        choices = list(self._choices())
        if typed.isdecimal() and 0 < int(typed) <= len(choices):
            return choices[int(typed) - 1]
        return self._ward(typed) if self._sitting.progress.at == "ward" else typed

    def _ward(self, typed: str) -> str:
        wanted, wards = unmarked(typed).casefold(), self._sitting.wards
        found = [code for code, name in wards.items() if unmarked(name).casefold() == wanted]
        found = found or [
            code for code, name in wards.items() if wanted in unmarked(name).casefold()
        ]
        if typed in wards or len(found) == 1:
            return typed if typed in wards else found[0]
        if not found:
            if click.confirm(self._text("walk.free", name=typed)):
                return typed
            raise WrongAnswer(typed)
        names = [f"  {code}  {wards[code]}" for code in found]
        raise WrongAnswer("\n".join([self._text("walk.several"), *names]))

    def _act(self, meant: str) -> None:
        """What is done besides keeping an answer; the answer itself is checked first."""
        actions: Mapping[str, Callable[[], object]] = {"test": self._test, "save": self._save}
        if meant == "yes" and (action := actions.get(self._sitting.progress.at)) is not None:
            action()

    def _test(self) -> None:
        if self._sitting.printer == NONE:
            click.echo(self._text("walk.test_none"))
        elif self._premises.state is not None or self._premises.hung:
            click.echo(self._text("walk.test_core"))
        else:
            outcome, reason = self._sitting.print_test()
            click.echo(self._text("walk.test_done", outcome=outcome, reason=reason))

    def _save(self) -> None:
        self._keep_manager()
        self._keep_technician()
        self._sitting.save()
        click.echo(self._text("walk.saved", path=self._shelf.path))
        running = self._premises.state is not None
        click.echo(self._text("walk.restart" if running else "walk.start"))

    def _keep_manager(self) -> None:
        member = staff_of(self._sitting.progress)
        if member is None:
            return
        code, name = member
        pin = _pin(self._text("walk.pin", name=name))
        if not is_good_pin(pin):
            raise WrongAnswer(self._text("walk.pin_bad"))
        try:
            _keep_staff(self._premises, Staff(code=code, name=name, role="manager"), hash_pin(pin))
        except (KioskError, OSError) as error:
            click.echo(self._text("walk.staff_not", name=name, reason=error))
        else:
            click.echo(self._text("walk.staff_kept", name=name, code=code))

    def _keep_technician(self) -> None:
        pin = _pin(self._text("walk.technician_pin"), optional=True)
        if not pin:
            return
        if not is_good_technician_pin(pin):
            raise WrongAnswer(self._text("walk.technician_pin_bad"))
        try:
            keep_keys(self._premises.data, pin_hash=hash_pin(pin))
        except (KioskError, OSError) as error:
            click.echo(self._text("walk.technician_not", reason=error))
        else:
            click.echo(self._text("walk.technician_kept"))

    @property
    def _language(self) -> Language:
        return "en" if self._sitting.progress.answers.get("language") == "en" else "vi"

    def _text(self, key: str, **values: object) -> str:
        return self._sitting.texts.get(key, self._language, **values)


def _pin(question: str, *, optional: bool = False) -> str:
    """Typed unseen, or a line of standard input; "" where one may be left out."""
    if sys.stdin.isatty():
        default = "" if optional else None
        typed: str = click.prompt(
            question,
            hide_input=True,
            confirmation_prompt=True,
            default=default,
            show_default=False,
        )
        return typed
    click.echo(question)
    return sys.stdin.readline().strip()


def _keep_staff(premises: Premises, member: Staff, pin_hash: str) -> None:
    """Through the core, or where none runs into the store itself. Raises KioskError, OSError."""
    data = premises.data
    if premises.state is not None:
        with LinkClient(data.socket) as client:
            client.ask(
                KeepStaff(code=member.code, name=member.name, role=member.role, pin_hash=pin_hash)
            )
        return
    data.make()
    folders = StoreFolders(database=data.database, backups=data.backups, journal=data.journal)
    with holding(data), closing(Store(folders, min_free_mb=10)) as store:
        store.open(datetime.now(HANOI))
        store.staff.keep(member, pin_hash)
