"""config.toml as shipped: it loads, and it tells a technician every key, truly."""

import re
import tomllib
import unicodedata
from datetime import date
from typing import get_args

import msgspec
import pytest

from kiosk.config import (
    Config,
    calendar_of,
    load_config,
    parse_config,
    priority_rule_of,
    services_of,
)
from kiosk.config.reading import line_of
from kiosk.config.rules import ALL_DAY, WEEKDAYS
from kiosk.paths import ASSETS, DEFAULT_CONFIG
from kiosk.queueing.hours import Span

TEXT = DEFAULT_CONFIG.read_text(encoding="utf-8")
LINES = TEXT.splitlines()


def struct_in(kind):
    """The table that a field of the whole configuration holds, once or many times."""
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return kind
    return next(struct_in(inner) for inner in get_args(kind) if inner is not Ellipsis)


TABLES = {field.name: struct_in(field.type) for field in msgspec.structs.fields(Config)}
KEYS = [(table, field) for table, kind in TABLES.items() for field in msgspec.structs.fields(kind)]
VALUES = tomllib.loads(TEXT)


def own_line(table, key):
    """The line of a key, in the first item where there are several."""
    many = isinstance(VALUES[table], list)
    path = (table, 0, key) if many else (table, key)
    line = LINES[line_of(TEXT, path) - 1]
    assert line.startswith(f"{key} ="), f"{table}.{key} is not in config.toml"
    return line


def test_it_loads_and_is_composed_vietnamese():
    assert load_config(DEFAULT_CONFIG).site.name_vi == "UBND phường Hoàn Kiếm"
    assert unicodedata.is_normalized("NFC", TEXT)


def tells_its_default(field, comment):
    told = re.search(r'default ("[^"]*"|\[[^\]]*\]|\{\}|[\w.]+)', comment)
    if field.required or field.name in WEEKDAYS:
        return told is None
    if told is None:
        return False  # an optional key tells its default
    (value,) = tomllib.loads(f"value = {told[1]}").values()
    return msgspec.convert(value, field.type) == field.default


def tells_its_range(field, comment):
    kept = getattr(field.type, "__metadata__", ())
    bounds = [bound for meta in kept for bound in (meta.ge, meta.le) if bound is not None]
    return all(re.search(rf"\b{bound:g}\b", comment.replace(",", "")) for bound in bounds)


@pytest.mark.parametrize("table", TABLES)
def test_every_key_is_there_and_tells_its_default_and_its_range(table):
    fields = [field for of, field in KEYS if of == table]
    told = [(field, own_line(table, field.name).partition(" # ")[2]) for field in fields]
    assert told
    assert [field.name for field, comment in told if not comment.strip()] == []
    assert [field.name for field, comment in told if not tells_its_default(field, comment)] == []
    assert [field.name for field, comment in told if not tells_its_range(field, comment)] == []


def test_the_services_as_the_rules_see_them():
    config = load_config(DEFAULT_CONFIG)
    services = {service.code: service for service in services_of(config)}
    assert [counter.number for counter in services["business"].counters] == ["2", "4"]
    assert services["business"].counters[0].place_en == "ground floor"
    assert services["land"].week.days == ((ALL_DAY,),) * 7  # always_open, as shipped
    assert {service.icon for service in services.values()} <= {
        icon.stem for icon in (ASSETS / "icons").glob("*.svg")
    }
    rule = priority_rule_of(config)
    assert rule.classes[0].code == "elderly"
    assert rule.ratio == (2, 1)


HOLIDAYS = frozenset({date(2027, 1, 1)})


def house(text, *pairs):
    text = text.replace("always_open = true", "always_open = false")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    return parse_config(text)


def test_a_service_keeps_the_houses_hours_but_for_its_own():
    config = house(TEXT, ("hours = {}", 'hours = { friday = [], sunday = ["08:00-10:00"] }'))
    civil, certification = services_of(config)[:2]
    assert civil.week.days[4] == ()
    assert civil.week.days[6] == (Span(opens=480, closes=600),)
    assert civil.week.days[:4] == certification.week.days[:4]
    assert certification.week.days[4] == (Span(opens=450, closes=690), Span(opens=810, closes=1020))
    assert certification.week.days[6] == ()


def test_a_day_that_is_not_said_is_closed():
    config = house(TEXT, ("sunday = []", ""))
    assert services_of(config)[0].week.days[6] == ()


def test_the_calendar_has_the_days_of_the_file_and_the_public_holidays():
    days = (
        ("closed_on = []", 'closed_on = ["2026-12-31"]'),
        ("open_on = []", 'open_on = ["2027-01-03"]'),
    )
    calendar = calendar_of(house(TEXT, *days), HOLIDAYS)
    assert calendar.closed == HOLIDAYS | {date(2026, 12, 31)}
    assert calendar.opened == {date(2027, 1, 3)}
    own = house(TEXT, *days, ("public_holidays = true", "public_holidays = false"))
    assert calendar_of(own, HOLIDAYS).closed == {date(2026, 12, 31)}
    assert calendar_of(parse_config(TEXT), HOLIDAYS).closed == frozenset()  # always open
