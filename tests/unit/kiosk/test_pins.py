"""PINs: which may be chosen, and that only theirs opens."""

import pytest

from kiosk.pins import hash_pin, is_good_pin, is_pin


@pytest.mark.parametrize("pin", ["2580", "135790", "1122", "402915837461"])
def test_a_good_pin(pin):
    assert is_good_pin(pin)


@pytest.mark.parametrize(
    "pin", ["", "123", "1234", "4321", "0000", "12a4", "25 80", "2580\n", "٢٥٨٠", "1" * 13]
)
def test_a_pin_that_anybody_would_try_first_or_that_is_none(pin):
    assert not is_good_pin(pin)


def test_only_the_pin_itself_opens():
    kept = hash_pin("2580")
    assert "2580" not in kept
    assert hash_pin("2580") != kept  # salted
    assert is_pin("2580", kept)
    assert not is_pin("2581", kept)
    assert not is_pin("0000", "")  # nobody's code
    assert not is_pin("2580", "no hash")
