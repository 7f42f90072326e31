"""Messages on the local socket: any message in any chunks, and nothing that is no message."""

import contextlib
import tracemalloc
from types import UnionType
from typing import Annotated, get_args, get_origin, get_type_hints

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ward import ticket

from kiosk import words
from kiosk.errors import FrameError
from kiosk.link import frames
from kiosk.link.frames import (
    MAX_FROM_CORE,
    MAX_FROM_FACE,
    FromCore,
    FromFace,
    Hello,
    Ping,
    Request,
    encode,
    reader_at_core,
    reader_at_face,
)
from kiosk.queueing.ticket import Ticket

ODD = ["", "\0", "Đường Trần Hưng Đạo", "e\u0302\u0301", "\U0001f600", '"\\\n', "\u2028", "\ufeff"]

st.register_type_strategy(str, st.text(max_size=20) | st.sampled_from(ODD))
st.register_type_strategy(int, st.integers(-(2**63), 2**63 - 1))
st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))


def whole(kind):
    """Values of a struct with every field drawn, not only the required ones."""
    hints = get_type_hints(kind, include_extras=True)
    return st.builds(kind, **{name: of_type(at) for name, at in hints.items()})


def of_type(kind):
    if kind is Ticket or (isinstance(kind, type) and issubclass(kind, msgspec.Struct)):
        return whole(kind)
    if get_origin(kind) is Annotated:
        return within(*get_args(kind))
    if get_origin(kind) is tuple:
        parts = get_args(kind)
        if parts[-1] is not Ellipsis:
            return st.tuples(*map(of_type, parts))
        return st.lists(of_type(parts[0]), max_size=2).map(tuple)
    if isinstance(kind, UnionType):
        return st.one_of(*map(of_type, get_args(kind)))
    return st.from_type(kind)


def within(kind, limits):
    """Values that keep the limits of a field."""
    least, most = limits.min_length or 0, limits.max_length
    return st.text(min_size=least, max_size=most) if kind is str else of_type(kind)


def cut(stream, places):
    edges = [0, *sorted(place % (len(stream) + 1) for place in places), len(stream)]
    return [stream[edges[n] : edges[n + 1]] for n in range(len(edges) - 1)]


places = st.lists(st.integers(0, 2**31), max_size=12)


@given(st.lists(of_type(FromFace), max_size=4), places)
def test_a_core_reads_what_faces_write_however_it_arrives(messages, cuts):
    stream = b"".join(encode(message, limit=MAX_FROM_FACE) for message in messages)
    reader = reader_at_core()
    assert [got for chunk in cut(stream, cuts) for got in reader.feed(chunk)] == messages


@given(st.lists(of_type(FromCore), max_size=3), places)
def test_a_face_reads_what_the_core_writes_however_it_arrives(messages, cuts):
    stream = b"".join(encode(message, limit=MAX_FROM_CORE) for message in messages)
    reader = reader_at_face()
    assert [got for chunk in cut(stream, cuts) for got in reader.feed(chunk)] == messages


def test_byte_by_byte():
    reader = reader_at_core()
    stream = encode(Ping(id=1), limit=100) + encode(Ping(id=2), limit=100)
    got = [reader.feed(stream[n : n + 1]) for n in range(len(stream))]
    assert [message for batch in got for message in batch] == [Ping(id=1), Ping(id=2)]
    assert sum(bool(batch) for batch in got) == 2


def kinds_below(root):
    return {kind for child in root.__subclasses__() for kind in (child, *kinds_below(child))}


def test_every_command_and_every_event_can_travel():
    assert kinds_below(words.Command) == set(get_args(words.AnyCommand))
    assert kinds_below(words.Event) == set(get_args(words.AnyEvent))
    assert set(get_args(FromFace) + get_args(FromCore)) <= kinds_below(words.Word)


WORDS = kinds_below(words.Word) - {words.Command, words.Event}
every_word = st.one_of(*(whole(kind) for kind in sorted(WORDS, key=str)))


@given(every_word)
def test_every_word_is_the_same_after_its_journey(word):
    assert msgspec.json.decode(msgspec.json.encode(word), type=type(word)) == word


