"""The hall board for any television, and the stream that it listens to."""

from __future__ import annotations

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.response import Stream

from kiosk.errors import StoreUnavailable
from kiosk.site.reception import Reception

EVENT_STREAM = "text/event-stream"


@get("/board", include_in_schema=False)
async def show_board(reception: NamedDependency[Reception]) -> Response[str]:
    """The board; its script draws what the stream tells."""
    return reception.drawing.page("board")


@get("/board/events", include_in_schema=False)
async def tell_board(reception: NamedDependency[Reception]) -> Stream:
    """The hall, whole, at once and after every change."""
    return hall_events(reception)


def hall_events(reception: Reception) -> Stream:
    """A stream of the hall. Raises StoreUnavailable (503) where too many listen."""
    if reception.stream.is_full:
        raise StoreUnavailable("too many listen", code="full")
    return Stream(reception.stream.listen(), media_type=EVENT_STREAM)


board_pages = [show_board, tell_board]
