"""Nothing of anybody stays in a text; what a technician needs does."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.pins import hash_pin
from kiosk.support.scrubber import Scrubber

STAFF = ["Nguyễn Thị Lan", "lan", "Đặng Văn Đức", "duc.dv", "Trần Hữu Ân", "an"]
SCRUBBER = Scrubber(STAFF)


def cleaned(text):
    return SCRUBBER.clean(text)[0]


@pytest.mark.parametrize(
    "number",
    [
        "0912345678",
        "0912 345 678",
        "0912.345.678",
        "091-234-5678",
        "+84912345678",
        "+84 912 345 678",
        "(024) 3825 3536",
        "02438253536",
        "001085012345",
        "001 085 012 345",
        "001.085.012.345",
        "123456789",
        "٠٩١٢٣٤٥٦٧٨",
    ],
)
@pytest.mark.parametrize("around", ["{}", "gọi {} nhé", "tel={};", '"{}"', "số:{}.", "[{}]"])
def test_telephone_and_id_numbers_go(number, around):
    text, found = SCRUBBER.clean(around.format(number))
    assert "[number]" in text
    assert not any(digit.isdecimal() for digit in text)
    assert found["[number]"] == 1


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-23 08:01:02,123 I kiosk.app: the core is ready",
        "2026-11-23T08:01:02.123+07:00 printer paper_out",
        "backup kiosk-20261123-080102.db written",
        "version 20261123T080102.123456Z counts",
        "A012 at counter 3, 127.0.0.1:8080, process 123456",
        "serial:/dev/ttyUSB0:115200 after 20000 bytes, 04b8:0e15",
        "2026-11-23 08:01:02,123 2026-11-24 08:01:02",
    ],
)
def test_what_a_technician_needs_stays(text):
    assert cleaned(text) == text


@pytest.mark.parametrize(
    "said",
    [
        "Nguyễn Thị Lan",
        "NGUYỄN THỊ LAN",
        "nguyen thi lan",
        "Nguyen  Thi-Lan",
        "nguyen_thi_lan",
        unicodedata.normalize("NFD", "Nguyễn Thị Lan"),
        "chị Lan",
        "lan",
        "đặng văn đức",
        "DANG VAN DUC",
        "duc.dv",
        "anh Đức",
        "Trần Hữu Ân",
    ],
)
def test_names_and_codes_of_staff_go(said):
    text = cleaned(f"a session of somebody, {said}, was ended")
    assert "[staff]" in text
    for part in ("Lan", "Đức", "lan", "duc", "nguyen", "Nguyễn", "hữu", "Ân"):
        assert part not in unicodedata.normalize("NFC", text)


def test_a_short_code_goes_where_it_is_one_and_stays_a_word_elsewhere():
    assert cleaned("an error, a session of an came from 10.0.0.7") == (
        "an error, a session of [staff] came from 10.0.0.7"
    )


def test_what_was_typed_for_a_name_may_have_been_the_pin():
    text = "a wrong PIN for '8264' from 10.0.0.7"
    assert cleaned(text) == "a wrong PIN for '[staff]' from 10.0.0.7"


def test_words_that_only_hold_a_name_stay():
    assert cleaned("the landing of lanes at Lang Ha") == "the landing of lanes at Lang Ha"


def test_secrets_go():
    pin = hash_pin("8264")
    assert cleaned(f"row {pin} kept") == "row [secret] kept"
    assert cleaned("GET /t/kq3v9x2m7p8w4h6t now") == "GET /t/[secret] now"
    assert cleaned("https://kiosk:hunter2@centre.vn/x") == "https://[secret]@centre.vn/x"
    assert cleaned("key " + "0f" * 16) == "key [secret]"
    pem = "-----BEGIN EC PRIVATE KEY-----\nMHcCAQ\nabc=\n-----END EC PRIVATE KEY-----"
    assert cleaned(f"x {pem} y") == "x [secret] y"
    assert cleaned("-----BEGIN PRIVATE KEY-----\ncut off") == "[secret]"
    assert cleaned("lan.nt@hanoi.gov.vn asks") == "[address] asks"


def test_without_names_nothing_is_taken_for_one():
    assert Scrubber().clean("anybody at all") == ("anybody at all", {})


@given(st.text(), st.text(alphabet="0123456789 .-", min_size=9, max_size=20))
def test_whatever_comes_it_ends_and_cleaning_again_changes_nothing(text, digits):
    once = cleaned(text + digits)
    assert cleaned(once) == once
