"""How long a printer's fault takes to reach the faces, and how long the good news after it.

    python -m tools.campaigns.printer_seen

Each fault that stops a printer is switched on and mended several times, at a random moment between
two looks of the core, on a TCP port and on a pty; the times are those at which a face, joined by
the socket, hears the new state.

The table goes to standard output and to docs/trials/printer-seen.md.
"""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from hardware.simulators.printer_faults import Fault
from kiosk.paths import PROJECT
from tools.campaigns.printer_faults import LINES
from tools.campaigns.ward import LineKind, Ward

STOPPING: tuple[Fault, ...] = (
    "paper_out",
    "cover_open",
    "cutter_error",
    "overheated",
    "silent",
    "unplugged",
    "power_off",
    "garbage",
    "slow",
)
PATIENCE_S = 20.0
REPORT = PROJECT / "docs" / "trials" / "printer-seen.md"
LOOK_S = 0.75


@dataclass(frozen=True, slots=True)
class Seen:
    """Seconds from the fault to its news, and from the mend to its news."""

    fault: Fault
    line: LineKind
    told_s: float
    back_s: float


def see(ward: Ward, kind: LineKind, times: int) -> Iterator[Seen]:
    """Each stopping fault so many times."""
    dice = random.Random(1)
    assert ward.until_printer("ready", PATIENCE_S)
    for fault in STOPPING:
        for _ in range(times):
            time.sleep(dice.uniform(0, LOOK_S))
            begun = time.monotonic()
            ward.machine.set_fault(fault)
            assert ward.until(lambda: ward.printer.state == "unavailable", PATIENCE_S), fault
            told = time.monotonic() - begun
            time.sleep(dice.uniform(0, LOOK_S))
            mended = time.monotonic()
            ward.machine.clear_faults()
            assert ward.until(lambda: ward.printer.state == "ready", PATIENCE_S), fault
            yield Seen(fault, kind, told, time.monotonic() - mended)


def see_all(times: int) -> list[Seen]:
    """On both lines."""
    found: list[Seen] = []
    with tempfile.TemporaryDirectory(prefix="printer-seen-") as root:
        for kind in LINES:
            with Ward(Path(root) / kind, kind) as ward:
                found += see(ward, kind, times)
    return found


def table(found: list[Seen]) -> str:
    """The worst of each fault and line, as Markdown."""
    lines = ["| fault | line | told | back |", "| --- | --- | --- | --- |"]
    for fault in STOPPING:
        for kind in LINES:
            these = [one for one in found if (one.fault, one.line) == (fault, kind)]
            told, back = max(one.told_s for one in these), max(one.back_s for one in these)
            lines.append(f"| {fault} | {kind} | {told:.2f} s | {back:.2f} s |")
    return "\n".join(lines) + "\n"


@click.command()
@click.option("--times", default=5, show_default=True)
def main(times: int) -> None:
    """How long a printer's fault takes to reach the faces, and how long the good news after it."""
    text = table(see_all(times))
    click.echo(text)
    intro = (__doc__ or "").split("\n\n", 2)[2].rsplit("\n\n", 1)[0]
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(
        f"# How soon a printer's fault is told, the worst of {times}\n\n{intro}\n\n{text}", "utf-8"
    )


if __name__ == "__main__":
    main()
