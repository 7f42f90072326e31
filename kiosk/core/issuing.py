"""Numbers that are asked for at the same time wait for the disk together.

    two turns of the loop  asked, asked, asked, ...
    the next               each is decided in its order ─▶ ONE transaction *** durable ***
                           ─▶ each is answered, printed, spoken

Nobody hears of a number before the transaction that keeps it has ended.
"""

from __future__ import annotations

import asyncio
import functools
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from kiosk.core.hall_host import HallHost
from kiosk.errors import CommandRefused
from kiosk.queueing.print_job import PrintJob
from kiosk.queueing.ticket import Ticket
from kiosk.words import TicketResult

AT_ONCE = 32  # numbers of one transaction; more of them wait for the next
Given = tuple[Ticket, PrintJob, bool]  # as QueueingDesk.issue gives it


@dataclass(frozen=True, slots=True)
class _Wish:
    """`decide` gives the number, or raises CommandRefused before it has written anything."""

    decide: Callable[[], Given]
    here: bool
    answer: asyncio.Future[TicketResult]


class Issuing:
    """Lives on the core's loop."""

    def __init__(self, host: HallHost) -> None:
        self._host = host
        self._wishes: deque[_Wish] = deque()

    async def issue(self, decide: Callable[[], Given], *, here: bool = True) -> TicketResult:
        """The number that `decide` gives, once it is durable; raises what that raises.

        `here` tells whether its slip is printed and spoken of here.
        """
        loop = asyncio.get_running_loop()
        wish = _Wish(decide, here, loop.create_future())
        if not self._wishes:
            # a turn later: whose request lies in the socket already comes along
            loop.call_soon(loop.call_soon, self._keep)
        self._wishes.append(wish)
        return await wish.answer

    def _keep(self) -> None:
        wishes = [self._wishes.popleft() for _ in range(min(AT_ONCE, len(self._wishes)))]
        if self._wishes:
            asyncio.get_running_loop().call_soon(self._keep)
        for wish, outcome in zip(wishes, self._outcomes(wishes), strict=True):
            self._answer(wish, outcome)

    def _outcomes(self, wishes: list[_Wish]) -> list[Given | Exception]:
        """What became of each; of one that raised nothing is kept."""
        try:
            return self._kept_together(wishes)
        except Exception as error:
            if len(wishes) == 1:
                return [error]
            # one that cannot be kept does not cost the others theirs
            return [outcome for wish in wishes for outcome in self._outcomes([wish])]

    def _kept_together(self, wishes: list[_Wish]) -> list[Given | Exception]:
        desk, store = self._host.desk, self._host.store
        desk.follow_day(store)
        noted: list[int] = []
        try:
            return store.together([functools.partial(_decided, wish, noted) for wish in wishes])
        except BaseException:
            for ticket_id in noted:
                desk.hall.forget(ticket_id)
            raise

    def _answer(self, wish: _Wish, outcome: Given | Exception) -> None:
        told = outcome if isinstance(outcome, Exception) else self._told(wish, outcome)
        if wish.answer.done():
            return  # whoever asked has gone
        if isinstance(told, Exception):
            wish.answer.set_exception(told)
        else:
            wish.answer.set_result(told)

    def _told(self, wish: _Wish, given: Given) -> TicketResult | Exception:
        ticket, job, is_new = given
        try:
            return self._host.issued(ticket, job, is_new=is_new, here=wish.here)
        except Exception as error:
            return error


def _decided(wish: _Wish, noted: list[int]) -> Given | Exception:
    try:
        given = wish.decide()
    except CommandRefused as refusal:
        return refusal
    if given[2]:
        noted.append(given[0].id)
    return given
