"""What was measured at each commit: bench/history.jsonl, and var/bench/index.html that draws it."""

from __future__ import annotations

import html
import json
import subprocess
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.figures import Figure
from kiosk.paths import PROJECT
from tools.plot import line_plot

HISTORY = Path(__file__).with_name("history.jsonl")
PAGE = PROJECT / "var" / "bench" / "index.html"
Point = dict[str, Any]
STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; color: #1D2430; background: #F6F3EC;
       max-width: 900px; margin: 0 auto; padding: 24px }
svg { background: #fff; border-radius: 16px; margin: 4px 0 20px; width: 100%; max-width: 560px }
"""


def keep(figures: Sequence[Figure], at: str, machine: str, history: Path = HISTORY) -> None:
    """Add one run; an earlier run of the same commit on the same machine loses what is new here."""
    commit = _commit()
    points = [point for point in read(history) if not _again(point, commit, machine, figures)]
    points += [
        {
            "commit": commit,
            "at": at,
            "machine": machine,
            "row": one.row,
            "what": one.what,
            "value": float(f"{one.value:.4g}"),
            "unit": one.unit,
            "at_most": one.at_most,
            "ratio": None if one.ratio is None else float(f"{one.ratio:.3g}"),
        }
        for one in figures
    ]
    lines = [json.dumps(point, ensure_ascii=False) for point in points]
    history.write_text("\n".join(lines) + "\n", "utf-8")


def read(history: Path = HISTORY) -> list[Point]:
    """All that was kept, oldest first."""
    if not history.is_file():
        return []
    return [json.loads(line) for line in history.read_text("utf-8").splitlines()]


def draw(history: Path = HISTORY, page: Path = PAGE) -> Path:
    """One plot for each figure over the commits; the page's path."""
    series: dict[tuple[int, str, str], list[Point]] = defaultdict(list)
    for point in read(history):
        series[point["row"], point["what"], point["unit"]].append(point)
    parts = [
        "<!doctype html><html lang='en'><meta charset='utf-8'><title>Lễ Tân: figures</title>",
        f"<style>{STYLE}</style><h1>Figures over commits</h1>",
    ]
    for (row, what, unit), points in sorted(series.items()):
        last = points[-1]
        aim = "" if last["at_most"] is None else f", aim ≤ {last['at_most']:g} {unit}"
        parts.append(f"<h3>{row} · {html.escape(what)}: {last['value']:g} {unit}{aim}</h3>")
        parts.append(line_plot(what, unit, [one["value"] for one in points], x_title="runs"))
        parts.append(f"<p>{html.escape(' → '.join(one['commit'] for one in points[-8:]))}</p>")
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text("\n".join(parts) + "</html>\n", "utf-8")
    return page


def _again(point: Point, commit: str, machine: str, figures: Sequence[Figure]) -> bool:
    same = point["commit"] == commit and point["machine"] == machine
    return same and any((one.row, one.what) == (point["row"], point["what"]) for one in figures)


def _commit() -> str:
    """The commit that is measured, with a + where the tree has changed since."""
    asked = ["git", "describe", "--always", "--dirty=+", "--exclude=*"]
    answer = subprocess.run(asked, cwd=PROJECT, capture_output=True, text=True, check=False)
    return answer.stdout.strip() or "?"
