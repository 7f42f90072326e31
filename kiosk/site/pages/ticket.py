"""The page of one's own ticket, behind the slip's QR: number, people ahead, estimate; no name."""

from __future__ import annotations

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from kiosk.errors import CommandRefused
from kiosk.site.login import FACE
from kiosk.site.reception import Reception
from kiosk.words import AskPlace, Language, PlaceResult

SOON = 2  # people ahead from which one should be near


@get("/t/{token:str}", include_in_schema=False)
async def show_ticket(
    reception: NamedDependency[Reception],
    token: FromPath[str],
    lang: FromQuery[Language | None] = None,
) -> Response[str]:
    """The page, in the ticket's own language or in `lang`; its part fetches itself again."""
    return _draw(reception, "ticket", token, lang)


@get("/t/{token:str}/now", include_in_schema=False)
async def show_ticket_now(
    reception: NamedDependency[Reception],
    token: FromPath[str],
    lang: FromQuery[Language | None] = None,
) -> Response[str]:
    """The part that changes."""
    return _draw(reception, "ticket_now", token, lang)


def _draw(reception: Reception, name: str, token: str, lang: Language | None) -> Response[str]:
    try:
        place = reception.door.do(AskPlace(token=token[:64]), FACE)
    except CommandRefused:
        # A part that is fetched again must be shown: htmx shows nothing of a 404.
        status = 404 if name == "ticket" else 200
        return reception.drawing.page(
            name, lang or "vi", status=status, place=None, token="", soon=False
        )
    assert isinstance(place, PlaceResult)
    soon = place.state == "waiting" and place.ahead <= SOON
    return reception.drawing.page(name, lang or place.language, place=place, token=token, soon=soon)


ticket_pages = [show_ticket, show_ticket_now]
