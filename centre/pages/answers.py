"""What went wrong, for somebody who opened a page: a kind sentence and a way on; else a problem
document (centre.problems)."""

from __future__ import annotations

from typing import Any

from litestar.response import Redirect, Response

from centre.pages.office import AnyRequest, office_of
from centre.problems import tell_problem

_KINDS = {403: "forbidden", 404: "missing", 503: "away", 429: "busy"}
REFUSED = frozenset({400, 409, 413, 422})


def show_problem(request: AnyRequest, error: Exception) -> Response[Any]:
    """The page of an error; whoever has no session is sent to log in, and comes back."""
    told = tell_problem(request, error)
    status = told.status_code or 500
    if "HX-Request" in request.headers and status == 401:
        told.headers["HX-Redirect"] = "/login"  # the page's part has no session any more
        return told
    if "text/html" not in request.headers.get("Accept", "") or "HX-Request" in request.headers:
        return told
    if status == 401:
        return Redirect(f"/login?to={request.url.path}", status_code=303)
    office = office_of(request)
    code = getattr(error, "code", "")
    page = office.page(
        request,
        "centre_error",
        status=status,
        kind=_KINDS.get(status, "refused" if status in REFUSED else "broken"),
        code=code if isinstance(code, str) else "",
    )
    page.headers.update(told.headers)
    return page
