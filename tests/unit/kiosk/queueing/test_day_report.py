"""The day in figures: a small day counted by hand, and what must always add up."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ward import SATURDAY, stamp, ticket

from kiosk.queueing.moves import Deed, move
from kiosk.queueing.report import (
    DayReport,
    LeftOver,
    Spread,
    Tally,
    day_report,
    spread,
    staff_tally,
)
from kiosk.queueing.ticket import allowed_verbs


def lived(number, *deeds, **more):
    """A ticket that went through these (verb, minutes, more), and its steps."""
    one, steps = replace(ticket(number), **more), []
    for verb, minutes, changes in deeds:
        done = move(one, Deed(verb=verb, at=stamp(minutes), **changes))
        one = done.ticket
        steps.append(done.step)
    return one, steps


AT_2 = {"counter": "2", "staff": "lan"}
AT_4 = {"counter": "4", "staff": "minh"}


def small_day():
    """Three who came at 7:31, 7:32 and 7:33, and one of the days before steps were kept."""
    lives = [
        lived(
            1,
            ("call", 11, AT_2),
            ("serve", 12, AT_2),
            ("next_service", 22, AT_2 | {"to_service": "social"}),
            ("call", 42, AT_4),
            ("serve", 43, AT_4),
            ("complete", 63, AT_4),
        ),
        lived(2, ("call", 20, AT_2), ("no_show", 24, AT_2)),
        lived(3, ("expire", 600, {})),
    ]
    tickets = [one for one, _ in lives]
    tickets.append(
        replace(
            ticket(4),
            state="done",
            counter="3",
            called_at=stamp(14),
            served_at=stamp(14),
            ended_at=stamp(19),
        )
    )
    return tickets, [step for _, steps in lives for step in steps]


def test_a_small_day():
    report = day_report(SATURDAY, *small_day())
    whole = report.whole
    assert (whole.issued, whole.served, whole.no_shows, whole.expired) == (4, 3, 1, 1)
    assert whole.waits == Spread(
        count=3, mean_s=800.0, median_s=600.0, p90_s=1200.0, longest_s=1200.0
    )
    assert {line.key: line.tally.served for line in report.by_service} == {"land": 2, "social": 1}
    assert {line.key: line.tally.served for line in report.by_counter} == {"2": 1, "3": 1, "4": 1}
    assert [(line.key, line.tally.issued, line.tally.served) for line in report.by_hour][:2] == [
        ("07", 4, 2),
        ("08", 0, 1),
    ]
    assert len(report.by_hour) == 11  # none is left out up to the one in which 3 expired


def test_ones_own_day():
    tickets, steps = small_day()
    tally = staff_tally("minh", tickets, steps)
    assert (tally.served, tally.services.median_s, tally.issued) == (1, 1200.0, 0)
    assert staff_tally("lan", tickets, steps).no_shows == 1
    assert staff_tally("nobody", tickets, steps) == Tally()


def test_a_day_without_anybody():
    assert day_report(SATURDAY, [], []) == DayReport(
        business_day=SATURDAY, whole=Tally(), by_service=(), by_counter=(), by_hour=()
    )


@given(st.lists(st.floats(0, 10_000), max_size=40))
def test_a_spread_is_in_order(seconds):
    one = spread(seconds)
    assert one.count == len(seconds)
    assert 0 <= one.median_s <= one.longest_s
    assert one.p90_s <= one.longest_s
    assert one.longest_s == max(seconds, default=0)


@given(st.data())
def test_the_lines_add_up_to_the_whole(data):
    tickets, steps = [], []
    for number in range(1, data.draw(st.integers(1, 6)) + 1):
        one, minutes = ticket(number), number
        for _ in range(data.draw(st.integers(0, 8))):
            if not (verbs := allowed_verbs(one.state)):
                break
            minutes += data.draw(st.integers(1, 90))
            deed = Deed(
                verb=data.draw(st.sampled_from(verbs)),
                at=stamp(minutes),
                counter=data.draw(st.sampled_from("123")),
                to_service=data.draw(st.sampled_from(("land", "social"))),
            )
            done = move(one, deed)
            one = done.ticket
            steps.append(done.step)
        tickets.append(one)
    report = day_report(SATURDAY, tickets, steps)
    for lines in (report.by_service, report.by_hour):
        for name in ("issued", "served", "no_shows", "cancelled", "expired"):
            total = sum(getattr(line.tally, name) for line in lines)
            assert total == getattr(report.whole, name)
    assert report.whole.issued == len(tickets)
    assert report.whole.served == report.whole.waits.count == report.whole.services.count


def test_tickets_whose_steps_went_tell_how_they_ended():
    tickets = [
        replace(ticket(1), state="no_show", counter="2", ended_at=stamp(30)),
        replace(ticket(2), state="cancelled"),
        replace(ticket(3), state="expired", ended_at=stamp(600)),
    ]
    whole = day_report(SATURDAY, tickets, []).whole
    assert (whole.issued, whole.served) == (3, 0)
    assert (whole.no_shows, whole.cancelled, whole.expired) == (1, 1, 1)


def whole_of(*lives):
    """The whole tally of these lives."""
    steps = [step for _, own in lives for step in own]
    return day_report(SATURDAY, [one for one, _ in lives], steps).whole


def minutes_of(*deeds):
    """How many minutes one who came at 7:31 waited and was served, who was served once."""
    tally = whole_of(lived(1, *deeds))
    assert tally.served == 1
    return tally.waits.longest_s / 60, tally.services.longest_s / 60


@pytest.mark.parametrize(
    ("deeds", "waited", "served"),
    [
        ((("call", 11, AT_2), ("serve", 12, AT_2), ("complete", 30, AT_2)), 10, 18),
        # a hold belongs to the service
        (
            (
                ("call", 11, AT_2),
                ("serve", 12, AT_2),
                ("hold", 15, AT_2),
                ("serve", 25, AT_2),
                ("complete", 30, AT_2),
            ),
            10,
            18,
        ),
        # who was sent on waits on, and is served by the last
        (
            (
                ("call", 11, AT_2),
                ("serve", 12, AT_2),
                ("transfer", 14, AT_2 | {"to_service": "social"}),
                ("call", 20, AT_4),
                ("serve", 21, AT_4),
                ("complete", 31, AT_4),
            ),
            19,
            10,
        ),
        # so does who was put back
        (
            (
                ("call", 11, AT_2),
                ("serve", 12, AT_2),
                ("hold", 13, AT_2),
                ("put_back", 14, AT_2),
                ("call", 20, AT_2),
                ("serve", 22, AT_2),
                ("complete", 25, AT_2),
            ),
            19,
            3,
        ),
        # who did not come joined the queue when they came back
        (
            (
                ("call", 11, AT_2),
                ("no_show", 12, AT_2),
                ("come_back", 15, {}),
                ("call", 20, AT_2),
                ("serve", 21, AT_2),
                ("complete", 26, AT_2),
            ),
            5,
            5,
        ),
    ],
)
def test_from_joining_to_the_call_that_led_to_it_and_from_serving_to_the_end(deeds, waited, served):
    assert minutes_of(*deeds) == (waited, served)


def test_of_a_service_whose_beginning_was_not_kept_the_end_is_known_alone():
    one, steps = lived(1, ("call", 11, AT_2), ("serve", 12, AT_2), ("next_service", 30, AT_2))
    for kept, waited, took in ((steps[2:], 29, 0), ([steps[0], steps[2]], 10, 19)):
        whole = day_report(SATURDAY, [one], kept).whole
        assert (whole.waits.longest_s, whole.services.longest_s) == (waited * 60, took * 60)


def test_a_clock_that_was_mended_makes_no_time_negative():
    assert minutes_of(("call", 0, AT_2), ("serve", 5, AT_2), ("complete", 3, AT_2)) == (0, 0)


def test_a_line_stands_where_and_when_it_was():
    one, steps = lived(
        1,
        ("call", 31, AT_2),
        ("serve", 32, AT_2),
        ("next_service", 33, AT_2 | {"to_service": "social"}),
        ("call", 160, AT_4),
        ("no_show", 165, AT_4),
    )
    other, its = lived(2, ("cancel", 100, {"counter": "10"}), service="social")
    report = day_report(SATURDAY, [one, other], [*steps, *its])
    assert [(line.key, line.tally) for line in report.by_counter] == [
        ("2", Tally(served=1, waits=minute(30), services=minute(1))),
        ("4", Tally(no_shows=1)),
        ("10", Tally(cancelled=1)),
    ]
    assert [(line.key, line.tally.issued, line.tally.served) for line in report.by_service] == [
        ("land", 1, 1),
        ("social", 1, 0),
    ]
    hours = [(line.key, line.tally) for line in report.by_hour]
    assert [key for key, _ in hours] == ["07", "08", "09", "10"]
    assert hours[0][1] == Tally(issued=2)
    assert (hours[1][1].served, hours[2][1], hours[3][1]) == (
        1,
        Tally(cancelled=1),
        Tally(no_shows=1),
    )


def minute(minutes):
    """One time of so many minutes."""
    return spread([minutes * 60])


def test_the_hour_is_hanois():
    early = replace(ticket(1), issued_at=datetime(2026, 11, 21, 0, 31, tzinfo=UTC).isoformat())
    assert [line.key for line in day_report(SATURDAY, [early], []).by_hour] == ["07"]


def test_why_numbers_were_left_over():
    lives = [
        lived(n, ("expire", 600, {"note": note}))
        for n, note in enumerate(("day_over", "after_hours", "day_over"), start=1)
    ]
    report = day_report(SATURDAY, [one for one, _ in lives], [own[0] for _, own in lives])
    assert report.left_over == (
        LeftOver(reason="after_hours", count=1),
        LeftOver(reason="day_over", count=2),
    )


def test_ones_own_are_those_that_one_ended_not_those_that_one_began():
    lives = [
        lived(1, ("call", 11, AT_2), ("serve", 12, AT_2), ("complete", 20, AT_4)),
        lived(2, ("call", 12, AT_4), ("no_show", 14, AT_4)),
    ]
    steps = [step for _, own in lives for step in own]
    tickets = [one for one, _ in lives]
    assert staff_tally("lan", tickets, steps) == Tally()
    assert staff_tally("minh", tickets, steps) == Tally(
        served=1, no_shows=1, waits=minute(10), services=minute(8)
    )


@pytest.mark.parametrize(
    ("told", "waited", "took", "hour"),
    [
        ({"called_at": stamp(31), "served_at": stamp(35), "ended_at": stamp(40)}, 30, 5, "08"),
        ({"called_at": stamp(31), "served_at": "", "ended_at": stamp(40)}, 30, 9, "08"),
        ({"called_at": "", "served_at": stamp(35), "ended_at": stamp(40)}, 34, 5, "08"),
        ({"called_at": "", "served_at": "", "ended_at": stamp(40)}, 39, 0, "08"),
    ],
)
def test_a_ticket_without_steps_tells_what_it_knows(told, waited, took, hour):
    one = replace(ticket(1), state="done", counter="3", **told)
    report = day_report(SATURDAY, [one], [])
    assert report.whole == Tally(issued=1, served=1, waits=minute(waited), services=minute(took))
    assert [(line.key, line.tally.served) for line in report.by_counter] == [("3", 1)]
    assert report.by_hour[-1].key == hour


def test_a_ticket_without_steps_or_an_end_was_only_issued():
    assert day_report(SATURDAY, [replace(ticket(1), state="done")], []).whole == Tally(issued=1)
    assert day_report(SATURDAY, [replace(ticket(1), state="called")], []).whole == Tally(issued=1)


def test_who_ended_without_steps_ended_then_and_there():
    gone = replace(ticket(1), state="no_show", counter="2", ended_at=stamp(100))
    report = day_report(SATURDAY, [gone, replace(ticket(2), state="cancelled")], [])
    assert [(line.key, line.tally.no_shows) for line in report.by_counter] == [("2", 1)]
    assert [(line.key, line.tally.cancelled) for line in report.by_hour] == [
        ("07", 1),  # nobody knows when: with the hour in which it came
        ("08", 0),
        ("09", 0),
    ]
    assert [(line.key, line.tally.no_shows) for line in report.by_service] == [("land", 1)]


@pytest.mark.parametrize(
    ("seconds", "mean", "middle", "ninetieth"),
    [
        ([5], 5, 5, 5),
        ([1, 2, 9], 4, 2, 9),
        (range(10, 0, -1), 5.5, 5.5, 9),
        (range(1, 12), 6, 6, 10),
    ],
)
def test_spreads_by_example(seconds, mean, middle, ninetieth):
    assert spread(list(seconds)) == Spread(
        count=len(seconds),
        mean_s=mean,
        median_s=middle,
        p90_s=ninetieth,
        longest_s=max(seconds),
    )
