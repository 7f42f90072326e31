"""What models.toml knows of a recogniser."""

from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from voice.errors import InstallFailed

Sha256 = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$")]


class ModelFile(Struct, frozen=True, forbid_unknown_fields=True):
    """A file of a model's folder: its parts, in order, inside the packages; the hash of it all."""

    name: str
    parts: tuple[str, ...]
    sha256: Sha256


class Package(Struct, frozen=True, forbid_unknown_fields=True):
    """A wheel, by the name and version that the package index knows."""

    name: str
    version: str
    sha256: Sha256


class KnownModel(Struct, frozen=True, forbid_unknown_fields=True):
    """A recogniser with its licence and what was measured of it."""

    name: str
    engine: Literal["whisper", "vosk"]
    languages: str
    licence: str
    size_mb: int  # on the disk
    about: str
    measured: str
    package: tuple[Package, ...] = ()  # none: it comes from a file alone
    file: tuple[ModelFile, ...] = ()
    archive_sha256: Sha256 | None = None  # of the archive that its makers give out


class _Table(Struct, frozen=True, forbid_unknown_fields=True):
    model: tuple[KnownModel, ...]


def known_models(path: Path) -> tuple[KnownModel, ...]:
    """The models of models.toml, in its order.  Raises InstallFailed when it cannot be read."""
    try:
        return msgspec.toml.decode(path.read_bytes(), type=_Table).model
    except (OSError, msgspec.DecodeError) as error:
        raise InstallFailed(f"{path}: {error}") from error


def known_model(path: Path, name: str) -> KnownModel:
    """The model of that name.  Raises InstallFailed with the names there are."""
    models = {model.name: model for model in known_models(path)}
    if name not in models:
        raise InstallFailed(f"no model is called {name!r}; known are {', '.join(models)}")
    return models[name]
