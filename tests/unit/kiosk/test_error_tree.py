"""The tree of errors is the one that its docstring draws, and its codes are those in use."""

import re

import pytest

from kiosk import errors
from kiosk.errors import CommandRefused, KioskError, OurFault, Trouble
from kiosk.paths import PROJECT


def tree(root, depth=0):
    yield depth, root.__name__
    for child in root.__subclasses__():
        if child.__module__ == errors.__name__:
            yield from tree(child, depth + 1)


def test_the_docstring_draws_the_tree():
    drawn = re.findall(r"^    ((?:[│├└─ ]{4})*)([A-Z]\w+) ", errors.__doc__, re.MULTILINE)
    assert [(len(indent) // 4, name) for indent, name in drawn] == list(tree(KioskError))


def test_every_code_in_the_sources_is_drawn():
    used = {
        code
        for path in (PROJECT / "kiosk").rglob("*.py")
        for call in re.findall(
            r"(?:CommandRefused|Trouble)\([^()]*(?:\([^()]*\)[^()]*)*\)", path.read_text("utf-8")
        )
        for code in re.findall(r'code="(\w+)"', call)
    }
    assert "unknown_service" in used
    assert {code for code in used if not re.search(rf"\b{code}\b", errors.__doc__)} == set()


@pytest.mark.parametrize(
    ("kind", "code"),
    [(name, getattr(errors, name).code) for _, name in tree(KioskError)],
)
def test_each_error_carries_its_code_and_its_detail(kind, code):
    made = getattr(errors, kind)
    error = made("paper is out", code="another")
    assert (str(error), error.detail, error.code) == ("paper is out", "paper is out", "another")
    if made is not CommandRefused:
        assert made().code == code


def test_a_refusal_may_tell_when_to_come_again():
    refusal = CommandRefused("shut", code="closed", opens_at="2026-11-23T07:30:00+07:00")
    assert refusal.opens_at == "2026-11-23T07:30:00+07:00"
    assert CommandRefused(code="full").opens_at == ""


def test_a_bug_is_no_trouble():
    assert not issubclass(OurFault, Trouble)
