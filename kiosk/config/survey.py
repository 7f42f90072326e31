"""The survey's own file: assets/feedback/survey.toml, or one that the site wrote."""

from __future__ import annotations

import tomllib
import unicodedata
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

from kiosk.config.schema import Code, Icon, Section
from kiosk.errors import ConfigError
from kiosk.feedback.survey import Consent, Reason, Survey

Version = Annotated[str, Meta(min_length=1, max_length=20)]
Question = Annotated[str, Meta(min_length=1, max_length=80)]
ReasonName = Annotated[str, Meta(min_length=1, max_length=30)]
Purpose = Annotated[str, Meta(min_length=40, max_length=200)]


class ReasonTable(Section, frozen=True, kw_only=True):
    """A reason that can be touched."""

    code: Code
    name_vi: ReasonName
    name_en: ReasonName
    icon: Icon = "circle"


class ConsentTable(Section, frozen=True, kw_only=True):
    """What somebody agrees to who leaves a telephone number."""

    version: Version
    text_vi: Purpose
    text_en: Purpose


class SurveyFile(Section, frozen=True, kw_only=True):
    """The whole file."""

    version: Version
    question: Code
    text_vi: Question
    text_en: Question
    reason: Annotated[tuple[ReasonTable, ...], Meta(min_length=3, max_length=8)]
    consent: ConsentTable


def read_survey(path: Path) -> Survey:
    """The survey in a file. Raises ConfigError that names the file and what is wrong in it."""
    try:
        text = unicodedata.normalize("NFC", path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"feedback.survey: {path}: {error}") from error
    return parse_survey(text, name=str(path))


def parse_survey(text: str, *, name: str = "survey.toml") -> Survey:
    """The survey in `text`; raises ConfigError as read_survey does."""
    try:
        file = msgspec.convert(tomllib.loads(text), SurveyFile)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise ConfigError(f"feedback.survey: {name}: {error}") from error
    if len({reason.code for reason in file.reason}) < len(file.reason):
        raise ConfigError(f"feedback.survey: {name}: a reason is there twice")
    return Survey(
        version=file.version,
        question=file.question,
        text_vi=file.text_vi,
        text_en=file.text_en,
        reasons=tuple(Reason(**msgspec.structs.asdict(reason)) for reason in file.reason),
        consent=Consent(**msgspec.structs.asdict(file.consent)),
    )
