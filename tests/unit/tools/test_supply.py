"""The table of licences holds what the lock holds, and nothing that is GPL alone."""

import re

import pytest

from tools.supply import TABLE, is_fine, locked


def test_the_table_is_the_locks():
    rows = re.findall(r"^\| ([a-z0-9-]+) \| (\S+) \| (.+?) \|", TABLE.read_text(), re.MULTILINE)
    rows.remove(("package", "version", "licence"))
    assert {name: version for name, version, _ in rows} == locked()
    assert [(name, licence) for name, _, licence in rows if not is_fine(licence)] == []


@pytest.mark.parametrize(
    ("licence", "fine"),
    [
        ("MIT", True),
        ("LGPL-3.0-only OR GPL-2.0-only", True),
        ("GNU Lesser General Public License v3 (LGPLv3)", True),
        ("GPL-3.0-only", False),
        ("GNU General Public License v3 (GPLv3)", False),
        ("AGPL-3.0-or-later", False),
        ("Mozilla Public License 2.0 (MPL 2.0)", True),
    ],
)
def test_which_licences_are_fine(licence, fine):
    assert is_fine(licence) is fine
