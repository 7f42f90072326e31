"""The procedures that this kiosk knows, as one value. Read and kept by `kiosk.catalogue`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Literal

from kiosk.guide.procedure import Field, Procedure

NewsEvent = Literal["new", "amended", "abolished"]


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What happened to a procedure at an import, on an ISO date; `field` is the field's name.

    `facts` are the names of what was amended.
    """

    code: str
    name: str
    field: str
    event: NewsEvent
    on: str
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """Fields and procedures; `version` is a SHA-256 that changes with any fact in it.

    `procedures` may lack their long texts (documents, steps, fee …), which `long_texts` then has by
    code: ask `whole` for them. `news` is since the catalogue before this one, on the ISO date
    `since`; "" is never.
    """

    fields: tuple[Field, ...] = ()
    procedures: tuple[Procedure, ...] = ()
    version: str = ""
    since: str = ""
    news: tuple[News, ...] = ()
    long_texts: Callable[[str], Procedure] | None = field(default=None, compare=False)

    @cached_property
    def by_code(self) -> Mapping[str, Procedure]:
        """The procedures by their national code, perhaps without their long texts."""
        return MappingProxyType({one.code: one for one in self.procedures})

    @cached_property
    def field_by_code(self) -> Mapping[str, Field]:
        """The fields by their code."""
        return MappingProxyType({one.code: one for one in self.fields})

    def whole(self, code: str) -> Procedure | None:
        """A procedure with all that is known of it; None for an unknown code."""
        known = self.by_code.get(code)
        if known is None or self.long_texts is None:
            return known
        return self.long_texts(code)

    def companions_of(self, code: str) -> tuple[Procedure, ...]:
        """What people usually do together with a procedure, as far as it is known here."""
        procedure = self.by_code.get(code)
        named = procedure.companions if procedure else ()
        return tuple(self.by_code[one] for one in named if one in self.by_code)
