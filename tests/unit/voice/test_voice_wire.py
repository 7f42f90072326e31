"""The lines between the owner and the voice process."""

import contextlib
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice import wire
from voice.errors import Garbled

SAY = wire.Say(7, "vi", (wire.Part("Số của ông bà là", "your_number"), wire.Part("A007")))


@pytest.mark.parametrize("command", [SAY, wire.Stop(), wire.Volume(0.5), wire.Ping(3)])
def test_a_command_arrives_as_it_was_sent(command: wire.Commands) -> None:
    assert wire.decode_command(wire.encode(command)) == command


@pytest.mark.parametrize(
    "event",
    [
        wire.Hello(wire.VERSION),
        wire.Status("unavailable", "no_sound_card", "no card"),
        wire.Speaking(7, "A không không bảy", ("a.wav",), 1.5, silent=False),
        wire.Spoken(7, silent=False),
        wire.Pong(3),
    ],
)
def test_an_event_arrives_as_it_was_sent(event: wire.Events) -> None:
    assert wire.decode_event(wire.encode(event)) == event


def test_a_line_is_readable_by_people() -> None:
    assert wire.encode(SAY).decode() == (
        '{"type":"say","id":7,"language":"vi","parts":'
        '[{"text":"Số của ông bà là","key":"your_number"},{"text":"A007"}]}\n'
    )


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"xin chao\n",
        b"\xff\xfe\n",
        b"[]\n",
        b'{"type":"dance"}\n',
        b'{"type":"pong","id":1}\n',  # an event is no command
        b'{"type":"volume","level":1.5}\n',
        b'{"type":"say","id":1,"language":"fr","parts":[{"text":"a"}]}\n',
        b'{"type":"say","id":1,"language":"vi","parts":[]}\n',
        b'{"type":"say","id":1,"language":"vi","parts":[{"text":"a","key":"../a"}]}\n',
        b'{"type":"stop"}' + b" " * wire.MAX_LINE,
        b"[" * 50_000 + b"\n",
    ],
)
def test_what_is_no_command_is_refused(line: bytes) -> None:
    with pytest.raises(Garbled) as refusal:
        wire.decode_command(line)
    assert refusal.value.code == "wire.garbled"


def test_a_message_that_is_too_long_is_not_sent() -> None:
    parts = (wire.Part("ấ" * 1_000),) * 32
    with pytest.raises(Garbled, match="over 65536"):
        wire.encode(wire.Say(1, "vi", parts))


@given(st.binary(max_size=200))
def test_garbage_is_refused_or_a_command(line: bytes) -> None:
    with contextlib.suppress(Garbled):
        assert isinstance(wire.decode_command(line), wire.Commands)


def test_a_line_without_end_takes_no_memory_and_the_next_one_is_read() -> None:
    stream = io.BytesIO(b"x" * 10_000_000 + b"\n" + wire.encode(wire.Stop()))
    assert len(wire.read_line(stream)) == wire.MAX_LINE + 1
    assert wire.decode_command(wire.read_line(stream)) == wire.Stop()
    assert wire.read_line(stream) == b""
