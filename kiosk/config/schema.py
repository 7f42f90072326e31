"""config.toml as frozen structs: names, units, ranges and defaults."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, get_args

import msgspec
from msgspec import Meta

Name = Annotated[str, Meta(min_length=1, max_length=60)]
ServiceName = Annotated[str, Meta(min_length=1, max_length=40)]
Way = Annotated[str, Meta(max_length=120)]
KeyName = Annotated[str, Meta(min_length=1, max_length=24)]


def _written(pattern: str, meaning: str) -> Meta:
    """A text of that pattern, whole; `meaning` is what a technician is told of it."""
    return Meta(pattern=rf"^({pattern})\Z", description=meaning)


Code = Annotated[str, _written("[a-z0-9][a-z0-9-]{0,39}", 'a-z, 0-9 and "-", 1 to 40 characters')]
Icon = Annotated[str, _written("[a-z0-9-]{1,40}", "the name of a file of assets/icons")]
Letter = Annotated[str, _written("[A-Z]", "one letter A to Z")]
CounterNumber = Annotated[str, _written("[0-9A-Za-z]{1,4}", "1 to 4 letters and digits")]
LetterOrNone = Annotated[str, _written("[A-Z]?", "one letter A to Z, or none")]
Day = Annotated[str, _written("[0-9]{4}-[0-9]{2}-[0-9]{2}", 'a day as "YYYY-MM-DD"')]
DayOrNone = Annotated[
    str, _written("([0-9]{4}-[0-9]{2}-[0-9]{2})?", 'a day as "YYYY-MM-DD", or none')
]
SpanText = Annotated[
    str,
    _written(
        "([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-4]):[0-5][0-9]", 'a span as "HH:MM-HH:MM"'
    ),
]
Spans = Annotated[tuple[SpanText, ...], Meta(max_length=2)]
Terminal = Annotated[int, Meta(ge=0, le=8)]
WiredTerminal = Annotated[int, Meta(ge=1, le=8)]
NONE = "none"
"""A port where there is no such device."""
MEANINGS: Mapping[str, str] = {
    written.pattern: written.description
    for kind in (Code, Icon, Letter, LetterOrNone, CounterNumber, Day, DayOrNone, SpanText)
    for written in get_args(kind)[1:]
}
"""What a technician is told in place of a pattern."""


class Section(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One table of config.toml."""


class Site(Section, frozen=True, kw_only=True):
    """The ward's names, as the screen and the slip show them."""

    name_vi: Name
    name_en: Name
    centre_vi: Name
    centre_en: Name
    elsewhere_vi: Way = ""
    elsewhere_en: Way = ""


class Screen(Section, frozen=True, kw_only=True):
    """The citizen's screen."""

    orientation: Literal["auto", "portrait", "landscape"] = "auto"
    fullscreen: bool = True
    monitor: str = ""
    rotation: Literal["none", "left", "right", "inverted"] = "none"
    diagonal_inch: Annotated[float, Meta(ge=10, le=75)] = 32.0
    motion: bool = True
    timeout_s: Annotated[int, Meta(ge=15, le=300)] = 45
    question_s: Annotated[int, Meta(ge=10, le=120)] = 20
    captions: bool = True


class WeekSpans(Section, frozen=True, kw_only=True):
    """Spans "HH:MM-HH:MM" for each weekday; None means not said."""

    monday: Spans | None = None
    tuesday: Spans | None = None
    wednesday: Spans | None = None
    thursday: Spans | None = None
    friday: Spans | None = None
    saturday: Spans | None = None
    sunday: Spans | None = None


class Hours(WeekSpans, frozen=True, kw_only=True):
    """When numbers are given, and the days that differ."""

    public_holidays: bool = True
    closed_on: tuple[Day, ...] = ()
    open_on: tuple[Day, ...] = ()
    always_open: bool = False


class Queue(Section, frozen=True, kw_only=True):
    """How numbers are ordered and waits are estimated."""

    priority_ratio: tuple[Annotated[int, Meta(ge=1, le=20)], Annotated[int, Meta(ge=1, le=20)]] = (
        2,
        1,
    )
    estimate_samples: Annotated[int, Meta(ge=5, le=200)] = 20


class Hall(Section, frozen=True, kw_only=True):
    """How numbers are called, shown and announced."""

    longest_wait_min: Annotated[int, Meta(ge=10, le=480)] = 60
    late_places: Annotated[int, Meta(ge=0, le=50)] = 3
    no_show_calls: Annotated[int, Meta(ge=1, le=5)] = 2
    board: bool = False
    board_monitor: str = ""
    announce: bool = True
    announce_output: str = ""
    announce_volume: Annotated[float, Meta(ge=0.0, le=1.0)] = 0.9
    quiet: Annotated[tuple[SpanText, ...], Meta(max_length=4)] = ()
    quiet_volume: Annotated[float, Meta(ge=0.0, le=1.0)] = 0.5
    closing_grace_min: Annotated[int, Meta(ge=0, le=480)] = 60
    keep_history_days: Annotated[int, Meta(ge=30, le=4000)] = 400
    staff_answer_s: Annotated[int, Meta(ge=15, le=600)] = 60
    staff_names: bool = True


