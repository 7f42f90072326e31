"""What the kiosk knows: the catalogue of procedures, and the model that it hears with."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from kiosk.doctor.finding import Finding
from kiosk.doctor.premises import Premises
from kiosk.errors import CatalogueError
from kiosk.paths import ASSETS
from kiosk.queueing.hours import HANOI
from voice.errors import InstallFailed
from voice.models.installing import fault_of
from voice.models.known import known_models


def model(premises: Premises) -> Finding:
    """Is the recogniser there, and every byte of it?"""
    if premises.config is None:
        return Finding("model", "skipped", "needs_config")
    if not premises.config.voice.enabled:
        return Finding("model", "skipped", "switched_off")
    name = premises.config.voice.model
    folder = premises.data.model(name)
    if not folder.is_dir():
        return Finding("model", "fault", "model_missing", {"name": name})
    return _of_files(name, folder)


def _of_files(name: str, folder: Path) -> Finding:
    """Every byte is looked at: a third of a second for the shipped one."""
    try:
        known = {one.name: one for one in known_models(ASSETS / "models.toml")}
        fault = fault_of(known[name], folder) if name in known else ""
    except InstallFailed as error:
        fault = str(error)
    if fault:
        return Finding("model", "fault", "model_damaged", {"name": name, "detail": fault})
    checked = name in known and bool(known[name].file)
    return Finding("model", "ok", "model_whole" if checked else "model_own", {"name": name})


def catalogue(premises: Premises) -> Finding:
    """Which catalogue counts, and of when?"""
    from kiosk.catalogue.keeping import CURRENT, read_kept  # noqa: PLC0415 - it takes a while
    from kiosk.catalogue.reading import SHIPPED  # noqa: PLC0415
    from kiosk.catalogue.shipped import version_of_shipped  # noqa: PLC0415

    told = premises.device("guide")
    if told is not None and told.state == "unavailable":
        return Finding("catalogue", "fault", "catalogue_unreadable", {"detail": told.detail})
    try:
        version = told.detail if told and told.detail else version_of_shipped(SHIPPED)
        kept = read_kept(premises.data.catalogue)
    except CatalogueError as error:
        return Finding("catalogue", "fault", "catalogue_unreadable", {"detail": error.detail})
    values = {"version": version[:12]}
    newest = premises.data.catalogue / CURRENT
    if kept is None:
        if newest.exists():
            return Finding("catalogue", "warning", "import_damaged", values)
        return Finding("catalogue", "ok", "catalogue_shipped", values)
    imported = datetime.fromtimestamp(newest.stat().st_mtime, HANOI) if newest.exists() else None
    values["at"] = f"{imported:%Y-%m-%d}" if imported else "?"
    values["count"] = str(len(kept[0].rows))
    return Finding("catalogue", "ok", "catalogue_imported", values)
