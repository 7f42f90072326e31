"""What is wrong with the tickets at the centre is seen, whatever it is."""

import pytest

from tools.prove.kept_centre import Told
from tools.prove.trials.kills import WRONG, compare

GIVEN = [("r1", "A001"), ("r2", "B001"), ("r3", "A002"), ("r4", "A003")]
PROMISED = dict(GIVEN[:3])


def wrong(tickets, gaps=0, earlier=0, set_aside=0):
    found = compare(PROMISED, Told(tickets, gaps, earlier, set_aside), GIVEN)
    return {key: found[key] for key in WRONG if found[key]}


def test_all_is_well_also_where_somebody_came_meanwhile():
    assert wrong(GIVEN[:3]) == wrong(GIVEN) == {}


@pytest.mark.parametrize(
    ("tickets", "found"),
    [
        (GIVEN[:2], {"missing": 1}),
        ([("r1", "A001"), *GIVEN[:3]], {"twice": 1}),
        ([GIVEN[1], GIVEN[0], GIVEN[2]], {"out_of_order": 2}),
        ([("r1", "A009"), *GIVEN[1:3]], {"missing": 1, "out_of_order": 1}),
    ],
)
def test_what_is_wrong_with_tickets(tickets, found):
    assert wrong(tickets) == found


def test_what_is_wrong_with_orders():
    assert wrong(GIVEN, 3, 2, 1) == {"gaps": 3, "earlier": 2, "set_aside": 1}
