"""A one-stop system that is asked over HTTP, and left alone while it is away."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Mapping
from math import ceil
from typing import Any, get_args
from urllib.parse import quote

import httpx
import msgspec

from centre.clock import Clock
from centre.dossiers.breaker import Breaker
from centre.dossiers.one_stop_plan import PLACE, OneStopPlan, day_in, within
from centre.errors import Away
from centre.wire import DossierState
from centre.wire.dossiers import State

log = logging.getLogger(__name__)
MAX_ANSWER = 64 * 1024  # bytes
AT_ONCE = 8  # questions on their way; more wait, and give up in time
ODD_WORDS = 50  # that are told in the log


class OneStop:
    """A source. Not a word of a dossier is logged or kept; a fault is told once, and its end."""

    def __init__(self, plan: OneStopPlan, now: Clock) -> None:
        self._plan = plan
        self._now = now
        self._breaker = Breaker()
        self._states: Mapping[str, State] = {word: word for word in get_args(State)} | dict(
            plan.states
        )
        self._odd: set[str] = set()
        logging.getLogger("httpx").setLevel(logging.WARNING)  # it tells every address, with codes
        headers = {"Accept": "application/json"}
        if plan.token:
            headers["Authorization"] = f"Bearer {plan.token}"
        self._client = httpx.AsyncClient(
            headers=headers,
            timeout=plan.within_s,
            limits=httpx.Limits(max_connections=AT_ONCE),
            follow_redirects=False,
            trust_env=False,
        )

    async def state_of(self, code: str) -> DossierState | None:
        """As the system says now."""
        now = self._now()
        if wait := self._breaker.wait(now):
            raise Away("the one-stop system is away", retry_after_s=ceil(wait.total_seconds()))
        is_trial = self._breaker.is_open
        self._breaker = self._breaker.asked(now)
        try:
            async with asyncio.timeout(self._plan.within_s):
                answer = await self._ask(code)
        except _FAULTS as error:
            self._failed(error, is_trial=is_trial)
            wait = self._breaker.wait(self._now())
            raise Away(
                "the one-stop system is away", retry_after_s=ceil(wait.total_seconds()) or 1
            ) from error
        self._answered()
        return None if answer is None else self._told(answer)

    async def close(self) -> None:
        """Close its connections."""
        await self._client.aclose()

    async def _ask(self, code: str) -> Any:
        url = self._plan.url.replace(PLACE, quote(code, safe=""))
        async with self._client.stream("GET", url) as answer:
            if answer.status_code == httpx.codes.NOT_FOUND:
                return None
            if answer.status_code != httpx.codes.OK:
                raise _Odd(f"status {answer.status_code}")
            body = bytearray()
            async for part in answer.aiter_bytes():
                body += part
                if len(body) > MAX_ANSWER:
                    raise _Odd(f"more than {MAX_ANSWER} bytes")
        return msgspec.json.decode(body)

    def _told(self, answer: Any) -> DossierState | None:
        fields = self._plan.fields
        word = within(answer, fields.state)
        if not word:
            return None
        state = self._states.get(word)
        if state is None:
            if word not in self._odd and len(self._odd) < ODD_WORDS:
                self._odd.add(word)
                log.warning("the one-stop system says %.60r: [states] does not know it", word)
            raise Away("the one-stop system says something else", retry_after_s=60)
        return DossierState(
            state=state,
            due_on=_day(within(answer, fields.due_on)),
            changed_on=_day(within(answer, fields.changed_on)),
        )

    def _failed(self, error: Exception, *, is_trial: bool) -> None:
        was_open = self._breaker.is_open
        if was_open and not is_trial:
            return  # it was on its way before the system was left alone
        self._breaker = self._breaker.failed(self._now(), random.uniform(0.5, 1))  # noqa: S311
        if self._breaker.is_open and not was_open:
            log.warning("the one-stop system is away: %s", _said(error))

    def _answered(self) -> None:
        if self._breaker.is_open:
            log.info("the one-stop system is back")
        self._breaker = self._breaker.answered()


class _Odd(Exception):
    """An answer that is none."""


_FAULTS = (
    TimeoutError,
    httpx.HTTPError,
    msgspec.DecodeError,
    UnicodeDecodeError,
    RecursionError,
    _Odd,
)


def _said(error: Exception) -> str:
    return str(error) if isinstance(error, _Odd) else type(error).__name__


def _day(text: str) -> str:
    try:
        day = day_in(text)
    except ValueError:
        return ""
    return "" if day is None else day.isoformat()
