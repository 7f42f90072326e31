"""A ticket: the number given, its states and the verbs that move it between them.

    issue ──▶ waiting ──call──▶ called ──serve──▶ serving ──complete──▶ done
                 ▲               │  ▲ ▲              │
                 │       no_show │  │ │ call         │ hold (also from called)
                 │               ▼  │ │              ▼
                 │          no_show─┘ └────────── on_hold ──serve──▶ serving
                 │            call
                 ├── transfer, from called, serving or on_hold: to another queue
                 ├── next_service, from serving: served here, then to another queue
                 ├── put_back, from called or on_hold: to the same place in the queue
                 └── come_back, from no_show: they are here after all

    recall    called stays called
    cancel    waiting, called or on_hold becomes cancelled
    expire    at the end of the business day waiting, called, serving and on_hold become expired

Nothing leads out of done, cancelled and expired; a no_show stays one when its day is over.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

State = Literal[
    "waiting", "called", "serving", "on_hold", "done", "no_show", "cancelled", "expired"
]
Verb = Literal[
    "call",
    "recall",
    "serve",
    "hold",
    "put_back",
    "transfer",
    "next_service",
    "complete",
    "no_show",
    "come_back",
    "cancel",
    "expire",
]
STATES: tuple[State, ...] = get_args(State)
VERBS: tuple[Verb, ...] = get_args(Verb)
OPEN_STATES: frozenset[State] = frozenset({"waiting", "called", "serving", "on_hold"})

TRANSITIONS: dict[Verb, dict[State, State]] = {
    "call": {"waiting": "called", "on_hold": "called", "no_show": "called"},
    "recall": {"called": "called"},
    "serve": {"called": "serving", "on_hold": "serving"},
    "hold": {"called": "on_hold", "serving": "on_hold"},
    "put_back": {"called": "waiting", "on_hold": "waiting"},
    "transfer": {"called": "waiting", "serving": "waiting", "on_hold": "waiting"},
    "next_service": {"serving": "waiting"},
    "complete": {"serving": "done"},
    "no_show": {"called": "no_show"},
    "come_back": {"no_show": "waiting"},
    "cancel": {"waiting": "cancelled", "called": "cancelled", "on_hold": "cancelled"},
    "expire": {
        "waiting": "expired",
        "called": "expired",
        "serving": "expired",
        "on_hold": "expired",
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """One number given to one citizen, without a name. Times are ISO 8601 with an offset.

    `ahead` (people) and `estimate_minutes` are what the citizen was told when it was issued;
    `token` is the opaque text in the slip's QR; `request_id` makes issuing idempotent.

    Its place in the queue: `queued_at` is since when they wait in it ("" means since `issued_at`);
    `booked_at` and `registered_at` are those of a booking; `late_at` is when a no-show came back
    in time to be next; `at_counter` is the only counter that may call them. `calls` counts calls
    and recalls in this queue, `called_at` is the last of them.
    """

    id: int
    number: str
    series: str
    running: int
    service: str
    business_day: str
    issued_at: str
    state: State = "waiting"
    priority: str = ""
    language: str = "vi"
    ahead: int = 0
    estimate_minutes: int | None = None
    token: str = ""
    request_id: str = ""
    counter: str = ""
    called_at: str = ""
    served_at: str = ""
    ended_at: str = ""
    queued_at: str = ""
    booked_at: str = ""
    registered_at: str = ""
    late_at: str = ""
    at_counter: str = ""
    calls: int = 0

    @property
    def waits_since(self) -> str:
        """Since when they wait in the queue where they are."""
        return self.queued_at or self.issued_at


def next_state(state: State, verb: Verb) -> State | None:
    """Where `verb` leads from `state`, or None where it is not allowed."""
    return TRANSITIONS[verb].get(state)


def allowed_verbs(state: State) -> tuple[Verb, ...]:
    """The verbs that a ticket in `state` can take, in the order of VERBS."""
    return tuple(verb for verb in VERBS if state in TRANSITIONS[verb])
