"""The judges of the long trials: what is as it should be holds, each fault does not."""

import pytest

from hardware.simulators.printer_faults import FAULTS
from tools.prove.trials import TRIALS
from tools.prove.trials.apart import SITES
from tools.prove.trials.clock import LEAPS
from tools.prove.trials.network import FAULTS as LINE_FAULTS
from tools.prove.trials.years import WHAT

CLOCK = {
    "promised": 36, "lost": 0, "doubled": 0, "disorder": 0, "expired": 0, "may_expire": False,
    "day_back": False, "wrong_date": 0, "longest_ms": 9.0, "lives": True, "leap": LEAPS[0].name,
    "told": True, "told_right": True, "slip_off_s": 1.0, "refused": 0,
}  # fmt: skip
NETWORK = {
    "fault": LINE_FAULTS[0], "calm_ms": [2.0], "waits_ms": [2.0], "noticed": True, "told_s": 1.0,
    "entries": 9, "missing": 0, "twice": 0, "disorder": 0, "orders": 1, "others": 0, "aside": 0,
    "lost": 0, "doubled": 0,
}  # fmt: skip
APART = {"fault": "", "numbers": 90, "bookings": 12, "twice": 3, "waits_ms": [9.0, 99.0, 300.0]}
PRINTER = {
    "fault": FAULTS[0], "rounds": 5, "shown": 5, "stored": 5, "at_once": 1, "probable": 0,
    "later": 2, "asked": 2, "again": 1, "twice": 0, "lost": 0, "troubles": [],
}  # fmt: skip
YEAR = {
    "year": 1, "tickets": 75_000, "lost": 0, "same_numbers": True, "integrity": "ok",
    "start_s": [1.2, 1.1], "cleaning_start_s": 1.4, "db_mb": 90.0, "backup_s": 2.0,
    "backup_mb": 80.0, "backup_waits_ms": [3.0, 9.0], "p50": {one: [1.1, 1.0] for one in WHAT},
    "cleaned": {"ticket_step": 3, "feedback": 1, "outbox": 4},
}  # fmt: skip
GOOD = {"clock": CLOCK, "network": NETWORK, "apart": APART, "printer": PRINTER, "years": YEAR}


@pytest.mark.parametrize("name", GOOD)
def test_what_is_as_it_should_be_holds(name):
    verdict = TRIALS[name].judge([GOOD[name], GOOD[name]])
    assert verdict.holds
    assert all(len(curve.values) == 2 for curve in verdict.curves)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        *(("clock", {key: 1}) for key in ("lost", "doubled", "disorder", "expired", "day_back")),
        *(("clock", {key: False}) for key in ("told", "told_right", "lives")),
        ("clock", {"slip_off_s": 3600.0}),
        ("clock", {"refused": 1}),
        *(("network", {key: 1}) for key in ("missing", "twice", "disorder", "others", "lost")),
        ("network", {"told_s": None}),
        ("network", {"orders": 2}),
        ("apart", {"fault": "told, but not waiting: ['D001']"}),
        *(("printer", {key: 1}) for key in ("twice", "lost")),
        ("printer", {"troubles": ["no reprint"]}),
        ("printer", {"shown": 4}),
        ("years", {"lost": 1}),
        ("years", {"same_numbers": False}),
        ("years", {"integrity": "row 3 missing from index"}),
    ],
)
def test_each_fault_does_not(name, wrong):
    assert not TRIALS[name].judge([GOOD[name], GOOD[name] | wrong, GOOD[name]]).holds


def test_the_parts_of_a_trial_that_were_campaigns_have_their_rounds():
    assert TRIALS["printer"].rounds * 5 == 12 * 50
    assert TRIALS["apart"].rounds == SITES
