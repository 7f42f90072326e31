"""A printer that is away for long costs no more with time, and is found when it is back."""

import logging

import pytest

from tools.campaigns.printer_away import be_away


@pytest.mark.parametrize("kind", ["tcp", "pty"])
def test_half_an_hour_played_fast(kind, tmp_path, caplog):
    """The whole day is `python -m tools.campaigns.printer_away`."""
    caplog.set_level(logging.INFO, logger="kiosk.core.devices")
    away = be_away(kind, 0.5, tmp_path)
    assert away.looks >= 2400  # one each 0.75 s
    assert away.growth < 1.5
    assert away.handles_grown == 0
    assert away.kb_grown < 50
    assert away.found_again
    # a crowded machine may also say that the printer is busy with what frees it of a torn slip
    told = [
        line.split(":")[0]
        for line in caplog.messages
        if line.startswith("printer is") and "busy" not in line
    ]
    assert told == ["printer is unavailable", "printer is ready"]
