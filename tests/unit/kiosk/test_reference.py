"""docs/reference/ names every key, command, event and code, as the sources have them now."""

import typing

import msgspec
import pytest

from kiosk import words
from kiosk.config.keys import keys
from kiosk.paths import PROJECT
from tools import reference


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    return reference.pages()


def test_the_pages_are_those_that_the_sources_make(pages):
    there = {path.name: path.read_text("utf-8") for path in reference.FOLDER.glob("*.md")}
    assert there.keys() == pages.keys()
    old = [name for name in pages if there[name] != pages[name]]
    assert old == [], "python -m tools.reference writes them anew"


def test_nothing_is_left_out(pages):
    assert [key for key in keys() if f"| `{key}` |" not in pages["keys.md"]] == []
    unions = (words.AnyCommand, words.AnyEvent, words.Result)
    kinds = [kind for union in unions for kind in typing.get_args(union)]
    assert all(issubclass(kind, msgspec.Struct) for kind in kinds)
    tags = [str(kind.__struct_config__.tag) for kind in kinds]
    assert [tag for tag in tags if f"| `{tag}` |" not in pages["words.md"]] == []
    assert "`kiosk technician pin [--pin-stdin] [--none]`" in pages["commands.md"]
    assert "no_technician" in pages["codes.md"]


def test_they_are_linked_from_where_one_looks():
    for page in ("README.md", "docs/technician.md"):
        assert "reference/keys.md" in (PROJECT / page).read_text("utf-8")
