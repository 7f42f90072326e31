"""var/prove/index.html: a table and plots for each trial, readable without a network."""

from __future__ import annotations

import html
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from tools.plot import line_plot
from tools.prove.trial import Row, Trial, Verdict

STYLE = """
:root { --ink: #1D2430; --muted: #5C6675; --brand: #A3161F; --teal: #0E6E6B; --line: #E3DDD0 }
* { box-sizing: border-box }
body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: #F6F3EC; margin: 0 auto;
       max-width: 1080px; padding: 32px 20px 64px }
h1 { color: var(--brand); font-size: 32px; line-height: 1.2; margin: 0 }
h2 { font-size: 22px; margin: 0; display: flex; flex-wrap: wrap; gap: 4px 12px;
     align-items: center }
header p, section > p { color: var(--muted); margin: 8px 0 16px; max-width: 70ch }
nav { display: flex; flex-wrap: wrap; gap: 8px }
nav a, .verdict { border-radius: 99px; padding: 2px 14px; font-size: 15px; font-weight: 600;
                  text-decoration: none }
.held { color: var(--teal); background: #E2F0EF } .failed { color: #fff; background: var(--brand) }
nav a { padding: 8px 18px; border: 1px solid currentColor }
section { background: #fff; border-radius: 28px; padding: 24px 28px; margin: 24px 0;
          border: 1px solid var(--line); scroll-margin-top: 16px }
table { border-collapse: collapse; width: 100% }
th { text-align: left; color: var(--muted); font-weight: 400; font-size: 14px }
td, th { padding: 7px 16px 7px 0; vertical-align: top }
td { border-top: 1px solid var(--line) }
.value { text-align: right; font-variant-numeric: tabular-nums; max-width: 24em }
.aim { color: var(--muted); white-space: nowrap }
.mark { padding-right: 0; width: 24px; text-align: right; font-weight: 700 }
.yes { color: var(--teal) } .no { color: var(--brand) }
tr.broken td { background: #FBECEC }
.plots { display: grid; gap: 8px 24px; margin-top: 20px;
         grid-template-columns: repeat(auto-fit, minmax(min(100%, 400px), 1fr)) }
svg { width: 100%; max-width: 560px; height: auto; display: block }
@media (max-width: 640px) {
  body { padding: 20px 12px 48px } h1 { font-size: 26px }
  section { padding: 20px 16px; border-radius: 20px }
  thead { display: none } tr { display: grid; grid-template-columns: auto 1fr 24px; padding: 8px 0;
  border-top: 1px solid var(--line) } tr.broken { background: #FBECEC }
  td { border: 0; padding: 0 12px 0 0 } .what { grid-column: 1 / 4; color: var(--muted) }
  .value { text-align: left; font-weight: 600 }
  .aim:not(:empty)::before { content: "aim " } .mark { padding: 0 }
}
@media print { body { background: #fff; padding: 0 } section { break-inside: avoid } }
"""


def write_report(
    folder: Path,
    trials: Mapping[str, Trial],
    verdicts: Mapping[str, Verdict],
    rounds: Mapping[str, int],
) -> Path:
    """Write the page; its path. `rounds` tells how many of each trial's are done."""
    folder.mkdir(parents=True, exist_ok=True)
    when = datetime.now().astimezone().strftime("%d.%m.%Y %H:%M")
    links = "".join(
        f"<a class='{_held(verdict)}' href='#{name}'>{'✓' if verdict.holds else '✗'} {name}</a>"
        for name, verdict in verdicts.items()
    )
    parts = [
        "<!doctype html><html lang='en'><meta charset='utf-8'><title>Lễ Tân: trials</title>",
        "<meta name='viewport' content='width=device-width, initial-scale=1'>",
        f"<style>{STYLE}</style><header><h1>What was tried, and whether it held</h1>",
        f"<p>Lễ Tân, {when}. Each trial has its rounds in a ledger beside this page.</p>",
        f"<nav>{links}</nav></header>",
    ]
    parts += [_section(trials[name], verdict, rounds[name]) for name, verdict in verdicts.items()]
    page = folder / "index.html"
    page.write_text("\n".join(parts) + "</html>\n", "utf-8")
    return page


def _held(verdict: Verdict) -> str:
    return "held" if verdict.holds else "failed"


def _section(trial: Trial, verdict: Verdict, rounds: int) -> str:
    rows = "".join(_row(row) for row in verdict.rows)
    plots = "".join(line_plot(one.title, one.unit, one.values, one.xs, one.x_title)
                    for one in verdict.curves)  # fmt: skip
    held = "held" if verdict.holds else "did not hold"
    if rounds < trial.rounds:
        held += f" in {rounds:,} of {trial.rounds:,} rounds"
    return (
        f"<section id='{html.escape(trial.name)}'><h2>{html.escape(trial.name)}"
        f"<span class='verdict {_held(verdict)}'>{held}</span></h2>"
        f"<p>{html.escape(trial.about)}</p>"
        f"<table><thead><tr><th></th><th class='value'>seen</th><th class='aim'>aim</th><th></th>"
        f"</tr></thead>{rows}</table><div class='plots'>{plots}</div></section>"
    )


def _row(row: Row) -> str:
    mark = {None: "", True: "<span class='yes'>✓</span>", False: "<span class='no'>✗</span>"}
    cells = (
        ("what", html.escape(row.what)),
        ("value", html.escape(row.value)),
        ("aim", html.escape(row.aim)),
        ("mark", mark[row.ok]),
    )
    told = "".join(f"<td class='{name}'>{cell}</td>" for name, cell in cells)
    return f"<tr{' class=broken' if row.ok is False else ''}>{told}</tr>"
