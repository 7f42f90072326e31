"""The kiosk that leads the site, over its pages' API: http(s)://HOST:PORT/api/v1/kiosks/LETTER/…

One connection, kept open; blocking, for one thread alone. Every request carries the secret that
the site's kiosks share. All that is asked here may be asked twice without harm, so a connection
that has gone stale is opened again once.
"""

from __future__ import annotations

import http.client
import ssl
import time
from collections.abc import Sequence
from typing import TypeVar
from urllib.parse import urlsplit

import msgspec

from kiosk.errors import CommandRefused, LeaderAway
from kiosk.queueing.booking import Booking
from kiosk.queueing.ticket import Ticket
from kiosk.words import (
    BookingsCopy,
    CallClerk,
    CheckInBooking,
    IssueTicket,
    SiteResult,
    TicketCard,
)

REFUSALS = range(400, 500)
NOT_FOR_US = frozenset({400, 401, 403, 404, 405, 413, 421, 429})  # set up wrongly, or too busy
T = TypeVar("T")


class _Problem(msgspec.Struct):
    code: str = "refused"
    detail: str = ""
    opens_at: str = ""


class _Taken(msgspec.Struct):
    request_ids: tuple[str, ...]


class LeaderClient:
    """A kiosk.ports.Leader."""

    def __init__(self, url: str, letter: str, key: str, trusted: str = "") -> None:
        """`trusted` is the file of the leader's certificate, for https with one of the site's own.

        Raises OSError where it cannot be read.
        """
        parts = urlsplit(url)
        self._host = parts.hostname or ""
        self._port = parts.port
        self._tls = (
            ssl.create_default_context(cafile=trusted or None) if parts.scheme == "https" else None
        )
        self._path = f"{parts.path.rstrip('/')}/api/v1/kiosks/{letter}"
        self._headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
        self._connection: http.client.HTTPConnection | None = None

    def issue(self, wanted: IssueTicket, within_s: float) -> TicketCard:
        """See kiosk.ports.Leader."""
        body = {
            "request_id": wanted.request_id,
            "service": wanted.service,
            "priority": wanted.priority,
            "language": wanted.language,
        }
        return self._ask("POST", "/tickets", body, TicketCard, within_s)

    def check_in(self, wanted: CheckInBooking, within_s: float) -> TicketCard:
        """See kiosk.ports.Leader."""
        body = {"code": wanted.code, "priority": wanted.priority, "language": wanted.language}
        return self._ask("POST", "/bookings", body, TicketCard, within_s)

    def hand_over(self, tickets: Sequence[Ticket], within_s: float) -> Sequence[str]:
        """See kiosk.ports.Leader."""
        body = {"tickets": list(tickets)}
        return self._ask("POST", "/handover", body, _Taken, within_s).request_ids

    def call_clerk(self, wanted: CallClerk, within_s: float) -> None:
        """See kiosk.ports.Leader."""
        self._ask("POST", "/calls", {"page": wanted.page}, type(None), within_s)

    def site(self, within_s: float) -> SiteResult:
        """See kiosk.ports.Leader."""
        return self._ask("GET", "/site", None, SiteResult, within_s)

    def bookings(self, within_s: float) -> Sequence[Booking]:
        """See kiosk.ports.Leader."""
        return self._ask("GET", "/bookings", None, BookingsCopy, within_s).bookings

    def close(self) -> None:
        """Hang up."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _ask(self, method: str, path: str, body: object, kind: type[T], within_s: float) -> T:
        until = time.monotonic() + within_s
        data = None if body is None else msgspec.json.encode(body)
        was_open = self._connection is not None
        try:
            try:
                status, answer = self._exchange(method, path, data, until)
            except (http.client.HTTPException, ConnectionError):
                if not was_open:
                    raise
                self.close()
                status, answer = self._exchange(method, path, data, until)
            return _understood(status, answer, kind)
        except (OSError, http.client.HTTPException, msgspec.MsgspecError) as error:
            self.close()
            raise LeaderAway(f"{type(error).__name__}: {error}") from error

    def _new_connection(self, within_s: float) -> http.client.HTTPConnection:
        if self._tls is None:
            return http.client.HTTPConnection(self._host, self._port, timeout=within_s)
        return http.client.HTTPSConnection(
            self._host, self._port, timeout=within_s, context=self._tls
        )

    def _exchange(
        self, method: str, path: str, data: bytes | None, until: float
    ) -> tuple[int, bytes]:
        left = until - time.monotonic()
        if left <= 0:
            raise TimeoutError("no time is left")
        if self._connection is None:
            self._connection = self._new_connection(left)
        if self._connection.sock is not None:
            self._connection.sock.settimeout(left)
        self._connection.request(method, self._path + path, data, self._headers)
        response = self._connection.getresponse()
        return response.status, response.read()


def _understood(status: int, answer: bytes, kind: type[T]) -> T:
    if status < 300:
        return msgspec.json.decode(answer or b"null", type=kind)
    problem = msgspec.json.decode(answer, type=_Problem)
    is_refusal = status in REFUSALS and problem.code != "not_leading"
    if is_refusal and (status not in NOT_FOR_US or problem.code.startswith("unknown_")):
        raise CommandRefused(problem.detail, code=problem.code, opens_at=problem.opens_at)
    raise LeaderAway(f"{status} {problem.code}: {problem.detail}")
