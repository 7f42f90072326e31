"""What is kept of faults that were tried, and that the rooms are where they are said to be."""

import pytest

from kiosk.paths import PROJECT
from tools.mutants import KILLED, ROOMS, SURVIVED, Results, around_difference


@pytest.mark.parametrize("room", ROOMS.values(), ids=list(ROOMS))
def test_a_room_names_files_that_are_there(room):
    assert all(list(PROJECT.glob(pattern)) for pattern in (*room.modules, *room.tests))


def test_what_is_known_of_a_module_that_was_changed_since_counts_no_more(tmp_path):
    path = tmp_path / "results.txt"
    first = Results(path)
    first.begin("a", "source", ["a.x__mutmut_1", "a.x__mutmut_2"])
    first.note("a.x__mutmut_1", KILLED)
    first.note("a.x__mutmut_2", SURVIVED)
    again = Results(path)
    again.begin("a", "source", ["a.x__mutmut_1", "a.x__mutmut_2"])
    assert (again.of["a.x__mutmut_1"], again.of["a.x__mutmut_2"]) == (KILLED, SURVIVED)
    again.begin("a", "another source", ["a.x__mutmut_1"])
    assert Results(path).of["a.x__mutmut_1"] == "not tried"


def test_of_long_lines_the_place_is_shown_where_they_differ():
    one, other = (f"-{'x' * 200} < 1 {'y' * 200}", f"+{'x' * 200} <= 1 {'y' * 200}")
    shown = around_difference([one, other])
    assert [line[0] for line in shown] == ["-", "+"]
    assert "x <= 1" in shown[1]
    assert max(map(len, shown)) < 120
    assert around_difference(["-short", "+shorter"]) == ["-short", "+shorter"]
