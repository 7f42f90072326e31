"""`kiosk first-start`: walks the steps of kiosk.first_start on the command line.

A root of its own: it knows printers, ports, the store and the core. What was answered is kept
after each step, so that it goes on another day where it stopped.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path

import click

from hardware.found_ports import FoundPort, serial_ports, usb_printers
from kiosk.config import Config
from kiosk.doctor.premises import Premises, holding, look_around
from kiosk.errors import KioskError
from kiosk.first_start.outcome import configured, keep_progress, read_progress, wards_of_hanoi
from kiosk.first_start.steps import (
    NONE,
    STEPS,
    TEMPLATES,
    Progress,
    WrongAnswer,
    answer,
    back,
    skip,
    staff_of,
    unmarked,
)
from kiosk.link.client import LinkClient
from kiosk.paths import ASSETS, DataFolder
from kiosk.pins import hash_pin, is_good_pin
from kiosk.queueing.hours import HANOI
from kiosk.queueing.staff import Staff
from kiosk.settings.keeping import shelf_of
from kiosk.store import Store, StoreFolders
from kiosk.texts import Texts
from kiosk.words import KeepStaff, Language

BACK, QUIT = "<", "q"
SIMULATED = "simulated"


@click.command(name="first-start")
@click.option("--again", is_flag=True, help="From the first step, whatever was answered before.")
@click.pass_context
def first_start(context: click.Context, again: bool) -> None:
    """Set this kiosk up, step by step: twelve at most, each may be skipped."""
    data: DataFolder = context.obj
    if again:
        data.first_start.unlink(missing_ok=True)
    walk = _Walk(look_around(context.meta["config"], data), context.meta["config"])
    try:
        walk.run()
    except KioskError as error:
        raise click.ClickException(error.detail) from error


class _Walk:
    """One sitting."""

    def __init__(self, premises: Premises, config: Path) -> None:
        self._premises = premises
        self._shelf = shelf_of(config, premises.data)
        self._texts = Texts(ASSETS / "i18n", "first_start")
        self._wards = wards_of_hanoi()
        self._progress = read_progress(premises.data.first_start)

    def run(self) -> None:
        """Until everything is answered, or somebody wants to go on another time."""
        while not self._progress.is_done:
            typed = self._ask()
            if typed == QUIT:
                click.echo(self._text("walk.later"))
                return
            try:
                self._take(typed)
            except WrongAnswer as error:
                click.echo(self._text("walk.wrong", reason=error))
                continue
            if not self._progress.is_done:
                keep_progress(self._premises.data.first_start, self._progress)
        self._premises.data.first_start.unlink(missing_ok=True)

    def _ask(self) -> str:
        step, number = self._progress.at, self._progress.number
        title = self._text(f"title.{step}")
        click.echo()
        click.secho(
            self._text("walk.heading", number=number, count=len(STEPS), title=title), bold=True
        )
        click.echo(self._text(f"ask.{step}"))
        for place, (choice, about) in enumerate(self._choices().items(), start=1):
            click.echo(f"  {place}  {choice}  {about}")
        click.echo(self._text("walk.keys"))
        typed: str = click.prompt(
            ">", default=self._default(), show_default=bool(self._default()), prompt_suffix=" "
        )
        return typed.strip()

    def _default(self) -> str:
        step = self._progress.at
        return self._progress.answers.get(step, "") if step else ""

    def _take(self, typed: str) -> None:
        if typed == BACK:
            self._progress = back(self._progress)
        elif not typed:
            self._progress = skip(self._progress)
        else:
            answered = answer(self._progress, self._meant(typed))
            self._act(answered)
            self._progress = answered

    def _meant(self, typed: str) -> str:
        """A choice by its number, a ward by a part of its name. Raises WrongAnswer."""
        choices = list(self._choices())
        if typed.isdecimal() and 0 < int(typed) <= len(choices):
            return choices[int(typed) - 1]
        return self._ward(typed) if self._progress.at == "ward" else typed

    def _ward(self, typed: str) -> str:
        wanted = unmarked(typed).casefold()
        found = [code for code, name in self._wards.items() if unmarked(name).casefold() == wanted]
        found = found or [
            code for code, name in self._wards.items() if wanted in unmarked(name).casefold()
        ]
        if typed in self._wards or len(found) == 1:
            return typed if typed in self._wards else found[0]
        if not found:
            if click.confirm(self._text("walk.free", name=typed)):
                return typed
            raise WrongAnswer(typed)
        names = [f"  {code}  {self._wards[code]}" for code in found]
        raise WrongAnswer("\n".join([self._text("walk.several"), *names]))

    def _choices(self) -> Mapping[str, str]:
        match self._progress.at:
            case "language":
                return {"vi": "Tiếng Việt", "en": "English"}
            case "template":
                return {code: self._text(f"template.{code}") for code in TEMPLATES}
            case "printer":
                return self._ports([*usb_printers(), *serial_ports()])
            case "board" | "scanner":
                return self._ports(serial_ports())
            case _:
                return {}

    def _ports(self, found: list[FoundPort]) -> Mapping[str, str]:
        fixed = {name: self._text(f"choice.{name}") for name in (NONE, SIMULATED)}
        return fixed | {one.port: f"{one.about} ({one.now})" for one in found}

    def _act(self, answered: Progress) -> None:
        actions: Mapping[str, Callable[[Progress], object]] = {
            "test": self._test,
            "save": self._save,
        }
        if (action := actions.get(self._progress.at)) is not None:
            action(answered)

    def _test(self, answered: Progress) -> None:
        port = answered.answers.get("printer") or self._config_printer(self._premises.config)
        if port == NONE:
            click.echo(self._text("walk.test_none"))
        elif self._premises.state is not None or self._premises.hung:
            click.echo(self._text("walk.test_core"))
        else:
            report = _test_slip(port, self._premises.data.slips)
            click.echo(self._text("walk.test_done", outcome=report[0], reason=report[1]))

    @staticmethod
    def _config_printer(config: Config | None) -> str:
        return config.printer.port if config else NONE

    def _save(self, answered: Progress) -> None:
        text = configured(answered, self._premises.config)
        self._keep_staff(answered)
        self._shelf.save(text)
        click.echo(self._text("walk.saved", path=self._shelf.path))
        running = self._premises.state is not None
        click.echo(self._text("walk.restart" if running else "walk.start"))

    def _keep_staff(self, answered: Progress) -> None:
        member = staff_of(answered)
        if member is None:
            return
        code, name = member
        pin = _pin(self._text("walk.pin", name=name))
        if not is_good_pin(pin):
            raise WrongAnswer(self._text("walk.pin_bad"))
        try:
            _keep_manager(self._premises, code, name, hash_pin(pin))
        except (KioskError, OSError) as error:
            click.echo(self._text("walk.staff_not", name=name, reason=error))
        else:
            click.echo(self._text("walk.staff_kept", name=name, code=code))

    def _text(self, key: str, **values: object) -> str:
        language: Language = "en" if self._progress.answers.get("language") == "en" else "vi"
        return self._texts.get(key, language, **values)


def _pin(question: str) -> str:
    """Typed unseen, or a line of standard input."""
    if sys.stdin.isatty():
        typed: str = click.prompt(question, hide_input=True, confirmation_prompt=True)
        return typed
    click.echo(question)
    return sys.stdin.readline().strip()


def _keep_manager(premises: Premises, code: str, name: str, pin_hash: str) -> None:
    """Through the core, or where none runs into the store itself. Raises KioskError, OSError."""
    data = premises.data
    if premises.state is not None:
        with LinkClient(data.socket) as client:
            client.ask(KeepStaff(code=code, name=name, role="manager", pin_hash=pin_hash))
        return
    data.make()
    folders = StoreFolders(database=data.database, backups=data.backups, journal=data.journal)
    with holding(data), closing(Store(folders, min_free_mb=10)) as store:
        store.open(datetime.now(HANOI))
        store.staff.keep(Staff(code=code, name=name, role="manager"), pin_hash)


def _test_slip(port: str, slips: Path) -> tuple[str, str]:
    """Print the slip with every mark; its outcome and reason."""
    from hardware.command_line.printer import TEST_SLIP  # noqa: PLC0415 - drawing takes a while
    from hardware.printer.ports import open_printer  # noqa: PLC0415

    printer = open_printer(port, paper_mm=80, fonts=ASSETS / "fonts", out_dir=slips)
    try:
        report = printer.print_slip(TEST_SLIP, job_id=int(time.time()))
    finally:
        printer.close()
    return report.outcome, report.reason
