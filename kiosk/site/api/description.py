"""The API's description (OpenAPI), made exact: what is not described is refused."""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import Litestar, MediaType, Response, get
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.spec import Components, SecurityScheme

from kiosk.site.reception import AnyRequest

PATH = "/api/openapi.json"
ABOUT = (
    "Counters, board, one's own ticket and the site's kiosks, on the site's own network. "
    "Staff begin a session with a PIN; it is a cookie, and every change carries the session's "
    "token in the header X-CSRF-Token. Kiosks send the site's secret as a bearer."
)

OPENAPI = OpenAPIConfig(
    title="Lễ Tân",
    version="1.0.0",
    description=ABOUT,
    render_plugins=[],
    components=Components(
        security_schemes={
            "session": SecurityScheme(type="apiKey", name="letan", security_scheme_in="cookie"),
            "token": SecurityScheme(
                type="apiKey", name="X-CSRF-Token", security_scheme_in="header"
            ),
            "kiosk": SecurityScheme(type="http", scheme="bearer"),
        }
    ),
)


@get(PATH, include_in_schema=False)
async def describe(request: AnyRequest) -> Response[bytes]:
    """The description."""
    return Response(described(request.app), media_type=MediaType.JSON)


def described(app: Litestar) -> bytes:
    """What Litestar describes, and that no other fields are taken or given."""
    schema: dict[str, Any] = app.openapi_schema.to_schema()
    for shape in schema["components"]["schemas"].values():
        if "properties" in shape:
            shape.setdefault("additionalProperties", False)
    return msgspec.json.encode(schema)
