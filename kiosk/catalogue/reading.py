"""Reads the catalogue as it stands here: the shipped one, with what was imported over it.

assets/catalogue/*.toml + <data>/catalogue/current.json ─▶ Catalogue
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kiosk.catalogue import english, merging, shipped
from kiosk.catalogue.keeping import CURRENT, read_kept
from kiosk.catalogue.merging import merged
from kiosk.catalogue.ready import keep_ready, read_ready
from kiosk.catalogue.shipped import read_shipped, version_of_shipped
from kiosk.guide import procedure
from kiosk.guide.catalogue import Catalogue
from kiosk.paths import ASSETS, DataFolder

if TYPE_CHECKING:
    from kiosk.catalogue.importing import Rows

SHIPPED: Final = ASSETS / "catalogue"
TRAINED_HERE: Final = "search.bin"
"""The model that `kiosk catalogue train` leaves beside the import."""


def stamp(data: DataFolder) -> object:
    """Differs when a new import or a new model lies there; costs two looks at the disk."""
    return tuple(_stamp(data.catalogue / name) for name in (CURRENT, TRAINED_HERE))


def _stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def read_catalogue(data: DataFolder) -> Catalogue:
    """The shipped catalogue with what was imported here over it, ready made where it can be.

    Raises CatalogueError.
    """
    key = _key(data)
    ready = read_ready(data.catalogue, key)
    if ready is not None:
        return ready
    catalogue = _laid_together(data)
    if not data.root.is_dir():
        return catalogue
    keep_ready(data.catalogue, key, catalogue)
    return read_ready(data.catalogue, key) or catalogue


def _key(data: DataFolder) -> str:
    """Differs where the shipped catalogue, the import, or the code that reads them differ."""
    parts = [version_of_shipped(SHIPPED).encode(), repr(_stamp(data.catalogue / CURRENT)).encode()]
    parts += [
        Path(module.__file__ or "").read_bytes()
        for module in (procedure, english, merging, shipped)
    ]
    return hashlib.sha256(b"\n".join(parts)).hexdigest()


def _laid_together(data: DataFolder) -> Catalogue:
    ours = read_shipped(SHIPPED)
    found = read_kept(data.catalogue)
    if found is None:
        return ours
    kept, digest = found
    version = hashlib.sha256(f"{ours.version}{digest}".encode()).hexdigest()
    catalogue = merged(ours, kept.rows, kept.amended, kept.abolished, version)
    return replace(catalogue, news=kept.news, since=kept.imported_on if kept.news else "")


def catalogue_over(rows: Rows) -> Catalogue:
    """The shipped catalogue with an export's rows over it; nothing is kept."""
    from kiosk.catalogue.importing import work_out  # noqa: PLC0415 - few need it, all would wait

    ours = read_shipped(SHIPPED)
    return work_out(ours, None, rows, source="", ward_only=False, on="").catalogue
