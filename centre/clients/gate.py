"""The gate of city systems: `Authorization: Bearer TOKEN`, and the scope that a path wants."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from centre.clients.register import Client, Scope, client_of
from centre.clients.tokens import MAX_LENGTH
from centre.errors import NotAllowed, NotKnown

SCHEME = "Bearer "
_KEY = "api_client"

Connection = ASGIConnection[Any, Any, Any, Any]
Guard = Callable[[Connection, BaseRouteHandler], Awaitable[None]]


def allowed(*scopes: Scope) -> Guard:
    """A guard that lets clients with one of these scopes in, before their body is looked at."""

    async def guard(connection: Connection, _handler: BaseRouteHandler) -> None:
        given = connection.headers.get("Authorization", "")
        token = given.removeprefix(SCHEME)
        if token == given or len(token) > MAX_LENGTH:
            raise NotKnown("a token is needed: Authorization: Bearer …")
        client = await client_of(connection.app.state.database, token)
        if client is None:
            raise NotKnown("nobody's token, or one that was revoked")
        if client.scopes.isdisjoint(scopes):
            raise NotAllowed("this client has another scope", code="scope")
        connection.scope["state"][_KEY] = client

    return guard


def provide_client(request: Request[Any, Any, Any]) -> Client:
    """Whom the guard let in."""
    client: Client = request.scope["state"][_KEY]
    return client
