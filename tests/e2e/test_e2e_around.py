"""Board, scanner and dispensers of a running core, simulated behind ptys; kills in between."""

from functools import partial

from processes import wait_until

AROUND = {"board.port": '"simulated"', "scanner.port": '"simulated"', "always_open": "true"}


def states(core) -> dict[str, tuple[str, str]]:
    return {one["name"]: (one["state"], one["reason"]) for one in core.json("devices")}


def board_is(core, *wanted: str) -> bool:
    return states(core)["board"] == wanted


def item(core, name: str) -> dict:
    return next(one for one in core.json("refreshment", "list") if one["item"] == name)


def test_one_cup_over_two_lives_of_the_core(start_core):
    core = start_core(AROUND)
    core.until_ready("board", "scanner", "base")
    core.run("refreshment", "restock", "water", "5")
    core.run("refreshment", "give", "water", "--request-id", "request-1")
    given = {"condition": "resting", "left": 4}  # a citizen waits a minute for the next
    wait_until("the cup", lambda: item(core, "water").items() >= given.items())
    core.run("refreshment", "give", "water", "--request-id", "request-1")
    core.run("fault", "board", "jammed")
    core.run("refreshment", "give", "water", "--request-id", "request-2")
    core.kill()  # while it moves, or just after

    again = start_core(AROUND)
    wait_until("the board", partial(board_is, again, *("ready", "")))
    again.run("refreshment", "give", "water", "--request-id", "request-2")
    assert item(again, "water")["left"] == 4
    assert item(again, "candy")["left"] is None
    assert "unknown_item" in again.run("refreshment", "give", "tea", expect=1)
    again.run("fault", "board", "unplugged")
    wait_until("the board", partial(board_is, again, *("unavailable", "not_connected")))
    assert "away" in again.run("refreshment", "list")
    again.run("fault", "board")
    wait_until("the board", partial(board_is, again, *("ready", "")))
