"""Readings by example, checked by ear and against Vietnamese school books; then for all numbers."""

import datetime as dt
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.phrases import (
    LANGUAGES,
    cardinal,
    clock,
    counter,
    date,
    digits,
    minutes,
    money,
    pronounceable,
    speakable,
    ticket,
)
from voice.phrases.vietnamese import DIGITS

VIETNAMESE_NUMBERS = [
    (0, "không"),
    (1, "một"),
    (4, "bốn"),
    (5, "năm"),
    (10, "mười"),
    (11, "mười một"),
    (14, "mười bốn"),
    (15, "mười lăm"),
    (20, "hai mươi"),
    (21, "hai mươi mốt"),
    (24, "hai mươi tư"),
    (25, "hai mươi lăm"),
    (44, "bốn mươi tư"),
    (55, "năm mươi lăm"),
    (91, "chín mươi mốt"),
    (99, "chín mươi chín"),
    (100, "một trăm"),
    (101, "một trăm linh một"),
    (104, "một trăm linh bốn"),
    (105, "một trăm linh năm"),
    (110, "một trăm mười"),
    (111, "một trăm mười một"),
    (115, "một trăm mười lăm"),
    (121, "một trăm hai mươi mốt"),
    (214, "hai trăm mười bốn"),
    (555, "năm trăm năm mươi lăm"),
    (1_000, "một nghìn"),
    (1_005, "một nghìn không trăm linh năm"),
    (1_024, "một nghìn không trăm hai mươi tư"),
    (2_026, "hai nghìn không trăm hai mươi sáu"),
    (10_000, "mười nghìn"),
    (15_300, "mười lăm nghìn ba trăm"),
    (21_001, "hai mươi mốt nghìn không trăm linh một"),
    (100_000, "một trăm nghìn"),
    (105_015, "một trăm linh năm nghìn không trăm mười lăm"),
    (1_000_000, "một triệu"),
    (1_000_005, "một triệu không trăm linh năm"),
    (1_005_000, "một triệu không trăm linh năm nghìn"),
    (400_070_192, "bốn trăm triệu không trăm bảy mươi nghìn một trăm chín mươi hai"),
    (1_000_000_000, "một tỷ"),
]

ENGLISH_NUMBERS = [
    (0, "zero"),
    (13, "thirteen"),
    (21, "twenty-one"),
    (40, "forty"),
    (100, "one hundred"),
    (105, "one hundred and five"),
    (999, "nine hundred and ninety-nine"),
    (1_005, "one thousand and five"),
    (1_500, "one thousand five hundred"),
    (50_000, "fifty thousand"),
    (1_000_001, "one million and one"),
]

VIETNAMESE_SENTENCES = [
    ("Số của ông bà là A007.", "Số của ông bà là A không không bảy."),
    ("Mời số A012 đến quầy số 3.", "Mời số A không một hai đến quầy số ba."),
    ("Đ120", "Đ một hai không"),
    ("Phía trước còn 15 người.", "Phía trước còn mười lăm người."),
    ("khoảng 15 phút", "khoảng mười lăm phút"),
    ("khoảng 5-10 phút", "khoảng năm đến mười phút"),
    ("7:30", "bảy giờ ba mươi phút"),
    ("7h30", "bảy giờ ba mươi phút"),
    ("07:05", "bảy giờ năm phút"),
    ("13:00", "mười ba giờ"),
    ("8h", "tám giờ"),
    (
        "7:30 - 11:30, 13h–17h.",
        "bảy giờ ba mươi phút đến mười một giờ ba mươi phút, mười ba giờ đến mười bảy giờ.",
    ),
    ("Lệ phí 50.000 đ.", "Lệ phí năm mươi nghìn đồng."),
    ("8.000đ", "tám nghìn đồng"),
    ("1.250.000 đồng", "một triệu hai trăm năm mươi nghìn đồng"),
    ("15.000₫", "mười lăm nghìn đồng"),
    ("200.000 VNĐ", "hai trăm nghìn đồng"),
    ("0 đồng", "không đồng"),
    ("ngày 2/9", "ngày mùng hai tháng chín"),
    ("ngày 30/4", "ngày ba mươi tháng tư"),
    ("từ 21/11/2026", "từ ngày hai mươi mốt tháng mười một năm hai nghìn không trăm hai mươi sáu"),
    ("Ngày 01/04/2027", "Ngày mùng một tháng tư năm hai nghìn không trăm hai mươi bảy"),
    ("2026-05-10", "ngày mùng mười tháng năm năm hai nghìn không trăm hai mươi sáu"),
    ("31/02/2026", "ba mươi mốt trên không hai trên hai nghìn không trăm hai mươi sáu"),
    ("1,5 km", "một phẩy năm km"),
    ("giảm 50%", "giảm năm mươi phần trăm"),
    ("Gọi 024 3825 3536", "Gọi không hai bốn ba tám hai năm ba năm ba sáu"),
    ("tổng đài 1900 1009", "tổng đài một chín không không một không không chín"),
    ("UBND phường", "Ủy ban nhân dân phường"),
    ("TP. Hà Nội", "thành phố Hà Nội"),
    ("mẫu CT01", "mẫu CT không một"),
    ("24/7", "hai mươi tư trên bảy"),
    ("Xin chào!", "Xin chào!"),
    ("", ""),
]

