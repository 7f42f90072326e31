"""A printer that is away for a day: what looking for it costs, and whether that grows.

    python -m tools.campaigns.printer_away            24 hours on each line, a few minutes
    python -m tools.campaigns.printer_away --hours 2

The core's own worker and driver look for a printer that is not there, on a loop whose clock jumps
over the naps. For each part of the day: processor time for one look. At the end the printer is
plugged in and must be found.
"""

from __future__ import annotations

import asyncio
import logging
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import click

from hardware.printer.escpos_bytes import fresh_start
from hardware.printer.paper import PAPERS
from hardware.printer.ports import open_printer
from hardware.simulators.lines import PtyLine, TcpLine
from hardware.simulators.printer import SimulatedPrinter
from kiosk.core.devices import Devices
from kiosk.core.paper import PaperForecast
from kiosk.core.printer_edge import PrinterEdge
from kiosk.core.printing import Printing, PrintingHost
from kiosk.paths import ASSETS
from kiosk.ports import Condition, Store
from tools.campaigns.fast_loop import FastLoop
from tools.campaigns.ward import LineKind

FONTS = ASSETS / "fonts"
PARTS = 8


@dataclass(frozen=True, slots=True)
class Away:
    """What it cost: processor milliseconds for a look in each part of the time."""

    ms_a_look: list[float]
    looks: int
    handles_grown: int
    kb_grown: float
    found_again: bool

    @property
    def growth(self) -> float:
        """The later half against the earlier one; the first part is warm-up."""
        half = PARTS // 2
        return min(self.ms_a_look[half:]) / min(self.ms_a_look[1:half])


class Watcher:
    """What the worker tells of the printer; it has no jobs to ask of a store."""

    def __init__(self) -> None:
        self.devices = Devices(("printer",), lambda: None)
        self.looks = 0

    def printer_is(self, state: Condition, **told: Any) -> None:
        """See kiosk.core.printer_edge.PrinterHost."""
        self.looks += 1
        self.devices.set("printer", state, **told, now="")

    def now(self) -> datetime:
        """The time of day, which does not matter here."""
        return datetime.now(UTC)


def be_away(kind: LineKind, hours: float, folder: Path) -> Away:
    """Look for a printer that is not there for so long."""
    machine = SimulatedPrinter(paper=PAPERS[80], fonts=FONTS, out_dir=folder)
    line = TcpLine(machine) if kind == "tcp" else PtyLine(machine, folder / "tty")
    port = f"tcp:127.0.0.1:{line.port}" if isinstance(line, TcpLine) else f"serial:{line.link}"
    line.close()
    watcher = Watcher()
    edge = PrinterEdge(
        watcher,
        lambda: open_printer(port, paper_mm=80, fonts=FONTS, out_dir=folder),
        PaperForecast(cast("Store", None), low_mm=0),
    )
    printing = Printing(cast("PrintingHost", watcher), edge, retry_s=0)
    loop = FastLoop(edge.is_busy)

    async def day() -> Away:
        work = asyncio.create_task(printing.run())
        part = hours * 3600 / PARTS
        costs = []
        await asyncio.sleep(part / 10)
        handles, memory = _handles(), _memory()
        for _ in range(PARTS):
            looks, cpu = watcher.looks, time.process_time()
            await asyncio.sleep(part)
            costs.append((time.process_time() - cpu) * 1000 / (watcher.looks - looks))
        grown = _handles() - handles, (_memory() - memory) / 1000
        back = (
            TcpLine(machine, port=line.port)
            if isinstance(line, TcpLine)
            else PtyLine(machine, line.link)
        )
        found = await _comes_true(lambda: watcher.devices.is_ready("printer"))
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)
        back.close()
        return Away(costs, watcher.looks, *grown, found_again=found)

    fresh_start()  # loads python-escpos, which takes seconds while memory is traced
    tracemalloc.start()
    try:
        with asyncio.Runner(loop_factory=lambda: loop) as runner:
            return runner.run(day())
    finally:
        tracemalloc.stop()


async def _comes_true(check: Callable[[], bool]) -> bool:
    """Within a minute of the loop's time."""
    for _ in range(60):
        if check():
            return True
        await asyncio.sleep(1)
    return False


def _handles() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def _memory() -> int:
    return tracemalloc.get_traced_memory()[0]


@click.command()
@click.option("--hours", default=24.0, show_default=True)
def main(hours: float) -> None:
    """A printer that is away for a day: what looking for it costs, and whether that grows."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    for kind in ("tcp", "pty"):
        with tempfile.TemporaryDirectory() as folder:
            away = be_away(cast("LineKind", kind), hours, Path(folder))
        parts = " ".join(f"{cost:.3f}" for cost in away.ms_a_look)
        click.echo(
            f"{kind}: {away.looks} looks; ms a look {parts}; later/earlier {away.growth:.2f}; "
            f"handles {away.handles_grown:+d}; memory {away.kb_grown:+.1f} kB; "
            f"found again: {away.found_again}"
        )


if __name__ == "__main__":
    main()
