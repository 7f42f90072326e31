"""The pages for technicians name every check, step, template and command there is."""

import re

import click
import pytest

from kiosk.__main__ import kiosk
from kiosk.doctor.examining import CHECKS
from kiosk.first_start.steps import STEPS, TEMPLATES
from kiosk.paths import PROJECT
from kiosk.words.technician import SELF_TESTS

PAGES = {path.stem: path.read_text("utf-8") for path in (PROJECT / "docs/technician").glob("*.md")}


def test_every_check_has_its_line():
    assert [name for name in CHECKS if f"`{name}`" not in PAGES["doctor"]] == []


def test_every_step_and_template_has_its_line():
    rows = re.findall(r"^\| \d+ \| (\w+) \|", PAGES["first-start"], re.MULTILINE)
    assert rows == list(STEPS)
    assert [name for name in TEMPLATES if f"| `{name}` |" not in PAGES["first-start"]] == []


def test_every_self_test_has_its_line():
    assert [name for name in SELF_TESTS if f"| `{name}` |" not in PAGES["screen"]] == []


@pytest.mark.parametrize(
    ("page", "group", "told"),
    [
        ("configuration", "config", "kiosk config "),
        ("doctor", "support", "kiosk support "),
        ("install", "upgrade", "kiosk upgrade "),
        ("screen", "technician", "kiosk technician "),
    ],
)
def test_every_command_is_told(page, group, told):
    context = click.Context(kiosk)
    found = kiosk.get_command(context, group)
    assert isinstance(found, click.Group)
    shown = PAGES[page].replace("`sudo kiosk", "`kiosk")
    assert [name for name in found.commands if f"`{told}{name}" not in shown] == []
