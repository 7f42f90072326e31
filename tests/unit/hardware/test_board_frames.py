"""The frames of the timed pulse: against the example of the makers, a library, and damage."""

import re
from pathlib import Path

import minimalmodbus
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.board import frames
from hardware.simulators.board import damaged

addresses = st.integers(1, 247)
channels = st.integers(0, 7)
lengths = st.integers(1, frames.PULSE_MAX_MS)


def test_the_example_of_the_makers():
    assert frames.pulse_request(1, 0, 700) == bytes.fromhex("01 05 02 00 00 07 8D B0")


def test_the_frames_of_the_technicians_page_are_whole():
    page = (Path(__file__).parents[3] / "docs" / "technician" / "board.md").read_text()
    shown = re.findall(r"`((?:[0-9A-F]{2} ){7}[0-9A-F]{2})`", page)
    assert len(shown) == 2
    assert all(frames.is_whole(bytes.fromhex(frame)) for frame in shown)


@given(st.binary(min_size=1, max_size=300))
def test_the_check_bytes_are_those_of_a_library(data):
    assert frames.crc16(data) == minimalmodbus._calculate_crc(data)
    assert frames.is_whole(frames.sealed(data))


@given(addresses, channels, lengths)
def test_a_pulse_is_never_shorter_than_asked_and_at_most_100_ms_longer(address, channel, length):
    request = frames.pulse_request(address, channel, length)
    assert frames.is_whole(request)
    assert (request[0], request[1]) == (address, 5)
    assert int.from_bytes(request[2:4]) == 0x0200 + channel
    assert 0 <= int.from_bytes(request[4:6]) * 100 - length < 100


@pytest.mark.parametrize(
    ("address", "channel", "length"),
    [(0, 0, 100), (248, 0, 100), (1, -1, 100), (1, 8, 100), (1, 0, 0), (1, 0, 60_001)],
)
def test_what_no_board_can_do(address, channel, length):
    with pytest.raises(ValueError, match="not from"):
        frames.pulse_request(address, channel, length)


@given(addresses, channels, lengths, st.randoms(use_true_random=False))
def test_a_damaged_echo_is_never_taken_for_one(address, channel, length, chance):
    request = frames.pulse_request(address, channel, length)
    assert frames.pulse_reply(request, damaged(request, chance)) in ("noise", "silence")


@given(addresses, channels, lengths, st.binary(max_size=20))
def test_any_bytes_have_an_answer(address, channel, length, reply):
    request = frames.pulse_request(address, channel, length)
    assert frames.pulse_reply(request, reply) in ("echo", "refused", "silence", "noise")


def test_echo_refusal_and_silence_are_told_apart():
    request = frames.pulse_request(1, 2, 500)
    assert frames.pulse_reply(request, request) == "echo"
    assert frames.pulse_reply(request, b"") == "silence"
    assert frames.pulse_reply(request, frames.sealed(b"\x01\x85\x02")) == "refused"
    assert frames.pulse_reply(request, frames.sealed(b"\x02\x85\x02")) == "noise"
    assert frames.pulse_reply(request, b"\x01\x85\x02\x00\x00") == "noise"
    assert frames.pulse_reply(request, frames.pulse_request(1, 3, 500)) == "noise"
