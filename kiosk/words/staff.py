"""Words of the staff: who they are, and who is called to a kiosk.

CommandRefused: unknown_staff, unknown_call, and last_manager where nobody would be left who may
close the day and keep the staff.
"""

from __future__ import annotations

from kiosk.queueing.staff import Role
from kiosk.words.root import Command, Event, Word


class StaffCall(Word, frozen=True, kw_only=True):
    """A citizen at a kiosk wants a person. `kiosk` is the kiosk's letter, "" for the leader.

    `name` is who comes, as a citizen may read it; `late`: nobody has answered for so long that
    everybody is called.
    """

    id: int
    page: str
    raised_at: str
    kiosk: str = ""
    answered_at: str = ""
    answered_by: str = ""
    name: str = ""
    late: bool = False


class StaffMember(Word, frozen=True, kw_only=True):
    """Who may log in; the PIN's hash never travels."""

    code: str
    name: str
    role: Role


class AnswerCall(Command, frozen=True, kw_only=True, tag="answer_call"):
    """A member of staff goes to the citizen who asked for one. -> Done; again: Done too."""

    call_id: int
    staff: str


class CancelCall(Command, frozen=True, kw_only=True, tag="cancel_call"):
    """The citizen does not need anybody any more: the call ends everywhere."""

    call_id: int


class ListStaff(Command, frozen=True, kw_only=True, tag="list_staff"):
    """Who may log in. -> StaffResult"""


class KeepStaff(Command, frozen=True, kw_only=True, tag="keep_staff"):
    """Add a member of staff, or change one; an empty `pin_hash` leaves the PIN as it is.
    -> StaffResult"""

    code: str
    name: str
    role: Role
    pin_hash: str = ""


class RemoveStaff(Command, frozen=True, kw_only=True, tag="remove_staff"):
    """From now on they cannot log in; their sessions end. -> StaffResult"""

    code: str


class StaffResult(Word, frozen=True, kw_only=True, tag="staff"):
    """All who may log in, by name."""

    staff: tuple[StaffMember, ...]


class StaffCalled(Event, frozen=True, kw_only=True, tag="staff_called"):
    """A citizen wants a person: consoles sound."""

    call: StaffCall


class StaffCallLate(Event, frozen=True, kw_only=True, tag="staff_call_late"):
    """Nobody answers: everybody is called now, managers too."""

    call: StaffCall


class StaffCallCancelled(Event, frozen=True, kw_only=True, tag="staff_call_cancelled"):
    """The citizen does not need anybody any more."""

    call: StaffCall


class StaffCallAnswered(Event, frozen=True, kw_only=True, tag="staff_call_answered"):
    """Somebody goes there."""

    call: StaffCall


class StaffChanged(Event, frozen=True, kw_only=True, tag="staff_changed"):
    """A member was added, changed or removed (`member` is None). Sessions of who is gone, has
    another role or a new PIN end."""

    code: str
    member: StaffMember | None = None
    new_pin: bool = False
