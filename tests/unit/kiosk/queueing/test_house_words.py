"""Small words of the house: notices and their days, codes of staff, whose print job it is."""

from datetime import date

import pytest

from kiosk.queueing.notice import HouseNotice, notices_on
from kiosk.queueing.print_job import printed_at
from kiosk.queueing.staff import is_good_code

MAY_2, MAY_4 = date(2027, 5, 2), date(2027, 5, 4)
ALWAYS = HouseNotice(text_vi="Ở đây luôn có người giúp.")
HOLIDAYS = HouseNotice(text_vi="Nghỉ lễ.", first=MAY_2, last=MAY_4)


@pytest.mark.parametrize(
    ("day", "holds"), [(1, False), (2, True), (3, True), (4, True), (5, False)]
)
def test_a_notice_holds_on_its_first_and_its_last_day(day, holds):
    told = notices_on(date(2027, 5, day), [ALWAYS, HOLIDAYS])
    assert told == ((ALWAYS, HOLIDAYS) if holds else (ALWAYS,))


def test_a_notice_may_be_open_at_either_end():
    before, after = date(2027, 5, 1), date(2027, 5, 9)
    from_then_on = HouseNotice(text_vi="Từ nay nhận cả thứ Bảy.", first=MAY_2)
    until_then = HouseNotice(text_vi="Thang máy đang sửa.", last=MAY_4)
    assert notices_on(before, [from_then_on, until_then]) == (until_then,)
    assert notices_on(after, [from_then_on, until_then]) == (from_then_on,)


@pytest.mark.parametrize(
    ("code", "good"),
    [("lan", True), ("lan.2-b", True), ("a" * 20, True), ("a" * 21, False), ("", False),
     ("Lan", False), (".lan", False), ("lan ", False), ("lan\n", False)],
)  # fmt: skip
def test_a_code_of_staff_is_short_and_plain(code, good):
    assert is_good_code(code) is good


def test_a_job_of_another_kiosk_says_whose_it_is():
    assert printed_at("B") == "other_kiosk B"
