"""The day in figures: a small day counted by hand, and what must always add up."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from ward import SATURDAY, stamp, ticket

from kiosk.queueing.moves import Deed, move
from kiosk.queueing.report import DayReport, Spread, Tally, day_report, spread, staff_tally
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
