"""Staff: who may log in, who is called for, and whose slip is missing."""

from __future__ import annotations

import logging
from dataclasses import asdict, replace
from datetime import datetime, timedelta

from kiosk.core.hall_host import HallHost, stamp
from kiosk.errors import CommandRefused, StoreUnavailable
from kiosk.ports import Store
from kiosk.queueing.print_job import PrintJob
from kiosk.queueing.staff import RaisedCall, Staff, is_good_code
from kiosk.queueing.ticket import OPEN_STATES
from kiosk.words import (
    AnswerCall,
    CancelCall,
    KeepStaff,
    ListStaff,
    MissingSlip,
    RemoveStaff,
    StaffCall,
    StaffCallAnswered,
    StaffCallCancelled,
    StaffCalled,
    StaffCallLate,
    StaffChanged,
    StaffMember,
    StaffResult,
)

log = logging.getLogger(__name__)

SAME_CALL = timedelta(seconds=60)  # pressed again within so long, it is the same call
NO_PRINTER = "none"  # the reason of a slip at a site that has no printer
MAX_OPEN_CALLS = 20


class Staffing:
    """Staff and their calls, in memory as the store keeps them."""

    def __init__(self, host: HallHost) -> None:
        self._host = host
        self._names: dict[str, str] = {}
        self._calls: dict[int, RaisedCall] = {}
        self._late: set[int] = set()  # the calls for which everybody was called
        self._slips: dict[int, PrintJob] = {}  # of ticket, the job whose slip is missing

    def begin_day(self, store: Store) -> None:
        """Take up what the store keeps of today."""
        day = self._host.desk.business_day
        self._names = {one.code: one.name for one in store.staff.all()}
        self._calls = {call.id: call for call in store.hall.open_calls(day)}
        self._late &= set(self._calls)
        self._slips = {job.ticket_id: job for job in store.hall.missing_slips(day)}

    # Who they are.

    def name_of(self, code: str) -> str:
        """How colleagues know them; "" for nobody."""
        return self._names.get(code, "")

    def listed(self, command: ListStaff | None = None) -> StaffResult:
        """Everybody who may log in."""
        everybody = self._host.store.staff.all()
        self._names = {one.code: one.name for one in everybody}
        return StaffResult(
            staff=tuple(
                StaffMember(code=one.code, name=one.name, role=one.role) for one in everybody
            )
        )

    def keep(self, command: KeepStaff) -> StaffResult:
        """Add or change. Raises CommandRefused: wrong_answer (a bad code, no name, no PIN yet),
        and last_manager where nobody would be left to manage."""
        code, name = command.code.strip(), command.name.strip()
        shelf = self._host.store.staff
        if not is_good_code(code) or not name or not (command.pin_hash or shelf.pin_hash(code)):
            raise CommandRefused("staff need a code, a name and a PIN", code="wrong_answer")
        if command.role != "manager":
            self._refuse_last_manager(code)
        shelf.keep(Staff(code=code, name=name, role=command.role), command.pin_hash)
        return self._changed(code, new_pin=bool(command.pin_hash))

    def remove(self, command: RemoveStaff) -> StaffResult:
        """They may not log in any more. Raises CommandRefused (unknown_staff, last_manager)."""
        self._refuse_last_manager(command.code)
        if not self._host.store.staff.remove(command.code):
            raise CommandRefused(f"nobody is called {command.code!r}", code="unknown_staff")
        return self._changed(command.code)

    def _refuse_last_manager(self, code: str) -> None:
        managers = {one.code for one in self._host.store.staff.all() if one.role == "manager"}
        if managers == {code}:
            raise CommandRefused(f"{code} is the last manager", code="last_manager")

    def _changed(self, code: str, *, new_pin: bool = False) -> StaffResult:
        result = self.listed()
        member = next((one for one in result.staff if one.code == code), None)
        self._host.publish(StaffChanged(code=code, member=member, new_pin=new_pin))
        self._host.state_is_stale()
        return result

    # Who calls for them.

    def raise_call(self, page: str, kiosk: str) -> None:
        """A citizen wants a person. It is told even where the store cannot keep it."""
        now = self._host.now()
        if any(_is_same(call, page, kiosk, now) for call in self._calls.values()):
            return
        try:
            call = self._host.store.hall.raise_call(page, kiosk, stamp(now))
        except StoreUnavailable as error:
            log.warning("a call for staff is not kept: %s", error)
            number = min(self._calls, default=0)
            call = RaisedCall(id=min(0, number) - 1, page=page, kiosk=kiosk, raised_at=stamp(now))
        self._calls[call.id] = call
        for old in list(self._calls)[:-MAX_OPEN_CALLS]:
            del self._calls[old]
        self._host.publish(StaffCalled(call=self._told(call)))
        self._host.state_is_stale()

    def answer(self, command: AnswerCall) -> None:
        """Somebody goes there. Raises CommandRefused (unknown_call)."""
        now = stamp(self._host.now())
        kept = self._host.store.hall.answer_call(command.call_id, command.staff, now)
        call = self._calls.pop(command.call_id, None)
        if kept is None and call is None:
            raise CommandRefused(f"no call {command.call_id}", code="unknown_call")
        if call is not None:
            told = kept or replace(call, answered_at=now, answered_by=command.staff)
            self._host.publish(StaffCallAnswered(call=self._told(told)))
            self._host.state_is_stale()

    def cancel(self, command: CancelCall) -> None:
        """The citizen does not need anybody any more; a call that is over stays over."""
        call = self._calls.pop(command.call_id, None)
        if call is None:
            return
        self._host.publish(StaffCallCancelled(call=self._told(call)))
        self._host.state_is_stale()
        self._host.store.hall.answer_call(call.id, "", stamp(self._host.now()))

    def watch(self) -> None:
        """Call everybody where nobody has answered for too long. A kiosk that follows another does
        not: there the calls are answered, and here nobody hears of it."""
        if self._host.desk.plan.letter:
            return
        for call in self._calls.values():
            if call.id not in self._late and self._is_late(call):
                self._late.add(call.id)
                log.warning("nobody has answered call %d", call.id)
                self._host.publish(StaffCallLate(call=self._told(call)))

    def _is_late(self, call: RaisedCall) -> bool:
        age = self._host.now() - datetime.fromisoformat(call.raised_at)
        return age >= self._host.desk.plan.staff_answer

    def _told(self, call: RaisedCall) -> StaffCall:
        shown = self._host.desk.plan.staff_names and call.answered_by
        name = self.name_of(call.answered_by) if shown else ""
        return StaffCall(**asdict(call), name=name, late=call.id in self._late)

    def open_calls(self) -> tuple[StaffCall, ...]:
        """The calls that nobody answered, oldest first."""
        return tuple(self._told(call) for call in self._calls.values())

    # Whose slip is missing.

    def job_changed(self, job: PrintJob) -> None:
        """A slip got further, or did not."""
        if job.state in ("refused", "unknown"):
            self._slips[job.ticket_id] = job
        else:
            self._slips.pop(job.ticket_id, None)

    def missing_slips(self) -> tuple[MissingSlip, ...]:
        """Today's open numbers whose slip is not known to be on paper."""
        found = []
        for job in self._slips.values():
            if job.reason == NO_PRINTER:
                continue  # nobody waits for paper here
            ticket = self._host.desk.hall.ticket(job.ticket_id)
            if ticket is not None and ticket.state in OPEN_STATES:
                found.append(
                    MissingSlip(
                        ticket_id=ticket.id,
                        number=ticket.number,
                        service=ticket.service,
                        state="unknown" if job.state == "unknown" else "refused",
                        reason=job.reason,
                        issued_at=ticket.issued_at,
                    )
                )
        return tuple(found)


def _is_same(call: RaisedCall, page: str, kiosk: str, now: datetime) -> bool:
    age = now - datetime.fromisoformat(call.raised_at)
    return (call.page, call.kiosk) == (page, kiosk) and age <= SAME_CALL
