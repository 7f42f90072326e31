"""Codes of dossiers, as they are typed, scanned and said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.guide.dossier_code import MAX_LENGTH, dossier_code, dossier_code_in

CODES = st.from_regex(
    r"\A([A-Z][0-9]{2}(\.[0-9]{1,3}){0,3}|([0-9]{2,3}\.){2,3}[A-Z][0-9]{2})-[0-9]{6}-[0-9]{3,6}\Z"
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("H26.123-260901-0012", "H26.123-260901-0012"),
        (" h26.123-260901-0012\r\n", "H26.123-260901-0012"),
        ("H26.123 – 260901 – 0012", "H26.123-260901-0012"),
        ("h26.123 260901 0012", "H26.123-260901-0012"),
        (" h26.15 .22-251101-0003\n", "H26.15.22-251101-0003"),
        ("H26-260901-001234", "H26-260901-001234"),
        ("000.00.12.H26-260901-0012", "000.00.12.H26-260901-0012"),
        ("H26.123-260901", ""),
        ("H26.123-260901-00", ""),
        ("H26.123-260901-0012'--", ""),
        ("H26.123-260901-0012\0", ""),
        ("https://x.vn/H26.123-260901-0012", ""),
        ("H26.123-260901-٠٠١٢", ""),
        ("H" * 10_000, ""),
        ("", ""),
    ],
)
def test_a_code_has_one_form(text, code):
    assert dossier_code(text) == code


@given(CODES)
def test_every_code_is_itself_and_is_found_in_a_sentence(code):
    assert len(code) <= MAX_LENGTH
    assert dossier_code(code.lower()) == code
    assert dossier_code_in(f"tra cứu hồ sơ {code.lower()}.") == code


def test_a_sentence_without_one():
    assert dossier_code_in("hồ sơ của tôi đến đâu rồi, nộp ngày 26-09-01") == ""
