"""What the kiosk gives out: how many are left, and the count after a refill. For all staff."""

from __future__ import annotations

from litestar import Response, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect

from kiosk.errors import CommandRefused, StoreUnavailable
from kiosk.site.login import FACE
from kiosk.site.reception import AnyRequest, Reception, session_of
from kiosk.site.sessions import Session
from kiosk.words import AskState, ItemState, Restock, StateResult
from kiosk.words.root import Word

MOST = 9999


class CountForm(Word, frozen=True, kw_only=True):
    """So many are in the dispenser now; as typed."""

    left: str = ""


@get("/stock", include_in_schema=False)
async def show_stock(
    request: AnyRequest, reception: NamedDependency[Reception]
) -> Response[str] | Redirect:
    """The things, their count and how they stand; who is not logged in is sent to do so."""
    session = reception.find_session(request)
    if session is None:
        return Redirect("/login", status_code=303)
    return _page(reception, session)


@post(
    "/stock/{item:str}",
    status_code=200,
    dependencies={"session": Provide(session_of)},
    include_in_schema=False,
)
async def count(
    reception: NamedDependency[Reception],
    session: NamedDependency[Session],
    item: FromPath[str],
    data: URLEncodedBody[CountForm],
) -> Response[str]:
    """Somebody has counted: the page as it is then, with a word where it could not be kept."""
    left = data.left.strip()
    if not left.isascii() or not left.isdecimal() or int(left) > MOST:
        return _page(reception, session, notice="count")
    try:
        reception.door.do(Restock(item=item[:40], left=int(left)), FACE)
    except CommandRefused:
        return _page(reception, session, notice="other")
    except StoreUnavailable:
        return _page(reception, session, notice="store")
    return _page(reception, session, notice="kept")


def _page(reception: Reception, session: Session, notice: str = "") -> Response[str]:
    return reception.drawing.page(
        "stock", session=session, here="stock", items=items_of(reception), notice=notice, most=MOST
    )


def items_of(reception: Reception) -> tuple[ItemState, ...]:
    """What this kiosk gives out."""
    result = reception.door.do(AskState(), FACE)
    assert isinstance(result, StateResult)
    return result.state.items


stock_pages = [show_stock, count]
