"""A hall in the house: staff, counters, and short ways to do what clerks do."""

from datetime import timedelta

import pytest
from house import House

from kiosk.errors import CommandRefused
from kiosk.words import (
    AskHall,
    CallNext,
    CallTicket,
    ComeBack,
    Complete,
    Hold,
    KeepStaff,
    MarkNoShow,
    NextService,
    OpenCounter,
    PutBack,
    Recall,
    Serve,
    TicketCalled,
    Transfer,
)

VERBS = {
    "call": CallTicket,
    "recall": Recall,
    "serve": Serve,
    "hold": Hold,
    "put_back": PutBack,
    "transfer": Transfer,
    "next_service": NextService,
    "no_show": MarkNoShow,
    "come_back": ComeBack,
    "complete": Complete,
}


class Clerks:
    """Lan and Minh at their counters."""

    def __init__(self, house: House, *counters: str) -> None:
        self.house = house
        for code, name in (("lan", "Lan"), ("minh", "Minh")):
            self.do(KeepStaff(code=code, name=name, role="clerk", pin_hash="x"))
        for counter in counters:
            self.do(OpenCounter(counter=counter, staff="lan"))

    def do(self, command):
        """As a face of the site would, a second later."""
        self.house.hands.pass_by(timedelta(seconds=1))
        return self.house.engine.do(command, "site")

    def next(self, counter="4", **more):
        """The number that is called, and why."""
        ticket = self.do(CallNext(counter=counter, staff="lan", **more)).ticket
        return ticket.number, ticket.reason.why

    def then(self, verb, number, counter="4", **more):
        """Do it with the number; the ticket after."""
        ticket = self.named(number)
        command = VERBS[verb](ticket_id=ticket.id, counter=counter, staff="lan", **more)
        return self.do(command).ticket

    def named(self, number):
        """Today's ticket of that number."""
        return next(one for one in self.house.desk.hall.tickets() if one.number == number)

    def refused(self, command):
        """The code of the refusal."""
        with pytest.raises(CommandRefused) as refusal:
            self.do(command)
        return refusal.value.code

    def hall(self):
        """What consoles and boards are told."""
        return self.do(AskHall()).hall

    def counter(self, number):
        """One of its counters."""
        return next(one for one in self.hall().counters if one.number == number)

    def come(self, count, start=1, **more):
        """So many citizens come, a minute apart; their numbers."""
        numbers = []
        for visit in range(start, start + count):
            self.house.hands.pass_by(timedelta(minutes=1))
            card = self.house.issue(f"visit-{visit:04}", **more)
            numbers.append(card.ticket.number)
        return numbers

    def announced(self):
        """(number, counter, announcement) of each call that was told."""
        calls = [one.call for one in self.house.events if isinstance(one, TicketCalled)]
        return [(call.number, call.counter, call.announcement) for call in calls]
