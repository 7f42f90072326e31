"""Where the core's guide comes from: the newest good catalogue on the disk, and the trained models.

Used by the core's reading thread alone. What needs NumPy is imported there (docs/decisions/0011).
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass

from kiosk.config import Config, house_week, services_of
from kiosk.config.schema import NONE
from kiosk.guide.answer import Site
from kiosk.memory import give_back
from kiosk.paths import ASSETS, DataFolder
from kiosk.ports import Guide
from kiosk.queueing.hours_text import hours_lines
from kiosk.queueing.service import where_text
from kiosk.texts import Texts
from kiosk.words import Language


@dataclass(slots=True)
class GuideOnDisk:
    """See kiosk.ports.GuideSource. `site` is what is so at this ward alone; it may be replaced."""

    data: DataFolder
    site: Site
    grammar: bool = False  # whether the recogniser listens for given sentences alone

    def stamp(self) -> object:
        """See kiosk.ports.GuideSource."""
        from kiosk.catalogue.reading import stamp  # noqa: PLC0415 - as below

        return (stamp(self.data), self.site)

    def read(self) -> Guide:
        """See kiosk.ports.GuideSource. Raises CatalogueError."""
        # These lead to NumPy: here, on the reading thread, and nowhere sooner.
        from kiosk.catalogue.opening import open_guide  # noqa: PLC0415
        from kiosk.catalogue.reading import read_catalogue  # noqa: PLC0415

        guide = open_guide(read_catalogue(self.data), self.data, self.site)
        if self.grammar:
            from kiosk.catalogue.grammar import keep_grammar  # noqa: PLC0415

            with contextlib.suppress(OSError):  # it then listens freely
                keep_grammar(self.data, guide.catalogue)
        give_back()  # the reading alone needs 30 MB and more
        return guide


def site_of(config: Config) -> Site:
    """The ward's hours, places and counters, as the answers tell them."""
    names = Texts(ASSETS / "i18n", "slip")
    texts = Texts(ASSETS / "i18n", "guide")
    services = services_of(config)

    def hours(language: Language) -> str:
        if config.hours.always_open:
            return texts.get("hours.always", language)
        week = house_week(config)
        return "\n".join(hours_lines(week, lambda day: names.get(f"weekday.{day}", language)))

    return Site(
        hours=(hours("vi"), hours("en")),
        places={one.kind: (one.where_vi, one.where_en) for one in config.place},
        items=frozenset(one.item for one in config.dispenser if config.board.port != NONE),
        dossiers=bool(config.centre.url),
        counters={one.code: (where_text(one, "vi"), where_text(one, "en")) for one in services},
    )
