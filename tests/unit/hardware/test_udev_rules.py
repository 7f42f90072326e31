"""The udev rules: each line is one that udev understands, and does what the pages say."""

import re

import pytest

from kiosk.paths import PROJECT

RULES = (PROJECT / "hardware" / "udev" / "60-le-tan.rules").read_text("utf-8")
PART = re.compile(
    r"(ACTION|SUBSYSTEMS?|DRIVERS?|LABEL|GOTO|GROUP|MODE|SYMLINK|TEST|(ENV|ATTRS?|IMPORT)\{[\w/]+\})"
    r'(==|!=|\+=|=)"[^"]*"'
)
ACTIVE = [line for line in RULES.splitlines() if line and not line.startswith("#")]
EXAMPLES = [line[1:] for line in RULES.splitlines() if re.match(r"#[A-Z]+[{=]", line)]


@pytest.mark.parametrize("line", ACTIVE + EXAMPLES)
def test_each_line_is_a_rule(line):
    assert all(PART.fullmatch(part) for part in line.split(", "))


def test_every_jump_lands():
    jumps, labels = (set(re.findall(rf'{word}="(\w+)"', RULES)) for word in ("GOTO", "LABEL"))
    assert jumps == labels


def test_modem_manager_is_kept_away_before_its_own_rules_are_read():
    assert 'ENV{ID_MM_DEVICE_IGNORE}="1"' in RULES  # its files begin with 77 and 78


def test_the_examples_bind_by_serial_number_and_by_socket():
    assert any("ID_SERIAL_SHORT" in line and "le-tan/printer" in line for line in EXAMPLES)
    assert any("ID_PATH" in line and "le-tan/printer" in line for line in EXAMPLES)
