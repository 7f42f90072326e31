"""Problem documents (RFC 9457, application/problem+json): what every refusal looks like.

`type` is "about:blank" with a stable `code` beside it, `title` the status's own words, `detail` for
whoever reads the log of a device. Nothing of a request's body is repeated in it.
"""

from __future__ import annotations

import http
import logging
from typing import Any

import msgspec
from litestar import Request
from litestar.exceptions import HTTPException
from litestar.openapi.datastructures import ResponseSpec
from litestar.response import Response
from sqlalchemy.exc import DBAPIError, OperationalError

from centre.errors import CentreError

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
RETRY_S = 5
_CODES = {400: "wrong_request", 404: "missing", 405: "wrong_method", 413: "too_large"}
AnyRequest = Request[Any, Any, Any]


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """Why it was not done. `resume` (a seq) only where a batch of events left a gap, `now` only
    where a signature's moment is too far off."""

    status: int
    code: str
    title: str = ""
    detail: str = ""
    type: str = "about:blank"
    resume: int | None = None
    now: str | None = None


def problems(*statuses: int) -> dict[int, ResponseSpec]:
    """What else an operation may answer, for its description."""
    return {
        status: ResponseSpec(
            data_container=Problem,
            description=http.HTTPStatus(status).phrase,
            generate_examples=False,
            media_type=MEDIA_TYPE,
        )
        for status in statuses
    }


def tell_problem(request: AnyRequest, error: Exception) -> Response[bytes]:
    """The answer to a request that went wrong. A bug costs its request, not the server."""
    headers: dict[str, str] = {}
    more: dict[str, object] = {}
    match error:
        case CentreError() if error.status != 500:
            status, code, detail, more = error.status, error.code, error.detail, error.more
            if error.retry_after_s:
                headers["Retry-After"] = str(error.retry_after_s)
        case HTTPException():
            status = error.status_code
            code, detail = _CODES.get(status, "refused"), error.detail[:300]
            headers |= error.headers or {}
        case RecursionError() if "deserializing" in str(error):
            status, code, detail = 400, "wrong_request", "nested too deeply"
        case UnicodeDecodeError():
            status, code, detail = 400, "wrong_request", "not UTF-8"
        case OperationalError() | DBAPIError(connection_invalidated=True) | OSError():
            log.warning("%s: the database is away: %s", _path(request), error)
            status, code, detail = 503, "store", "the database is away"
            headers["Retry-After"] = str(RETRY_S)
        case _:
            log.error("%s failed", _path(request), exc_info=error)
            status, code, detail = 500, "bug", ""
    body = {
        "type": "about:blank",
        "title": http.HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": detail,
        **more,
    }
    return Response(
        msgspec.json.encode(body), status_code=status, headers=headers, media_type=MEDIA_TYPE
    )


def _path(request: AnyRequest) -> str:
    """Which operation it was, without what was asked: a path may hold somebody's code."""
    return request.scope.get("path_template") or "a path that is not ours"
