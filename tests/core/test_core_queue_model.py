"""The queue under any day: no number is lost, doubled or starved.

Citizens come with and without priority and bookings, five clerks at three counters press whatever
they like, the core is killed and started again; after every step store and memory are compared
with what the steps so far must have made. KIOSK_LONG_QUEUE=100 runs as many days of 100 steps.
"""

import contextlib
import os
import shutil
import tempfile
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

from hall_of_the_house import VERBS
from house import House
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from kiosk.errors import CommandRefused
from kiosk.paths import DEFAULT_CONFIG
from kiosk.queueing.calling import may_call
from kiosk.words import (
    BookingLine,
    CallNext,
    CheckInBooking,
    CloseCounter,
    CloseDay,
    ImportBookings,
    IssueTicket,
    KeepStaff,
    OpenCounter,
    OpenDay,
    PauseCounter,
    TicketCalled,
)

LONG = int(os.environ.get("KIOSK_LONG_QUEUE", "0"))
COUNTERS = ("1", "2", "4")
SERVICES = ("certification", "land", "social", "business")  # 2 and 4 share "business"
ENDED = ("done", "no_show", "cancelled", "expired")
counters = st.sampled_from(COUNTERS)


class WardsDay(RuleBasedStateMachine):
    """One business day."""

    def __init__(self):
        super().__init__()
        self.root = Path(tempfile.mkdtemp(prefix="queue-"))
        self.issued = {}  # of request, the number
        self.passed_over = Counter()  # of (counter, ticket): calls since it was overdue and first
        self.started_at = None
        self.announced = 0
        self.begin()
        self.do(KeepStaff(code="lan", name="Lan", role="clerk", pin_hash="x"))
        for counter in COUNTERS:
            self.do(OpenCounter(counter=counter, staff="lan"))
        day = "2026-11-23"
        self.do(
            ImportBookings(
                bookings=tuple(
                    BookingLine(
                        code=f"BOOK{n}",
                        service=SERVICES[n % 4],
                        at=f"{day}T08:{10 * n:02}:00+07:00",
                        registered_at=f"2026-11-{20 - n}T08:00:00+07:00",
                    )
                    for n in range(6)
                )
            )
        )

    def begin(self):
        """The core's start, or its next one after it was killed."""
        more = {"wall": self.started_at} if self.started_at else {}
        self.house = House(self.root, DEFAULT_CONFIG, **more)
        self.events_seen = 0

    def do(self, command):
        """A second later; what is refused changes nothing, which the invariants see."""
        self.house.hands.pass_by(timedelta(seconds=1))
        with contextlib.suppress(CommandRefused):
            return self.house.engine.do(command, "site")

    def tickets(self, *states):
        return self.house.desk.hall.tickets(*states)

    @rule(service=st.sampled_from(SERVICES), priority=st.sampled_from(("", "", "elderly", "merit")))
    def come(self, service, priority):
        self.house.hands.pass_by(timedelta(seconds=1))
        request = f"visit-{len(self.issued):05}"
        card = self.house.issue(request, service=service, priority=priority)
        self.issued[request] = card.ticket.number

    @rule(number=st.integers(0, 5))
    def check_in(self, number):
        result = self.do(CheckInBooking(code=f"BOOK{number}"))
        if result is not None:
            known = self.issued.setdefault(f"BOOK{number}", result.card.ticket.number)
            assert known == result.card.ticket.number

    @rule(minutes=st.sampled_from((0.5, 2.0, 2.0, 5.0, 20.0)))
    def time_passes(self, minutes):
        if self.house.hands.wall.hour < 22:
            self.house.hands.pass_by(timedelta(minutes=minutes))

    @rule(counter=counters)
    def call_next(self, counter):
        desk = self.house.desk
        services = self.house.engine.hall._counters.services(counter)
        before = [one for one in self.tickets("waiting") if may_call(one, counter, services)]
        first = min(before, key=lambda one: (one.waits_since, one.id), default=None)
        now = self.house.hands.wall + timedelta(seconds=1)
        result = self.do(CallNext(counter=counter, staff="lan"))
        if result is None or first is None:
            return
        called, reason = result.ticket, result.ticket.reason
        assert called.id in {one.id for one in before}
        assert called.counter == counter
        waited = now - datetime.fromisoformat(first.waits_since)
        if called.id != first.id and waited >= desk.plan.calling.longest_wait:
            self.passed_over[counter, first.id] += reason.why != "late"
            assert self.passed_over[counter, first.id] <= 1, f"{first.number} starves"
        self.passed_over.pop((counter, called.id), None)

    @precondition(lambda self: self.tickets())
    @rule(data=st.data(), counter=counters, verb=st.sampled_from(sorted(VERBS)))
    def press(self, data, counter, verb):
        """Any verb on any number from any counter; most often one that is there."""
        there = [one for one in self.tickets("called", "serving") if one.counter == counter]
        ticket = data.draw(st.sampled_from((there or []) * 5 + self.tickets()))
        more = {}
        if verb == "transfer":
            more["to_service"] = data.draw(st.sampled_from(("", *SERVICES)))
            more["to_counter"] = data.draw(st.sampled_from(("", *COUNTERS)))
        if verb == "next_service":
            more["service"] = data.draw(st.sampled_from(SERVICES))
        self.passed_over = Counter(
            {key: count for key, count in self.passed_over.items() if key[1] != ticket.id}
        )
        self.do(VERBS[verb](ticket_id=ticket.id, counter=counter, staff="lan", **more))

    @rule(counter=counters)
    def serve(self, counter):
        for ticket in self.tickets("called"):
            if ticket.counter == counter:
                self.do(VERBS["serve"](ticket_id=ticket.id, counter=counter, staff="lan"))

    @rule(counter=counters, word=st.sampled_from((PauseCounter, CloseCounter, OpenCounter)))
    def leave_and_come_back(self, counter, word):
        self.do(word(counter=counter, staff="lan"))
        self.do(OpenCounter(counter=counter, staff="lan"))

    @precondition(lambda self: len(self.tickets("waiting")) > 4)
    @rule(killed_between=st.booleans())
    def closed_and_opened(self, killed_between):
        """A manager closes the house, everybody in it expires, and thinks better of it."""
        self.do(CloseDay(staff="lan"))
        assert not self.tickets("waiting", "called", "serving", "on_hold")
        if killed_between:
            self.killed()
        wish = IssueTicket(request_id="to a closed house", service="land")
        assert self.do(wish) is None
        self.do(OpenDay(staff="lan"))
        self.passed_over.clear()
        for counter in COUNTERS:
            self.do(OpenCounter(counter=counter, staff="lan"))

    @rule()
    def killed(self):
        self.started_at = self.house.hands.wall
        self.house.close()
        self.begin()

    @invariant()
    def none_is_lost_or_doubled(self):
        kept = self.house.store.tickets_of("2026-11-23")
        assert sorted(one.number for one in kept) == sorted(self.issued.values())
        assert len({one.number for one in kept}) == len(kept)
        assert {one.id: one for one in kept} == {one.id: one for one in self.tickets()}

    @invariant()
    def a_counter_has_one_at_a_time(self):
        there = Counter(one.counter for one in self.tickets("called", "serving"))
        assert not there or max(there.values()) == 1
        assert set(there) <= set(COUNTERS)

    @invariant()
    def each_announcement_is_new(self):
        for event in self.house.events[self.events_seen :]:
            if isinstance(event, TicketCalled):
                assert event.call.announcement == self.announced + 1
                self.announced += 1
        self.events_seen = len(self.house.events)

    def teardown(self):
        """At last everybody who still waits is called by somebody, in as many calls as they are."""
        try:
            for _ in range(len(self.tickets("waiting"))):
                for counter in COUNTERS:
                    self.serve(counter)
                    self.do(OpenCounter(counter=counter, staff="lan"))
                    self.do(CallNext(counter=counter, staff="lan"))
            assert self.tickets("waiting") == []
        finally:
            self.house.close()
            shutil.rmtree(self.root, ignore_errors=True)


TestWardsDay = WardsDay.TestCase
TestWardsDay.settings = settings(
    max_examples=LONG or 8,
    stateful_step_count=100 if LONG else 40,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
