"""What the first start leaves: its progress between two evenings, and config.toml at the end."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Mapping
from pathlib import Path

import msgspec

from kiosk.config import Config, parse_config
from kiosk.config.keys import values_of
from kiosk.errors import ConfigError, Trouble
from kiosk.first_start.steps import Progress, changes
from kiosk.paths import ASSETS
from kiosk.settings.explaining import Explanations
from kiosk.settings.keeping import write_whole
from kiosk.settings.writing import written


def wards_of_hanoi(assets: Path = ASSETS) -> Mapping[str, str]:
    """The official names of the wards and communes by their national code."""
    text = (assets / "wards" / "hanoi.toml").read_text(encoding="utf-8")
    return tomllib.loads(unicodedata.normalize("NFC", text))


def template(code: str, assets: Path = ASSETS) -> Config:
    """A template: a whole configuration for a kind of site. Raises ConfigError."""
    path = assets / "templates" / f"{code}.toml"
    return parse_config(path.read_text(encoding="utf-8"), name=path.name)


def configured(progress: Progress, there: Config | None) -> str:
    """The text of config.toml that the answers come to, every key with its comment.

    It is made of the template that was chosen, else of what is `there`. Raises ConfigError.
    """
    chosen = progress.answers.get("template", "")
    base = template(chosen) if chosen else there
    if base is None:
        raise ConfigError("choose a template: there is no configuration to go on with")
    values = dict(values_of(base))
    for path, value in changes(progress, wards_of_hanoi()).items():
        table, _, name = path.partition(".")
        values[table] = {**values[table], name: value}
    text = written(msgspec.convert(values, Config, strict=True), Explanations(ASSETS / "i18n"))
    parse_config(text)
    return text


def read_progress(path: Path) -> Progress:
    """How far it had come; the beginning where nothing is kept or it cannot be read."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Progress)
    except (OSError, msgspec.MsgspecError):
        return Progress()


def keep_progress(path: Path, progress: Progress) -> None:
    """Keep it, so that a power cut costs one step at most. Raises Trouble."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_whole(path, msgspec.json.encode(progress).decode(), mode=0o600)
    except OSError as error:
        raise Trouble(f"{path} cannot be written: {error}", code="read_only") from error
