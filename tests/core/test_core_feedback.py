"""What citizens say, through the core's door: kept once, told to the centre, nothing personal."""

import base64
import logging
from datetime import timedelta

import msgspec
import pytest
from hall_of_the_house import Clerks
from nacl.public import PrivateKey, SealedBox

from kiosk.errors import CommandRefused, StoreUnavailable
from kiosk.sealing import CentreSealer
from kiosk.words import (
    AnyCommand,
    AskFeedback,
    AskSurvey,
    CallBackWish,
    ChangeTicket,
    GiveFeedback,
)

PHONE = "0912345678"
VERSION = "2026-11"


@pytest.fixture
def clerks(house):
    """Counter 4 has served D001 and waits for D002."""
    made = Clerks(house, "4")
    made.come(2)
    made.next()
    made.then("serve", "D001")
    made.then("complete", "D001")
    return made


@pytest.fixture
def centre():
    return PrivateKey.generate()


def given(request=1, **more):
    wanted = {"request_id": f"request-{request:04}", "survey": VERSION, "face": 4}
    return GiveFeedback(**(wanted | more))


def give(house, request=1, **more):
    return house.engine.do(given(request, **more), "screen")


def refused(house, command):
    with pytest.raises(CommandRefused) as refusal:
        house.engine.do(command, "screen")
    return refusal.value.code


def told_to_centre(house):
    return [
        msgspec.json.decode(one.body)
        for one in house.store.centre.batch(100, 1_000_000).rows
        if one.kind == "feedback_given"
    ]


def test_an_answer_is_kept_and_told_in_one(house):
    give(house, reasons=("attitude", "space"), words="Cảm\x00 ơn")
    (told,) = told_to_centre(house)
    assert (told["survey"], told["question"], told["face"]) == (VERSION, "visit", 4)
    assert (told["reasons"], told["words"], told["place"]) == (
        ["attitude", "space"],
        "Cảm ơn",
        "screen",
    )
    assert told["call_back"] is None
    (part,) = house.engine.do(AskFeedback(), "site").summary.parts
    assert part.whole.faces == (0, 0, 0, 1, 0)


def test_the_same_answer_twice_is_one(house):
    give(house)
    give(house)
    assert len(told_to_centre(house)) == 1


def test_a_slip_that_was_served_is_known(clerks):
    ticket = clerks.named("D001")
    asked = clerks.do(AskSurvey(token=ticket.token))
    assert (asked.number, asked.service, asked.survey.version) == ("D001", "land", VERSION)
    assert not asked.call_back
    assert clerks.do(AskSurvey(number=" d001 ")).number == "D001"
    give(clerks.house, token=ticket.token)
    (told,) = told_to_centre(clerks.house)
    assert (told["ticket_id"], told["service"], told["counter"]) == (ticket.id, "land", "4")


def test_one_answer_a_number(clerks):
    give(clerks.house, 1, number="D001")
    assert refused(clerks.house, given(2, token=clerks.named("D001").token)) == "answered"
    assert clerks.refused(AskSurvey(number="D001")) == "answered"


def test_a_visit_that_is_not_over_has_no_answer_yet(clerks):
    assert clerks.refused(AskSurvey(number="D002")) == "not_done"
    assert refused(clerks.house, given(number="D002")) == "not_done"


@pytest.mark.parametrize("number", ["Z999", "D1", "", "x" * 12, "D001'; --", "D\x00001", "Đ001"])
def test_a_number_of_another_ward_is_none_of_ours(clerks, number):
    if number:
        assert clerks.refused(AskSurvey(number=number)) == "unknown_ticket"
    assert clerks.refused(AskSurvey(token="k7qm2vx9pl4tk7qm")) == "unknown_ticket"


def test_a_ticket_of_yesterday_is_too_old(clerks):
    token = clerks.named("D001").token
    clerks.house.hands.pass_by(timedelta(days=1))
    assert clerks.refused(AskSurvey(token=token)) == "ticket_past"
    assert clerks.refused(AskSurvey(number="D001")) == "unknown_ticket"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"survey": "2020-01"}, "unknown_survey"),
        ({"reasons": ("weather",)}, "wrong_answer"),
        ({"reasons": ("space", "space")}, "wrong_answer"),
        ({"counter": "99"}, "unknown_counter"),
        ({"call_back": CallBackWish(phone=PHONE, consent=VERSION), "face": 1}, "no_call_back"),
    ],
)
def test_what_nobody_asked_is_refused(house, more, code):
    assert refused(house, given(**more)) == code
    assert told_to_centre(house) == []


