"""Who is served before whom."""

from collections import Counter
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st
from serving_order import Waiting, serving_order
from ward import RULE

from kiosk.queueing.priority import BOOKED, PriorityRule, Ratio, people_ahead

CODES = ("", "elderly", "disability", "pregnant", "unheard-of")


def line(text):
    """ "o e o p": ordinary, elderly and pregnant people in the order in which they came."""
    known = {code[:1] or "o": code for code in CODES}
    return [Waiting(order=n, priority=known[one]) for n, one in enumerate(text.split(), start=1)]


def called(text, recent=()):
    """The same letters in the order in which they are called."""
    return " ".join(one.priority[:1] or "o" for one in serving_order(line(text), RULE, recent))


@pytest.mark.parametrize(
    ("came", "recent", "order"),
    [
        ("", [], ""),
        ("o o o", [], "o o o"),
        ("o o o e e e", [], "e e o e o o"),
        ("p d e", [], "e d p"),  # the classes in their order
        ("o u o", [], "o u o"),  # a class that was taken out of the rule counts as ordinary
        ("o o e e", [True], "e o e o"),  # the ratio goes on from the last calls
        ("o o e e", [True, True], "o e e o"),
        ("o o e e", [True, True, False], "e e o o"),
        ("e e", [True, True], "e e"),
    ],
)
def test_orders_by_example(came, recent, order):
    assert called(came, recent) == order


def test_ranks():
    assert [RULE.rank(code) for code in CODES] == [None, 0, 1, 2, None]


@pytest.mark.parametrize(
    ("comes", "waiting", "recent", "ahead"),
    [
        ("", {}, [], 0),
        ("", {"": 3}, [], 3),
        ("", {"": 3, "elderly": 3}, [], 6),
        ("", {"elderly": 5}, [], 2),  # e e and then they
        ("", {"elderly": 5}, [True], 1),
        ("", {"elderly": 5}, [True, True], 0),
        ("", {"": 10, "elderly": 30}, [], 32),  # eleven times e e, ten ordinary between
        ("", {"elderly": 1, "unheard-of": 2}, [], 3),
        ("elderly", {"": 3}, [], 0),
        ("elderly", {"": 3}, [True, True], 1),
        ("elderly", {"": 3, "elderly": 3}, [], 4),
        ("elderly", {"": 30, "elderly": 10}, [], 15),  # e e o, five times
        ("elderly", {"": 30, "elderly": 10}, [True], 15),  # e o e e o … e
        ("disability", {"pregnant": 2, "": 1}, [], 0),
        ("pregnant", {"elderly": 1, "disability": 1, "": 1}, [], 3),
        ("unheard-of", {"": 2, "elderly": 1}, [], 3),
    ],
)
def test_how_many_are_ahead_by_example(comes, waiting, recent, ahead):
    assert people_ahead(comes, waiting, RULE, recent) == ahead


@pytest.mark.parametrize(
    ("recent", "favoured", "ordinary"),
    [
        ([], (1, 2), (1, 3)),
        ([True], (2, 2), (1, 3)),
        ([True, True], (1, 2), (1, 3)),
        ([True, True, False], (1, 2), (2, 3)),
        ([False], (1, 2), (2, 3)),  # out of turn: it begins its own run
        ([True, False, False], (1, 2), (3, 3)),
        ([True, False, False, False], (1, 2), (1, 3)),
    ],
)
def test_which_of_how_many_in_a_row_a_call_would_be(recent, favoured, ordinary):
    ratio = Ratio((2, 3), recent)
    assert ratio.place(priority=True) == favoured
    assert ratio.place(priority=False) == ordinary


def test_a_booking_stands_before_all_classes():
    assert RULE.rank(BOOKED) == -1
    assert people_ahead(BOOKED, {"elderly": 3, BOOKED: 1, "": 3}, RULE) == 1


people = st.lists(st.sampled_from(CODES), max_size=40).map(
    lambda codes: [Waiting(order=n, priority=code) for n, code in enumerate(codes)]
)
rules = st.builds(
    PriorityRule,
    classes=st.just(RULE.classes),
    ratio=st.tuples(st.integers(1, 4), st.integers(1, 4)),
)
histories = st.lists(st.booleans(), max_size=12)


@given(people, rules, histories)
def test_nobody_is_lost_or_doubled(waiting, rule, recent):
    assert Counter(serving_order(waiting, rule, recent)) == Counter(waiting)


@given(people, rules, histories)
def test_within_a_class_and_among_ordinary_people_time_decides(waiting, rule, recent):
    order = list(serving_order(waiting, rule, recent))
    for rank in (None, 0, 1, 2):
        alike = [one.order for one in order if rule.rank(one.priority) == rank]
        assert alike == sorted(alike)
    ranks = [rank for one in order if (rank := rule.rank(one.priority)) is not None]
    assert ranks == sorted(ranks)


@given(people, rules)
def test_the_ratio_is_kept_while_both_kinds_wait(waiting, rule):
    kinds = [rule.rank(one.priority) is not None for one in serving_order(waiting, rule)]
    both = kinds[: min(last_of(kinds, favoured) for favoured in (True, False))]
    runs = [(favoured, len(list(run))) for favoured, run in groupby(both)]
    for favoured, length in runs[:-1]:
        assert length == rule.ratio[0 if favoured else 1]
    assert not runs or runs[0][0]


def last_of(kinds, kind):
    return max((n for n, one in enumerate(kinds) if one is kind), default=0)


@given(people, rules, histories)
def test_an_ordinary_person_never_starves(waiting, rule, recent):
    order = list(serving_order(waiting, rule, recent))
    kinds = [rule.rank(one.priority) is not None for one in order]
    while_ordinary_wait = kinds[: last_of(kinds, False)] if False in kinds else []
    for favoured, run in groupby(while_ordinary_wait):
        assert not favoured or len(list(run)) <= rule.ratio[0]


@given(people, rules, histories, st.sampled_from(CODES))
def test_people_ahead_agrees_with_the_order(waiting, rule, recent, priority):
    newcomer = Waiting(order=len(waiting), priority=priority)
    counted = Counter(one.priority for one in waiting)
    place = list(serving_order([*waiting, newcomer], rule, recent)).index(newcomer)
    assert people_ahead(priority, counted, rule, recent) == place
