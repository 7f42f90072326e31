"""The configuration, the keys that it names, the release, and whether the core answers."""

from __future__ import annotations

from pathlib import Path

from kiosk.doctor.finding import Finding
from kiosk.doctor.premises import Premises
from kiosk.upgrade.releases import Releases


def config(premises: Premises) -> Finding:
    """Is config.toml good, and if not, which version counts?"""
    if premises.config is None:
        return Finding("config", "fault", "config_wrong", {"detail": premises.fault})
    if premises.fault:
        values = {"detail": premises.fault, "kept": premises.kept}
        return Finding("config", "warning", "config_last_good", values)
    if premises.given_fault:
        return Finding("config", "warning", "config_given", {"detail": premises.given_fault})
    told = premises.device("config")
    if told is not None and "restart_needed" in told.warnings:
        return Finding("config", "warning", "config_restart", {"keys": told.detail})
    return Finding("config", "ok", "config_good")


def secrets(premises: Premises) -> Finding:
    """Can the keys be read here, and by nobody else?"""
    if premises.config is None:
        return Finding("secrets", "skipped", "needs_config")
    named = (premises.config.site_server.private_key, premises.config.leader.key_file)
    files = [Path(name) for name in named if name]
    files += sorted(premises.data.root.glob("*.key")) + sorted(premises.data.centre.glob("*key*"))
    for path in files:
        try:
            mode = path.stat().st_mode
            path.read_bytes()
        except OSError as error:
            values = {"path": str(path), "detail": error.strerror or str(error)}
            return Finding("secrets", "fault", "secret_unreadable", values)
        if mode & 0o077:
            values = {"path": str(path), "mode": f"{mode & 0o777:04o}"}
            return Finding("secrets", "fault", "secret_open", values)
    if not files:
        return Finding("secrets", "skipped", "secrets_none")
    return Finding("secrets", "ok", "secrets_private", {"count": str(len(files))})


def core(premises: Premises) -> Finding:
    """Does the core answer?"""
    if premises.state is not None:
        return Finding("core", "ok", "core_answers")
    if premises.hung:
        return Finding("core", "fault", "core_hung")
    return Finding("core", "warning", "core_away")


def release(premises: Premises) -> Finding:
    """Which release runs, and what became of the last upgrade?"""
    folder = premises.project.parent
    if folder.name != "releases":
        return Finding("release", "skipped", "not_installed")
    releases = Releases(folder.parent)
    running, good = releases.of("current"), releases.of("good")
    values = {"version": running or premises.project.name, "good": good or "–"}
    if running != good:
        return Finding("release", "warning", "release_unproved", values)
    last = (releases.history() or [{}])[-1]
    if last.get("outcome") in {"put_back", "cut_short", "refused"}:
        values["tried"] = str(last.get("version") or last.get("archive"))
        values["detail"] = str(last.get("reason") or last["outcome"])
        return Finding("release", "warning", "upgrade_failed", values)
    return Finding("release", "ok", "release_good", values)
