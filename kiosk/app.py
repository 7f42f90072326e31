"""The composition root of the core process: opens the edges, joins them, starts and stops them.

lock ─▶ store ─▶ socket ─▶ printer's thread ─▶ mouth, ears ─▶ housekeeping ─▶ guide's thread
─▶ the site's pages
and back in the opposite order. Nothing here decides anything.
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import functools
import logging
import os
import secrets
import signal
import time
from collections.abc import Callable, Coroutine, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from kiosk.centre_edge import (
    CentreEdge,
    begin_with_documents,
    is_watched,
    sealer_of,
    survey_in_use,
)
from kiosk.config import (
    Config,
    calendar_of,
    hall_plan_of,
    loudness_of,
    priority_rule_of,
    services_of,
)
from kiosk.config.schema import NONE
from kiosk.core.announcing import Announcing
from kiosk.core.clock import BelievedClock
from kiosk.core.desk import QueueingDesk
from kiosk.core.engine import Engine
from kiosk.core.following import Following
from kiosk.core.guiding import Guiding
from kiosk.core.housekeeping import Housekeeping
from kiosk.core.paper import PaperForecast
from kiosk.core.printer_edge import PrinterEdge
from kiosk.core.printing import Printing
from kiosk.core.speaking import Speaking
from kiosk.device_history import DeviceHistory
from kiosk.edges import edges_of, greeting_rule_of, surroundings_of
from kiosk.errors import CommandRefused, Trouble
from kiosk.guide_source import GuideOnDisk, site_of
from kiosk.leader import LeaderClient
from kiosk.link.server import LinkServer
from kiosk.loudspeaker import Loudspeaker
from kiosk.memory import share_one_arena
from kiosk.notify import ALIVE, READY, STOPPING, notify
from kiosk.pages_edge import PagesEdge, site_key, site_names
from kiosk.paths import ASSETS, DataFolder
from kiosk.ports import Printer
from kiosk.queueing.hall import Hall
from kiosk.queueing.hours import closing_time
from kiosk.reconfiguring import Reconfiguring
from kiosk.settings.keeping import ConfigShelf, InForce
from kiosk.store import Store, StoreFolders
from kiosk.technician_edges import edges_of_technician
from kiosk.texts import Texts
from kiosk.voice_edges import EarsEdge, SpeechEdge, wants_grammar
from kiosk.words import ConfigResult

log = logging.getLogger(__name__)

HOLIDAY_YEARS = 3


class Core:
    """The core process put together for one configuration and one data folder."""

    def __init__(
        self,
        config: Config,
        data: DataFolder,
        reconfiguring: Reconfiguring | None = None,
        put_back: tuple[str, ...] = (),
    ) -> None:
        """Without `reconfiguring` the configuration stays as it is until the end. `put_back`:
        documents of the centre that were put back before this start."""
        self._config = config
        self._data = data
        self._reconfiguring = reconfiguring
        self._calendar = calendar_of(config, public_holidays(config))
        self._services = services_of(config)
        self._store = Store(
            StoreFolders(database=data.database, backups=data.backups, journal=data.journal),
            min_free_mb=config.store.min_free_mb,
        )
        self._clock = BelievedClock()
        self.engine = self._new_engine(config)
        self._drivers: dict[str, object] = {}  # those that may be simulated, by device
        self._printing = self._new_printing(config)
        self._speaker = SpeechEdge(config, data, self.engine)
        self._guide = GuideOnDisk(data, site_of(config), grammar=wants_grammar(config, data))
        self._guiding = Guiding(
            self.engine,
            self._guide,
            forget_after=timedelta(seconds=config.screen.timeout_s + config.screen.question_s),
        )
        self._ears = EarsEdge(config, data, self.engine)
        self._surroundings = surroundings_of(
            config, self._calendar, self.engine, self._drivers.__setitem__
        )
        self.engine.attach(
            self._printing,
            Speaking(self._speaker, Texts(ASSETS / "i18n", "spoken")),
            self._guiding,
            self._ears,
            self._surroundings,
        )
        self._following = _following(config, self.engine)
        self._ended = asyncio.Event()
        self._centre = self._new_centre(put_back)
        if reconfiguring is not None:
            edges = edges_of_technician(config, data, reconfiguring)
            self.engine.let_technicians_in(edges, steady=time.monotonic, restart=self._ended.set)
        self.pages = PagesEdge(config, data, self.engine, self._store.staff)
        self._server = LinkServer(data.socket, self.engine)
        self.engine.listen(self._server.tell)
        shared = self._speaker.speaker if config.speech.enabled else None
        self._loudspeaker = Loudspeaker(config, data, shared)
        self._announcing = self._new_announcing(config)
        self.engine.listen(DeviceHistory(data.device_history).hear)
        self._housekeeping = self._new_housekeeping(config)

    def _new_engine(self, config: Config) -> Engine:
        rule = priority_rule_of(config)
        reconfiguring = self._reconfiguring
        return Engine(
            store=self._store,
            desk=QueueingDesk(
                self._services,
                self._calendar,
                rule,
                self._clock,
                functools.partial(Hall, rule, samples=config.queue.estimate_samples),
                hall_plan_of(config),
            ),
            clock=self._clock,
            site=site_names(config) | elsewhere_of(config),
            slip_texts=Texts(ASSETS / "i18n", "slip"),
            simulate=self._simulate,
            reload=reconfiguring.reload if reconfiguring else ConfigResult,
            secret=_secret(self._data.root / "person.key"),
            edges=(*edges_of(config), "centre", *(["config"] if reconfiguring else [])),
            visit_lasts=timedelta(seconds=config.screen.timeout_s + config.screen.question_s),
            survey=survey_in_use(config, self._data),
            sealer=sealer_of(config, self._data),
            keep_feedback_days=config.feedback.keep_days,
        )

    def _new_printing(self, config: Config) -> Printing:
        forecast = PaperForecast(self._store, low_mm=round(config.printer.low_paper_m * 1000))
        edge = PrinterEdge(self.engine, self._open_printer, forecast)
        return Printing(self.engine, edge, retry_s=config.printer.retry_s)

    def _new_centre(self, put_back: tuple[str, ...]) -> CentreEdge:
        reconfiguring = self._reconfiguring
        return CentreEdge(
            self._config,
            self._data,
            self.engine,
            configs=reconfiguring.shelf if reconfiguring else None,
            reload=reconfiguring.take_given if reconfiguring else tuple,
            restart=self._ended.set if is_watched() else None,
            put_back=put_back,
        )

    def _new_announcing(self, config: Config) -> Announcing:
        texts = Texts(ASSETS / "i18n", "spoken")
        announcing = Announcing(self.engine, self._loudspeaker, texts, loudness_of(config))
        if self._loudspeaker.wanted:
            self.engine.listen(announcing.hear)
            self.engine.announces = announcing.is_heard
        return announcing

    def _new_housekeeping(self, config: Config) -> Housekeeping:
        return Housekeeping(
            self.engine,
            open_store=self._open_store,
            back_up=self._back_up,
            last_backup=self._store.last_backup,
            backup_every=timedelta(minutes=config.store.backup_every_min),
            closing=lambda now: closing_time(now, self._services[0].week, self._calendar),
            alive=functools.partial(notify, ALIVE),
        )

    def _take_over(self, config: Config) -> None:
        """Hand every owner what counts now (kiosk.config.applying)."""
        self._config = config
        self._calendar = calendar_of(config, public_holidays(config))
        self._services = services_of(config)
        self.engine.desk.renew(self._services, self._calendar, hall_plan_of(config))
        self.engine.hall.hours_changed()
        self._announcing.loudness = loudness_of(config)
        self._printing.try_again_for(config.printer.retry_s)
        self._speaker.set_volume(config.speech.volume)
        self._surroundings.greet_by(greeting_rule_of(config, self._calendar))
        self._housekeeping.backup_every = timedelta(minutes=config.store.backup_every_min)
        self._guide.site = site_of(config)
        self._centre.take_over(config)

    def begin(self) -> None:
        """Open the store and begin the business day: from now on the engine answers."""
        self._housekeeping.begin()
        if self._reconfiguring is not None:
            self._reconfiguring.begin(self.engine, self._take_over)
        self._centre.begin()

    def close(self) -> None:
        """Close the store: nothing is answered any more."""
        self._store.close()

    async def run(self) -> None:
        """Serve until SIGTERM or SIGINT."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._ended.set)
        self.begin()
        await self._server.start()
        log.info("the core is ready at %s", self._data.socket)
        notify(READY)
        works = [
            asyncio.create_task(_kept_alive(name, work))
            for name, work in (
                ("housekeeping", self._housekeeping.run),
                ("printing", self._printing.run),
                ("speech", self._speaker.run),
                ("loudspeaker", self._loudspeaker.run),
                ("guide", self._guiding.run),
                *([("leader", self._following.run)] if self._following is not None else []),
                ("hearing", self._ears.run),
                ("pages", self.pages.run),
                ("centre", self._centre.syncing.run),
                ("documents", self._centre.renewing.run),
                *self._surroundings.works(),
            )
        ]
        await self._ended.wait()
        notify(STOPPING)
        if self.engine.technician is not None:
            self.engine.technician.close()
        await self.pages.close()
        await self._server.close()
        for work in works:
            work.cancel()
        await asyncio.gather(*works, return_exceptions=True)
        self._centre.end()
        self.close()
        log.info("the core has ended")

    def _open_store(self, now: datetime) -> str:
        restored = self._store.open(now)
        self._clock.learn(self._store.last_known())
        return str(restored) if restored else ""

    def _back_up(self, now: datetime) -> Path:
        return self._store.back_up(now, self._config.store.backup_keep_days)

    def _open_printer(self) -> Printer:
        # Drawing and ESC/POS take a third of a second to import: on the printer's own thread,
        # so that the first page does not wait for them.
        from hardware.printer.no_printer import NoPrinter  # noqa: PLC0415
        from hardware.printer.ports import open_printer  # noqa: PLC0415

        if self._config.printer.port == NONE:
            return NoPrinter()
        printer = open_printer(
            self._config.printer.port,
            paper_mm=self._config.printer.paper_mm,
            fonts=ASSETS / "fonts",
            out_dir=self._data.slips,
        )
        self._drivers["printer"] = printer
        return printer

    def _simulate(self, device: str, fault: str) -> None:
        simulator = getattr(self._drivers.get(device), "simulator", None)
        if simulator is None:
            raise CommandRefused(f"{device} is not simulated", code="not_simulated")
        if not fault:
            simulator.clear_faults()
            return
        try:
            simulator.set_fault(fault)
        except ValueError as error:
            raise CommandRefused(str(error), code="wrong_answer") from error


