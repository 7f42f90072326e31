"""One key changes; every other byte of the file stays."""

import difflib
import json

import pytest

from kiosk.config import parse_config
from kiosk.config.keys import keys
from kiosk.errors import ConfigError
from kiosk.paths import DEFAULT_CONFIG
from kiosk.settings.editing import changed, is_value, reset, value_of

TEXT = DEFAULT_CONFIG.read_text(encoding="utf-8")


def lines_changed(before, after):
    return [
        line
        for line in difflib.ndiff(before.split("\n"), after.split("\n"))
        if line.startswith(("+ ", "- "))
    ]


def test_a_value_changes_and_its_comment_stays():
    after = changed(TEXT, "screen.timeout_s", "60")
    gone, come = lines_changed(TEXT, after)
    assert gone.startswith("- timeout_s = 45 ")
    assert come.startswith("+ timeout_s = 60 ")
    assert gone.partition("#")[2] == come.partition("#")[2]


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("site.name_vi", "UBND phường Ba Đình", "UBND phường Ba Đình"),
        ("site.name_vi", '"UBND phường Ba Đình"', "UBND phường Ba Đình"),
        ("hours.sunday", '["08:00-10:00"]', ("08:00-10:00",)),
        ("screen.diagonal_inch", "27", 27.0),
        ("screen.motion", "false", False),
        ("printer.paper_mm", "58", 58),
        ("queue.priority_ratio", "[3, 1]", (3, 1)),
        ("voice.detector", "webrtc", "webrtc"),
        ("board.inverted", "[1, 2]", (1, 2)),
    ],
)
def test_what_is_typed_becomes_a_value_of_the_keys_kind(name, typed, value):
    table, _, key = name.partition(".")
    assert getattr(getattr(parse_config(changed(TEXT, name, typed)), table), key) == value


def test_what_counts_for_a_key_its_default_too():
    config = parse_config(TEXT)
    assert value_of(config, "screen.timeout_s") == 45
    assert value_of(config, "service[land].series") == "D"
    assert value_of(config, "counter[1].place_vi") == "tầng 1"
    assert value_of(parse_config(reset(TEXT, "hall.board")), "hall.board") is False
    with pytest.raises(ConfigError, match=r"did you mean 'hall\.board'"):
        value_of(config, "hall.bored")


def test_one_of_many_is_named_by_its_own_name_or_its_place():
    land = changed(TEXT, "service[land].daily_quota", "40")
    assert [one.daily_quota for one in parse_config(land).service] == [0, 0, 0, 40, 0, 0]
    second = changed(TEXT, "service[1].daily_quota", "5")
    assert parse_config(second).service[1].daily_quota == 5
    counter = changed(TEXT, "counter[2].place_vi", "tầng 2")  # a counter's number is its name
    assert parse_config(counter).counter[1].place_vi == "tầng 2"


def test_hours_of_a_service_in_braces():
    after = changed(TEXT, "service[land].hours", '{ friday = ["07:30-11:30"] }')
    assert parse_config(after).service[3].hours.friday == ("07:30-11:30",)


def test_what_is_typed_is_composed():
    after = changed(TEXT, "site.name_vi", "UBND phu\u031bo\u031b\u0300ng")
    assert parse_config(after).site.name_vi == "UBND phường"


def test_a_table_that_is_not_there_is_made():
    text = TEXT.replace("[bookings]", "[bookings_gone]")
    cut = text[: text.index("[bookings_gone]")]
    after = changed(cut, "bookings.early_min", "30")
    assert parse_config(after).bookings.early_min == 30


def test_a_key_that_is_taken_out_has_its_default():
    after = reset(changed(TEXT, "screen.timeout_s", "60"), "screen.timeout_s")
    assert parse_config(after).screen.timeout_s == 45
    assert reset(after, "screen.timeout_s") == after
    with pytest.raises(ConfigError, match=r"site\.name_vi: has no default"):
        reset(TEXT, "site.name_vi")


@pytest.mark.parametrize(
    ("name", "typed", "told"),
    [
        (
            "screen.time_out_s",
            "60",
            "unknown key screen.time_out_s; did you mean 'screen.timeout_s'",
        ),
        ("zzz", "60", "unknown key zzz"),
        ("screen.timeout_s", "soon", "screen.timeout_s: 'soon' is no value"),
        ("screen.timeout_s", "1\nmotion = false", "is no value"),
        ("screen[0].timeout_s", "60", "write screen.timeout_s"),
        ("service.daily_quota", "60", r"write service\[code\].daily_quota"),
        ("service[fishing].daily_quota", "6", "no service 'fishing'; known: civil-status, "),
        ("service[6].daily_quota", "6", "no service '6'"),
    ],
)
def test_what_cannot_be_is_told(name, typed, told):
    with pytest.raises(ConfigError, match=told):
        changed(TEXT, name, typed)


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("screen.timeout_s", ["15", "300"], ["14", "301", "soon", "4.5", '"60"']),
        ("screen.diagonal_inch", ["32", "32.5"], ["9", "big"]),
        ("screen.motion", ["true"], ["yes"]),
        ("screen.orientation", ["portrait", '"auto"'], ["sideways"]),
        ("site.name_vi", ["Phường"], [""]),
        ("hours.monday", ['["07:30-11:30"]', "[]"], ['["half past seven"]', "[7]"]),
        ("service.series", ["A"], ["a", "AB"]),
        ("service.hours", ['{monday = ["08:00-10:00"]}'], ["8", '{monday = "08:00"}']),
        ("queue.priority_ratio", ["[2, 3]"], ["[2]", "[0, 1]"]),
    ],
)
def test_a_key_alone_says_what_it_can_be(name, good, bad):
    key = keys()[name]
    assert [typed for typed in good if not is_value(key, typed)] == []
    assert [typed for typed in bad if is_value(key, typed)] == []


def test_a_file_that_is_no_toml_is_not_changed():
    with pytest.raises(ConfigError, match="not TOML"):
        changed("[screen", "screen.timeout_s", "60")


def typed_as(value):
    """A value as a technician types it."""
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)


@pytest.mark.parametrize("path", [path for path, key in keys().items() if not key.many])
def test_every_key_can_be_set_to_what_it_is(path):
    table, _, name = path.partition(".")
    value = getattr(getattr(parse_config(TEXT), table), name)
    assert parse_config(changed(TEXT, path, typed_as(value))) == parse_config(TEXT)
