"""Measure, print one table, write bench/results.json. A slow machine fails nothing.

Each run is added to bench/history.jsonl; var/bench/index.html draws it over the commits.

make bench               all rows
python -m bench issue    one subject: issue, hall, site, kiosks, slip, printer, board, page,
                         processes, questions, bad_input, voice, centre, centre_pages
"""

from __future__ import annotations

import dataclasses
import importlib
import json
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path

from bench import history
from bench.figures import Figure, table

SUBJECTS = (
    "issue", "hall", "site", "kiosks", "slip", "printer", "board", "page", "processes", "questions",
    "bad_input", "voice", "centre", "centre_pages",
)  # fmt: skip
RESULTS = Path(__file__).parent / "results.json"


def main() -> int:
    """Run the subjects that were named, or all."""
    figures: list[Figure] = []
    for subject in sys.argv[1:] or SUBJECTS:
        module = importlib.import_module(f"bench.rows.{subject}")
        print(f"… {subject}: {(module.__doc__ or '').strip().splitlines()[0]}", flush=True)
        figures += module.measure()
    figures.sort(key=lambda figure: figure.row)
    print(table(figures))
    at = datetime.now(UTC).isoformat(timespec="seconds")
    machine = f"{platform.machine()}, Python {platform.python_version()}"
    history.keep(figures, at, machine)
    print(f"over the commits: {history.draw()}")
    RESULTS.write_text(
        json.dumps(
            {
                "at": at,
                "machine": machine,
                "figures": [
                    {**dataclasses.asdict(one), "ratio": one.ratio, "verdict": one.verdict}
                    for one in figures
                ],
            },
            ensure_ascii=False,
            indent=1,
        )
        + "\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
