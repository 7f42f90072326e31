"""Three kiosks of one site torn apart again and again (tools.campaigns.kiosks_apart)."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.figures import p50, p99
from tools.campaigns.kiosks_apart import tear_apart
from tools.prove.trial import Curve, Record, Row, Trial, Verdict

SITES = 8
TEARS = 5


def play(folder: Path, first: int, last: int) -> Iterator[Record]:
    """A site for each round, torn apart so many times, then looked at."""
    for number in range(first, last):
        record: Record = {"round": number, "fault": ""}
        try:
            told = tear_apart(folder / f"site{number}", TEARS, random.Random(number), _silence)
        except (AssertionError, TimeoutError) as error:
            yield record | {"fault": str(error)}
            continue
        waits = [1000 * one for one in told.waits]
        yield record | {
            "numbers": len(told.numbers),
            "bookings": len(told.bookings),
            "twice": sum(len(numbers) > 1 for numbers in told.bookings.values()),
            "waits_ms": [round(one, 1) for one in (p50(waits), p99(waits), max(waits))],
        }


def _silence(_: str) -> None:
    """The records tell."""


def judge(records: Sequence[Record]) -> Verdict:
    """What a citizen was told is in the leader's hands, once, and waits to be called."""
    broken = [one["fault"] for one in records if one["fault"]]
    whole = [one for one in records if not one["fault"]]
    tears, numbers = TEARS * len(records), sum(one["numbers"] for one in whole)
    bookings, twice = (sum(one[key] for one in whole) for key in ("bookings", "twice"))
    rows = [
        Row("sites, times torn apart", f"{len(records)}, {tears}", f"{SITES}, {SITES * TEARS}"),
        Row("numbers told", f"{numbers:,}"),
        Row("bookings, checked in at two kiosks", f"{bookings}, {twice}"),
        Row("sites where a number was lost, equal or nobody's",
            f"{len(broken)} {'; '.join(broken)}".strip(), "0", not broken),
    ]  # fmt: skip
    waits = [one["waits_ms"] for one in whole]
    if waits:
        middle, late, most = (max(one[place] for one in waits) for place in range(3))
        rows.append(
            Row("an answer at those who follow, the worst p50 / p99 / longest",
                f"{middle:.0f} / {late:.0f} / {most:.0f} ms")
        )  # fmt: skip
    return Verdict(rows, [Curve("an answer at those who follow, p99", "ms",
                                [late for _, late, _ in waits], x_title="site")])  # fmt: skip


TRIAL = Trial(
    "apart",
    "Three core processes, one of which leads. Citizens take numbers at all of them and check "
    "bookings in, some at two kiosks, while the leader freezes or is killed, or one that follows "
    "is killed; then everything is handed over.",
    SITES,
    play,
    judge,
)
