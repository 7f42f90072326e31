"""From a scanner's bytes to what they mean here: whole reads, once each, and a whitelist."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.scanner.forms import (
    BadgeForm,
    BookingForm,
    CardForm,
    DossierForm,
    Foreign,
    TicketForm,
    form_of,
)
from hardware.scanner.framing import MAX_BYTES, Assembler, OnceEach, text_of

TOKEN = "abcdefghijkmnpqr"
CARD = "012345678901|123456789|Nguyễn Thị Ánh|01021950|Nữ|Số 1, Hàng Bài, Hà Nội|01012024"
texts = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=80
).filter(lambda text: text.strip() and not text.startswith("]"))


@given(st.lists(texts, max_size=5), st.lists(st.integers(1, 40), min_size=1, max_size=8))
def test_reads_come_out_whole_however_they_come_in(reads, steps):
    data = b"".join(read.encode() + b"\r\n" for read in reads)
    assembler, out, at, turn = Assembler(), [], 0, 0
    while at < len(data):
        step = steps[turn % len(steps)]
        out += assembler.feed(data[at : at + step], 1.0 + turn * 0.01)
        at, turn = at + step, turn + 1
    assert out == [read.encode() for read in reads]


@given(st.binary(max_size=4000), st.floats(0, 10))
def test_no_bytes_are_too_much(data, now):
    for read in Assembler().feed(data, now):
        assert 0 < len(read) <= MAX_BYTES
        text = text_of(read)
        assert unicodedata.is_normalized("NFC", text)
        assert not any(unicodedata.category(letter) == "Cc" for letter in text)


def test_without_a_suffix_silence_ends_a_read():
    assembler = Assembler()
    assert assembler.feed(b"abc", 1.0) == []
    assert assembler.feed(b"def", 1.1) == []
    assert assembler.feed(b"", 1.21) == []
    assert assembler.feed(b"", 1.23) == [b"abcdef"]
    assert assembler.feed(b"", 1.5) == []


def test_what_is_too_long_is_dropped_up_to_its_end():
    assembler = Assembler()
    assert assembler.feed(b"x" * 1000, 1.0) == []
    assert assembler.feed(b"x" * 1000, 1.05) == []
    assert assembler.feed(b"tail\rLT1\r", 1.1) == [b"LT1"]


def test_a_code_that_stays_before_the_scanner_counts_once():
    once = OnceEach()
    assert [once.is_new("A", now) for now in (10.0, 11.0, 12.9, 14.8)] == [True] + [False] * 3
    assert once.is_new("B", 14.9)
    assert once.is_new("A", 15.0)
    once.forget(16.9)
    assert not once.is_new("A", 16.9)
    once.forget(18.95)
    assert once._text == ""


def test_the_aim_identifier_and_the_marks_of_letters():
    decomposed = unicodedata.normalize("NFD", "Nguyễn")
    assert text_of(b"]Q1" + decomposed.encode()) == "Nguyễn"
    assert text_of(b"\xff\xfe") == ""
    assert text_of(b"a\x00b") == ""


@pytest.mark.parametrize(
    ("text", "form"),
    [
        (f"LT1.{TOKEN}", TicketForm(TOKEN)),
        (f"https://kiosk.ward.vn:8443/t/{TOKEN}", TicketForm(TOKEN)),
        ("LTB1.abc234", BookingForm("abc234")),
        ("LTB1.ABC234", BookingForm("abc234")),
        (f"LTT1.{TOKEN}23456789ab", BadgeForm(f"{TOKEN}23456789ab")),
        ("h26.123-260901-0012", DossierForm("H26.123-260901-0012")),
        ("000.00.12.H26-260901-0012", DossierForm("000.00.12.H26-260901-0012")),
    ],
)
def test_what_is_ours(text, form):
    assert form_of(text) == form


@pytest.mark.parametrize(
    "text",
    [
        "",
        "https://example.org/LT1.abcdefghijkmnpqr",
        f"https://example.org/x/t/{TOKEN}",
        f"ftp://example.org/t/{TOKEN}",
        "LT1.abc",
        f"LT1.{TOKEN}x",
        f"LTT1.{TOKEN}23456789a",
        f"lt1.{TOKEN}",
        f"LT1.{TOKEN.upper()}",
        "LTB1.abc10o",  # letters that look like figures are not used
        "8934567890123",
        "javascript:alert(1)",
        "'; DROP TABLE ticket; --",
        CARD,  # not switched on
    ],
)
def test_all_else_is_foreign(text):
    assert form_of(text) == Foreign()


@given(st.text(max_size=100))
def test_any_text_has_a_form(text):
    known = TicketForm | BookingForm | DossierForm | BadgeForm | CardForm | Foreign
    assert isinstance(form_of(text, cards=True), known)


def test_a_card_where_the_site_wants_it():
    card = form_of(CARD, cards=True)
    assert isinstance(card, CardForm)
    assert (card.number, card.name, card.born) == ("012345678901", "Nguyễn Thị Ánh", "1950-02-01")
    assert card.masked == "*********901"
    assert form_of(CARD + "|Cha|Mẹ", cards=True) == card


def test_a_dossier_by_mistake_in_a_log_tells_nobody():
    assert "260901" not in repr(form_of("H26.123-260901-0012"))


def test_a_badge_by_mistake_in_a_log_lets_nobody_in():
    assert TOKEN not in repr(form_of(f"LTT1.{TOKEN}23456789ab"))


def test_a_card_by_mistake_in_a_log_tells_nobody():
    card = form_of(CARD, cards=True)
    for shown in (repr(card), str(card), f"{card}"):
        assert not any(part in shown for part in ("0123", "901", "Nguyễn", "1950"))


@pytest.mark.parametrize(
    "text",
    [
        CARD.replace("012345678901", "01234567890"),
        CARD.replace("01021950", "31021950"),
        CARD.replace("Nguyễn Thị Ánh", ""),
        "|".join(CARD.split("|")[:6]),
        CARD.replace("|", ";"),
        CARD.replace("012345678901", "٠١٢٣٤٥٦٧٨٩٠١"),
    ],
)
def test_what_is_no_card(text):
    assert form_of(text, cards=True) == Foreign()
