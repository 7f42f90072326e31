"""The core put together for a test: real rules, store and printer driver; hands of its own clock.

The printer at the far end is the simulated machine, on an in-memory cable. The speaker writes
down what it is told; a test may hand in another printer.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from shelf import ShelfSource

from hardware.printer.conversation import Waits
from hardware.printer.paper import PAPERS
from hardware.printer.printer import EscposPrinter
from hardware.simulators.printer import SimulatedPrinter
from hardware.transport.loopback import LoopbackTransport
from kiosk.config import (
    Config,
    calendar_of,
    hall_plan_of,
    load_config,
    priority_rule_of,
    read_survey,
    services_of,
)
from kiosk.core.clock import BelievedClock
from kiosk.core.desk import QueueingDesk
from kiosk.core.engine import Engine
from kiosk.core.guiding import Guiding
from kiosk.core.housekeeping import Housekeeping
from kiosk.core.paper import PaperForecast
from kiosk.core.printer_edge import PrinterEdge
from kiosk.core.printing import Printing
from kiosk.core.speaking import Speaking
from kiosk.core.surroundings import Surroundings
from kiosk.paths import ASSETS
from kiosk.ports import GuideSource, Printer, Sealer
from kiosk.queueing.hall import Hall
from kiosk.queueing.hours import HANOI
from kiosk.store import Store, StoreFolders
from kiosk.texts import Texts
from kiosk.words import (
    AnyEvent,
    ChangeTicket,
    IssueTicket,
    Language,
    SlipChanged,
    SlipState,
    TicketCard,
)

MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=HANOI)
WITHIN_S = 30.0
TOPIC_LASTS = timedelta(seconds=65)
QUICK = Waits(answer_s=0.3, probe_s=0.3, printing_s=3.0, poll_s=0.05)


class Hands:
    """The hands of both clocks, moved by the test."""

    def __init__(self, wall: datetime) -> None:
        self.wall, self.steady = wall, 1000.0

    def pass_by(self, time: timedelta) -> None:
        """Time goes on, on both."""
        self.wall += time
        self.steady += time.total_seconds()


class WrittenSpeech:
    """A speaker that writes down what it was told."""

    def __init__(self) -> None:
        self.said: list[tuple[list[str], Language]] = []
        self.slow: list[str] = []
        self.levels: list[float] = []
        self.stops = 0

    def say(
        self,
        sentences: Sequence[tuple[str, str]],
        language: Language,
        *,
        slowly: bool = False,
        level: float = 1.0,
    ) -> None:
        """See kiosk.ports.Speaker."""
        self.said.append(([text for _, text in sentences], language))
        self.levels.append(level)
        if slowly:
            self.slow += [text for _, text in sentences]

    def stop(self) -> None:
        """See kiosk.ports.Speaker."""
        self.stops += 1

    async def run(self) -> None:
        """See kiosk.ports.Speaker."""


class WrittenEars:
    """Ears that write down what was asked of them; a test says what they heard."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.press = 0
        self.texts: tuple[str, ...] = ()
        self.can_score = True

    def open(self) -> None:
        """See kiosk.ports.Ears."""
        self.asked.append("open")

    def listen(self, press: int, language: Language) -> bool:
        """See kiosk.ports.Ears."""
        self.asked.append(f"listen {language}")
        self.press = press
        return True

    def finish(self) -> None:
        """See kiosk.ports.Ears."""
        self.asked.append("finish")

    def close(self) -> None:
        """See kiosk.ports.Ears."""
        self.asked.append("close")

    def score(self, press: int, texts: Sequence[str]) -> bool:
        """See kiosk.ports.Ears."""
        self.asked.append("score")
        self.press, self.texts = press, tuple(texts)
        return self.can_score

    async def run(self) -> None:
        """See kiosk.ports.Ears."""


