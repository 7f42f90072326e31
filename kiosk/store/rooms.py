"""The tables of one open database, and how what goes wrong in them is told."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Concatenate, ParamSpec, Protocol, TypeVar, cast

from sqlite_utils import Database

from kiosk.errors import StoreUnavailable
from kiosk.queueing.ticket import Ticket
from kiosk.store.answers import AnswerTable
from kiosk.store.bookings import BookingTable
from kiosk.store.counters import CounterTable, StaffCallTable
from kiosk.store.database import sqlite3
from kiosk.store.facts import Facts
from kiosk.store.lent import LentTable
from kiosk.store.outbox import Outbox
from kiosk.store.print_jobs import PrintJobTable
from kiosk.store.refreshments import RefreshmentTable
from kiosk.store.staff import StaffTable
from kiosk.store.steps import StepTable
from kiosk.store.tickets import TicketTable

P = ParamSpec("P")
R = TypeVar("R")


class Rooms:
    """Every table of the database."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.tickets = TicketTable(database)
        self.steps = StepTable(database)
        self.jobs = PrintJobTable(database)
        self.outbox = Outbox(database)
        self.facts = Facts(database)
        self.counters = CounterTable(database)
        self.calls = StaffCallTable(database)
        self.staff = StaffTable(database)
        self.bookings = BookingTable(database)
        self.lent = LentTable(database)
        self.refreshments = RefreshmentTable(database)
        self.answers = AnswerTable(database)


class House(Protocol):
    """Whoever holds the open rooms; `trusted` is False once the file showed a fault."""

    trusted: bool

    @property
    def rooms(self) -> Rooms:
        """Raises StoreUnavailable while the store is not open."""
        ...

    def write_in_journal(self, ticket: Ticket) -> None:
        """Put a number that is durable into the second, plain record too."""
        ...


class Shelf:
    """Methods of the store about one subject; each that writes is one transaction."""

    def __init__(self, house: House) -> None:
        self._house = house

    @property
    def trusted(self) -> bool:
        """As the store's."""
        return self._house.trusted

    @trusted.setter
    def trusted(self, trusted: bool) -> None:
        self._house.trusted = trusted

    @property
    def _rooms(self) -> Rooms:
        return self._house.rooms


class _Trusting(Protocol):
    trusted: bool


S = TypeVar("S", bound=_Trusting)
Method = Callable[Concatenate[S, P], R]


def told(method: Method[S, P, R]) -> Method[S, P, R]:
    """Say whatever SQLite and the disk raise as StoreUnavailable.

    After anything but a full disk the file is no longer trusted: the next `open` looks at it.
    """

    @functools.wraps(method)
    def tell(self: S, *args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return method(self, *args, **kwargs)
        except sqlite3.Error as error:
            self.trusted = self.trusted and error.sqlite_errorname == "SQLITE_FULL"
            raise StoreUnavailable(str(error)) from error
        except OSError as error:
            raise StoreUnavailable(str(error)) from error

    return cast("Method[S, P, R]", tell)
