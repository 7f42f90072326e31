"""What of an answer may be kept, which numbers are telephones, how often, and what it comes to."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.config import read_survey
from kiosk.errors import ConfigError
from kiosk.feedback.answer import HIDDEN, LONGEST, Answer, kept_words
from kiosk.feedback.damping import BURST, EVERY_S, MAX_PLACES, Damper
from kiosk.feedback.phone import grouped, phone_number
from kiosk.feedback.summary import summarise
from kiosk.paths import ASSETS
from kiosk.queueing.hours import HANOI

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=HANOI)
SHIPPED = ASSETS / "feedback" / "survey.toml"


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Cán bộ rất tận tình", "Cán bộ rất tận tình"),
        ("  hai\r\n dòng\t\tchữ ", "hai dòng chữ"),
        ("a\x00b\x07c\x1b[31md", "a b c [31md"),
        ("ngược \u202egnort\u202c \ufeffchữ\u200b", "ngược gnort chữ"),
        ("Tie\u0302\u0301ng Vie\u0323\u0302t", "Tiếng Việt"),
        ("gọi 0912 345 678 nhé", f"gọi {HIDDEN} nhé"),
        ("căn cước 001099012345.", f"căn cước {HIDDEN}."),
        ("+84 (91) 234-5678", HIDDEN),
        ("thư về lan@example.vn", f"thư về {HIDDEN}"),
        ("chờ 45 phút từ 8.30, quầy 12", "chờ 45 phút từ 8.30, quầy 12"),
        ("\x00" * 50, ""),
    ],
)
def test_words_are_kept_clean(said, kept):
    assert kept_words(said) == kept


def test_a_hundred_thousand_characters_are_cut():
    assert len(kept_words("chậm quá " * 12_000)) <= LONGEST


@given(st.text(max_size=900))
def test_whatever_is_said_is_kept_short_legible_and_the_same_again(said):
    kept = kept_words(said)
    assert len(kept) <= LONGEST
    assert kept.isprintable()
    assert kept == kept.strip()
    assert kept_words(kept) == kept


@pytest.mark.parametrize(
    ("written", "dialled"),
    [
        ("0912345678", "0912345678"),
        ("0912 345 678", "0912345678"),
        ("0912.345.678", "0912345678"),
        ("+84 912 345 678", "0912345678"),
        ("0084912345678", "0912345678"),
        ("(024) 3825-1234", "02438251234"),
        ("0203 3821 234", "02033821234"),
    ],
)
def test_a_telephone_number_is_one_however_it_is_written(written, dialled):
    assert phone_number(written) == dialled


@pytest.mark.parametrize(
    "written",
    [
        "", "0", "113", "12345", "091234567", "09123456789", "0112345678", "0412345678",
        "0999999999", "0000000000", "gọi tôi", "0912 345 67a",
        "٠٩١٢٣٤٥٦٧٨", "0912345678\n0912345678", "1" * 100_000,
        "0912345678; DROP TABLE", "\x000912345678",
    ],
)  # fmt: skip
def test_what_is_no_telephone_number(written):
    assert phone_number(written) == ""


def test_a_number_is_grouped_while_it_is_typed():
    typed = ["", "0", "0912", "09123", "0912345678"]
    assert [grouped(one) for one in typed] == ["", "0", "0912", "0912 3", "0912 345 678"]


def test_ten_answers_a_second_are_damped_at_their_place_alone():
    damper = Damper()
    taken = [damper.takes("screen", NOW + timedelta(milliseconds=100 * n)) for n in range(10)]
    assert taken == [True] * BURST + [False] * (10 - BURST)
    assert damper.takes("counter 2", NOW)
    later = NOW + timedelta(seconds=EVERY_S + 1)
    assert damper.takes("screen", later)
    assert not damper.takes("screen", later)


def test_a_clock_that_is_set_back_silences_nobody_for_long():
    damper = Damper()
    for _ in range(BURST):
        assert damper.takes("screen", NOW)
    assert damper.takes("screen", NOW - timedelta(days=1))


def test_made_up_places_do_not_fill_the_memory():
    damper = Damper()
    for number in range(MAX_PLACES + 500):
        assert damper.takes(f"address {number}", NOW)
    assert len(damper._full_until) == MAX_PLACES


def answer(number, face, **more):
    made = {
        "request_id": f"request-{number:04}",
        "business_day": "2026-11-23",
        "given_at": "2026-11-23T08:00:00.000+07:00",
        "survey": "2026-11",
        "question": "visit",
    }
    return Answer(**(made | {"face": face} | more))


def test_like_is_added_to_like_alone():
    old = [answer(n, 1, survey="2026-01") for n in range(3)]
    new = [
        answer(11, 5, reasons=("attitude",), counter="2", words="tốt"),
        answer(12, 2, reasons=("attitude", "waiting"), counter="2", consent="2026-11"),
        answer(13, 4, business_day="2026-11-24", service="land"),
    ]
    newest, oldest = summarise("2026-11-01", "2026-11-30", old + new).parts
    assert (oldest.survey, oldest.whole.faces) == ("2026-01", (3, 0, 0, 0, 0))
    assert newest.whole.faces == (0, 1, 0, 1, 1)
    assert (newest.whole.count, newest.whole.glad, newest.whole.sad) == (3, 2, 1)
    assert newest.whole.mean == pytest.approx(11 / 3)
    assert [(one.key, one.tally.glad, one.tally.sad) for one in newest.by_reason] == [
        ("attitude", 1, 1),
        ("waiting", 0, 1),
    ]
    assert [one.key for one in newest.by_counter] == ["2"]
    assert [one.key for one in newest.by_service] == ["land"]
    assert [(one.key, one.tally.count) for one in newest.by_day] == [
        ("2026-11-23", 2),
        ("2026-11-24", 1),
    ]
    assert (newest.words, newest.call_backs) == (1, 1)


def test_nobody_answered():
    assert summarise("2026-11-23", "2026-11-23", []).parts == ()


def test_the_shipped_survey_can_be_asked():
    survey = read_survey(SHIPPED)
    assert [one.code for one in survey.reasons] == [
        "attitude", "waiting", "clarity", "space", "equipment",
    ]  # fmt: skip
    assert survey.knows(("waiting", "space"))
    assert not survey.knows(("waiting", "waiting"))
    assert not survey.knows(("weather",))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (('version = "2026-11" ', 'version = "" '), "version"),
        (('code = "waiting"', 'code = "attitude"'), "twice"),
        (('question = "visit"', 'question = "VISIT?"'), "question"),
        (("[consent]", "[agreement]"), "agreement"),
    ],
)
def test_a_wrong_survey_is_told(tmp_path, change, told):
    path = tmp_path / "survey.toml"
    path.write_text(SHIPPED.read_text("utf-8").replace(*change), "utf-8")
    with pytest.raises(ConfigError, match=told):
        read_survey(path)
