"""Whether a number can be given now, who shares a counter, and what the place is called."""

from dataclasses import replace

import pytest
from ward import at, service

from kiosk.queueing.hours import Calendar, Week
from kiosk.queueing.service import Availability, Counter, availability, pool_of, where_text

USUAL = Calendar()
FRIDAY = at("2026-11-20 09:00")


def test_hours_come_before_quota():
    land = service(daily_quota=2)
    lunch = at("2026-11-20 12:00")
    assert availability(land, USUAL, FRIDAY, 1) == Availability(state="open")
    assert availability(land, USUAL, FRIDAY, 2) == Availability(
        state="full", opens_at=at("2026-11-21 07:30")
    )
    assert availability(land, USUAL, lunch, 2) == Availability(
        state="closed", opens_at=at("2026-11-20 13:30")
    )


def test_what_a_manager_decided_comes_before_the_hours():
    land, noon, night = service(), at("2026-11-20 12:00"), at("2026-11-20 20:00")
    assert availability(land, USUAL, FRIDAY, 0, "closed") == Availability(
        state="closed", opens_at=at("2026-11-21 07:30")
    )  # not at half past one: not today any more
    for moment in (FRIDAY, noon, night):
        assert availability(land, USUAL, moment, 0, "opened") == Availability(state="open")
    full = availability(service(daily_quota=2), USUAL, night, 2, "opened")
    assert full == Availability(state="full", opens_at=at("2026-11-21 07:30"))


def test_a_quota_of_one_is_one_number():
    one = service(daily_quota=1)
    assert availability(one, USUAL, FRIDAY, 0).state == "open"
    assert availability(one, USUAL, FRIDAY, 1).state == "full"


def test_no_quota_is_no_limit():
    assert availability(service(), USUAL, FRIDAY, 9999).state == "open"


def test_nobody_knows_when_a_service_without_hours_opens():
    shut = replace(service(), week=Week(days=((),) * 7))
    assert availability(shut, USUAL, FRIDAY, 0) == Availability(state="closed")


def test_a_pool_is_all_who_share_a_counter():
    land, social, business = service("land", "4"), service("social", "4"), service("biz", "2", "4")
    stamps, alone = service("stamps", "2"), service("alone")
    everybody = [land, social, business, stamps, alone]
    assert pool_of(land, everybody) == {"land", "social", "biz"}
    assert pool_of(business, everybody) == {"land", "social", "biz", "stamps"}
    assert pool_of(stamps, everybody) == {"stamps", "biz"}
    assert pool_of(alone, everybody) == {"alone"}


UPSTAIRS = Counter(number="9", place_vi="tầng 2", place_en="first floor")
NOWHERE = Counter(number="5")


@pytest.mark.parametrize(
    ("counters", "vi", "en"),
    [
        ((), "", ""),
        (service("x", "4").counters, "Quầy số 4 – tầng 1", "Counter 4 – ground floor"),
        (service("x", "2", "4").counters, "Quầy số 2, 4 – tầng 1", "Counters 2, 4 – ground floor"),
        ((NOWHERE,), "Quầy số 5", "Counter 5"),
        (
            (*service("x", "4").counters, UPSTAIRS),
            "Quầy số 4 – tầng 1; Quầy số 9 – tầng 2",
            "Counter 4 – ground floor; Counter 9 – first floor",
        ),
    ],
)
def test_where_to_wait(counters, vi, en):
    place = replace(service(), counters=counters)
    assert where_text(place, "vi") == vi
    assert where_text(place, "en") == en
