"""Rounds beside the requests: a fault is said once; who ends them waits for the one under way."""

from __future__ import annotations

import asyncio

from centre_loop import in_a_loop

from centre import rounds
from centre.rounds import Rounds


def made(work, **more: float) -> Rounds:
    pauses = {"every_s": 0.001, "failed_s": 0.001} | more
    return Rounds(work, **pauses, failed="it failed", mended="it is mended")


def test_a_fault_is_said_once_and_once_when_it_is_over(caplog):
    count = 0
    enough = asyncio.Event()

    async def work() -> None:
        nonlocal count
        count += 1
        if count in (2, 3, 4, 7):
            raise LookupError
        if count >= 9:
            enough.set()

    async def story() -> None:
        one = made(work)
        await one.begin()
        async with asyncio.timeout(30):
            await enough.wait()
        await one.end()

    in_a_loop(story())
    said = [one.message for one in caplog.records]
    assert said.count("it failed") == 2
    assert said.count("it is mended") == 2


def test_the_round_under_way_is_waited_for_and_one_that_hangs_is_cut_off(monkeypatch):
    monkeypatch.setattr(rounds, "ENDING_S", 0.05)
    ended: list[str] = []

    async def story() -> None:
        begun, go_on = asyncio.Event(), asyncio.Event()

        async def work() -> None:
            begun.set()
            await go_on.wait()
            ended.append("whole")

        async def hang() -> None:
            begun.set()
            try:
                await asyncio.Event().wait()
            finally:
                ended.append("cut off")

        one = made(work, every_s=60)
        await one.begin()
        await begun.wait()
        go_on.set()
        await one.end()
        begun.clear()
        other = made(hang)
        await other.begin()
        await begun.wait()
        await other.end()
        await made(work).end()  # never begun

    in_a_loop(story())
    assert ended == ["whole", "cut off"]
