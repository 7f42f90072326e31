"""From config.toml to the centre: the lines to it, and who reads what it gives.

What speaks with the centre is imported on its own thread: the first page does not wait.
"""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.config import Config, parse_survey, read_config_text, read_survey
from kiosk.core.engine import Engine
from kiosk.core.renewing import Renewing
from kiosk.core.syncing import Syncing, SyncRule
from kiosk.errors import CentreAway, ConfigError, DocumentUnusable, Trouble
from kiosk.feedback.survey import Survey
from kiosk.paths import ASSETS, DataFolder
from kiosk.ports import Centre, Sealer
from kiosk.settings.given import file_name, given_texts, read_state
from kiosk.settings.keeping import ConfigShelf

if TYPE_CHECKING:
    from kiosk.sync.enrolment import Enrolled
    from kiosk.sync.shelf import DocumentShelf

log = logging.getLogger(__name__)

CHILD_WITHIN_S = 500.0
MB = 1024 * 1024


class CentreEdge:
    """The tie of this core to the centre. `reload` has the core go on with what config.toml and the
    documents over it say now, and tells which keys need a restart; it raises ConfigError.

    `put_back`: what was put back before this core began.
    """

    def __init__(
        self,
        config: Config,
        data: DataFolder,
        engine: Engine,
        *,
        configs: ConfigShelf | None,
        reload: Callable[[], tuple[str, ...]],
        restart: Callable[[], object] | None,
        put_back: tuple[str, ...] = (),
    ) -> None:
        self._config = config
        self._data = data
        self._engine = engine
        self._shelf = shelf_of_documents(data)
        self._takers = DocumentTakers(lambda: self._config, data, engine, configs, reload)
        self.renewing = Renewing(engine, self._shelf, self._takers, restart=restart, stale=put_back)
        self.syncing = Syncing(engine, self._shelf, self.renewing)

    def begin(self) -> None:
        """The core is put together: from now on there is a centre, where config.toml has one."""
        self._tie()

    def take_over(self, config: Config) -> None:
        """Other settings count."""
        changed = config.centre != self._config.centre
        self._config = config
        try:
            self._engine.feedback.seal_with(sealer_of(config, self._data))
        except ConfigError as error:
            log.warning("telephone numbers are sealed as before: %s", error.detail)
        if changed:
            self._tie()

    def end(self) -> None:
        """The core ends by itself."""
        self._engine.dossiers.open_with(None)
        try:
            self._shelf.end()
        except Trouble as error:
            log.warning("the documents of the centre: %s", error.detail)

    def _tie(self) -> None:
        centre = self._config.centre
        connect = connecting(self._config, self._data) if centre.url else None
        rule = SyncRule(
            send_s=centre.send_s,
            health_s=centre.health_s,
            pull_s=centre.pull_s,
            answer_s=centre.answer_s,
            own=centre.own,
            version=_version() if centre.url else "",
            free_mb=self._free_mb,
        )
        self.syncing.tie(connect, rule)
        self._engine.dossiers.open_with(connect)

    def _free_mb(self) -> int:
        try:
            return shutil.disk_usage(self._data.root).free // MB
        except OSError:
            return 0


