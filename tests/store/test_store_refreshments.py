"""What the dispensers gave out, on a real disk."""

import pytest
from drafts import opened

from kiosk.errors import StoreUnavailable

NOW = "2026-11-23T08:00:00.000+07:00"


def test_what_was_moving_is_found_after_any_end(store, tmp_path):
    giving = store.refreshments.begin("water", "request-1", NOW)
    store.close()
    again = opened(tmp_path)
    assert again.refreshments.unsettled() == [giving]
    assert again.refreshments.of_request("request-1") == giving
    again.close()


def test_one_request_moves_one_dispenser_once(store):
    store.refreshments.begin("water", "request-1", NOW)
    with pytest.raises(StoreUnavailable):
        store.refreshments.begin("water", "request-1", NOW)
    assert len(store.refreshments.unsettled()) == 1


def test_only_what_dropped_is_taken_off_and_only_once(store):
    store.refreshments.restock("water", 2, NOW)
    for number, (state, left) in enumerate(
        [("dropped", 1), ("not_dropped", 1), ("unknown", 1), ("refused", 1), ("dropped", 0)]
    ):
        giving = store.refreshments.begin("water", f"request-{number}", NOW)
        for _ in range(2):
            store.refreshments.settle(giving, state, "", NOW)
        assert store.refreshments.stock() == {"water": left}
    assert store.refreshments.unsettled() == []


def test_a_stock_is_never_less_than_nothing_nor_made_up(store):
    for item in ("water", "candy"):
        giving = store.refreshments.begin(item, f"request-{item}", NOW)
        if item == "water":
            store.refreshments.restock("water", 0, NOW)
        store.refreshments.settle(giving, "dropped", "", NOW)
    assert store.refreshments.stock() == {"water": 0}


def test_a_ticket_is_found_by_its_slip(store):
    assert store.ticket_of_token("nothing") is None
