"""var/prove/index.html: a table and plots for each trial, readable without a network."""

from __future__ import annotations

import html
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from tools.plot import line_plot
from tools.prove.trial import Row, Trial, Verdict

STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; color: #1D2430; background: #F6F3EC; margin: 0 auto;
       max-width: 900px; padding: 32px 20px }
h1 { color: #A3161F }
section { background: #fff; border-radius: 20px; padding: 8px 28px 24px; margin: 24px 0;
          border: 1px solid #E3DDD0 }
table { border-collapse: collapse; width: 100% }
td { padding: 6px 12px 6px 0; border-top: 1px solid #E3DDD0 }
td:nth-child(2) { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
td:nth-child(3) { color: #5C6675; white-space: nowrap }
.yes { color: #0E6E6B } .no { color: #A3161F; font-weight: 700 }
svg { width: 100%; height: auto; margin-top: 16px }
"""


def write_report(
    folder: Path, trials: Mapping[str, Trial], verdicts: Mapping[str, Verdict]
) -> Path:
    """Write the page; its path."""
    folder.mkdir(parents=True, exist_ok=True)
    when = datetime.now().astimezone().strftime("%d.%m.%Y %H:%M")
    parts = [
        "<!doctype html><html lang='en'><meta charset='utf-8'><title>Lễ Tân: trials</title>",
        f"<style>{STYLE}</style><h1>What was tried, and whether it held</h1><p>{when}</p>",
    ]
    parts += [_section(trials[name], verdict) for name, verdict in verdicts.items()]
    page = folder / "index.html"
    page.write_text("\n".join(parts) + "</html>\n", "utf-8")
    return page


def _section(trial: Trial, verdict: Verdict) -> str:
    rows = "".join(_row(row) for row in verdict.rows)
    plots = "".join(line_plot(one.title, one.unit, one.values, one.xs, one.x_title)
                    for one in verdict.curves)  # fmt: skip
    held = (
        "<span class='yes'>held</span>" if verdict.holds else "<span class='no'>did not hold</span>"
    )
    return (
        f"<section><h2>{html.escape(trial.name)}: {held}</h2><p>{html.escape(trial.about)}</p>"
        f"<table>{rows}</table>{plots}</section>"
    )


def _row(row: Row) -> str:
    mark = {None: "", True: "<span class='yes'>✓</span>", False: "<span class='no'>✗</span>"}[
        row.ok
    ]
    cells = (html.escape(row.what), html.escape(row.value), html.escape(row.aim), mark)
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
