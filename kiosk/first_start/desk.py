"""The first start as the screen asks it; see kiosk.ports.technician.FirstStartDesk.

PINs are hashed here and held in memory until the last step. After a restart they are gone: whoever
was named is then asked for again.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.errors import CommandRefused, Trouble
from kiosk.first_start.steps import (
    NONE,
    STEPS,
    Progress,
    WrongAnswer,
    enrolment_of,
    staff_of,
)
from kiosk.ports import Outcome
from kiosk.ports.technician import NewPeople
from kiosk.words import FirstStartResult

if TYPE_CHECKING:
    from kiosk.first_start.sitting import Sitting


class ScreenDesk:
    """`marker` is the file that is there while the screen is to begin with the first start."""

    def __init__(self, begin: Callable[[], Sitting], marker: Path) -> None:
        """`begin` reads what was answered before, when that is first wanted."""
        self._begin = begin
        self._marker = marker
        self._people = NewPeople()

    @functools.cached_property
    def _sitting(self) -> Sitting:
        sitting = self._begin()
        progress = sitting.progress
        if progress.at and "staff" in progress.answers:  # their PINs are not kept
            at = min(progress.at, "staff", key=STEPS.index)
            sitting.progress = Progress(at=at, answers=progress.answers)
        return sitting

    def ask(self) -> FirstStartResult:
        """The step now."""
        progress = self._sitting.progress
        return FirstStartResult(
            step=progress.at,
            number=progress.number,
            count=len(STEPS),
            answer=progress.answers.get(progress.at, "") if progress.at else "",
            choices=tuple(self._sitting.choices()),
        )

    def answer(self, value: str, pin: str, technician_pin: str) -> NewPeople | None:
        """See the port. Raises CommandRefused (wrong_answer, bad_pin), ConfigError, Trouble."""
        step = self._sitting.progress.at
        try:
            if step == "staff":
                self._name_people(value, pin, technician_pin)
                return None
            if step == "centre" and (known := enrolment_of(value)) is not None:
                self._sitting.join(*known)
                return None
            if step == "save":
                self._sitting.save()
            self._sitting.answer(value)
        except WrongAnswer as error:
            raise CommandRefused(str(error), code="wrong_answer") from error
        return self._saved() if step == "save" else None

    def takes_long(self, value: str) -> bool:
        """Whether the answer waits for the network."""
        return self._sitting.progress.at == "centre" and enrolment_of(value) is not None

    def skip(self) -> None:
        """Leave this thing as it is. Raises Trouble (read_only)."""
        if self._sitting.progress.at == "staff":
            self._people = NewPeople()
        self._sitting.skip()
        if self._sitting.progress.is_done:
            self._sitting.end()

    def back(self) -> None:
        """The step before. Raises Trouble (read_only)."""
        self._sitting.back()

    def print_test(self) -> tuple[Outcome, str] | None:
        """See the port."""
        chosen = self._sitting.printer
        if chosen == self._sitting.works_with:
            return None
        if chosen == NONE:
            return "refused", "none"
        return self._sitting.print_test()

    @property
    def wanted(self) -> bool:
        """Whether it is to begin by itself."""
        return self._marker.exists()

    def want(self, *, wanted: bool) -> None:
        """From now on, over a restart too. Raises Trouble (read_only)."""
        try:
            if wanted:
                self._marker.touch(mode=0o600)
            else:
                self._marker.unlink(missing_ok=True)
        except OSError as error:
            raise Trouble(f"{self._marker} cannot be changed: {error}", code="read_only") from error

    def _name_people(self, value: str, pin: str, technician_pin: str) -> None:
        """Raises WrongAnswer, CommandRefused (bad_pin) and Trouble."""
        from kiosk.pins import (  # noqa: PLC0415 - argon2 takes 30 ms to begin
            hash_pin,
            is_good_pin,
            is_good_technician_pin,
        )

        if pin and not value.strip():
            raise WrongAnswer("a manager has a login code and a name")
        if value.strip() and not is_good_pin(pin):
            raise CommandRefused("the manager's PIN is too simple", code="bad_pin")
        if technician_pin and not is_good_technician_pin(technician_pin):
            raise CommandRefused("the technician's PIN is too simple", code="bad_pin")
        if value.strip():
            self._sitting.answer(value)
        else:
            self._sitting.skip()
        code, name = staff_of(self._sitting.progress) or ("", "")
        self._people = NewPeople(
            code=code,
            name=name,
            manager_hash=hash_pin(pin) if code else "",
            technician_hash=hash_pin(technician_pin) if technician_pin else "",
        )

    def _saved(self) -> NewPeople:
        people, self._people = self._people, NewPeople()
        self._sitting.end()
        return people
