"""What can go wrong, as a tree. The codes are stable: logs, the wire and the tests use them.

    KioskError                      code, and words a technician can act on
    ├── OurFault                    a bug of this project: it is logged with its trace
    └── Trouble                     the surroundings: the kiosk says so and goes on
        │     locked                  another core works in the same data folder
        │     key, enrolment          what ties this kiosk to the centre cannot be read
        │     read_only, slow         the disk does not take what is to be saved, or not in time
        ├── ConfigError             config         a key or value in config.toml
        ├── CatalogueError          catalogue      a catalogue or an export that cannot be used
        ├── CommandRefused          what was asked cannot be done now
        │     unknown_service, unknown_priority, unknown_ticket, unknown_phrase, unknown_procedure,
        │     closed, full, wrong_state, wrong_answer, not_simulated,
        │     other_user              a face of another user asks what is the core's own user's
        │     guide, printer          the guide is still reading; the printer is away
        │     unknown_counter, counter_closed, counter_paused, counter_busy, nobody_waiting,
        │     other_counter, call_again, unknown_staff, unknown_call,
        │     last_manager, staff_known, bad_pin, pins_differ    the staff are kept with care
        │     taken_over              another member of staff is at this counter now
        │     unknown_booking, booking_early, booking_late, booking_other_day,
        │     not_leading             this kiosk does not lead the one that asks
        │     hearing                 nobody can be heard now
        │     no_technician, no_pin, not_here, door_open
        │                             the technician's pages: nobody is inside, nobody may enter,
        │                             this is for the command line alone, a hand may be inside
        │     unknown_item, unknown_place, item, busy
        │                             a refreshment that is not offered, cannot be had, is under way
        │     ticket_past, not_done, answered, too_many, unknown_survey, no_call_back
        │                             feedback that cannot be taken: kiosk.words.feedback
        ├── StoreUnavailable        store          disk full, read-only, damaged
        ├── LeaderAway              leader         the kiosk that leads does not answer
        ├── CentreAway              centre         the city's server cannot be asked now
        │   │ certificate, not_a_centre, torn          nobody trusts it; it is none; half came
        │   │ not_enrolled, elsewhere, key             no code yet; a copied disk; the key is gone
        │   └── CentreRefuses       (the centre's) it answered, and does not do what was asked
        ├── DocumentUnusable        document       what the centre gave is not to be used here
        ├── UpgradeRefused          upgrade        a release that is not taken, or was put back
        │     signature, damaged, older, no_key, no_room, needs, rehearsal, unhealthy, under_way
        └── LinkError               link           the core cannot be reached or speaks otherwise
            └── FrameError          frame          garbage or too large a message

A citizen never sees a code or these words: a face turns the code into a kind sentence of
assets/i18n.
"""

from __future__ import annotations


class KioskError(Exception):
    """The root. `code` is stable, `detail` is for the technician."""

    code = "error"

    def __init__(self, detail: str = "", *, code: str | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        if code is not None:
            self.code = code


class OurFault(KioskError):
    """A bug of this project, not of its surroundings."""

    code = "bug"


class Trouble(KioskError):
    """The surroundings are not as they should be; nothing here is broken."""

    code = "trouble"


class ConfigError(Trouble):
    """A key or a value in config.toml is wrong. The detail names line and key."""

    code = "config"


class CatalogueError(Trouble):
    """A catalogue or an export cannot be used. The detail names file, line and reason."""

    code = "catalogue"


class CommandRefused(Trouble):
    """What was asked cannot be done now; the code says why, `opens_at` when it can."""

    code = "refused"

    def __init__(self, detail: str = "", *, code: str, opens_at: str = "") -> None:
        super().__init__(detail, code=code)
        self.opens_at = opens_at


class StoreUnavailable(Trouble):
    """The store could not keep what it was given: nothing was promised."""

    code = "store"


class LeaderAway(Trouble):
    """The kiosk that leads the site does not answer in time."""

    code = "leader"


class CentreAway(Trouble):
    """The centre does not answer, or not as a centre does. `after_s`: not before so many seconds
    does it want to be asked again, 0 where it did not say."""

    code = "centre"

    def __init__(self, detail: str = "", *, code: str | None = None, after_s: float = 0.0) -> None:
        super().__init__(detail, code=code)
        self.after_s = after_s


class CentreRefuses(CentreAway):
    """The centre answered with a problem document: `code` is its own, `status` HTTP's.

    `resume`: the seq from which it wants the outbox ("gap").
    """

    def __init__(
        self,
        detail: str = "",
        *,
        code: str | None = None,
        after_s: float = 0.0,
        status: int = 0,
        resume: int | None = None,
    ) -> None:
        super().__init__(detail, code=code, after_s=after_s)
        self.status = status
        self.resume = resume


class DocumentUnusable(Trouble):
    """A document of the centre's cannot be used here; the detail says why, in its first line."""

    code = "document"


class UpgradeRefused(Trouble):
    """A release is not taken, or was put back: what runs is what ran before."""

    code = "upgrade"


class LinkError(Trouble):
    """The core cannot be reached, or speaks another version."""

    code = "link"


class FrameError(LinkError):
    """What came over the socket is no message of ours, or too large for one."""

    code = "frame"
