"""Every key is known with its kind, unit, range and default, and whether it needs a restart."""

import msgspec
import pytest

from kiosk.config import Config, load_config
from kiosk.config.applying import (
    SINGLE_KEYS,
    WHOLE_TABLES,
    applies_at_once,
    differences,
    taken_over,
)
from kiosk.config.keys import IDENTITY, as_toml, keys, tables
from kiosk.paths import DEFAULT_CONFIG

SHIPPED = load_config(DEFAULT_CONFIG)


def test_every_field_of_the_schema_is_a_key():
    assert list(tables()) == [field.name for field in msgspec.structs.fields(Config)]
    assert len(keys()) > 110
    assert all(path == key.path for path, key in keys().items())


@pytest.mark.parametrize(
    ("path", "kind", "unit", "low", "high", "default"),
    [
        ("screen.timeout_s", "whole", "s", 15, 300, 45),
        ("screen.diagonal_inch", "number", "inch", 10, 75, 32.0),
        ("printer.low_paper_m", "number", "m", 0.5, 30, 4.5),
        ("leader.wait_ms", "whole", "ms", 50, 2000, 250),
        ("store.min_free_mb", "whole", "MB", 10, 10000, 50),
        ("queue.priority_ratio", "list", "", 1, 20, (2, 1)),
        ("hours.always_open", "switch", "", None, None, False),
        ("printer.paper_mm", "choice", "", None, None, 80),
    ],
)
def test_what_a_key_is(path, kind, unit, low, high, default):
    key = keys()[path]
    assert (key.kind, key.unit, key.low, key.high, key.default) == (kind, unit, low, high, default)


def test_of_texts_and_lists_the_length_is_known():
    assert (keys()["site.name_vi"].shortest, keys()["site.name_vi"].longest) == (1, 60)
    assert keys()["hall.quiet"].longest == 4
    assert keys()["voice.detector"].choices == ("silero", "webrtc")
    assert keys()["hours.monday"].whole_house


def test_every_table_of_many_has_a_key_that_tells_its_items_apart():
    many = {table for table, is_many in tables().items() if is_many}
    assert IDENTITY.keys() == many
    assert all(keys()[f"{table}.{name}"].required for table, name in IDENTITY.items())


def test_only_known_keys_apply_at_once():
    assert keys().keys() >= SINGLE_KEYS
    assert tables().keys() >= set(WHOLE_TABLES)
    assert applies_at_once("hours.monday")
    assert applies_at_once("notice")
    assert not applies_at_once("service")
    assert not applies_at_once("screen.motion")


@pytest.mark.parametrize(
    ("value", "written"),
    [(True, "true"), (4.0, "4"), (0.5, "0.5"), (("a", "b"), '["a", "b"]'), ("", '""'), (7, "7")],
)
def test_values_are_told_as_the_file_writes_them(value, written):
    assert as_toml(value) == written


def with_changes(config, **tables_changed):
    built = msgspec.to_builtins(config)
    for table, change in tables_changed.items():
        if callable(change):
            built[table] = change(list(built[table]))
        else:
            built[table] = {**built[table], **change}
    return msgspec.convert(built, Config)


def test_nothing_differs_from_itself():
    assert differences(SHIPPED, SHIPPED).at_once == differences(SHIPPED, SHIPPED).restart == ()


def test_what_differs_is_told_by_what_it_needs():
    new = with_changes(
        SHIPPED,
        hours={"sunday": ["08:00-10:00"]},
        screen={"timeout_s": 60},
        service=lambda items: [{**items[0], "daily_quota": 9, "icon": "house"}, *items[1:]],
    )
    told = differences(SHIPPED, new)
    assert told.at_once == ("hours.sunday", "service.daily_quota")
    assert told.restart == ("screen.timeout_s", "service.icon")


def test_a_running_core_goes_on_with_what_applies_at_once_alone():
    new = with_changes(
        SHIPPED,
        hours={"sunday": ["08:00-10:00"]},
        screen={"timeout_s": 60},
        service=lambda items: [{**items[0], "daily_quota": 9, "icon": "house"}, *items[1:]],
        notice=lambda items: [*items, {"text_vi": "Một dòng nữa"}],
        counter=lambda items: [*items[:-1], {**items[-1], "number": "9"}],
    )
    now = taken_over(SHIPPED, new)
    assert now.hours.sunday == ("08:00-10:00",)
    assert now.service[0].daily_quota == 9
    assert now.service[0].icon == SHIPPED.service[0].icon
    assert now.notice[-1].text_vi == "Một dòng nữa"
    assert now.screen == SHIPPED.screen
    assert now.counter == SHIPPED.counter
    left = differences(now, new)
    assert left.at_once == ()
    assert left.restart == ("screen.timeout_s", "counter", "service.icon")


def test_services_that_come_or_go_wait_for_a_restart_with_all_that_is_theirs():
    new = with_changes(SHIPPED, service=lambda items: [{**items[0], "daily_quota": 9}, *items[2:]])
    assert differences(SHIPPED, new).restart == ("service",)
    assert taken_over(SHIPPED, new).service == SHIPPED.service
