"""The answers of a printer, in any mixture, cut anywhere, and damaged."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.errors import PortError
from hardware.printer import frames
from hardware.printer.paper import Paper
from hardware.printer.paper import paper as paper_of
from hardware.status import DeviceStatus

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


@pytest.mark.parametrize("name", [b"", b"abc", b"abcde", b"ab\x11c", b"\x1fabc", b"abc\x7f"])
def test_an_id_that_cannot_be_sent(name):
    with pytest.raises(ValueError, match=r"^a process id is 4 printable letters, not b'[^']*'$"):
        frames.process_id_request(name)


def test_from_the_blank_to_the_tilde_a_letter_is_printable():
    assert frames.process_id_request(b" ~ab") == b"\x1d(H\x06\x0000 ~ab"
    answer = frames.process_id_answer(b" ~ab")
    assert answer == b'7" ~ab\x00'
    assert decode([answer]) == [frames.ProcessDone(b" ~ab")]


@pytest.mark.parametrize(
    ("job", "name"),
    [
        (0, b"0000"),
        (1, b"1000"),
        (61, b"z000"),
        (62, b"0100"),
        (62**4 - 1, b"zzzz"),
        (62**4, b"0000"),  # 14 million jobs later
    ],
)
def test_ids_count_with_the_first_letter_first(job, name):
    assert frames.process_id(job) == name


@pytest.mark.parametrize(
    ("heard", "model"),
    [
        (b"_TM-T20III\x00", "TM-T20III"),
        (b"\x16_TM_T20\x00_X\x00", "TM_T20"),
        (b"_\xff\x00", "\ufffd"),
        (b"_TM-T20III", ""),  # not all of it came
        (b"TM-T20III\x00", ""),
        (b"", ""),
    ],
)
def test_the_name_of_a_model(heard, model):
    assert frames.model_of(heard) == model


RT, ASB = frames.RealTimeStatus, frames.AutomaticStatus


@pytest.mark.parametrize(
    ("data", "messages"),
    [
        (b"\x12", [RT(0x12)]),
        (b"\x7e", [RT(0x7E)]),
        (b"\x00\x6f", [frames.PaperStatus(0), frames.PaperStatus(0x6F)]),
        (b"\x10\x00\x6f\x0f", [ASB((0x10, 0, 0x6F, 0x0F))]),
        (b"\x7c\x60\x03\x0f\x12", [ASB((0x7C, 0x60, 3, 0x0F)), RT(0x12)]),
        (b"\x10\x00\x00", []),  # the fourth byte is still to come
        (b'7"abcd', []),
        (b'7"ab\x11cd\x13\x00', [frames.ProcessDone(b"abcd")]),  # XON and XOFF between
        # what cannot go on was damaged, and the byte starts afresh
        (b"\x10\x00\x12", [frames.Noise(b"\x10\x00"), RT(0x12)]),
        (b"\x10\x80", [frames.Noise(b"\x10"), frames.Noise(b"\x80")]),
        (b"7\x12", [frames.Noise(b"7"), RT(0x12)]),
        (b"7#", [frames.Noise(b"7"), frames.PaperStatus(0x23)]),
        (b'7"abc\x1f', [frames.Noise(b'7"abc'), frames.Noise(b"\x1f")]),
        (b'7"abc\x7f', [frames.Noise(b'7"abc'), frames.Noise(b"\x7f")]),
        (b'7"abcd\x01', [frames.Noise(b'7"abcd'), frames.PaperStatus(1)]),
        (b'7"abcde', [frames.Noise(b'7"abcd'), frames.PaperStatus(0x65)]),
        (b'7"abc\x00', [frames.Noise(b'7"abc'), frames.PaperStatus(0)]),
        # bytes that begin nothing
        (b"\x80\x90\x92\x93\x17", [frames.Noise(bytes((n,))) for n in (128, 144, 146, 147, 23)]),
    ],
)
def test_messages_by_example(data, messages):
    assert decode([data]) == messages
    assert decode([bytes((byte,)) for byte in data]) == messages


@pytest.mark.parametrize(("bits", "out"), [(0x04, True), (0x08, True), (0x63, False)])
def test_either_end_bit_of_the_paper_sensor_is_the_end(bits, out):
    assert frames.PaperStatus(bits).paper_out is out


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


# The tables of the module, bit by bit: which answer, which bit, what it tells.
REPLY_BITS = [
    (0, 0x08, "offline"),
    (1, 0x04, "cover_open"),
    (1, 0x20, "paper_out"),
    (1, 0x40, "error"),
    (2, 0x08, "cutter_error"),
    (2, 0x20, "error"),
    (2, 0x40, "overheated"),
    (3, 0x20, "paper_out"),
    (3, 0x40, "paper_out"),
    (3, 0x04, "paper_low"),
    (3, 0x08, "paper_low"),
]
ASB_BITS = [
    (0, 0x08, "offline"),
    (0, 0x20, "cover_open"),
    (1, 0x08, "cutter_error"),
    (1, 0x20, "error"),
    (1, 0x40, "overheated"),
    (2, 0x04, "paper_out"),
    (2, 0x08, "paper_out"),
    (2, 0x01, "paper_low"),
    (2, 0x02, "paper_low"),
]


def of_replies(parts):
    """The status of four replies."""
    return frames.status_of_replies(*parts)


def of_asb(parts):
    """The status of the bytes of an ASB message."""
    return frames.status_of_asb(frames.AutomaticStatus(tuple(parts)))


@pytest.mark.parametrize(
    ("status_of", "place", "bit", "told"),
    [(of_replies, *row) for row in REPLY_BITS] + [(of_asb, *row) for row in ASB_BITS],
)
def test_each_bit_alone_tells_its_own(status_of, place, bit, told):
    parts = [0, 0, 0, 0]
    parts[place] = bit
    status = status_of(parts)
    assert (status.reason or status.warnings[0]) == told
    assert status.state == ("ready" if told == "paper_low" else "unavailable")
    assert status.ready != bool(status.detail)  # every cause has a sentence for the log


@pytest.mark.parametrize(("status_of", "bits"), [(of_replies, REPLY_BITS), (of_asb, ASB_BITS)])
def test_all_other_bits_tell_nothing(status_of, bits):
    parts = [0xFF] * 4
    for place, bit, _ in bits:
        parts[place] &= ~bit
    assert status_of(parts) == DeviceStatus("ready")


@pytest.mark.parametrize(("status_of", "bits"), [(of_replies, REPLY_BITS), (of_asb, ASB_BITS)])
def test_of_several_causes_the_one_is_told_that_a_technician_looks_for_first(status_of, bits):
    causes = ["cover_open", "paper_out", "cutter_error", "overheated", "error", "offline"]
    for mended in range(len(causes)):
        parts = [0, 0, 0, 0]
        for place, bit, told in bits:
            if told in causes[mended:]:
                parts[place] |= bit
        assert status_of(parts).reason == causes[mended]


@pytest.mark.parametrize(("mm", "dots"), [(80, 576), (58, 384)])
def test_the_two_papers(mm, dots):
    assert paper_of(mm) == Paper(mm, dots)


def test_a_paper_that_is_not_sold_is_no_paper():
    with pytest.raises(PortError, match=r"paper is 58 or 80 mm wide, not 112$") as wrong:
        paper_of(112)
    assert wrong.value.code == "port_value"
