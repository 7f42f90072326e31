"""GET /v1/openapi.json: the JSON API described (OpenAPI 3.1), exactly.

What is not described is refused, so every shape is closed: `additionalProperties` is false. Pages
for browsers, health and metrics are no part of it.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from litestar import Litestar, Response, get
from litestar.datastructures import State
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.spec import Components, SecurityScheme
from litestar.types import ControllerRouterHandler

from centre import wire
from centre.bookings import shapes
from centre.problems import Problem

PATH = "/v1/openapi.json"
_REFERENCE = "#/components/schemas/{name}"
ABOUT = (
    "Kiosks sign each request (RFC 9421, Ed25519; docs/centre-wire.md), systems of the city send a "
    "token (docs/centre-api.md). A refusal is a problem document (RFC 9457) with a stable `code`."
)
DEVICE, CLIENT = "device", "client"
_SCHEMES = {
    DEVICE: SecurityScheme(
        type="apiKey",
        name="Signature",
        security_scheme_in="header",
        description="With Signature-Input and Content-Digest",
    ),
    CLIENT: SecurityScheme(type="http", scheme="bearer"),
}
_SHAPES = (
    *(getattr(wire, name) for name in wire.__all__ if name[0].isupper() and name[1].islower()),
    shapes.NewBooking,
    shapes.BookingMove,
    shapes.Booked,
    shapes.Slots,
    shapes.BookableSites,
    Problem,
)
"""Every shape as its decoder takes it: with limits that Litestar's description leaves out."""
_READ_RAW: Mapping[str, type] = {"/v1/events": wire.EventBatch}
"""Bodies that handlers unpack and decode themselves."""


class Description:
    """What these handlers are, described when it is first asked for."""

    def __init__(self, handlers: Sequence[ControllerRouterHandler]) -> None:
        self._handlers = list(handlers)

    @functools.cached_property
    def json(self) -> bytes:
        """The description."""
        described = Litestar(self._handlers, openapi_config=_config(), logging_config=None)
        return msgspec.json.encode(_exact(described.openapi_schema.to_schema()))


@get(PATH, include_in_schema=False)
async def describe(state: State) -> Response[bytes]:
    """The description."""
    description: Description = state["description"]
    return Response(description.json, media_type="application/json")


def _config() -> OpenAPIConfig:
    return OpenAPIConfig(
        title="Lễ Tân: the centre",
        version="1.0.0",
        description=ABOUT,
        components=Components(security_schemes=dict(_SCHEMES)),
        use_handler_docstrings=True,
        operation_id_creator=lambda handler, _method, _path: handler.handler_name,
    )


def _exact(schema: dict[str, Any]) -> dict[str, Any]:
    schema["paths"] = {
        path: operations for path, operations in schema["paths"].items() if path.startswith("/v1/")
    }
    told, parts = msgspec.json.schema_components(_SHAPES, ref_template=_REFERENCE)
    for path, shape in _READ_RAW.items():
        content = {"application/json": {"schema": told[_SHAPES.index(shape)]}}
        schema["paths"][path]["post"]["requestBody"] = {"required": True, "content": content}
    known = schema["components"]["schemas"]
    known |= parts
    for shape in known.values():
        if "properties" in shape:
            shape.setdefault("additionalProperties", False)
    return schema
