"""The life of a ticket: the diagram of its module, and walks through it."""

from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from hypothesis.strategies import data, sampled_from

from kiosk.queueing.ticket import (
    OPEN_STATES,
    STATES,
    TRANSITIONS,
    VERBS,
    allowed_verbs,
    next_state,
)

FINAL = {"done", "cancelled", "expired"}

# The diagram in words: what each state allows, and where it leads.
DIAGRAM = {
    "waiting": {"call": "called", "cancel": "cancelled", "expire": "expired"},
    "called": {
        "recall": "called",
        "serve": "serving",
        "hold": "on_hold",
        "put_back": "waiting",
        "transfer": "waiting",
        "no_show": "no_show",
        "cancel": "cancelled",
        "expire": "expired",
    },
    "serving": {
        "hold": "on_hold",
        "transfer": "waiting",
        "next_service": "waiting",
        "complete": "done",
        "expire": "expired",
    },
    "on_hold": {
        "call": "called",
        "serve": "serving",
        "put_back": "waiting",
        "transfer": "waiting",
        "cancel": "cancelled",
        "expire": "expired",
    },
    "no_show": {"call": "called", "come_back": "waiting"},
    "done": {},
    "cancelled": {},
    "expired": {},
}


def test_the_table_is_the_diagram():
    table = {
        state: {verb: led for verb in VERBS if (led := next_state(state, verb)) is not None}
        for state in STATES
    }
    assert table == DIAGRAM
    assert {state: set(allowed_verbs(state)) for state in STATES} == {
        state: set(verbs) for state, verbs in DIAGRAM.items()
    }


def test_every_verb_is_good_for_something():
    assert set(TRANSITIONS) == set(VERBS)
    assert all(TRANSITIONS.values())


def test_open_states_are_those_that_somebody_still_has_to_do_something_about():
    assert set(STATES) - FINAL - {"no_show"} == OPEN_STATES


class Life(RuleBasedStateMachine):
    """One ticket under any verbs; at last the day is over."""

    def __init__(self):
        super().__init__()
        self.state = "waiting"
        self.verbs = []

    @precondition(lambda self: allowed_verbs(self.state))
    @rule(draws=data())
    def move(self, draws):
        verb = draws.draw(sampled_from(allowed_verbs(self.state)))
        self.state = next_state(self.state, verb)
        self.verbs.append(verb)

    @precondition(lambda self: not allowed_verbs(self.state))
    @rule()
    def nothing_moves_it_any_more(self):
        assert [next_state(self.state, verb) for verb in VERBS] == [None] * len(VERBS)

    @invariant()
    def its_state_is_what_its_verbs_say(self):
        assert (self.state in FINAL) == (not allowed_verbs(self.state))
        assert (self.state == "expired") == ("expire" in self.verbs)
        assert self.state != "done" or self.verbs[-2:] == ["serve", "complete"]

    def teardown(self):
        ended = next_state(self.state, "expire") or self.state
        assert ended in FINAL | {"no_show"}  # which stays one when its day is over


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=25, stateful_step_count=12, deadline=None)
