"""The configuration, and whether the core answers."""

from __future__ import annotations

from kiosk.doctor.finding import Finding
from kiosk.doctor.premises import Premises


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


def core(premises: Premises) -> Finding:
    """Does the core answer?"""
    if premises.state is not None:
        return Finding("core", "ok", "core_answers")
    if premises.hung:
        return Finding("core", "fault", "core_hung")
    return Finding("core", "warning", "core_away")