class Notice(Section, frozen=True, kw_only=True):
    """A line for the hall board and the welcome page, and the days on which it holds."""

    text_vi: Annotated[str, Meta(min_length=1, max_length=160)]
    text_en: Annotated[str, Meta(max_length=160)] = ""
    first: DayOrNone = ""
    last: DayOrNone = ""


class SiteServer(Section, frozen=True, kw_only=True):
    """The site's own pages: counters, board, tickets."""

    serve: bool = True
    host: Annotated[str, Meta(min_length=1, max_length=100)] = "127.0.0.1"
    http_port: Annotated[int, Meta(ge=0, le=65535)] = 8080
    url: Annotated[str, Meta(max_length=100)] = ""
    names: tuple[Annotated[str, Meta(min_length=1, max_length=100)], ...] = ()
    certificate: str = ""
    private_key: str = ""
    session_min: Annotated[int, Meta(ge=5, le=1440)] = 600
    idle_min: Annotated[int, Meta(ge=5, le=1440)] = 120
    pin_tries: Annotated[int, Meta(ge=3, le=20)] = 5
    lockout_min: Annotated[int, Meta(ge=1, le=240)] = 5


class Bookings(Section, frozen=True, kw_only=True):
    """Numbers booked ahead, in the city's application."""

    early_min: Annotated[int, Meta(ge=0, le=480)] = 60
    late_min: Annotated[int, Meta(ge=0, le=240)] = 15
    a_person_a_day: Annotated[int, Meta(ge=1, le=20)] = 2


class Feedback(Section, frozen=True, kw_only=True):
    """What citizens are asked after their visit."""

    ask: bool = True
    survey: Annotated[str, Meta(max_length=200)] = ""
    centre_key: Annotated[str, Meta(max_length=200)] = ""
    keep_days: Annotated[int, Meta(ge=7, le=4000)] = 400


class Centre(Section, frozen=True, kw_only=True):
    """The city's server, to which the day is told and from which documents come."""

    url: Annotated[str, Meta(max_length=200)] = ""
    trusted: Annotated[str, Meta(max_length=200)] = ""
    send_s: Annotated[int, Meta(ge=1, le=300)] = 10
    health_s: Annotated[int, Meta(ge=10, le=3600)] = 60
    pull_s: Annotated[int, Meta(ge=10, le=3600)] = 60
    answer_s: Annotated[int, Meta(ge=2, le=60)] = 15
    own: tuple[Literal["catalogue", "services", "hours", "notices", "survey", "config"], ...] = ()


class Leader(Section, frozen=True, kw_only=True):
    """Several kiosks at one site: one leads, the others issue through it."""

    url: Annotated[str, Meta(max_length=100)] = ""
    letter: LetterOrNone = ""
    kiosks: tuple[Letter, ...] = ()
    key_file: str = ""
    trusted: str = ""
    wait_ms: Annotated[int, Meta(ge=50, le=2000)] = 250


class Priority(Section, frozen=True, kw_only=True):
    """A class of people served before others."""

    code: Code
    name_vi: Name
    name_en: Name
    icon: Icon = "heart-handshake"


class Counter(Section, frozen=True, kw_only=True):
    """A desk that serves."""

    number: CounterNumber
    place_vi: Annotated[str, Meta(max_length=40)] = ""
    place_en: Annotated[str, Meta(max_length=40)] = ""


class Service(Section, frozen=True, kw_only=True):
    """What one queues for."""

    code: Code
    name_vi: ServiceName
    name_en: ServiceName
    about_vi: Annotated[str, Meta(max_length=80)] = ""
    about_en: Annotated[str, Meta(max_length=80)] = ""
    series: Letter
    icon: Icon = "ticket"
    counters: tuple[str, ...] = ()
    daily_quota: Annotated[int, Meta(ge=0, le=9999)] = 0
    hours: WeekSpans = WeekSpans()


class Place(Section, frozen=True, kw_only=True):
    """Where a facility of the house is, as a clerk would tell it."""

    kind: Literal["toilet", "exit", "photocopy", "water", "parking", "seats", "wifi", "atm"]
    where_vi: Annotated[str, Meta(min_length=1, max_length=120)]
    where_en: Annotated[str, Meta(max_length=120)] = ""


class Printer(Section, frozen=True, kw_only=True):
    """The slip printer."""

    port: str = "simulated"
    paper_mm: Literal[58, 80] = 80
    retry_s: Annotated[int, Meta(ge=0, le=600)] = 120
    low_paper_m: Annotated[float, Meta(ge=0.5, le=30)] = 4.5


