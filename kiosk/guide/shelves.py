"""The catalogue as a citizen browses it: by field, by life event and by news, what most people
need first.

Pure. Only what the ward itself receives stands on a shelf; the search knows the rest as well.
"""

from __future__ import annotations

from collections import Counter
from typing import Final, get_args

from kiosk.guide.catalogue import Catalogue, News, NewsEvent
from kiosk.guide.procedure import Field, LifeEvent, Procedure

LIFE_EVENTS: Final[tuple[LifeEvent, ...]] = get_args(LifeEvent)
EVENTS: Final[tuple[NewsEvent, ...]] = get_args(NewsEvent)


class Shelves:
    """Made once for a catalogue, then only read."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._fields = catalogue.fields
        self._ward = sorted((one for one in catalogue.procedures if one.ward), key=_rank)
        self._counts = Counter(procedure.field for procedure in self._ward)
        self._events = Counter(event for one in self._ward for event in one.life_events)
        self._news = [one for one in catalogue.news if _is_ours(one, catalogue)]
        self._known = catalogue.by_code

    @property
    def count(self) -> int:
        """How many procedures the ward receives."""
        return len(self._ward)

    @property
    def checked(self) -> str:
        """The ISO date of the newest check of any procedure; "" is never."""
        return max((procedure.checked for procedure in self._ward), default="")

    def fields(self) -> list[tuple[Field, int]]:
        """The fields that hold something, in the catalogue's order, with how much they hold."""
        counted = ((field, self._counts[field.code]) for field in self._fields)
        return [(field, count) for field, count in counted if count]

    def life_events(self) -> list[tuple[LifeEvent, int]]:
        """The life events that bring something, from birth to complaint, with how much."""
        return [(event, self._events[event]) for event in LIFE_EVENTS if self._events[event]]

    def news(self) -> list[tuple[NewsEvent, int]]:
        """What happened at the last import, with to how many; without what happened to none."""
        counts = Counter(one.event for one in self._news)
        return [(event, counts[event]) for event in EVENTS if counts[event]]

    def browse_news(self, event: NewsEvent) -> list[Procedure]:
        """Those to which it happened; of what was abolished no more is known than the name."""
        return [
            self._known.get(one.code)
            or Procedure(code=one.code, official=one.name, short=one.name, field="", ward=False)
            for one in self._news
            if one.event == event
        ]

    def browse(self, field: str = "", life_event: str = "") -> list[Procedure]:
        """Those of a field, or of a life event, or of both; neither: all."""
        return [
            one
            for one in self._ward
            if field in ("", one.field) and (not life_event or life_event in one.life_events)
        ]


def _is_ours(news: News, catalogue: Catalogue) -> bool:
    """The ward receives it, or once did."""
    known = catalogue.by_code.get(news.code)
    return known is None or known.ward


def _rank(procedure: Procedure) -> tuple[bool, bool]:
    """Plain before rare, checked by a person before imported; else in the catalogue's order."""
    return procedure.variant != "plain", not procedure.checked
