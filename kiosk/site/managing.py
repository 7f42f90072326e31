"""What a manager does beside reading reports: keeps the staff, opens and closes the day."""

from __future__ import annotations

from typing import Literal

from kiosk.errors import CommandRefused
from kiosk.ports import Door
from kiosk.site.login import FACE, Login
from kiosk.words import (
    AskHall,
    CloseDay,
    HallResult,
    HallState,
    KeepStaff,
    ListStaff,
    OpenDay,
    RemoveStaff,
    Role,
    StaffMember,
    StaffResult,
)
from kiosk.words.root import Word

DayVerb = Literal["close", "open"]
DayCondition = Literal["open", "break", "by_hand", "after_hours", "opened"]


class DayState(Word, frozen=True, kw_only=True):
    """The house now. `condition`: numbers are given by the hours (open), not given now (break:
    before the hours, at noon, a day off), closed by a manager (by_hand), the hours are over
    (after_hours; `at` is when those who wait expire), or opened by a manager outside them."""

    condition: DayCondition
    at: str
    waiting: int
    at_counters: int
    on_hold: int
    expired: int
    counters_open: int


class Managing:
    """The manager's verbs; lives on the core's loop."""

    def __init__(self, door: Door, login: Login) -> None:
        self._door = door
        self._login = login

    # The staff.

    def staff(self) -> tuple[StaffMember, ...]:
        """Everybody who may log in, by name."""
        result = self._door.do(ListStaff(), FACE)
        assert isinstance(result, StaffResult)
        return result.staff

    def member(self, code: str) -> StaffMember:
        """The member with this code. Raises CommandRefused (unknown_staff)."""
        for one in self.staff():
            if one.code == code:
                return one
        raise CommandRefused(f"nobody is called {code!r}", code="unknown_staff")

    async def add(self, member: StaffMember, pin: str) -> None:
        """Somebody new. Raises CommandRefused: staff_known, bad_pin, wrong_answer."""
        if any(one.code == member.code for one in self.staff()):
            raise CommandRefused(f"{member.code} is there already", code="staff_known")
        await self.keep(member, pin)

    async def keep(self, member: StaffMember, pin: str = "") -> None:
        """Add or change; an empty PIN stays as it is. Raises CommandRefused: bad_pin,
        wrong_answer, last_manager."""
        made = await self._login.hash_of(pin) if pin else ""
        self._door.do(
            KeepStaff(code=member.code, name=member.name, role=member.role, pin_hash=made), FACE
        )

    async def change(self, code: str, name: str, role: Role) -> None:
        """Another name or role. Raises CommandRefused: unknown_staff too."""
        self.member(code)
        await self.keep(StaffMember(code=code, name=name, role=role))

    async def renew_pin(self, code: str, pin: str) -> None:
        """A new PIN; their sessions end. Raises CommandRefused: unknown_staff, bad_pin."""
        if not pin:
            raise CommandRefused("no PIN", code="bad_pin")
        await self.keep(self.member(code), pin)

    def remove(self, code: str) -> None:
        """They cannot log in any more. Raises CommandRefused: unknown_staff, last_manager."""
        self._door.do(RemoveStaff(code=code), FACE)

    # The day.

    def hall(self) -> HallState:
        """The hall now."""
        result = self._door.do(AskHall(), FACE)
        assert isinstance(result, HallResult)
        return result.hall

    def change_day(self, verb: DayVerb, staff: str) -> None:
        """Close the house for today, or open it."""
        self._door.do(CloseDay(staff=staff) if verb == "close" else OpenDay(staff=staff), FACE)

    def day(self) -> DayState:
        """How the house is."""
        hall = self.hall()
        return DayState(
            condition=self._condition(hall),
            at=hall.closing.at if hall.closing else "",
            waiting=sum(one.waiting for one in hall.waiting),
            at_counters=sum(one.ticket is not None for one in hall.counters),
            on_hold=len(hall.on_hold),
            expired=hall.expired,
            counters_open=sum(one.state != "closed" for one in hall.counters),
        )

    def _condition(self, hall: HallState) -> DayCondition:
        if hall.closing is not None:
            return hall.closing.why
        if hall.by_hand:
            return "opened"
        given = any(one.availability != "closed" for one in self._door.state().services)
        return "open" if given else "break"
