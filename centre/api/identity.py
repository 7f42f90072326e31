"""POST /v1/enrolments and POST /v1/keys: a device becomes known, a device has a new key."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from litestar import Request, post
from litestar.datastructures import State
from litestar.di import NamedDependency, Provide
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import JSONBody
from litestar.response import Response

from centre.api.description import DEVICE
from centre.errors import Unprocessable
from centre.identity.caller import Caller
from centre.identity.devices import change_key
from centre.identity.enrolment import Enrolling
from centre.identity.gate import Gate
from centre.problems import problems
from centre.wire import Enrolment, EnrolmentRequest, KeyChange

MAX_BODY = 4 * 1024
AnyRequest = Request[Any, Any, Any]


async def provide_new_key(request: AnyRequest, state: State) -> str:
    """The key, hexadecimal, that signed the request and is its keyid."""
    gate: Gate = state["gate"]
    return await gate.recognise_new(request)


@post(
    "/v1/enrolments",
    dependencies={"new_key": Provide(provide_new_key)},
    request_max_body_size=MAX_BODY,
    responses={
        200: ResponseSpec(Enrolment, description="It was so already", generate_examples=False),
        **problems(400, 401, 409, 413, 422, 429, 503),
    },
    security=[{DEVICE: []}],
    tags=["devices"],
)
async def post_enrolment(
    request: AnyRequest,
    data: JSONBody[EnrolmentRequest],
    state: State,
    new_key: NamedDependency[str],
    now: NamedDependency[datetime],
) -> Response[Enrolment]:
    """Make a device known by a technician's code; 200 where it was so already by the same two."""
    if data.public_key != new_key:
        raise Unprocessable("signed by another key than the one that it brings", code="other_key")
    if "\0" in data.name or "\0" in data.version:
        raise Unprocessable("a NUL character", code="nul")
    enrolling: Enrolling = state["enrolling"]
    source = request.client.host if request.client else ""
    device = await enrolling.enrol(data, source, now)
    answer = Enrolment(
        device=device.device,
        site=device.site,
        document_key=state["document_key"].public,
        sealing_key=state["sealing_key"],
    )
    return Response(answer, status_code=200 if device.again else 201)


@post(
    "/v1/keys",
    status_code=204,
    request_max_body_size=MAX_BODY,
    responses=problems(400, 401, 409, 413, 422, 503),
)
async def post_key(
    data: JSONBody[KeyChange],
    state: State,
    caller: NamedDependency[Caller],
    now: NamedDependency[datetime],
) -> None:
    """Put a new key in the place of the one that signed this request."""
    await change_key(state["database"], caller, data, now)


handlers = [post_enrolment, post_key]
