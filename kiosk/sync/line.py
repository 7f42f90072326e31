"""One connection to the centre: a signed request out, an answer back, each wait with an end.

Kept open between requests; one that has gone stale is opened again once, since all that is asked
may be asked twice. Belongs to one thread, but for `cut`.
"""

from __future__ import annotations

import contextlib
import email.message
import email.utils
import http.client
import math
import socket
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC
from urllib.parse import urlsplit

import msgspec

from kiosk.errors import CentreAway, CentreRefuses
from kiosk.sync.clock import CentreClock
from kiosk.sync.keys import DeviceKey
from kiosk.sync.signing import Message, sign

CHUNK = 64 * 1024
IDLE_S = 20.0  # no single wait is longer, however much time there is
MAX_ANSWER = 8 * 1024 * 1024
MAX_PROBLEM = 64 * 1024
LONGEST_PAUSE_S = 900.0
"""No Retry-After keeps this kiosk silent for longer."""
AGAIN_AT_ONCE = frozenset({"clock", "replayed", "digest"})
"""Refusals after which the same is sent again, signed anew."""
Sink = Callable[[bytes], object]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; without its body where a sink took that."""

    status: int
    headers: email.message.Message
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs: a key, and the name that it goes by at the centre."""

    key: DeviceKey
    name: str


class _Problem(msgspec.Struct):
    code: str = "refused"
    detail: str = ""
    resume: int | None = None
    now: str = ""


