"""One process, or several workers behind one listening socket and one supervisor.

uvicorn's own supervisor starts the workers, replaces one that dies or hangs, and on SIGHUP all of
them one by one. What a worker is told travels in the environment: CENTRE_… and, for figures in
common, PROMETHEUS_MULTIPROC_DIR.
"""

from __future__ import annotations

import logging
import os
import resource
import shutil
import socket

import uvicorn
from uvicorn.supervisors import Multiprocess

from centre.settings import Settings
from kiosk.site.server import listening_socket
from kiosk.site.wire import Conversation

log = logging.getLogger(__name__)

METRICS_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
IDLE_CONNECTION_S = 75  # a kiosk asks every half minute or so: its connection and TLS stay
ENDING_S = 10


def serve(settings: Settings) -> int:
    """Serve until told to end; the exit status. Raises OSError where the address is not free."""
    settings.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    _open_many_files()
    with listening_socket(settings.host, settings.port) as listening:
        log.info("serving at %s", _url(settings, listening.getsockname()[1]))
        if settings.workers == 1:
            server = uvicorn.Server(uvicorn_config(settings))
            server.run(sockets=[listening])
            return 0 if server.started else 1
        folder = settings.folder.absolute() / "metrics"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700)
        os.environ[METRICS_FOLDER] = str(folder)
        return _supervise(settings, listening)


def uvicorn_config(settings: Settings) -> uvicorn.Config:
    """How every worker serves."""
    return uvicorn.Config(
        "centre.serving.worker:worker",
        factory=True,
        workers=settings.workers,
        http=Conversation,
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(settings.proxies),
        forwarded_allow_ips=settings.proxies or None,
        timeout_keep_alive=IDLE_CONNECTION_S,
        timeout_graceful_shutdown=ENDING_S,
        ssl_certfile=settings.certificate or None,
        ssl_keyfile=settings.private_key or None,
    )


def _supervise(settings: Settings, listening: socket.socket) -> int:
    listening.set_inheritable(True)
    supervisor = Multiprocess(uvicorn_config(settings), [listening])
    supervisor.run()
    return 1 if any(one.exitcode not in (0, None) for one in supervisor.processes) else 0


def _url(settings: Settings, port: int) -> str:
    name = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"{'https' if settings.certificate else 'http'}://{name}:{port}"


def _open_many_files() -> None:
    """Each device keeps a connection: as many as the system lets us."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