def _following(config: Config, engine: Engine) -> Following | None:
    """The tie to the kiosk that leads this site; None where this one leads, or is alone."""
    leader = config.leader
    if not leader.url:
        return None
    return engine.follow(
        lambda: LeaderClient(leader.url, leader.letter, site_key(config), leader.trusted),
        letter=leader.letter,
        within_s=leader.wait_ms / 1000,
    )


def elsewhere_of(config: Config) -> dict[str, str]:
    """Where to go while this kiosk serves nobody."""
    return {"elsewhere_vi": config.site.elsewhere_vi, "elsewhere_en": config.site.elsewhere_en}


def _secret(path: Path) -> bytes:
    """The key of the hashes of persons, drawn once; kept apart from the store and its backups."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
        path.write_bytes(secrets.token_bytes(32))
        return path.read_bytes()


async def _kept_alive(name: str, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run a worker for ever: one that fails is logged and begun again."""
    pause = 0.5
    while True:
        try:
            await work()
        except asyncio.CancelledError:
            raise
        except Exception:
            log.exception("%s failed; beginning again in %.1f s", name, pause)
        await asyncio.sleep(pause)
        pause = min(30.0, 2 * pause)


def public_holidays(config: Config) -> frozenset[date]:
    """The public holidays of Viet Nam for this year and the next ones, where they count."""
    if config.hours.always_open or not config.hours.public_holidays:
        return frozenset()
    import holidays  # noqa: PLC0415 - a large library, only for sites that keep hours

    first = datetime.now().astimezone().year
    return frozenset(holidays.country_holidays("VN", years=range(first, first + HOLIDAY_YEARS)))


@contextlib.contextmanager
def only_core(data: DataFolder) -> Iterator[None]:
    """Hold the data folder for this process alone. Raises Trouble when another core has it."""
    path = data.root / "core.lock"
    with path.open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise Trouble(f"another core works in {data.root}", code="locked") from error
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def run_core(find: Callable[[], InForce], shelf: ConfigShelf, data: DataFolder) -> int:
    """The core process, from start to end; the exit status.

    `find` gives what counts of the file of `shelf`, after what former cores died with is put back.
    """
    share_one_arena()
    data.make()
    with only_core(data):
        put_back = begin_with_documents(data)
        started = find()
        core = Core(started.config, data, Reconfiguring(shelf, started), put_back)
        asyncio.run(core.run())
    return 0