ENGLISH_SENTENCES = [
    ("Your number is A007.", "Your number is A zero zero seven."),
    ("about 15 minutes", "about fifteen minutes"),
    ("open 7:30-11:30", "open seven thirty to eleven thirty"),
    ("from 8:00", "from eight o'clock"),
    ("at 13:05", "at thirteen oh five"),
    ("50.000 đ", "fifty thousand dong"),
    ("50,000 VND", "fifty thousand dong"),
    ("21/11/2026", "the twenty-first of November, twenty twenty-six"),
    ("ngày 2/9", "ngày two over nine"),
    ("1,500.5", "one thousand five hundred point five"),
    ("80% of 1,024", "eighty percent of one thousand and twenty-four"),
    ("counter 3", "counter three"),
]


@pytest.mark.parametrize(("number", "words"), VIETNAMESE_NUMBERS)
def test_vietnamese_numbers(number: int, words: str) -> None:
    assert cardinal(number, "vi") == words


@pytest.mark.parametrize(("number", "words"), ENGLISH_NUMBERS)
def test_english_numbers(number: int, words: str) -> None:
    assert cardinal(number, "en") == words


@pytest.mark.parametrize(("written", "words"), VIETNAMESE_SENTENCES)
def test_vietnamese_sentences(written: str, words: str) -> None:
    assert speakable(written, "vi") == words


@pytest.mark.parametrize(("written", "words"), ENGLISH_SENTENCES)
def test_english_sentences(written: str, words: str) -> None:
    assert speakable(written, "en") == words


def test_one_thing_at_a_time() -> None:
    assert ticket("A007", "vi") == "A không không bảy"
    assert ticket("007", "en") == "zero zero seven"
    assert digits("1022", "vi") == "một không hai hai"
    assert minutes(15, "vi") == "mười lăm phút"
    assert (minutes(15, "en"), minutes(1, "en")) == ("fifteen minutes", "one minute")
    assert clock(7, 30, "vi") == "bảy giờ ba mươi phút"
    assert clock(0, 0, "vi") == "không giờ"
    assert money(50_000, "vi") == "năm mươi nghìn đồng"
    assert speakable("9.999.999.999.999 đồng", "vi") == " ".join(["chín"] * 13)
    assert counter(3, "vi") == "quầy số ba"
    assert counter(3, "en") == "counter three"


@pytest.mark.parametrize(
    ("year", "words"),
    [
        (1900, "nineteen hundred"),
        (1995, "nineteen ninety-five"),
        (2000, "two thousand"),
        (2005, "two thousand and five"),
        (2030, "twenty thirty"),
        (1905, "nineteen oh five"),
    ],
)
def test_english_years(year: int, words: str) -> None:
    assert date(dt.date(year, 12, 12), "en") == f"the twelfth of December, {words}"


@pytest.mark.parametrize(
    ("caption", "spelled"),
    [
        ("A không không bảy", "a không không bảy"),
        ("Số của ông bà là B một hai ba.", "Số của ông bà là bê một hai ba."),
        ("Đ không một, Y hai ba", "đê không một, i dài hai ba"),
        ("Y tế, Ở quầy, Ô số ba", "Y tế, Ở quầy, Ô số ba"),
        ("quét mã QR", "quét mã quy rờ"),
        ("mẫu CT không một", "mẫu xê tê không một"),
        ("VNeID", "vi en i đi"),
        ("XIN CHÀO", "XIN CHÀO"),
        ("", ""),
    ],
)
def test_letters_are_spelled_for_the_synthesiser_only(caption: str, spelled: str) -> None:
    assert pronounceable(caption, "vi") == spelled


def test_an_english_series_is_no_article() -> None:
    assert pronounceable("A zero zero seven", "en") == "ay zero zero seven"
    assert pronounceable("A clerk", "en") == "A clerk"


def test_what_has_no_reading_is_refused() -> None:
    with pytest.raises(ValueError, match="-1 is not between 0 and"):
        cardinal(-1, "vi")
    with pytest.raises(ValueError, match="1000000000000 is not between"):
        cardinal(10**12, "en")
    with pytest.raises(KeyError):
        speakable("15", "fr")


VALUES = {
    **{word: value for value, word in enumerate(DIGITS)},
    "mốt": 1,
    "tư": 4,
    "lăm": 5,
}
SCALES = {"nghìn": 10**3, "triệu": 10**6, "tỷ": 10**9}


def heard(words: str) -> int:
    """The number that a listener understands: the reverse of `cardinal` in Vietnamese."""
    total = group = unit = 0
    for word in words.split():
        if word in SCALES:
            total, group, unit = total + (group + unit) * SCALES[word], 0, 0
        elif word in {"trăm", "mươi"}:
            group, unit = group + unit * (100 if word == "trăm" else 10), 0
        elif word == "mười":
            group, unit = group + 10, 0
        elif word != "linh":
            unit = VALUES[word]
    return total + group + unit


@given(st.integers(0, 999_999_999))
def test_every_number_is_heard_as_itself(number: int) -> None:
    assert heard(cardinal(number, "vi")) == number


@given(st.integers(0, 999_999_999), st.integers(0, 999_999_999))
def test_no_two_numbers_sound_the_same(one: int, other: int) -> None:
    assert (cardinal(one, "en") == cardinal(other, "en")) == (one == other)


@given(st.integers(0, 999_999_999), st.sampled_from(LANGUAGES))
def test_a_written_number_is_read_as_that_number(number: int, language: str) -> None:
    written = f"{number:,}" if language == "en" else f"{number:,}".replace(",", ".")
    assert speakable(written, language) == cardinal(number, language)


@given(st.text(max_size=60), st.sampled_from(LANGUAGES))
def test_any_text_is_speakable_and_stays_so(text: str, language: str) -> None:
    once = speakable(text, language)
    assert not any(letter in "0123456789" for letter in once)
    assert speakable(once, language) == once
    assert unicodedata.is_normalized("NFC", pronounceable(once, language))
