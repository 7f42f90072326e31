"""Questions that come at the same time, asked of the database in one go.

While one round is under way the next ones gather: alone a question goes at once, and under load a
round carries many. What a round costs (a connection, a commit) is then shared by all of them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

from centre.errors import Away

Q = TypeVar("Q")
A = TypeVar("A")
MOST = 200  # questions a round
WAITING = 2000  # questions that may wait; beyond, the caller is sent away
ANSWER_WITHIN_S = 20.0
RETRY_S = 5


class Together(Generic[Q, A]):
    """`answers` is asked with many questions and answers each, in their order."""

    def __init__(self, answers: Callable[[Sequence[Q]], Awaitable[Sequence[A]]]) -> None:
        self._answers = answers
        self._waiting: list[tuple[Q, asyncio.Future[A]]] = []
        self._rounds: asyncio.Task[None] | None = None

    async def ask(self, question: Q) -> A:
        """Its answer. Raises what the round raised, and Away where too many wait already."""
        if len(self._waiting) >= WAITING:
            raise Away("too many at once", code="busy", retry_after_s=RETRY_S)
        answer: asyncio.Future[A] = asyncio.get_running_loop().create_future()
        self._waiting.append((question, answer))
        if self._rounds is None or self._rounds.done():
            self._rounds = asyncio.create_task(self._go_round())
        return await answer

    async def _go_round(self) -> None:
        while self._waiting:
            now, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
            try:
                async with asyncio.timeout(ANSWER_WITHIN_S):
                    found = await self._answers([question for question, _ in now])
            except Exception as error:
                for _, answer in now:
                    if not answer.done():
                        answer.set_exception(error)
                continue
            for (_, answer), one in zip(now, found, strict=True):
                if not answer.done():
                    answer.set_result(one)
