"""Run trials, show how far they are, write the report; status 1 where one does not hold."""

from __future__ import annotations

import logging
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from kiosk.paths import PROJECT
from tools.prove.ledger import Ledger
from tools.prove.report import write_report
from tools.prove.trial import CannotPlay, Record, Trial
from tools.prove.trials import TRIALS

OUT = PROJECT / "var" / "prove"


@click.command()
@click.argument("names", nargs=-1, type=click.Choice(sorted(TRIALS)))
@click.option(
    "--share", default=1.0, type=click.FloatRange(0.0, 1.0), help="Of each trial's rounds."
)
@click.option("--anew", is_flag=True, help="Forget what was done.")
def main(names: tuple[str, ...], share: float, *, anew: bool) -> None:
    """Trials to their end, then var/prove/index.html."""
    logging.disable()  # what the store says of each cut is what the trial counts
    for name in names or TRIALS:
        trial = TRIALS[name]
        try:
            run(trial, max(1, round(trial.rounds * share)), anew=anew)
        except CannotPlay as error:
            click.echo(f"{name}: left out: {error}")
    records = {name: _ledger(trial).read() for name, trial in TRIALS.items()}
    done = {name: len(those) for name, those in records.items() if those}
    verdicts = {name: TRIALS[name].judge(records[name]) for name in done}
    page = write_report(OUT, TRIALS, verdicts, done)
    for name, verdict in verdicts.items():
        click.echo(f"{name:<10} {'holds' if verdict.holds else 'DOES NOT HOLD'}")
    click.echo(f"the report: {page}")
    sys.exit(not all(verdict.holds for verdict in verdicts.values()))


def run(trial: Trial, rounds: int, *, anew: bool) -> None:
    """What is left of one trial, with a bar."""
    ledger = _ledger(trial)
    done = len(ledger.begin(anew=anew))
    if done >= rounds:
        return
    label = f"{trial.name:<10}"
    with (
        tempfile.TemporaryDirectory(prefix=f"prove-{trial.name}-") as folder,
        click.progressbar(length=rounds, label=label, show_pos=True) as bar,
    ):
        bar.update(done)
        for record in _counted(trial.play(Path(folder), done, rounds), bar):
            ledger.add(record)


def _ledger(trial: Trial) -> Ledger:
    return Ledger(OUT / f"{trial.name}.jsonl", trial.version)


def _counted(records: Iterable[Record], bar: object) -> Iterator[Record]:
    for record in records:
        yield record
        bar.update(1)  # type: ignore[attr-defined]


if __name__ == "__main__":
    main()
