"""The tie to the city's centre: who this kiosk is there, is it heard, whose clock is off."""

from __future__ import annotations

import socket
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from kiosk.config.schema import Centre
from kiosk.doctor.finding import Finding
from kiosk.doctor.premises import Premises
from kiosk.errors import Trouble
from kiosk.queueing.hours import HANOI
from kiosk.sync.contact import last_contact
from kiosk.sync.enrolment import Enrolled, read_enrolment
from kiosk.sync.marks import is_elsewhere, marks_here
from kiosk.words import DeviceState

CONNECT_WITHIN_S = 1.5
LATELY = timedelta(minutes=10)
SKEW_S = 120
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


def enrolment(premises: Premises) -> Finding:
    """Is this kiosk known at the centre, and still in the computer that it was enrolled in?"""
    settings = _settings(premises)
    if settings is None:
        return Finding("enrolment", "skipped", "alone")
    try:
        found = read_enrolment(premises.data.centre)
        there = _is_key_there(premises)
    except Trouble as error:
        return Finding("enrolment", "fault", "enrolment_damaged", {"detail": error.detail})
    if found is None:
        return Finding("enrolment", "fault", "not_enrolled", {"url": settings.url})
    return _of_enrolment(settings, found, there=there)


def _of_enrolment(settings: Centre, found: Enrolled, *, there: bool) -> Finding:
    values = {"device": found.device, "site": found.site, "since": found.enrolled_at[:10]}
    if not there:
        return Finding("enrolment", "fault", "enrolment_key_gone", values)
    if is_elsewhere(found.marks, marks_here()):
        return Finding("enrolment", "fault", "elsewhere", values)
    parts = urlsplit(settings.url)
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        return Finding("enrolment", "warning", "centre_plain", {"url": settings.url})
    return Finding("enrolment", "ok", "enrolled", values)


def _is_key_there(premises: Premises) -> bool:
    return any((premises.data.centre / name).exists() for name in ("key", "key.new"))


def centre(premises: Premises) -> Finding:
    """Is the centre heard?"""
    settings = _settings(premises)
    if settings is None:
        return Finding("centre", "skipped", "alone")
    told = premises.device("centre")
    heard = _heard(premises)
    values = {"url": settings.url, "heard": f"{heard:%Y-%m-%d %H:%M}" if heard else "–"}
    if told is not None and told.state != "starting":
        return _of_state(told, values)
    if heard is not None and abs(datetime.now(HANOI) - heard) < LATELY:
        return Finding("centre", "ok", "centre_heard", values)
    parts = urlsplit(settings.url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        with socket.create_connection((parts.hostname or "", port), CONNECT_WITHIN_S):
            return Finding("centre", "ok", "centre_reached", values)
    except OSError as error:
        return Finding("centre", "fault", "centre_no_answer", {**values, "detail": str(error)})


def _of_state(told: DeviceState, values: dict[str, str]) -> Finding:
    values = {**values, "detail": told.detail, "since": told.since[:16].replace("T", " ")}
    if told.state == "ready":
        if told.warnings:
            return Finding("centre", "warning", "centre_refuses", values)
        return Finding("centre", "ok", "centre_heard", values)
    known = {"no_answer", "busy", "certificate", "not_a_centre", "not_known", "revoked"}
    code = f"centre_{told.reason}" if told.reason in known else "centre_refuses"
    if told.reason in {"not_enrolled", "elsewhere", "key"}:
        return Finding("centre", "skipped", "centre_needs_enrolment")
    return Finding("centre", "fault", code, values)


def centre_clock(premises: Premises) -> Finding:
    """Does this computer's clock go with the centre's?"""
    if _settings(premises) is None:
        return Finding("centre_clock", "skipped", "alone")
    contact = last_contact(premises.data.centre)
    if contact is None or contact.ahead_s is None:
        return Finding("centre_clock", "skipped", "centre_never_heard")
    values = {"seconds": f"{contact.ahead_s:+.0f}"}
    if abs(contact.ahead_s) > SKEW_S:
        return Finding("centre_clock", "warning", "clock_skewed", values)
    return Finding("centre_clock", "ok", "clock_goes_with_centre", values)


def _settings(premises: Premises) -> Centre | None:
    """None where this kiosk is alone."""
    found = premises.config.centre if premises.config else None
    return found if found is not None and found.url else None


def _heard(premises: Premises) -> datetime | None:
    contact = last_contact(premises.data.centre)
    try:
        return datetime.fromisoformat(contact.heard_at).astimezone(HANOI) if contact else None
    except ValueError:
        return None
