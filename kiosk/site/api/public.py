"""What everybody in the hall may ask: the board, and one's own ticket."""

from __future__ import annotations

from typing import Annotated

from litestar import Router, get
from litestar.di import NamedDependency
from litestar.params import PathParameter

from kiosk.site.answers import problems
from kiosk.site.board_state import BoardState
from kiosk.site.login import FACE
from kiosk.site.reception import Reception
from kiosk.words import AskPlace, PlaceResult

Token = Annotated[str, PathParameter(description="What the slip's QR holds", max_length=64)]


@get("/hall", responses=problems(503), operation_id="hall")
async def ask_hall(reception: NamedDependency[Reception]) -> BoardState:
    """The hall as the board shows it."""
    return reception.stream.state()


@get("/places/{token:str}", responses=problems(404, 503), operation_id="place")
async def ask_place(reception: NamedDependency[Reception], token: Token) -> PlaceResult:
    """Where the ticket of a slip stands: its number, people ahead, an estimate; no name."""
    result = reception.door.do(AskPlace(token=token), FACE)
    assert isinstance(result, PlaceResult)
    return result


public_api = Router("/", route_handlers=[ask_hall, ask_place], tags=["everybody"])
