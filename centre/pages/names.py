"""What things are called: services and reasons by their codes, as published, or as shipped."""

from __future__ import annotations

import logging
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from centre.store.tables.documents import Document
from kiosk.config import load_config
from kiosk.config.survey import read_survey
from kiosk.paths import ASSETS, DEFAULT_CONFIG
from kiosk.words import Language

log = logging.getLogger(__name__)

NEWEST = 30  # published versions that are looked at


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Names by code in one language; a code that nobody knows is its own name."""

    services: dict[str, str]
    reasons: dict[str, str]

    @property
    def service(self) -> Callable[[str], str]:
        """A service's name."""
        return lambda code: self.services.get(code, code)

    @property
    def reason(self) -> Callable[[str], str]:
        """A reason's name."""
        return lambda code: self.reasons.get(code, code)


async def names_in(connection: AsyncConnection, language: Language) -> Names:
    """What is shipped, and what was published over it, whomever for: the newest name counts."""
    key = f"name_{language}"
    services, reasons = (dict(one) for one in _shipped(key))
    wanted = (
        select(Document.name, Document.body)
        .where(Document.name.in_(("services", "survey")), Document.removed.is_(False))
        .order_by(Document.cursor.desc())
        .limit(NEWEST)
    )
    for name, body in reversed((await connection.execute(wanted)).all()):
        table, names = ("service", services) if name == "services" else ("reason", reasons)
        names |= _names_in(body, table, key)
    return Names(services=services, reasons=reasons)


def _names_in(body: bytes, table: str, key: str) -> dict[str, str]:
    try:
        found = tomllib.loads(body.decode())
        return {one["code"]: one[key] for one in found.get(table, [])}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        log.warning("a published document cannot be read for its names: %s", error)
        return {}


@cache
def _shipped(key: str) -> tuple[dict[str, str], dict[str, str]]:
    config = load_config(DEFAULT_CONFIG)
    survey = read_survey(ASSETS / "feedback" / "survey.toml")
    return (
        {one.code: getattr(one, key) for one in config.service},
        {one.code: getattr(one, key) for one in survey.reasons},
    )
