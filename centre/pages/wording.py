"""The words of the pages: the book "centre", and behind it the kiosk's "site" for what both say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from jinja2 import pass_context
from jinja2.runtime import Context
from litestar.response import Response

from kiosk.queueing.hours import HANOI
from kiosk.site import drawing
from kiosk.site.drawing import PageDrawing, shelf_of
from kiosk.texts import Texts
from kiosk.words import Language

HERE = Path(__file__).parent
_STEPS = ((60, "second", 1), (3600, "minute", 60), (86_400, "hour", 3600))


class Books:
    """Several books as one: the first that has a text gives it."""

    def __init__(self, *books: Texts) -> None:
        self._books = books

    def has(self, key: str) -> bool:
        """Whether one of them has it."""
        return any(book.has(key) for book in self._books)

    def get(self, key: str, language: str = "vi", **values: object) -> str:
        """The text of the first that has it. Raises OurFault where none has."""
        book = next((one for one in self._books if one.has(key)), self._books[0])
        return book.get(key, language, **values)


class CentreDrawing(PageDrawing):
    """Our templates and styles before the site's."""

    def __init__(self, assets: Path) -> None:
        """Reads every file once."""
        books = Books(Texts(assets / "i18n", "centre"), Texts(assets / "i18n", "site"))
        super().__init__(
            books,
            assets,
            [HERE / "templates", drawing.TEMPLATES],
            shelf_of(assets, [drawing.STATIC, HERE / "static"]),
        )
        self._environment.filters["moment"] = moment
        self._environment.filters["ago"] = _ago_of_page
        self._environment.filters["figure"] = _figure_of_page

    def page(
        self, name: str, language: Language = "vi", *, status: int = 200, **values: object
    ) -> Response[str]:
        """A page, or a part of one; `now` is the moment that it is drawn."""
        named = {"site_name": self.text("app.name", language)}
        return super().page(name, language, status=status, **(named | values))


@cache
def drawing_of(assets: Path) -> CentreDrawing:
    """The drawing of these assets; files and templates are read once in a process."""
    return CentreDrawing(assets)


@pass_context
def _ago_of_page(context: Context, then: datetime | None) -> str:
    """ "12 phút trước" of a moment, seen from the page's `now`."""
    t = context["t"]
    return str(t("ago.never")) if then is None else ago(t, context["now"] - then)


@pass_context
def _figure_of_page(context: Context, value: float, places: int = 0) -> str:
    return figure(value, places, context["language"])


def ago(t: Callable[..., str], passed: timedelta) -> str:
    """How long it is since, in the one unit that fits."""
    seconds = max(0, int(passed.total_seconds()))
    for below, unit, size in _STEPS:
        if seconds < below:
            return t(f"ago.{unit}", count=seconds // size)
    return t("ago.day", count=seconds // 86_400)


def moment(then: datetime | None) -> str:
    """ "08:05 23/11/2026" in Hanoi; "" of none."""
    return then.astimezone(HANOI).strftime("%H:%M %d/%m/%Y") if then else ""


def figure(value: float, places: int = 0, language: Language = "vi") -> str:
    """A figure as it is written in a language: 1.234,5 or 1,234.5."""
    text = f"{value:,.{places}f}"
    return text if language == "en" else text.translate(str.maketrans(",.", ".,"))
