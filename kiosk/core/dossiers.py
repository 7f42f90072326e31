"""How far a dossier is: asked of the centre while the citizen waits, and forgotten at once.

    AskDossier ─▶ Done                         at once: no face ever waits for the centre
              ─▶ thread "dossiers" ─▶ centre   a few seconds at most
              ─▶ event DossierTold

Of a code nothing is kept and nothing logged. So many are asked in a minute and no more, so that
nobody can try codes out here.
"""

from __future__ import annotations

import asyncio
import functools
import logging
from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from centre.wire import DossierState
from kiosk.core.centre_line import CentreLine
from kiosk.errors import CentreAway, CentreRefuses
from kiosk.feedback.damping import Damper
from kiosk.guide.dossier_code import dossier_code
from kiosk.ports import Centre
from kiosk.words import AnyEvent, AskDossier, DossierOutcome, DossierTold

log = logging.getLogger(__name__)

WITHIN_S = 6.0  # a citizen stands there
BURST, EVERY_S = 10, 6.0
WAITING = 4  # faces of one kiosk that wait at the same time


class DossierHost(Protocol):
    """The engine, as this room sees it."""

    def now(self) -> datetime: ...
    def publish(self, event: AnyEvent) -> None: ...


class DossierDesk:
    """Lives on the core's loop. Until `open_with`, and where the centre is away, it says so."""

    def __init__(self, host: DossierHost) -> None:
        self._host = host
        self._line: CentreLine | None = None
        self._damper = Damper(burst=BURST, every_s=EVERY_S)
        self._one_at_a_time = asyncio.Lock()
        self._asking: set[asyncio.Task[None]] = set()

    def open_with(self, connect: Callable[[], Centre] | None) -> None:
        """Whom to ask from now on; None: nobody."""
        if self._line is not None:
            self._line.close()
        self._line = CentreLine("dossiers", connect, WITHIN_S) if connect is not None else None

    def ask(self, command: AskDossier) -> None:
        """Ask; what comes of it is an event."""
        task = asyncio.get_running_loop().create_task(self._ask(command))
        self._asking.add(task)
        task.add_done_callback(self._asking.discard)

    async def _ask(self, command: AskDossier) -> None:
        outcome, found = await self._outcome(command.code)
        told = DossierTold(request_id=command.request_id, outcome=outcome)
        if found is not None:
            told = DossierTold(
                request_id=command.request_id,
                outcome=outcome,
                stage=found.state,
                due_on=found.due_on,
                changed_on=found.changed_on,
            )
        self._host.publish(told)

    async def _outcome(self, text: str) -> tuple[DossierOutcome, DossierState | None]:
        code = dossier_code(text)
        if not code:
            return "unknown", None
        if not self._damper.takes("", self._host.now()) or len(self._asking) > WAITING:
            return "too_many", None
        try:
            found = await self._answer(code)
        except (CentreAway, TimeoutError) as error:
            log.info("a dossier cannot be asked for: %s", type(error).__name__)
            busy = isinstance(error, CentreRefuses) and error.code == "too_many"
            return "too_many" if busy else "away", None
        return ("unknown", None) if found is None else ("known", found)

    async def _answer(self, code: str) -> DossierState | None:
        """Raises CentreAway and TimeoutError."""
        async with asyncio.timeout(WITHIN_S), self._one_at_a_time:
            if self._line is None:
                raise CentreAway("there is none")
            return await self._line.ask(functools.partial(_dossier, code=code))


def _dossier(centre: Centre, within_s: float, *, code: str) -> DossierState | None:
    return centre.dossier(code, within_s)
