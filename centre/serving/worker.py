"""One worker: its application, made in its own process from what the environment says."""

from __future__ import annotations

import logging
import multiprocessing
import multiprocessing.connection
import os
import signal
import sys
import threading
from pathlib import Path

from litestar.types import ASGIApp
from uvicorn.config import STARTUP_FAILURE

from centre.composition import compose
from centre.dossiers.one_stop_plan import OneStopError
from centre.secret import SecretError
from centre.settings import CONFIG, SettingsError, read_settings
from centre.telemetry.logs import log_as_lines

log = logging.getLogger(__name__)


def worker() -> ASGIApp:
    """The application. Where a file cannot be used the process ends, and its supervisor with it."""
    log_as_lines()
    _end_with_the_supervisor()
    config = os.environ.get(CONFIG)
    try:
        return compose(read_settings(Path(config) if config else None))
    except (SettingsError, SecretError, OneStopError, OSError) as error:
        log.critical("the centre cannot start: %s", error)
        sys.exit(STARTUP_FAILURE)


def _end_with_the_supervisor() -> None:
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        multiprocessing.connection.wait([parent.sentinel])
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="supervisor", daemon=True).start()
