"""Two kiosks of a site in one process, and a wire between them that can be cut and slow."""

import asyncio

from house import House

from kiosk.errors import LeaderAway
from kiosk.words import (
    AskSite,
    CallClerk,
    CheckInBooking,
    CopyBookings,
    IssueForKiosk,
    IssueTicket,
    TakeOver,
)


class Wire:
    """A kiosk.ports.Leader over no network: calls reach the leader's engine unless it is cut.

    While `deaf`, the leader does what it is asked and its answer is lost: the late answer.
    """

    def __init__(self, leader: House) -> None:
        self.leader = leader
        self.cut = self.deaf = False
        self.asked = 0

    def _ask(self, command):
        self.asked += 1
        if self.cut:
            raise LeaderAway("the cable is out")
        result = self.leader.engine.do(command, "site")
        if self.deaf:
            raise LeaderAway("too late")
        return result

    def issue(self, wanted, within_s):
        more = {"service": wanted.service, "priority": wanted.priority}
        return self._ask(IssueForKiosk(kiosk="X", request_id=wanted.request_id, **more)).card

    def check_in(self, wanted, within_s):
        return self._ask(CheckInBooking(kiosk="X", code=wanted.code)).card

    def hand_over(self, tickets, within_s):
        return self._ask(TakeOver(kiosk="X", tickets=tuple(tickets))).request_ids

    def call_clerk(self, wanted, within_s):
        self._ask(CallClerk(kiosk="X", page=wanted.page))

    def site(self, within_s):
        return self._ask(AskSite(kiosk="X"))

    def bookings(self, within_s):
        return self._ask(CopyBookings(kiosk="X")).bookings

    def close(self):
        pass


class Threadless:
    """In place of the device's thread: SQLite belongs to the test's thread."""

    def __init__(self, name):
        pass

    async def call(self, ask, within_s):
        await asyncio.sleep(0)
        return ask()

    def close(self, last=None):
        pass


async def issue(follower, request, **more):
    """The number that a citizen gets at the kiosk that follows."""
    wanted = IssueTicket(request_id=request, **({"service": "land"} | more))
    return (await follower.engine.obey(wanted, "screen")).card.ticket.number


def numbers(house):
    """Number and state of today's tickets there."""
    return {one.number: one.state for one in house.store.tickets_of("2026-11-23")}
