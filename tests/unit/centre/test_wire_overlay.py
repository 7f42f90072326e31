"""Documents laid over config.toml: what is a document's to say, and what stays."""

from __future__ import annotations

import copy
import tomllib
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from centre.wire.overlay import CONFIG_KEYS, EVERY_KEY, KEYS, foreign_keys, laid_over
from kiosk.config.keys import keys, tables

OWN: dict[str, Any] = {
    "site": {"name_vi": "Tây Hồ"},
    "hall": {"no_show_calls": 2, "announce_output": "hall", "announce": True},
    "hours": {"monday": ["07:30-11:30"], "always_open": False},
    "notice": [{"text_vi": "cũ"}],
    "service": [{"code": "a"}, {"code": "b"}],
    "counter": [{"number": "1"}],
    "printer": {"port": "usb:04b8:0e15"},
}
values = st.dictionaries(
    st.sampled_from(["port", "announce", "announce_output", "quiet"]), st.integers(), max_size=3
)
fragments = st.dictionaries(
    st.sampled_from(list(KEYS)),
    st.dictionaries(st.sampled_from([*tables(), "unheard"]), values, max_size=4),
    max_size=4,
)
calm = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)


def test_a_key_replaces_a_key_and_the_others_stay() -> None:
    whole = laid_over(OWN, {"config": {"hall": {"no_show_calls": 3}}})
    assert whole["hall"] == {"no_show_calls": 3, "announce_output": "hall", "announce": True}
    assert whole["site"] == OWN["site"]


def test_a_list_of_tables_replaces_all_of_them() -> None:
    given_out = {"service": [{"code": "c"}], "counter": [{"number": "9"}]}
    whole = laid_over(OWN, {"services": given_out})
    assert whole["service"] == [{"code": "c"}]
    assert whole["counter"] == [{"number": "9"}]


def test_notices_that_say_nothing_leave_none() -> None:
    assert laid_over(OWN, {"notices": {}})["notice"] == []
    assert laid_over(OWN, {})["notice"] == OWN["notice"]


def test_what_is_not_a_documents_to_say_is_named() -> None:
    fragment = tomllib.loads(
        '[printer]\nport = "none"\n[hall]\nannounce_output = "x"\nquiet = []\n'
    )
    assert list(foreign_keys("config", fragment)) == ["printer", "hall.announce_output"]
    assert list(foreign_keys("hours", {"hours": {"monday": []}})) == []


@calm
@given(fragments)
def test_what_is_the_devices_own_stays_whatever_comes(given_out: dict[str, Any]) -> None:
    before = copy.deepcopy(OWN)
    whole = laid_over(OWN, given_out)
    assert before == OWN
    for table in ("site", "printer"):
        assert whole[table] == OWN[table]
    assert whole["hall"]["announce_output"] == "hall"
    assert "unheard" not in whole


@calm
@given(fragments)
def test_laying_over_twice_is_laying_over_once(given_out: dict[str, Any]) -> None:
    once = laid_over(OWN, given_out)
    assert laid_over(once, given_out) == once


def test_every_key_is_one_of_the_schema() -> None:
    for name, allowed in KEYS.items():
        for table, names in allowed.items():
            assert table in tables(), (name, table)
            for key in names - EVERY_KEY:
                assert f"{table}.{key}" in keys()
    for device in ("printer", "board", "scanner", "site_server", "leader", "store", "site"):
        assert device not in CONFIG_KEYS


def test_no_document_says_another_ones_table() -> None:
    said = [table for allowed in KEYS.values() for table in allowed]
    assert len(said) == len(set(said))
    assert Path("docs/centre-wire.md").read_text().count("`CONFIG_KEYS`") >= 2
