"""Words of the technician at the kiosk: the door to their pages, how the parts are, self-tests.

KnockTechnician ─▶ EnterTechnician(pin), or a badge before the scanner ─▶ TechnicianEntered
AskParts, AskLog, RunSelfTest …      refused (no_technician) to a screen without a technician
LeaveTechnician, or time             all of it is closed again
"""

from __future__ import annotations

from typing import Literal, get_args

from kiosk.words.root import Command, Event, Language, Word

Verdict = Literal["ok", "warning", "fault", "skipped"]
"""skipped: this kiosk has no such part, or it is switched off."""

SelfTest = Literal[
    "print",
    "paper",
    "cut",
    "speaker",
    "microphone",
    "echo",
    "touch",
    "screens",
    "sensor",
    "dispensers",
    "scanner",
    "network",
    "centre",
    "clock",
    "disk",
    "temperature",
]
SELF_TESTS: tuple[SelfTest, ...] = get_args(SelfTest)
TESTING = "self_test"
"""The face of which LevelHeard tells while a self-test listens."""

LogName = Literal["core", "screen", "board", "run"]


class PartFinding(Word, frozen=True, kw_only=True):
    """How a part is, in both languages: what it means, and what to do ("" for nothing).

    `since` is ISO 8601, or "" where nobody knows.
    """

    part: str
    state: Verdict
    code: str
    name_vi: str
    name_en: str
    means_vi: str
    means_en: str
    do_vi: str = ""
    do_en: str = ""
    since: str = ""


class LogLine(Word, frozen=True, kw_only=True):
    """One line of a log: when, how grave ("I", "W", "E"; "" for what follows another), what."""

    at: str
    level: str
    text: str


class KnockTechnician(Command, frozen=True, kw_only=True, tag="knock_technician"):
    """The hidden corner was held: may a PIN be typed?"""


class EnterTechnician(Command, frozen=True, kw_only=True, tag="enter_technician"):
    """This is the PIN. Wrong ones are counted before they are looked at, over a restart too."""

    pin: str


class LeaveTechnician(Command, frozen=True, kw_only=True, tag="leave_technician"):
    """The technician has gone: a self-test ends, and the door is closed."""


class KeepTechnicianPin(Command, frozen=True, kw_only=True, tag="keep_technician_pin"):
    """From now on this is the PIN, as a hash; "": nobody may enter, by badge neither.

    Wrong ones are forgiven. Refused (not_here) to a screen.
    """

    pin_hash: str


class KeepTechnicianBadge(Command, frozen=True, kw_only=True, tag="keep_technician_badge"):
    """From now on this is the badge, as the hash of its token; "": there is none.

    Refused (no_pin) where no PIN is kept, and (not_here) to a screen.
    """

    badge_hash: str


class ForgiveTechnician(Command, frozen=True, kw_only=True, tag="forgive_technician"):
    """Wrong PINs are forgotten: another may be tried at once. Refused (not_here) to a screen."""


class AskParts(Command, frozen=True, kw_only=True, tag="ask_parts"):
    """Look at every part: takes some seconds, and then PartsExamined tells how they are."""


class AskLog(Command, frozen=True, kw_only=True, tag="ask_log"):
    """The last lines of a log, nothing personal in them; the newest last."""

    name: LogName = "core"
    limit: int = 60


class RunSelfTest(Command, frozen=True, kw_only=True, tag="run_self_test"):
    """Begin a test; one that goes on ends. SelfTestChanged tells how it goes."""

    test: SelfTest
    language: Language = "vi"


class AnswerSelfTest(Command, frozen=True, kw_only=True, tag="answer_self_test"):
    """What the technician saw or heard was as it should be, or was not."""

    good: bool


class StopSelfTest(Command, frozen=True, kw_only=True, tag="stop_self_test"):
    """Enough of this test."""


class RestartKiosk(Command, frozen=True, kw_only=True, tag="restart_kiosk"):
    """Core and screens end; whoever watches them starts them again."""


class DoorResult(Word, frozen=True, kw_only=True, tag="technician_door"):
    """How the door is: whether a PIN is kept, whether it is open to who asks, and in how many
    seconds another PIN may be tried."""

    has_pin: bool
    inside: bool = False
    wait_s: int = 0


class LogResult(Word, frozen=True, kw_only=True, tag="log"):
    """Lines of a log."""

    lines: tuple[LogLine, ...]


class TechnicianEntered(Event, frozen=True, kw_only=True, tag="technician_entered"):
    """A badge was shown: the screen turns to the technician's pages."""


class PartsExamined(Event, frozen=True, kw_only=True, tag="parts_examined"):
    """How every part is now; so many wrong PINs were tried since the last entry."""

    findings: tuple[PartFinding, ...]
    wrong_pins: int = 0
    version: str = ""


class SelfTestChanged(Event, frozen=True, kw_only=True, tag="self_test_changed"):
    """A test runs, asks what was seen or heard, or has ended with a finding."""

    test: SelfTest
    step: Literal["running", "asks", "ended"]
    finding: PartFinding | None = None


class KioskRestarting(Event, frozen=True, kw_only=True, tag="kiosk_restarting"):
    """The core ends now: a screen ends too, and both are started again."""


DoorCommand = (
    KnockTechnician
    | EnterTechnician
    | LeaveTechnician
    | KeepTechnicianPin
    | KeepTechnicianBadge
    | ForgiveTechnician
)
SelfTestCommand = RunSelfTest | AnswerSelfTest | StopSelfTest
