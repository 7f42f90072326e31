"""A short version of the campaign: each fault once, with real core processes."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from hardware.simulators.printer_faults import FAULTS
from tools.campaigns.printer_faults import LINES, try_fault


@pytest.mark.slow
def test_each_fault_once(tmp_path):
    """On one of the two lines, by turns."""
    with ThreadPoolExecutor(4) as pool:
        tries = [
            pool.submit(try_fault, fault, 1, (LINES[place % 2],), tmp_path)
            for place, fault in enumerate(FAULTS)
        ]
        tallies = [one.result() for one in tries]
    assert all(tally.good for tally in tallies), tallies
