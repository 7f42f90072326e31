"""Questions asked together: each gets its own answer, and a fault is everybody's of that round."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from centre.errors import Away
from centre.store import together
from centre.store.together import Together


def test_alone_a_question_goes_at_once_and_under_load_many_go_together() -> None:
    rounds: list[list[int]] = []

    async def answers(questions: Sequence[int]) -> list[int]:
        rounds.append(list(questions))
        await asyncio.sleep(0)
        return [one * 2 for one in questions]

    async def ask() -> list[int]:
        asking: Together[int, int] = Together(answers)
        first = await asking.ask(0)
        return [first, *await asyncio.gather(*(asking.ask(number) for number in range(1, 500)))]

    assert asyncio.run(ask()) == [number * 2 for number in range(500)]
    assert rounds[0] == [0]
    assert len(rounds) < 10
    assert max(map(len, rounds)) <= together.MOST


def test_a_round_that_fails_fails_for_those_in_it_alone() -> None:
    async def answers(questions: Sequence[int]) -> list[int]:
        if 1 in questions:
            raise OSError("away")
        return list(questions)

    async def ask() -> tuple[object, int]:
        asking: Together[int, int] = Together(answers)
        failed = await asyncio.gather(asking.ask(1), return_exceptions=True)
        return failed[0], await asking.ask(2)

    failed, after = asyncio.run(ask())
    assert isinstance(failed, OSError)
    assert after == 2


def test_whoever_goes_away_does_not_take_the_others_along() -> None:
    async def ask() -> list[int]:
        gate = asyncio.Event()

        async def answers(questions: Sequence[int]) -> list[int]:
            await gate.wait()
            return list(questions)

        asking: Together[int, int] = Together(answers)
        tasks = [asyncio.create_task(asking.ask(number)) for number in range(3)]
        await asyncio.sleep(0)
        tasks[0].cancel()
        tasks[2].cancel()
        gate.set()
        with pytest.raises(asyncio.CancelledError):
            await tasks[0]
        return [await tasks[1], await asking.ask(7)]

    assert asyncio.run(ask()) == [1, 7]


def test_too_many_are_sent_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(together, "WAITING", 3)

    async def ask() -> list[object]:
        gate = asyncio.Event()

        async def answers(questions: Sequence[int]) -> list[int]:
            await gate.wait()
            return list(questions)

        asking: Together[int, int] = Together(answers)
        tasks = [asyncio.create_task(asking.ask(number)) for number in range(5)]
        await asyncio.sleep(0)
        gate.set()
        return list(await asyncio.gather(*tasks, return_exceptions=True))

    outcome = asyncio.run(ask())
    assert outcome[:3] == [0, 1, 2]
    assert all(isinstance(one, Away) for one in outcome[3:])
