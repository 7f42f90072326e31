"""Styles, scripts, fonts and the chime, from memory."""

from __future__ import annotations

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from kiosk.site.drawing import Shelf
from kiosk.site.reception import AnyRequest, Reception

FOREVER = "public, max-age=31536000, immutable"  # the address changes with the content


@get("/static/{name:str}", include_in_schema=False)
async def files(
    request: AnyRequest, reception: NamedDependency[Reception], name: FromPath[str]
) -> Response[bytes]:
    """A file of the shelf."""
    return file_of(reception.drawing.shelf, name, request.headers.get("If-None-Match", ""))


def file_of(shelf: Shelf, name: str, known: str) -> Response[bytes]:
    """A file of a shelf for whoever has it with the ETag `known`. Raises NotFoundException."""
    found = shelf.take(name)
    if found is None:
        raise NotFoundException
    data, media_type, stamp = found
    headers = {"Cache-Control": FOREVER, "ETag": f'"{stamp}"'}
    if known == f'"{stamp}"':
        return Response(b"", status_code=304, headers=headers)
    return Response(data, media_type=media_type, headers=headers)
