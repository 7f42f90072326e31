"""The answers of a printer, in any mixture, cut anywhere, and damaged."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.printer import frames

ids = st.text(frames.ID_LETTERS, min_size=4, max_size=4).map(str.encode)
later_bytes = st.integers(0, 255).map(lambda byte: byte & 0x6F)
real_time = st.integers(0, 255).map(lambda byte: bytes(((byte & 0x6C) | 0x12,)))
automatic = st.builds(
    lambda first, rest: bytes(((first & 0x6C) | 0x10, *rest)),
    st.integers(0, 255),
    st.lists(later_bytes, min_size=3, max_size=3),
)
paper = later_bytes.map(lambda byte: bytes((byte,)))
done = ids.map(frames.process_id_answer)
answers = st.lists(st.one_of(real_time, automatic, paper, done), max_size=20)


def decode(chunks):
    decoder = frames.Decoder()
    return [message for chunk in chunks for message in decoder.feed(chunk)]


def to_bytes(message):
    match message:
        case frames.RealTimeStatus(bits) | frames.PaperStatus(bits):
            return bytes((bits,))
        case frames.AutomaticStatus(parts):
            return bytes(parts)
        case frames.ProcessDone(name):
            return frames.process_id_answer(name)
        case frames.Noise(data):
            return data


@settings(deadline=None)
@given(answers)
def test_each_answer_is_one_message(parts):
    messages = decode([b"".join(parts)])
    assert [to_bytes(message) for message in messages] == parts
    assert not any(isinstance(message, frames.Noise) for message in messages)


@settings(deadline=None)
@given(answers, st.integers(1, 5))
def test_chunks_do_not_matter(parts, size):
    data = b"".join(parts)
    chunks = [data[at : at + size] for at in range(0, len(data), size)]
    assert decode(chunks) == decode([data])


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_no_byte_is_lost_or_made_up(data):
    messages = decode([data])
    told = b"".join(to_bytes(message) for message in messages)
    answers = data.translate(None, b"\x11\x13")  # XON and XOFF are no part of any
    assert answers.startswith(told)
    assert len(answers) - len(told) <= 6  # the begun message


@settings(deadline=None)
@given(st.binary(max_size=40), ids)
def test_after_any_noise_a_process_id_is_heard_at_the_latest_the_second_time(noise, name):
    answer = frames.process_id_answer(name)
    assert frames.ProcessDone(name) in decode([noise + answer + answer])


@settings(deadline=None)
@given(st.integers(0, 10**9))
def test_ids_are_printable_and_follow_the_job(job):
    name = frames.process_id(job)
    assert frames.process_id_request(name) == b"\x1d(H\x06\x00\x30\x30" + name
    assert name != frames.process_id(job + 1)


@pytest.mark.parametrize("name", [b"", b"abc", b"abcde", b"ab\x11c"])
def test_an_id_that_cannot_be_sent(name):
    with pytest.raises(ValueError, match="process id"):
        frames.process_id_request(name)


@pytest.mark.parametrize(
    ("replies", "reason"),
    [
        ((0x12, 0x12, 0x12, 0x12), ""),
        ((0x1A, 0x16, 0x12, 0x12), "cover_open"),
        ((0x1A, 0x32, 0x12, 0x7E), "paper_out"),
        ((0x1A, 0x52, 0x1A, 0x12), "cutter_error"),
        ((0x1A, 0x52, 0x52, 0x12), "overheated"),
        ((0x1A, 0x52, 0x32, 0x12), "error"),
        ((0x1A, 0x12, 0x12, 0x12), "offline"),
        ((0x1A, 0x36, 0x12, 0x7E), "cover_open"),  # the hand is already in the machine
    ],
)
def test_the_four_replies_tell_a_status(replies, reason):
    status = frames.status_of_replies(*replies)
    assert (status.reason, status.ready) == (reason, not reason)


def test_paper_low_is_only_a_warning():
    status = frames.status_of_replies(0x12, 0x12, 0x12, 0x1E)
    assert status.ready
    assert status.warnings == ("paper_low",)


@pytest.mark.parametrize(
    ("parts", "reason", "warnings"),
    [
        ((0x10, 0, 0, 0x0F), "", ()),
        ((0x10, 0, 0x03, 0x0F), "", ("paper_low",)),
        ((0x18, 0, 0x0F, 0x0F), "paper_out", ("paper_low",)),
        ((0x38, 0, 0, 0x0F), "cover_open", ()),
        ((0x18, 0x08, 0, 0x0F), "cutter_error", ()),
        ((0x18, 0x40, 0, 0x0F), "overheated", ()),
        ((0x18, 0x20, 0, 0x0F), "error", ()),
    ],
)
def test_an_automatic_status_tells_the_same(parts, reason, warnings):
    status = frames.status_of_asb(frames.AutomaticStatus(parts))
    assert (status.reason, status.warnings) == (reason, warnings)
