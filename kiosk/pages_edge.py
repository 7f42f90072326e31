"""From config.toml to the site's pages: a web server in the core, imported late."""

from __future__ import annotations

import asyncio
import importlib
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.config import Config
from kiosk.core.engine import Engine
from kiosk.memory import give_back
from kiosk.paths import ASSETS, DataFolder
from kiosk.ports import PinBook
from kiosk.texts import Texts

if TYPE_CHECKING:
    from kiosk.site.site import Site

AFTER_S = 1.2  # the first page of the kiosk itself comes first


class PagesEdge:
    """The pages in front of this core, where config.toml wants them."""

    def __init__(self, config: Config, data: DataFolder, engine: Engine, pins: PinBook) -> None:
        self._config = config
        self._data = data
        self._engine = engine
        self._pins = pins
        self._site: Site | None = None

    async def run(self) -> None:
        """Serve until cancelled."""
        if not self._config.site_server.serve:
            await asyncio.Event().wait()
        await asyncio.sleep(AFTER_S)
        await asyncio.to_thread(importlib.import_module, "kiosk.site.site")  # it takes a while
        if self._site is None:
            self._site = self.put_together()
            give_back()
        await self._site.run()

    async def close(self) -> None:
        """Let who is being served finish."""
        if self._site is not None:
            await self._site.close()

    def put_together(self) -> Site:
        """The pages; they hear the core's events from now on."""
        from kiosk.site.drawing import Drawing, Names  # noqa: PLC0415 - see run
        from kiosk.site.site import Site  # noqa: PLC0415

        config = self._config
        names = Names(
            site=site_names(config),
            services={one.code: one.name_vi for one in config.service},
            priorities={one.code: one.name_vi for one in config.priority},
        )
        return Site(
            config.site_server,
            door=self._engine,
            pins=self._pins,
            drawing=Drawing(Texts(ASSETS / "i18n", "site"), ASSETS, names),
            sessions=self._data.sessions,
            kiosk_key=site_key(config),
        )


def site_names(config: Config) -> dict[str, str]:
    """The ward's names and its centre's, as slips and pages have them."""
    return {
        "site_vi": config.site.name_vi,
        "site_en": config.site.name_en,
        "centre_vi": config.site.centre_vi,
        "centre_en": config.site.centre_en,
    }


def site_key(config: Config) -> str:
    """The secret that the kiosks of the site share; "" where there is none."""
    path = config.leader.key_file
    return Path(path).read_text(encoding="utf-8").strip() if path else ""
