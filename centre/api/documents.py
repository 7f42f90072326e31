"""GET /v1/changes, GET /v1/documents/NAME/VERSION, POST /v1/documents/fates: the way down."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Any

from litestar import Request, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import JSONBody, PathParameter, QueryParameter
from litestar.response import Response, Stream

from centre.clock import Clock
from centre.documents.fates import keep_fates
from centre.documents.feed import FeedReader
from centre.documents.shelf import DocumentShelf
from centre.identity.caller import Caller
from centre.problems import problems
from centre.wire import Changes, DocumentFates
from centre.wire.documents import MAX_VERSION

MAX_BODY = 16 * 1024
PIECE = 64 * 1024  # bytes sent at once, so that a slow line holds no copy of the whole
_TYPES = {"catalogue": "application/json"}
AnyRequest = Request[Any, Any, Any]


@get(
    "/v1/changes",
    responses={
        304: ResponseSpec(None, description="It has all of it", generate_examples=False),
        **problems(400, 401, 422, 503),
    },
)
async def get_changes(
    request: AnyRequest,
    state: State,
    caller: NamedDependency[Caller],
    since: Annotated[str, QueryParameter(max_length=64)] = "",
) -> Response[Changes | None]:
    """What is new for the device since its cursor; 304 where it has it and nothing is."""
    feed: FeedReader = state["feed"]
    clock: Clock = state["now"]
    news = await feed.news(caller, since, clock())
    if news.nothing and f'"{since}"' in request.headers.get("if-none-match", ""):
        return Response(None, status_code=304, headers={"ETag": f'"{since}"'})
    return Response(news.changes, headers={"ETag": f'"{news.changes.cursor}"'})


@get("/v1/documents/{name:str}/{version:int}", responses=problems(400, 401, 404, 503))
async def get_document(
    request: AnyRequest,
    state: State,
    caller: NamedDependency[Caller],
    name: Annotated[str, PathParameter(max_length=40)],
    version: Annotated[int, PathParameter(ge=1, le=MAX_VERSION)],
) -> Stream:
    """The bytes of a version that is meant for the device, packed where it takes that."""
    shelf: DocumentShelf = state["documents"]
    found = await shelf.read(caller, name, version)
    packed = "gzip" in request.headers.get("accept-encoding", "")
    body = found.packed if packed else found.body
    headers = {"ETag": f'"{found.sha256}"', "Vary": "Accept-Encoding"}
    headers |= {"Cache-Control": "private, immutable", "Content-Length": str(len(body))}
    if packed:
        headers["Content-Encoding"] = "gzip"
    return Stream(_pieces(body), headers=headers, media_type=_TYPES.get(name, "application/toml"))


@post(
    "/v1/documents/fates",
    status_code=204,
    request_max_body_size=MAX_BODY,
    responses=problems(400, 401, 413, 422, 503),
)
async def post_fates(
    data: JSONBody[DocumentFates],
    state: State,
    caller: NamedDependency[Caller],
    now: NamedDependency[datetime],
) -> None:
    """What the device made of versions that it was given."""
    async with state["database"].changing() as connection:
        await keep_fates(connection, caller, data, now)


def _pieces(body: bytes) -> Iterator[bytes]:
    whole = memoryview(body)
    for begin in range(0, len(body), PIECE):
        yield bytes(whole[begin : begin + PIECE])


handlers = [get_changes, get_document, post_fates]