@given(of_type(FromFace))
def test_an_unknown_field_is_refused(message):
    plain = msgspec.to_builtins(message)
    with pytest.raises(FrameError, match="unknown field"):
        reader_at_core().feed(framed(msgspec.json.encode({**plain, "surprise": 1})))
    if isinstance(message, Request):
        odd = {**plain, "command": {**plain["command"], "surprise": 1}}
        with pytest.raises(FrameError, match="unknown field"):
            reader_at_core().feed(framed(msgspec.json.encode(odd)))


def framed(body):
    return len(body).to_bytes(4, "big") + body


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\0",
        b"null",
        b"{}",
        b"[]",
        b"GET / HTTP/1.1\r\n",
        b'{"message":"hello","version":1}',
        b'{"message":"hello","version":"1","face":"screen"}',
        b'{"message":"welcome","version":1}',
        b'{"message":"hello","version":1,"face":"screen"} x',
        b'{"message":"hello","version":1,"face":"\xff\xfe"}',
        b'{"message":"hello","version":1,"face":"\\ud800"}',
        b'{"message":"hello","version":' + b"9" * 5000 + b',"face":"screen"}',
        b'{"x":' + b"[" * 60_000,
        b'{"message":"request","id":1,"command":{"x":' + b'{"x":' * 10_000,
    ],
    ids=lambda body: repr(body[:40]),
)
def test_garbage_is_refused(body):
    with pytest.raises(FrameError, match="no message of ours"):
        reader_at_core().feed(framed(body))


@given(st.binary(max_size=300))
def test_any_bytes_are_messages_unfinished_or_refused(body):
    for reader in (reader_at_core, reader_at_face):
        with contextlib.suppress(FrameError):
            assert reader().feed(body) == []
        with pytest.raises(FrameError, match="no message of ours"):
            reader().feed(framed(body))


def test_messages_before_the_garbage_in_one_chunk_are_lost_with_it():
    with pytest.raises(FrameError):
        reader_at_core().feed(encode(Ping(id=1), limit=100) + framed(b"garbage"))


@pytest.mark.parametrize(
    ("reader", "limit"), [(reader_at_core, MAX_FROM_FACE), (reader_at_face, MAX_FROM_CORE)]
)
def test_a_length_over_the_limit_is_refused_at_its_fourth_byte(reader, limit):
    too_long = (limit + 1).to_bytes(4, "big")
    at_limit = reader()
    assert at_limit.feed(limit.to_bytes(4, "big") + b"{") == []
    refusing = reader()
    assert refusing.feed(too_long[:3]) == []
    with pytest.raises(FrameError, match="over the limit"):
        refusing.feed(too_long[3:])


def test_ten_megabytes_are_refused_without_being_kept():
    length, chunk = 10 * 1024 * 1024, bytes(64 * 1024)
    reader = reader_at_core()
    tracemalloc.start()
    with pytest.raises(FrameError, match="10485760 bytes"):
        reader.feed(length.to_bytes(4, "big") + chunk)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 256 * 1024


def test_a_truncated_message_waits_for_its_end():
    stream = encode(Hello(version=1, face="screen"), limit=100)
    reader = reader_at_core()
    assert reader.feed(stream[:-1]) == []
    assert reader.feed(stream[-1:]) == [Hello(version=1, face="screen")]


def test_a_message_of_just_the_limit_is_written_and_one_byte_more_is_not():
    size = len(encode(Ping(id=7), limit=100)) - 4
    assert encode(Ping(id=7), limit=size)[:4] == size.to_bytes(4, "big")
    with pytest.raises(FrameError, match=f"over the limit of {size - 1}"):
        encode(Ping(id=7), limit=size - 1)


def test_half_a_surrogate_pair_cannot_be_written():
    with pytest.raises(FrameError, match="cannot be written"):
        encode(Hello(version=1, face="\udcff"), limit=100)


def test_the_worst_day_fits_into_one_message():
    worst = ticket(9999, of="a" * 40, priority="b" * 40)
    worst = msgspec.structs.replace(words.TicketsResult(tickets=()), tickets=(worst,) * 5000)
    assert len(encode(frames.Reply(id=1, result=worst), limit=MAX_FROM_CORE)) < MAX_FROM_CORE
