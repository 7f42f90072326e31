"""What the centre is told about its surroundings: one TOML file, and environment variables over it.

Each key may be overridden by CENTRE_<KEY> (`CENTRE_DATABASE=postgresql://…`). Nothing has to be
set: without a file the centre serves 127.0.0.1:8600 on a SQLite file in its data folder.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

CONFIG = "CENTRE_CONFIG"
"""The variable that names the file; workers find it there."""
Port = Annotated[int, Meta(ge=0, le=65535)]


class SettingsError(Exception):
    """The file or a variable cannot be used; the words say which and why."""


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Every key. `data` holds the SQLite file, keys and what is uploaded (made with mode 0700)."""

    data: str = "var/centre"
    database: str = ""  # "": SQLite in `data`; "postgresql://USER:PASSWORD@HOST/NAME"
    host: str = "127.0.0.1"
    port: Port = 8600
    public_url: str = ""  # how browsers and devices call us, where a proxy stands in front
    certificate: str = ""  # files of TLS in PEM; "": a proxy in front does TLS, or it is loopback
    private_key: str = ""
    pool: Annotated[int, Meta(ge=1, le=200)] = 10  # connections to the database, each worker
    workers: Annotated[int, Meta(ge=1, le=64)] = 1
    proxies: str = ""  # addresses whose X-Forwarded-For is believed, by commas: "127.0.0.1"
    metrics_token: str = ""  # what Prometheus shows for /metrics; "": there are none
    keep_events_months: Annotated[int, Meta(ge=1, le=240)] = 36
    keep_words_months: Annotated[int, Meta(ge=1, le=240)] = 12  # what citizens wrote
    keep_call_back_days: Annotated[int, Meta(ge=1, le=3650)] = 30  # their sealed numbers
    keep_audit_months: Annotated[int, Meta(ge=1, le=240)] = 60
    one_stop: str = ""  # file that says how a one-stop system is asked for dossiers; "": imports
    smtp: str = ""  # "smtp://USER:PASSWORD@HOST:PORT?from=ADDRESS" or "smtps://…"; "": no mail

    @property
    def folder(self) -> Path:
        """The data folder."""
        return Path(self.data)

    @property
    def database_url(self) -> str:
        """The database as SQLAlchemy's asyncio drivers want it."""
        if not self.database:
            return f"sqlite+aiosqlite:///{self.folder.absolute() / 'centre.sqlite3'}"
        for plain in ("postgresql://", "postgres://"):
            if self.database.startswith(plain):
                return "postgresql+asyncpg://" + self.database.removeprefix(plain)
        return self.database


def read_settings(path: Path | None, environment: Mapping[str, str] = os.environ) -> Settings:
    """The file's keys with the environment's over them. Raises SettingsError."""
    values: dict[str, object] = {}
    if path is not None:
        try:
            values = tomllib.loads(path.read_text())
        except (OSError, ValueError) as error:
            raise SettingsError(f"{path}: {error}") from error
    for name in Settings.__struct_fields__:
        if (value := environment.get(f"CENTRE_{name.upper()}")) is not None:
            values[name] = value
    try:
        return msgspec.convert(values, Settings, strict=False)
    except msgspec.ValidationError as error:
        raise SettingsError(str(error)) from error
