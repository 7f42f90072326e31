"""Texts and icons: none missing, none left over."""

from __future__ import annotations

import re
import string
import unicodedata
from typing import get_args

import pytest
from stand_in_guide import catalogue
from surroundings import config

from kiosk.first_start.steps import STEPS
from kiosk.guide.procedure import LifeEvent
from kiosk.paths import ASSETS, PROJECT
from kiosk.screen.answer_view import ACTIONS, PICTURES
from kiosk.screen.guide_view import LIFE_EVENTS
from kiosk.texts import read_book
from kiosk.words.technician import SELF_TESTS, Verdict

SCREEN = PROJECT / "kiosk" / "screen"
QML = sorted(SCREEN.rglob("*.qml"))
TEXT_ID = re.compile(r'"([a-z_]+\.[a-z_-]+)"')


@pytest.fixture(scope="module")
def vietnamese() -> dict[str, str]:
    return read_book(ASSETS / "i18n", "screen", "vi")


@pytest.fixture(scope="module")
def english() -> dict[str, str]:
    return read_book(ASSETS / "i18n", "screen", "en")


@pytest.fixture(scope="module")
def technicians() -> dict[str, str]:
    return read_book(ASSETS / "i18n", "technician", "vi")


def used_ids() -> set[str]:
    in_qml = {key for file in QML for key in re.findall(r'qsTrId\("([^"]+)"\)', file.read_text())}
    in_python = {key for file in SCREEN.glob("*.py") for key in TEXT_ID.findall(file.read_text())}
    return in_qml | in_python


def test_every_text_that_qml_shows_is_there(
    vietnamese: dict[str, str], english: dict[str, str], technicians: dict[str, str]
) -> None:
    for file in QML:
        for key in re.findall(r'qsTrId\("([^"]+)"\)', file.read_text()):
            assert key in vietnamese | technicians, f"{file.name} shows {key}"
            assert key in english | technicians, f"{file.name} shows {key}"


def test_no_text_of_the_technicians_is_left_over_and_none_is_missing(
    technicians: dict[str, str],
) -> None:
    sources = "".join(file.read_text() for file in SCREEN.glob("*.py"))
    families = set(re.findall(r'f"(tech_[a-z]+\.[a-z_]*)\{', sources))
    assert families == {
        "tech_part.",
        "tech_part.count_",
        "tech_test.",
        "tech_step.",
        "tech_ask.",
        "tech_wants.",
        "tech_first.",
        "tech_set.good_",
    }
    used = used_ids()
    known = {key for key in technicians if key.startswith("tech")}
    assert known == set(technicians)  # or the screen would look for them in its own book
    assert {key for key in used if key.startswith("tech")} <= known
    left = {key for key in known - used if not any(key.startswith(one) for one in families)}
    assert left == set()
    for test in SELF_TESTS:
        assert f"tech_test.{test}_runs" in known
    for step in (*STEPS, "wait", "done"):
        assert {f"tech_{part}.{step}" for part in ("step", "ask", "wants")} <= known
    for state in get_args(Verdict):
        assert f"tech_part.{state}" in known


def test_no_text_is_left_over(vietnamese: dict[str, str]) -> None:
    assert set(vietnamese) - used_ids() == set()


def test_both_languages_say_the_same_things(
    vietnamese: dict[str, str], english: dict[str, str]
) -> None:
    def places(text: str) -> list[str]:
        named = [name for _, name, _, _ in string.Formatter().parse(text) if name]
        return sorted(named + re.findall(r"%\d", text))

    assert set(vietnamese) == set(english)
    for key, text in vietnamese.items():
        assert places(text) == places(english[key]), key


def test_vietnamese_is_composed() -> None:
    raw = (ASSETS / "i18n" / "screen.vi.toml").read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", raw)


def needed_icons() -> set[str]:
    """What data asks for by name."""
    house = config()
    in_config = {part.icon for part in (*house.service, *house.priority)}
    in_catalogue = {field.icon for field in catalogue().fields}
    in_views = {icon for _, icon in (*LIFE_EVENTS.values(), *ACTIONS.values())}
    return in_config | in_catalogue | in_views | set(PICTURES.values())


def quoted_icons() -> set[str]:
    in_qml = {
        name
        for file in QML
        for line in file.read_text().splitlines()
        if re.search(r"\b(iconName|name|icons):|\? \"|: \"", line)
        for name in re.findall(r'"([a-z][a-z0-9-]+)"', line)
    }
    in_python = {
        name
        for file in SCREEN.glob("*.py")
        for name in re.findall(r'"([a-z][a-z0-9-]+)"', file.read_text())
    }
    return in_qml | in_python


def test_every_icon_is_there_and_none_is_left_over() -> None:
    there = {file.stem for file in (ASSETS / "icons").glob("*.svg")}
    assert needed_icons() <= there
    assert there - needed_icons() - quoted_icons() == set()


def test_every_life_event_has_a_name_and_a_picture() -> None:
    assert set(LIFE_EVENTS) == set(get_args(LifeEvent))


def test_pages_are_short() -> None:
    lengths = {file.name: len(file.read_text().splitlines()) for file in QML}
    assert {name for name, length in lengths.items() if length > 185} == set()