@pytest.mark.parametrize("face", [0, 6, -1, 4.5, "glad", None])
def test_there_are_five_faces(face):
    body = {"command": "give_feedback", "request_id": "request-1", "survey": VERSION, "face": face}
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(msgspec.json.encode(body), type=AnyCommand)


def test_a_hundred_thousand_characters_do_not_come_in():
    body = msgspec.structs.replace(given(), words="x" * 100_000)
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(msgspec.json.encode(body), type=AnyCommand)


def test_ten_answers_a_second_are_damped_and_those_with_a_slip_are_not(clerks):
    house = clerks.house
    codes = []
    for number in range(10):
        house.hands.pass_by(timedelta(milliseconds=100))
        try:
            give(house, number)
        except CommandRefused as refusal:
            codes.append(refusal.code)
    assert codes == ["too_many"] * 7
    give(house, 20, number="D001")
    give(house, 21, face=5, counter="2")
    assert len(told_to_centre(house)) == 5


def test_a_call_back_leaves_for_the_centre_alone(start, centre, caplog, tmp_path):
    caplog.set_level(logging.DEBUG)
    house = start(sealer=CentreSealer(bytes(centre.public_key)))
    assert house.engine.do(AskSurvey(), "screen").call_back
    wish = CallBackWish(phone="+84 912 345 678", consent=VERSION)
    give(house, face=1, words="Chờ lâu, gọi 0912345678", call_back=wish)
    (told,) = told_to_centre(house)
    sealed = told["call_back"]["sealed"]
    assert SealedBox(centre).decrypt(base64.b64decode(sealed)).rstrip(b"\0").decode() == PHONE
    assert told["call_back"]["consent"] == VERSION
    assert told["call_back"]["agreed_at"]
    assert told["consent"] == VERSION
    house.store.close()
    written = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert PHONE[1:].encode() not in written
    assert b"912 345 678" not in written
    assert PHONE[1:] not in caplog.text + repr(wish) + repr(house.events)


@pytest.mark.parametrize(
    ("phone", "consent", "face"),
    [(PHONE, "2020-01", 1), (PHONE, "", 1), ("12345", VERSION, 1), ("x" * 40, VERSION, 1),
     (PHONE, VERSION, 5)],
)  # fmt: skip
def test_no_call_back_without_consent_number_and_complaint(start, centre, phone, consent, face):
    house = start(sealer=CentreSealer(bytes(centre.public_key)))
    wish = CallBackWish(phone=phone, consent=consent)
    assert refused(house, given(face=face, call_back=wish)) == "wrong_answer"
    assert told_to_centre(house) == []


def test_answers_of_a_month_are_summed_and_the_words_are_shown(house):
    for day in range(3):
        give(house, day, face=day + 1, words=f"ý kiến {day}")
        house.hands.pass_by(timedelta(days=1))
    told = house.engine.do(AskFeedback(first_day="2026-11-01", last_day="2026-11-30"), "site")
    (part,) = told.summary.parts
    assert part.whole.faces == (1, 1, 1, 0, 0)
    assert [one.words for one in told.remarks] == ["ý kiến 2", "ý kiến 1", "ý kiến 0"]


@pytest.mark.parametrize(
    ("first", "last"),
    [("2026-11-31", ""), ("x", "x"), ("2026-11-24", "2026-11-23"), ("2020-01-01", "2026-11-23")],
)
def test_no_stretch_of_days(house, first, last):
    wanted = AskFeedback(first_day=first, last_day=last)
    assert refused(house, wanted) == "wrong_answer"


def test_answers_are_forgotten_in_time_and_survive_a_restart(start):
    house = start()
    give(house, words="ý kiến")
    house = start()
    assert house.engine.do(AskFeedback(), "site").remarks[0].words == "ý kiến"
    house.hands.pass_by(timedelta(days=401))
    house.engine.desk.follow_day(house.store)
    year = AskFeedback(first_day="2026-11-01", last_day="2026-11-30")
    assert house.engine.do(year, "site").summary.parts == ()


def test_what_cannot_be_kept_is_not_thanked_for(house):
    house.store.close()
    with pytest.raises(StoreUnavailable):
        give(house)


def test_a_ticket_that_was_cancelled_may_have_an_answer(clerks):
    ticket = clerks.named("D002")
    clerks.do(ChangeTicket(ticket_id=ticket.id, verb="cancel"))
    assert clerks.do(AskSurvey(number="D002")).number == "D002"