class SignedLine:
    """Requests to `url`. `trusted` is the file of a certificate authority of the city's own."""

    def __init__(self, url: str, trusted: str, clock: CentreClock) -> None:
        self._url = url.rstrip("/")
        self._parts = urlsplit(self._url)
        self._trusted = trusted
        self._clock = clock
        self._tls: ssl.SSLContext | None = None
        self._connection: http.client.HTTPConnection | None = None
        self._is_cut = False

    def ask(
        self,
        method: str,
        path: str,
        signature: Signature,
        *,
        within_s: float,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
        sink: Sink | None = None,
        expect: tuple[int, ...] = (200,),
    ) -> Answer:
        """One request, signed anew and sent again where the centre asks for that.

        `sink` is handed the body of a good answer in pieces. Raises CentreAway and CentreRefuses.
        """
        until = self._clock.steady() + within_s
        self._is_cut = False
        again = True
        while True:
            try:
                answer = self._exchange(method, path, signature, body, headers, sink, until)
                self._check(answer, expect)
            except CentreRefuses as refusal:
                if not again or refusal.code not in AGAIN_AT_ONCE:
                    raise
                again = False
            else:
                return answer

    def cut(self) -> None:
        """End what is under way, from any thread."""
        self._is_cut = True
        connection = self._connection
        sock = connection.sock if connection is not None else None
        if sock is not None:
            with contextlib.suppress(OSError):  # not TLS's own shutdown: its thread reads from it
                socket.socket.shutdown(sock, socket.SHUT_RDWR)

    def close(self) -> None:
        """Hang up."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _exchange(
        self,
        method: str,
        path: str,
        signature: Signature,
        body: bytes,
        headers: Mapping[str, str] | None,
        sink: Sink | None,
        until: float,
    ) -> Answer:
        if sink is not None:
            self.close()  # what went into it cannot be taken back: no stale line for this
        may_be_stale = self._connection is not None
        while True:
            message = Message(method, self._url + path, dict(headers or {}))
            sign(message, body, key=signature.key, name=signature.name, at=self._clock.now())
            try:
                return self._send(message, body, sink, until)
            except _STALE as error:
                self.close()
                if not may_be_stale or self._is_cut:
                    raise self._away(error) from error
                may_be_stale = False
            except (http.client.HTTPException, OSError, ValueError) as error:
                self.close()
                raise self._away(error) from error
            except BaseException as error:
                self.close()
                if self._is_cut and isinstance(error, AttributeError):  # cut in a bad moment
                    raise self._away(error) from error
                raise

    def _send(self, message: Message, body: bytes, sink: Sink | None, until: float) -> Answer:
        asked_at = self._clock.steady()
        connection = self._opened(until)
        target = message.url.removeprefix(f"{self._parts.scheme}://{self._parts.netloc}")
        connection.request(message.method, target, body or None, message.headers)
        response = connection.getresponse()
        good = 200 <= response.status < 300
        whole = _read(response, sink if good else None, lambda: self._wait_until(until))
        if response.will_close:
            self.close()
        if (problem := _problem(response.status, whole)) is not None and problem.now:
            self._clock.learn(problem.now, asked_at)
        return Answer(response.status, response.headers, whole)

    def _opened(self, until: float) -> http.client.HTTPConnection:
        if self._connection is None:
            self._connection = self._new_connection()
        self._connection.timeout = min(self._left(until), IDLE_S)
        if self._connection.sock is None:
            self._connection.connect()
        self._wait_until(until)
        return self._connection

    def _new_connection(self) -> http.client.HTTPConnection:
        host, port = self._parts.hostname or "", self._parts.port
        if self._parts.scheme != "https":
            return http.client.HTTPConnection(host, port)
        if self._tls is None:
            self._tls = ssl.create_default_context(cafile=self._trusted or None)
        return http.client.HTTPSConnection(host, port, context=self._tls)

    def _wait_until(self, until: float) -> None:
        """No wait from here on lasts longer than what is left."""
        left = self._left(until)
        sock = self._connection.sock if self._connection is not None else None
        if sock is not None:
            sock.settimeout(min(left, IDLE_S))

    def _left(self, until: float) -> float:
        left = until - self._clock.steady()
        if left <= 0 or self._is_cut:
            raise TimeoutError("no time is left")
        return left

    def _away(self, error: Exception) -> CentreAway:
        if isinstance(error, ssl.SSLCertVerificationError):
            return CentreAway(error.verify_message, code="certificate")
        if isinstance(error, FileNotFoundError | ssl.SSLError) and self._connection is None:
            return CentreAway(f"{error} {self._trusted}".strip(), code="certificate")
        return CentreAway(f"{type(error).__name__}: {error}")

    def _check(self, answer: Answer, expect: tuple[int, ...]) -> None:
        if answer.status in expect:
            return
        problem = _problem(answer.status, answer.body)
        if problem is None:
            detail = f"{answer.status} is no answer of a centre's"
            raise CentreAway(detail, code="not_a_centre", after_s=self._after_s(answer))
        raise CentreRefuses(
            problem.detail,
            code=problem.code,
            after_s=self._after_s(answer),
            status=answer.status,
            resume=problem.resume,
        )

    def _after_s(self, answer: Answer) -> float:
        """What Retry-After says, seconds or a date, within reason; 0 where it says nothing."""
        text = answer.headers.get("Retry-After", "").strip()
        try:
            after = float(text)
        except ValueError:
            after = self._until_date(text)
        return min(max(after, 0.0), LONGEST_PAUSE_S) if math.isfinite(after) else LONGEST_PAUSE_S

    def _until_date(self, text: str) -> float:
        try:
            moment = email.utils.parsedate_to_datetime(text)
        except (TypeError, ValueError):
            return 0.0
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return (aware - self._clock.now()).total_seconds()


_STALE = (ConnectionError, http.client.BadStatusLine)


def _read(
    response: http.client.HTTPResponse, sink: Sink | None, next_wait: Callable[[], None]
) -> bytes:
    """The body: into the sink, or given back where there is none. Raises ValueError where it is
    too long, and HTTPException where it breaks off."""
    pieces: list[bytes] = []
    size, length = 0, response.length  # None: it is chunked, or ends with the connection
    while size != length:
        # one look at the socket each, or a drop now and then would keep it waiting for ever
        piece = response.read1(CHUNK if length is None else min(CHUNK, length - size))
        if not piece:
            break
        size += len(piece)
        if sink is not None:
            sink(piece)
        elif size > MAX_ANSWER:
            raise ValueError(f"an answer of more than {MAX_ANSWER} bytes")
        else:
            pieces.append(piece)
        next_wait()
    if length is not None and size < length:
        raise http.client.IncompleteRead(b"", length - size)
    response.close()
    return b"".join(pieces)


def _problem(status: int, body: bytes) -> _Problem | None:
    if not 400 <= status < 600 or len(body) > MAX_PROBLEM:
        return None
    try:
        return msgspec.json.decode(body, type=_Problem)
    except msgspec.MsgspecError:
        return None