class House:
    """One core on the folder `root`; made again on the same folder, it is the next start."""

    def __init__(
        self,
        root: Path,
        config_path: Path,
        *,
        wall: datetime = MONDAY,
        open_printer: Callable[[], Printer] | None = None,
        source: GuideSource | None = None,
        retry_s: int = 120,
        around: dict[str, Any] | None = None,
        sealer: Sealer | None = None,
    ) -> None:
        """`around`: what a test has around the kiosk; see Surroundings."""
        config = load_config(config_path)
        self.hands = Hands(wall)
        self.clock = BelievedClock(wall=lambda: self.hands.wall, steady=lambda: self.hands.steady)
        self.store = _store_in(root)
        self.desk = _desk_of(config, self.clock)
        self.engine = Engine(
            store=self.store,
            desk=self.desk,
            clock=self.clock,
            site={"site_vi": "Phường", "site_en": "Ward", "centre_vi": "", "centre_en": ""},
            slip_texts=Texts(ASSETS / "i18n", "slip"),
            simulate=lambda device, fault: None,
            edges=("board", "scanner", "base"),
            survey=read_survey(ASSETS / "feedback" / "survey.toml"),
            sealer=sealer,
        )
        self.machine = SimulatedPrinter(
            paper=PAPERS[80], fonts=ASSETS / "fonts", out_dir=root / "slips"
        )
        self.paper = PaperForecast(self.store, low_mm=4_500)
        edge = PrinterEdge(self.engine, open_printer or self._printer, self.paper)
        self.printing = Printing(self.engine, edge, retry_s=retry_s)
        self.speech = WrittenSpeech()
        spoken = Texts(ASSETS / "i18n", "spoken")
        self.guiding = Guiding(self.engine, source or ShelfSource(), forget_after=TOPIC_LASTS)
        self.ears = WrittenEars()
        self.surroundings = Surroundings(
            self.engine, clock=lambda: self.hands.steady, **(around or {})
        )
        self.engine.attach(
            self.printing,
            Speaking(self.speech, spoken),
            self.guiding,
            self.ears,
            self.surroundings,
        )
        self.events: list[AnyEvent] = []
        self._heard = asyncio.Event()
        self.engine.listen(self._hear)
        self.beats = 0
        self.housekeeping = Housekeeping(
            self.engine,
            open_store=self._open_store,
            back_up=lambda now: self.store.back_up(now, 14),
            last_backup=self.store.last_backup,
            backup_every=timedelta(hours=1),
            closing=lambda now: None,
            alive=self._beat,
        )
        self.housekeeping.begin()

    def _printer(self) -> Printer:
        return EscposPrinter(
            LoopbackTransport(self.machine), paper=PAPERS[80], fonts=ASSETS / "fonts", waits=QUICK
        )

    def _open_store(self, now: datetime) -> str:
        restored = self.store.open(now)
        self.clock.learn(self.store.last_known())
        return str(restored) if restored else ""

    def _hear(self, event: AnyEvent) -> None:
        self.events.append(event)
        self._heard.set()

    def _beat(self) -> None:
        self.beats += 1
        self._heard.set()

    def close(self) -> None:
        """As when the process ends, however it ends."""
        self.store.close()

    @contextlib.asynccontextmanager
    async def at_work(self, *works: Callable[[], Awaitable[None]]) -> AsyncIterator[None]:
        """With the printer's worker running, or the workers given; news is told at once."""
        running = [*(works or (self.printing.run,)), self._tell_news]
        tasks = [asyncio.ensure_future(work()) for work in running]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            for result in await asyncio.gather(*tasks, return_exceptions=True):
                assert isinstance(result, asyncio.CancelledError), result

    async def _tell_news(self) -> None:
        while await self.engine.stale.wait():
            self.engine.refresh()

    async def until(self, check: Callable[[], Any], within_s: float = WITHIN_S) -> Any:
        """The first true value of `check()`, asked again after each event and beat."""
        async with asyncio.timeout(within_s):
            while not (value := check()):
                self._heard.clear()
                await self._heard.wait()
        return value

    def issue(self, request_id: str, *, face: str = "screen", **more: Any) -> TicketCard:
        """Give a number, for "land" unless told."""
        wanted = IssueTicket(request_id=request_id, **({"service": "land"} | more))
        return self.engine.do(wanted, face).card

    def change(self, card: TicketCard, verb: Any, **more: str) -> TicketCard:
        """Move its ticket."""
        command = ChangeTicket(ticket_id=card.ticket.id, verb=verb, **more)
        return self.engine.do(command, "cli").card

    def slip(self, card: TicketCard) -> tuple[str, str]:
        """State and reason of the ticket's newest slip, as stored."""
        job = self.store.newest_job(card.ticket.id)
        assert job is not None
        return job.state, job.reason

    def slips_told(self, card: TicketCard) -> list[SlipState]:
        """What the faces were told of the ticket's slips."""
        told = [event.slip for event in self.events if isinstance(event, SlipChanged)]
        return [slip for slip in told if slip.ticket_id == card.ticket.id]

    async def until_slip(self, card: TicketCard, *states: str) -> str:
        """Until the newest slip of the ticket is told to be in one of these states."""

        def last() -> str:
            told = self.slips_told(card)
            return told[-1].state if told and told[-1].state in states else ""

        return str(await self.until(last))

    def device(self, name: str) -> Any:
        """How an edge is, as the faces see it."""
        return next(one for one in self.engine.state().devices if one.name == name)


def in_loop(test: Callable[..., Awaitable[None]]) -> Callable[..., None]:
    """Run an async test on a loop of its own."""

    @functools.wraps(test)
    def run(*args: Any, **kwargs: Any) -> None:
        async def bounded() -> None:
            async with asyncio.timeout(60):
                await test(*args, **kwargs)

        asyncio.run(bounded())

    return run


def _store_in(root: Path) -> Store:
    return Store(
        StoreFolders(
            database=root / "store" / "kiosk.db",
            backups=root / "backups",
            journal=root / "store" / "journal",
        ),
        min_free_mb=0,
    )


def _desk_of(config: Config, clock: BelievedClock) -> QueueingDesk:
    rule = priority_rule_of(config)
    new_hall = functools.partial(Hall, rule, samples=config.queue.estimate_samples)
    services, calendar, plan = services_of(config), calendar_of(config), hall_plan_of(config)
    return QueueingDesk(services, calendar, rule, clock, new_hall, plan)
