"""Strangers on the core's socket: each is hung up on, and a face beside them notices nothing."""

import contextlib
import socket
import threading

import pytest
from processes import wait_until

from kiosk.errors import LinkError
from kiosk.link.frames import (
    MAX_FROM_FACE,
    VERSION,
    Goodbye,
    Hello,
    Ping,
    Request,
    encode,
    reader_at_face,
)
from kiosk.words import AskState, IssueTicket, ListTickets, TicketIssued

HELLO = encode(Hello(version=VERSION, face="cli"), limit=MAX_FROM_FACE)


class Stranger:
    """A raw connection."""

    def __init__(self, core) -> None:
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(30)
        self.socket.connect(str(core.data.socket))

    def send(self, data: bytes) -> "Stranger":
        """As much as the core takes before it hangs up."""
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self.socket.sendall(data)
        return self

    def heard(self) -> list[object]:
        """All messages until the core hangs up."""
        reader, messages = reader_at_face(), []
        try:
            while data := self.socket.recv(65536):
                messages += reader.feed(data)
        except ConnectionResetError:
            pass
        self.socket.close()
        return messages


@pytest.fixture
def face(core):
    """A face that behaves, and goes on issuing."""
    with core.client() as client:
        yield client


def still_served(face, count: int) -> None:
    """The good face is answered, and quickly enough not to notice."""
    card = face.ask(IssueTicket(request_id=f"request-{count}", service="land")).card
    assert card.ticket.number == f"D{count:03d}"


def test_strangers(core, face):
    hello = Hello(version=VERSION + 1, face="cli")
    for count, (data, codes) in enumerate(
        [
            (b"GET / HTTP/1.1\r\n\r\n" * 100, ["frame"]),
            (b"\x00\x00\x00\x02{}", ["frame"]),
            (b"\x00\x00\x00\x04\xff\xfe\xfd\xfc", ["frame"]),
            ((10_000_000).to_bytes(4, "big") + b"x" * 10_000_000, ["frame"]),
            ((2**32 - 1).to_bytes(4, "big"), ["frame"]),
            (encode(hello, limit=MAX_FROM_FACE), ["version"]),
            (encode(Ping(id=1), limit=MAX_FROM_FACE), ["hello"]),
            (HELLO + HELLO, ["frame"]),
            (HELLO + b'\x00\x00\x00\x09{"message"', ["frame"]),
        ],
        start=1,
    ):
        heard = Stranger(core).send(data).heard()
        assert [one.code for one in heard if isinstance(one, Goodbye)] == codes
        still_served(face, count)
    half = Stranger(core).send(HELLO + b"\x00\x00\x01\x00{")
    half.socket.close()  # gone in the middle of a message
    still_served(face, 10)
    assert "Traceback" not in core.log


@pytest.mark.slow
def test_who_says_nothing_or_does_not_read_is_hung_up_on(core, face):
    quiet = Stranger(core)
    slow = Stranger(core).send(HELLO)
    ask = encode(Request(id=1, command=AskState()), limit=MAX_FROM_FACE)
    sender = threading.Thread(target=slow.send, args=(ask * 20_000,))
    sender.start()
    for count in range(1, 30):
        still_served(face, count)
    sender.join(30)  # ends when the core hangs up
    assert not sender.is_alive()
    heard = slow.heard()
    assert 0 < len(heard) < 20_000
    assert quiet.heard() == []
    still_served(face, 30)


def test_too_many_faces_are_turned_away(core, face):
    with contextlib.ExitStack() as others:
        for _ in range(31):
            others.enter_context(core.client())
        with pytest.raises(LinkError, match="busy"):
            core.client()
        still_served(face, 1)
    still_served(face, 2)

    def is_let_in() -> bool:
        try:
            core.client().close()
        except LinkError:
            return False
        return True

    wait_until("room for a face", is_let_in)


def test_the_same_request_from_many_faces_at_once_is_one_ticket(core):
    gate = threading.Barrier(8)
    numbers: list[str] = []

    def ask(worker: int) -> None:
        with core.client() as client:
            for turn in range(10):
                gate.wait(30)
                wanted = IssueTicket(request_id=f"request-{turn}", service="land")
                numbers.append(client.ask(wanted).card.ticket.number)

    workers = [threading.Thread(target=ask, args=(n,)) for n in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(numbers) == sorted([f"D{n:03d}" for n in range(1, 11)] * 8)
    with core.client() as client:
        assert len(client.ask(ListTickets()).tickets) == 10


def test_every_face_hears_what_another_did(core, face):
    with core.client("screen") as screen:
        still_served(face, 1)
        told = next(
            event for event in screen.wait_for_events(10) if isinstance(event, TicketIssued)
        )
        assert told.card.ticket.number == "D001"
