"""The twelve faults of a printer at any byte of a slip (tools.campaigns.printer_faults)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path

from hardware.simulators.printer_faults import FAULTS
from tools.campaigns.printer_faults import LINES, Tally, try_fault
from tools.prove.trial import Record, Row, Trial, Verdict

SLIPS = 5
TIMES = 50  # each fault, on both lines together
JOBS = 4  # printers at the same time
ROUNDS = len(FAULTS) * TIMES // SLIPS


def play(folder: Path, first: int, last: int) -> Iterator[Record]:
    """A core process and a printer for each round: some slips of one fault on one line."""
    with ThreadPoolExecutor(JOBS) as pool:
        yield from pool.map(lambda number: _round(folder, number), range(first, last))


def _round(folder: Path, number: int) -> Record:
    turn, place = divmod(number, len(FAULTS))
    fault, line = FAULTS[place], LINES[turn % len(LINES)]
    tally = try_fault(fault, SLIPS, (line,), folder / f"turn{turn}", seed=f"{fault} {turn}")
    return {"round": number, "line": line, **asdict(tally)}


def judge(records: Sequence[Record]) -> Verdict:
    """Every number shown and stored, every slip printed once or known as unknown."""
    rows = [Row("slips, of 12 faults", f"{sum(one['rounds'] for one in records)}",
                f"{ROUNDS * SLIPS}")]  # fmt: skip
    for fault in FAULTS:
        tally = Tally(fault)
        for one in records:
            if one["fault"] == fault:
                tally.add(one)
        if tally.rounds:
            told = f"{tally.at_once} / {tally.later} / {tally.asked} / {tally.again}"
            rows.append(Row(f"{fault}: printed at once / later / asked / reprinted", told))
            rows.append(
                Row(f"{fault}: of {tally.rounds} shown, stored, twice, lost, not as it should",
                    f"{tally.shown}, {tally.stored}, {tally.twice}, {tally.lost}, "
                    f"{len(tally.troubles)}", f"{tally.rounds}, {tally.rounds}, 0, 0, 0",
                    tally.good)
            )  # fmt: skip
    return Verdict(rows)


TRIAL = Trial(
    "printer",
    "A core process and a simulated printer on a TCP port or a pty. A fault begins before a slip "
    "or at any byte of it, a number is taken, the printer is mended, the citizen looks into the "
    "tray; then the paper is counted by its QR codes.",
    ROUNDS,
    play,
    judge,
)