class Board(Section, frozen=True, kw_only=True):
    """The I/O board; terminals are counted from 1, 0 is not wired."""

    port: str = NONE
    address: Annotated[int, Meta(ge=1, le=247)] = 1
    presence: Terminal = 0
    door: Terminal = 0
    button: Terminal = 0
    light: Terminal = 0
    inverted: tuple[WiredTerminal, ...] = ()


class Dispenser(Section, frozen=True, kw_only=True):
    """One thing that is given out, and the terminals of its motor and its drop sensor."""

    item: Code
    name_vi: ServiceName
    name_en: ServiceName
    output: WiredTerminal
    drop: WiredTerminal
    pulse_ms: Annotated[int, Meta(ge=100, le=10000)] = 800
    wait_s: Annotated[float, Meta(ge=0.5, le=15)] = 4.0
    low: Annotated[int, Meta(ge=0, le=1000)] = 10


class Refreshments(Section, frozen=True, kw_only=True):
    """Fair use of what is given out, whoever asks."""

    rest_s: Annotated[int, Meta(ge=0, le=3600)] = 60
    offer: bool = True


class Keys(Section, frozen=True, kw_only=True):
    """The keys of a keypad for whoever cannot see or touch the screen: names as Qt has them."""

    up: tuple[KeyName, ...] = ("Up", "Backtab")
    down: tuple[KeyName, ...] = ("Down", "Tab")
    action: tuple[KeyName, ...] = ("Return", "Enter")
    back: tuple[KeyName, ...] = ("Escape", "Left")
    help: tuple[KeyName, ...] = ("F1",)
    repeat: tuple[KeyName, ...] = ("F2", "Right")


class Scanner(Section, frozen=True, kw_only=True):
    """The QR and barcode scanner."""

    port: str = NONE
    id_cards: bool = False


class Base(Section, frozen=True, kw_only=True):
    """What the kiosk stands on."""

    port: str = "fixed"
    drive_s: Annotated[int, Meta(ge=10, le=600)] = 180


class Destination(Section, frozen=True, kw_only=True):
    """A place on the map of a base that drives."""

    name: Code
    x_m: float
    y_m: float
    heading_deg: Annotated[float, Meta(ge=0, le=360)] = 0.0


class Greeting(Section, frozen=True, kw_only=True):
    """What is said to somebody who comes; needs a board with a presence sensor."""

    aloud: bool = True
    every_s: Annotated[int, Meta(ge=20, le=3600)] = 20
    quiet: Spans = ()
    quiet_level: Annotated[float, Meta(ge=0.0, le=1.0)] = 0.5


class Speech(Section, frozen=True, kw_only=True):
    """Spoken guidance."""

    enabled: bool = True
    output: Annotated[str, Meta(min_length=1, max_length=80)] = "auto"
    rate_wpm: Annotated[int, Meta(ge=80, le=250)] = 140
    volume: Annotated[float, Meta(ge=0.0, le=1.0)] = 0.8
    piper: Annotated[str, Meta(max_length=200)] = ""


class Voice(Section, frozen=True, kw_only=True):
    """Asking aloud."""

    enabled: bool = True
    model: Annotated[str, Meta(min_length=1, max_length=200)] = "whisper-base"
    microphone: Annotated[str, Meta(min_length=1, max_length=200)] = "auto"
    detector: Literal["silero", "webrtc"] = "silero"


class Store(Section, frozen=True, kw_only=True):
    """What is kept, and how it is kept safe."""

    backup_every_min: Annotated[int, Meta(ge=5, le=1440)] = 60
    backup_keep_days: Annotated[int, Meta(ge=1, le=365)] = 14
    min_free_mb: Annotated[int, Meta(ge=10, le=10000)] = 50


class Config(Section, frozen=True, kw_only=True):
    """The whole of config.toml."""

    site: Site
    screen: Screen = Screen()
    hours: Hours = Hours()
    queue: Queue = Queue()
    hall: Hall = Hall()
    notice: Annotated[tuple[Notice, ...], Meta(max_length=12)] = ()
    priority: tuple[Priority, ...] = ()
    counter: Annotated[tuple[Counter, ...], Meta(min_length=1)]
    service: Annotated[tuple[Service, ...], Meta(min_length=1, max_length=24)]
    place: tuple[Place, ...] = ()
    printer: Printer = Printer()
    board: Board = Board()
    dispenser: Annotated[tuple[Dispenser, ...], Meta(max_length=8)] = ()
    refreshments: Refreshments = Refreshments()
    keys: Keys = Keys()
    scanner: Scanner = Scanner()
    base: Base = Base()
    destination: tuple[Destination, ...] = ()
    greeting: Greeting = Greeting()
    speech: Speech = Speech()
    voice: Voice = Voice()
    store: Store = Store()
    site_server: SiteServer = SiteServer()
    bookings: Bookings = Bookings()
    leader: Leader = Leader()
    feedback: Feedback = Feedback()
    centre: Centre = Centre()
