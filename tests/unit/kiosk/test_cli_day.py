"""A day on the command line is a day, or told to be none before anybody is asked."""

import pytest
from click.testing import CliRunner

from kiosk.__main__ import kiosk


@pytest.mark.parametrize("day", ["nonsense", "2026-02-30", "01/12/2026"])
@pytest.mark.parametrize("command", [("ticket", "list"), ("printer", "slips")])
def test_what_is_no_day_is_told(command: tuple[str, str], day: str) -> None:
    told = CliRunner().invoke(kiosk, [*command, "--day", day])
    assert told.exit_code == 2
    assert f"{day!r} is no day" in told.stderr
