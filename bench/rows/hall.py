"""Row 5: a counter's click at the core's door until it is durable and told, after ten years.

Measured through Engine.do with the real store on this disk: "next" with 200 people waiting, on a
new store and on one with 750,000 tickets; then every other verb of a visit, and the whole state of
the hall as a board is told it.
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
import time
from pathlib import Path

from bench.figures import Figure, p50, p99
from bench.rows.issue import HISTORY, make_history
from kiosk.app import Core
from kiosk.config import load_config
from kiosk.paths import DEFAULT_CONFIG, DEFAULT_DATA, DataFolder
from kiosk.words import (
    AnyCommand,
    AskHall,
    AskQueue,
    CallNext,
    Complete,
    IssueTicket,
    KeepStaff,
    OpenCounter,
    Recall,
    Serve,
)

WAITING = 200
VISITS = 300
SERVICES = ("land", "social", "business")  # counter 4 calls for these
CLASSES = ("", "", "elderly", "pregnant")


def measure() -> list[Figure]:
    """p50 and p99 of "next" on a new and an old store, and p99 of the other clicks."""
    DEFAULT_DATA.mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="bench-", dir=DEFAULT_DATA))  # the disk that counts
    try:
        fresh = asyncio.run(visit_times(DataFolder(folder / "fresh")))
        old = DataFolder(folder / "old")
        make_history(old)
        aged = asyncio.run(visit_times(old))
    finally:
        shutil.rmtree(folder)
    with_history = f"with {HISTORY:,} tickets"
    others = [one for name in ("recall", "serve", "complete") for one in aged[name]]
    looks = {"the whole hall": aged["hall"], f"a queue of {WAITING}": aged["queue"]}
    return [
        Figure(
            row=5,
            what=f"call next, p50, {with_history}, against none",
            value=p50(aged["next"]) / p50(fresh["next"]),
            unit="x",
            at_most=1.1,
        ),
        Figure(
            row=5,
            what=f"call next, p50, {with_history}",
            value=p50(aged["next"]),
            unit="ms",
            at_most=2.0,
        ),
        Figure(
            row=5,
            what=f"call next, p99, {with_history}",
            value=p99(aged["next"]),
            unit="ms",
            at_most=8.0,
        ),
        Figure(
            row=5, what="recall, serve, complete, p99", value=p99(others), unit="ms", at_most=8.0
        ),
        *(
            Figure(row=5, what=f"{what} asked for, p99", value=p99(times), unit="ms", at_most=8.0)
            for what, times in looks.items()
        ),
    ]


async def visit_times(data: DataFolder) -> dict[str, list[float]]:
    """Milliseconds of each click of so many visits at one counter."""
    data.make()
    core = Core(load_config(DEFAULT_CONFIG), data)
    heard: list[object] = []
    core.engine.listen(heard.append)
    core.begin()
    times: dict[str, list[float]] = {}

    async def click(name: str, command: AnyCommand) -> object:
        begin = time.perf_counter()
        result = core.engine.do(command, "bench")
        await asyncio.sleep(0)  # the hall is told in the loop's next turn
        times.setdefault(name, []).append((time.perf_counter() - begin) * 1000)
        return result

    await click("staff", KeepStaff(code="lan", name="Lan", role="clerk", pin_hash="x"))
    await click("open", OpenCounter(counter="4", staff="lan"))
    for number in range(WAITING + VISITS):
        wanted = IssueTicket(
            request_id=f"bench-{number:08d}",
            service=SERVICES[number % len(SERVICES)],
            priority=CLASSES[number % len(CLASSES)],
        )
        await click("issue", wanted)
        if number < WAITING:
            continue
        called = await click("next", CallNext(counter="4", staff="lan"))
        ticket = called.ticket.id  # type: ignore[attr-defined]
        for name, kind in (("recall", Recall), ("serve", Serve), ("complete", Complete)):
            await click(name, kind(ticket_id=ticket, counter="4", staff="lan"))
        await click("hall", AskHall())
        await click("queue", AskQueue(counter="4"))
    return times
