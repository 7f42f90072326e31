"""docs/threats.md names what shows each answer, and all of that is there."""

import re

from kiosk.paths import PROJECT

PAGE = (PROJECT / "docs" / "threats.md").read_text("utf-8")


def test_every_test_and_trial_that_is_named_is_there():
    named = re.findall(r"`((?:tests|tools)/[\w/]+\.py)::(\w+)`", PAGE)
    assert len(named) > 40
    missing = [
        f"{file}::{name}"
        for file, name in named
        if not re.search(
            rf"^(?:async )?def {name}\(", (PROJECT / file).read_text("utf-8"), re.MULTILINE
        )
    ]
    assert missing == []


def test_every_row_says_what_answers_or_that_nothing_does():
    rows = [line.split(" | ") for line in PAGE.splitlines() if line.startswith("| ")]
    bare = [row[0] for row in rows if "::" not in row[-1] and "**Not answered" not in row[1]]
    headings = {"| Wants", "| Finds", "| Part"}
    assert [wish for wish in bare if wish not in headings] == []
