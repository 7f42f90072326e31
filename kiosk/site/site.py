"""The site's pages put together: handed a door to the engine, served from the core's loop."""

from __future__ import annotations

import socket
from pathlib import Path
from urllib.parse import urlsplit

from kiosk.config.schema import SiteServer as Settings
from kiosk.ports import Door, PinBook
from kiosk.site.application import site_application
from kiosk.site.console import Consoles
from kiosk.site.drawing import Drawing
from kiosk.site.hall_stream import HallStream
from kiosk.site.lockout import LockOut
from kiosk.site.login import Login
from kiosk.site.managing import Managing
from kiosk.site.reception import Reception
from kiosk.site.server import SiteServer
from kiosk.site.sessions import Sessions


class Site:
    """Everything that browsers of the site's network meet. Make it when the store is open."""

    def __init__(
        self,
        settings: Settings,
        *,
        door: Door,
        pins: PinBook,
        drawing: Drawing,
        sessions: Path,
        kiosk_key: str = "",
    ) -> None:
        login = Login(door, pins, LockOut(settings.pin_tries, settings.lockout_min * 60.0))
        reception = Reception(
            door=door,
            sessions=Sessions(
                sessions, lasts_s=settings.session_min * 60.0, idle_s=settings.idle_min * 60.0
            ),
            login=login,
            stream=HallStream(door),
            consoles=Consoles(door),
            house=Managing(door, login),
            drawing=drawing,
            secure=bool(settings.certificate),
            kiosk_key=kiosk_key,
        )
        door.listen(reception.hear)
        self.sessions = reception.sessions
        self._login, self._stream = reception.login, reception.stream
        self.server = SiteServer(
            site_application(reception, names_of(settings)),
            settings.host,
            settings.http_port,
            certificate=settings.certificate,
            private_key=settings.private_key,
        )

    async def run(self) -> None:
        """Serve until cancelled or closed."""
        await self.server.run()

    async def close(self) -> None:
        """Hang up on everybody."""
        self._stream.close()
        await self.server.close()
        self._login.close()


def names_of(settings: Settings) -> frozenset[str]:
    """The host names under which browsers may ask for the pages; bare addresses may always."""
    told = {settings.host, urlsplit(settings.url).hostname or "", *settings.names}
    return frozenset({"localhost", socket.gethostname(), *told} - {""})
