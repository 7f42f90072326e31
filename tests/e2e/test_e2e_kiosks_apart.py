"""Three real kiosks of one site torn apart: the campaign of `make prove`, a few rounds of it."""

import random

import pytest

from tools.campaigns.kiosks_apart import tear_apart


@pytest.mark.slow
def test_no_number_is_lost_or_doubled_whatever_becomes_of_the_leader(tmp_path):
    told = tear_apart(tmp_path, 2, random.Random(6), print)
    assert len(told.numbers) > 20
    assert told.bookings
