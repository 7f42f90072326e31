"""What citizens are asked, in one version of it.

Answers carry the version and the codes of what was asked. Whoever changes a question, a reason or
their meaning gives the survey a new version: answers to different versions are never added up.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Face = Literal[1, 2, 3, 4, 5]
"""From a very sad one to a very glad one."""
FACES: tuple[Face, ...] = get_args(Face)
SAD: tuple[Face, ...] = (1, 2)
GLAD: tuple[Face, ...] = (4, 5)
MAY_COMPLAIN: tuple[Face, ...] = (1, 2, 3)
"""Who chose one of these may ask to be called back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One of the reasons that can be touched: short, for a gladness and for a sorrow alike."""

    code: str
    name_vi: str
    name_en: str
    icon: str = "circle"


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """What somebody agrees to who leaves a telephone number: the data, the purpose, who gets it,
    for how long, and how it is withdrawn. A changed text is a new version."""

    version: str
    text_vi: str
    text_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """One question with five faces, and the reasons that may be touched then."""

    version: str
    question: str
    text_vi: str
    text_en: str
    reasons: tuple[Reason, ...]
    consent: Consent

    def knows(self, codes: tuple[str, ...]) -> bool:
        """Whether these are reasons of this version, each once."""
        known = {reason.code for reason in self.reasons}
        return len(set(codes)) == len(codes) and known.issuperset(codes)
