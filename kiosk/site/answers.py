"""What went wrong, as an answer: a status, a stable code and words for the technician.

400 wrong_request      the request is not as the API's description says
401 not_logged_in, not_a_kiosk, wrong_pin
403 forged, managers_only
404 not_found, unknown_...
409 what was asked cannot be done now (kiosk.errors.CommandRefused)
413 too_large   429 locked_out, busy   503 store, full   500 bug
"""

from __future__ import annotations

import logging
from typing import Any, Literal

from litestar import MediaType
from litestar.exceptions import HTTPException
from litestar.openapi.datastructures import ResponseSpec
from litestar.response import Redirect, Response

from kiosk.errors import CommandRefused, KioskError, StoreUnavailable
from kiosk.site.login import LoginRefused
from kiosk.site.reception import AnyRequest, Forbidden, NotLoggedIn, Reception
from kiosk.words.root import Word

log = logging.getLogger(__name__)

_CODES = {400: "wrong_request", 404: "not_found", 405: "wrong_method", 413: "too_large"}


class Problem(Word, frozen=True, kw_only=True):
    """Why it was not done. `opens_at` (ISO 8601) for a service that is closed or full."""

    code: str
    detail: str = ""
    opens_at: str = ""


ProblemStatus = Literal[400, 401, 403, 404, 409, 429, 503]
_MEANINGS: dict[ProblemStatus, str] = {
    400: "The request is not as it is described here",
    401: "No session, no key, or a wrong PIN",
    403: "Not for this session, or without its token",
    404: "There is no such thing",
    409: "It cannot be done now",
    429: "Too many tries: see Retry-After",
    503: "The store cannot keep anything, or too many listen",
}


def problems(*statuses: ProblemStatus) -> dict[int, ResponseSpec]:
    """What else an operation may answer, for its description."""
    return {
        status: ResponseSpec(
            data_container=Problem, description=_MEANINGS[status], generate_examples=False
        )
        for status in statuses
    }


def status_of(error: KioskError) -> int:
    """The HTTP status of one of our errors."""
    match error:
        case LoginRefused():
            return 401 if error.code == "wrong_pin" else 429
        case NotLoggedIn():
            return 401
        case Forbidden():
            return 403
        case CommandRefused():
            return 404 if error.code.startswith("unknown_") else 409
        case StoreUnavailable():
            return 503
        case _:
            return 500


def tell_problem(request: AnyRequest, error: Exception) -> Response[Problem]:
    """The answer to a request that went wrong. A bug costs its request, not the core."""
    headers: dict[str, str] = {}
    if isinstance(error, NotLoggedIn) and "HX-Request" in request.headers:
        headers["HX-Redirect"] = "/login"  # the page's part has no session any more
    if isinstance(error, HTTPException):
        status = error.status_code
        problem = Problem(code=_CODES.get(status, "refused"), detail=error.detail[:300])
        headers |= error.headers or {}
    elif isinstance(error, KioskError) and (status := status_of(error)) != 500:
        opens_at = error.opens_at if isinstance(error, CommandRefused) else ""
        problem = Problem(code=error.code, detail=error.detail, opens_at=opens_at)
        if isinstance(error, LoginRefused) and error.wait_s:
            headers["Retry-After"] = str(int(error.wait_s) + 1)
    else:
        log.error("a page failed", exc_info=error)
        status, problem = 500, Problem(code="bug")
    return Response(problem, status_code=status, headers=headers, media_type=MediaType.JSON)


def show_problem(request: AnyRequest, error: Exception) -> Response[Any]:
    """The same for somebody who opened a page: a kind sentence, and a way on."""
    if "text/html" not in request.headers.get("Accept", "") or "HX-Request" in request.headers:
        return tell_problem(request, error)
    status = tell_problem(request, error).status_code
    if status == 401:
        return Redirect("/login", status_code=303)
    kind = {403: "forbidden", 404: "missing"}.get(status or 500, "broken")
    reception: Reception = request.app.state.reception
    return reception.drawing.page("error", status=status or 500, kind=kind)
