"""A centre under trial: real PostgreSQL, `centre run`, and who starts it again, as systemd does."""

from __future__ import annotations

import contextlib
import json
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from tools.centre_process import CentreProcess
from tools.postgresql import PostgresqlServer
from tools.prove.trial import CannotPlay

SITE = "tan-an"
MODEST = {"shared_buffers": "64MB", "max_connections": "30"}  # and as durable as ever
_TOLD = """
SELECT coalesce(json_agg(json_build_array(request, number) ORDER BY first, epoch, seq), '[]')
FROM (SELECT epoch, seq, body->>'request_id' AS request, body->>'number' AS number, kind,
             min(received_at) OVER (PARTITION BY epoch) AS first FROM event) AS told
WHERE kind = 'ticket_issued'
"""
_ORDERS = """
SELECT coalesce(sum(gaps), 0), coalesce(sum(earlier), 0), (SELECT count(*) FROM quarantined)
FROM (SELECT max(seq) - min(seq) + 1 - count(DISTINCT seq) AS gaps, sum(earlier) AS earlier
      FROM (SELECT epoch, seq, (received_at < lag(received_at)
                                OVER (PARTITION BY epoch ORDER BY seq))::int AS earlier
            FROM event) AS one GROUP BY epoch) AS orders
"""


@dataclass(frozen=True, slots=True)
class Told:
    """What the centre has of the one kiosk.

    `tickets` are requests and numbers as they came; of the entries of its orders `gaps` are
    missing, `earlier` came in before the one that they follow, `set_aside` could not be read.
    """

    tickets: list[tuple[str, str]]
    gaps: int
    earlier: int
    set_aside: int


class KeptCentre:
    """A context; inside it the centre serves at `url`, and is started again whenever it dies."""

    def __init__(self, folder: Path) -> None:
        """Nothing runs yet. Raises CannotPlay where there is no PostgreSQL."""
        folder.mkdir(parents=True, exist_ok=True)
        try:
            self._server = PostgresqlServer(MODEST)
        except FileNotFoundError as error:
            raise CannotPlay(str(error)) from error
        self._centre = CentreProcess(
            folder,
            {"database": self._server.url("centre")},
            before=("setpriv", "--pdeathsig=KILL"),
        )
        self._keeper = threading.Thread(target=self._keep, daemon=True)
        self._begun, self._ended = threading.Event(), threading.Event()
        self._open = contextlib.ExitStack()

    def __enter__(self) -> Self:
        with contextlib.ExitStack() as so_far:
            so_far.enter_context(self._server)
            self._server.ask("CREATE DATABASE centre")
            so_far.callback(self._end)
            self._keeper.start()
            self._begun.wait()
            self._centre.until_ready()
            self._centre.run("site", "add", SITE, "Tân An", "Tan An")
            self._open = so_far.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    @property
    def url(self) -> str:
        """Where it serves, always."""
        return self._centre.url

    def code(self) -> str:
        """With which a kiosk of its site becomes known."""
        return self._centre.code(SITE)

    @property
    def pid(self) -> int | None:
        """Its process, where it lives."""
        process = self._centre.process
        return process.pid if process is not None and process.poll() is None else None

    def is_back(self, gone: int) -> bool:
        """Whether it lives again, as another process than `gone`, and answers with its database."""
        return self.pid not in (None, gone) and self._centre.status("/readyz") == 200

    def told(self) -> Told:
        """What is in its database now, whether it lives or not."""
        tickets = [(request, number) for request, number in json.loads(self._ask(_TOLD))]
        gaps, earlier, set_aside = map(int, self._ask(_ORDERS).split("|"))
        return Told(tickets, gaps, earlier, set_aside)

    def count(self) -> int:
        """How many tickets it was told of."""
        return int(self._ask("SELECT count(*) FROM event WHERE kind = 'ticket_issued'"))

    def _ask(self, statement: str) -> str:
        return self._server.ask(statement, "centre")

    def _keep(self) -> None:
        """The centre ends with the thread that starts it: this one."""
        while not self._ended.is_set():
            with contextlib.suppress(RuntimeError):  # it did not come up: tried again
                self._centre.start()
            self._begun.set()
            if self._ended.is_set():
                self._centre.end()
            elif self._centre.process is not None:
                self._centre.process.wait()

    def _end(self) -> None:
        self._ended.set()
        self._begun.wait()
        self._centre.end()
        self._keeper.join()