class DocumentTakers:
    """A kiosk.ports.Takers: who reads which document in this kiosk."""

    def __init__(
        self,
        config: Callable[[], Config],
        data: DataFolder,
        engine: Engine,
        configs: ConfigShelf | None,
        reload: Callable[[], tuple[str, ...]],
    ) -> None:
        self._config = config
        self._data = data
        self._engine = engine
        self._configs = configs
        self._reload = reload

    def try_out(self, name: str, path: Path | None) -> None:
        """See kiosk.ports.Takers."""
        if name == "catalogue":
            if path is not None:
                self._catalogue("use", str(path), "--dry-run")
            return
        try:
            if name == "survey":
                survey_of(self._config(), path)
            else:
                self._try_config(name, path)
        except ConfigError as error:
            raise DocumentUnusable(error.detail) from error

    def put_in(self, name: str, path: Path | None) -> None:
        """See kiosk.ports.Takers: all but the catalogue are read where they lie."""
        if name == "catalogue":
            self._catalogue("use", *([str(path)] if path is not None else ["--own"]))

    def take_over(self, name: str) -> bool:
        """See kiosk.ports.Takers."""
        if name == "catalogue":
            return False  # the guide looks every few seconds
        try:
            if name == "survey":
                self._engine.feedback.ask_with(survey_in_use(self._config(), self._data))
                return False
            return bool(self._reload())
        except ConfigError as error:
            raise DocumentUnusable(error.detail) from error

    def _try_config(self, name: str, path: Path | None) -> None:
        if self._configs is None:
            return
        documents: Mapping[str, str] = given_texts(self._data.documents)
        others = {one: text for one, text in documents.items() if one != name}
        fresh = {} if path is None else {name: _text(path)}
        self._configs.tried({**others, **fresh})

    def _catalogue(self, *words: str) -> None:
        """In a process of its own: it takes a second of a processor and 100 MB."""
        command = [sys.executable, "-m", "kiosk", "--data", str(self._data.root), "catalogue"]
        nice = ["nice", "-n", "10"] if shutil.which("nice") else []
        try:
            done = subprocess.run(
                [*nice, *command, *words],
                capture_output=True,
                text=True,
                timeout=CHILD_WITHIN_S,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise DocumentUnusable(f"the catalogue cannot be tried: {error}") from error
        if done.returncode:
            lines = done.stderr.strip().split("\n")
            raise DocumentUnusable(lines[-1].removeprefix("Error: ") or f"ended {done.returncode}")


def shelf_of_documents(data: DataFolder) -> DocumentShelf:
    """The documents that the centre gave this kiosk."""
    from kiosk.sync.shelf import DocumentShelf  # noqa: PLC0415 - see above

    return DocumentShelf(data.documents, lambda: _enrolled(data))


def begin_with_documents(data: DataFolder) -> tuple[str, ...]:
    """A core starts: what two cores in a row died with is put back. The names of those."""
    try:
        dead = shelf_of_documents(data).start()
    except Trouble as error:  # the disk does not take it down: the kiosk starts all the same
        log.warning("the documents of the centre: %s", error.detail)
        return ()
    for name in dead:
        log.error("%s of the centre is put back: two cores in a row died with it", name)
    return dead


def connecting(config: Config, data: DataFolder) -> Callable[[], Centre]:
    """How a line to the centre is made, on the thread that speaks on it."""
    from kiosk.sync.clock import CentreClock  # noqa: PLC0415 - see above

    url, trusted, clock = config.centre.url, config.centre.trusted, CentreClock()

    def connect() -> Centre:
        from kiosk.sync.client import CentreClient  # noqa: PLC0415 - a tenth of a second

        return CentreClient(data.centre, url, trusted, clock)

    return connect


def survey_in_use(config: Config, data: DataFolder) -> Survey | None:
    """What citizens are asked: as the centre says, else as the site does; None where nobody is.
    Raises ConfigError."""
    found = read_state(data.documents).documents.get("survey")
    notice = found.in_use if found is not None and "survey" not in config.centre.own else None
    given = None if notice is None or notice.removed else data.documents / file_name(notice)
    if given is not None:
        try:
            return survey_of(config, given)
        except ConfigError as error:
            log.warning("the centre's survey cannot be used, the site's counts: %s", error.detail)
    return survey_of(config, None)


def survey_of(config: Config, given: Path | None) -> Survey | None:
    """The survey in `given`, or the site's own. Raises ConfigError."""
    if not config.feedback.ask:
        return None
    if given is not None:
        return parse_survey(_text(given), name=given.name)
    own = config.feedback.survey
    return read_survey(Path(own) if own else ASSETS / "feedback" / "survey.toml")


def sealer_of(config: Config, data: DataFolder) -> Sealer | None:
    """The centre's public key for telephone numbers: the site's, else that of the enrolment; None
    where nobody can be called back. Raises ConfigError where the site's cannot be read."""
    own, given = config.feedback.centre_key, data.centre / "sealing.key"
    if not own and not given.exists():
        return None
    from kiosk.sealing import read_sealer  # noqa: PLC0415 - a library, only for sites with a key

    if own:
        return read_sealer(Path(own))
    try:
        return read_sealer(given)
    except ConfigError as error:
        log.warning("nobody can be called back: %s", error.detail)
        return None


def is_watched() -> bool:
    """Whether a service manager starts this process again when it ends."""
    return bool(os.environ.get("NOTIFY_SOCKET"))


def _version() -> str:
    from kiosk.version import version  # noqa: PLC0415 - only where somebody is told

    return version()


def _text(path: Path) -> str:
    """Raises ConfigError."""
    return read_config_text(path)


def _enrolled(data: DataFolder) -> Enrolled:
    from kiosk.sync.enrolment import read_enrolment  # noqa: PLC0415 - see above

    found = read_enrolment(data.centre)
    if found is None:
        raise CentreAway("no code was typed here yet", code="not_enrolled")
    return found
