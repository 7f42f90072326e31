"""GET /healthz and /readyz: yes or no, for whoever watches over the processes."""

from __future__ import annotations

from litestar import get
from litestar.datastructures import State

from centre.errors import Away
from centre.problems import problems
from centre.store import Database


@get("/healthz", media_type="text/plain", include_in_schema=False)
async def healthz() -> str:
    """The process answers."""
    return "ok"


@get("/readyz", media_type="text/plain", include_in_schema=False, responses=problems(503))
async def readyz(state: State) -> str:
    """The process can do its work: its database answers."""
    database: Database = state["database"]
    if not await database.answers():
        raise Away("the database does not answer", code="store", retry_after_s=5)
    return "ok"


handlers = [healthz, readyz]
