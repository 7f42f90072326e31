"""The computer itself: clock, disk, temperature, monitors, as far as the kernel tells."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from kiosk.doctor.finding import Finding
from kiosk.doctor.premises import Premises
from kiosk.queueing.hours import HANOI
from kiosk.store.examination import look_at_store

HOT_C = 80.0
WORN_TENTHS = 8  # of its life an eMMC has used, as it says itself
TIME_ERROR = 5  # adjtimex(2): TIME_ERROR, the clock is not synchronised
SYNCHRONIZED = Path("/run/systemd/timesync/synchronized")
OLDEST_YEAR = 2026  # of this version: a clock before it has lost its battery


def clock(premises: Premises) -> Finding:
    """Is the time right, and does somebody keep it so?"""
    now = datetime.now(HANOI)
    values = {"now": f"{now:%Y-%m-%d %H:%M}"}
    told = premises.device("clock")
    if told is not None and told.state == "unavailable":
        return Finding("clock", "fault", "clock_not_believed", values)
    last = look_at_store(premises.data.database, premises.data.journal, check=False).last_known
    behind = bool(last) and now.date() < datetime.fromisoformat(last).astimezone(HANOI).date()
    if now.year < OLDEST_YEAR or behind:
        return Finding("clock", "fault", "clock_not_believed", values)
    if not _is_kept():
        return Finding("clock", "warning", "clock_not_kept", values)
    return Finding("clock", "ok", "clock_good", values)


def _is_kept() -> bool:
    """Whether a time service has set the kernel's clock (adjtimex with nothing to change).

    Inside the core's sandbox the kernel is not to be asked; systemd-timesyncd leaves a file.
    """
    buffer = ctypes.create_string_buffer(512)  # struct timex is 208 bytes; modes 0 only reads
    state = int(ctypes.CDLL(None, use_errno=True).adjtimex(buffer))
    return SYNCHRONIZED.exists() if state < 0 else state != TIME_ERROR


def disk(premises: Premises) -> Finding:
    """How worn is the disk, where it says so (eMMC: life_time, pre_eol_info)?"""
    for name, used, pre_end in _lives(premises.sys):
        values = {"disk": name, "percent": str(10 * used)}
        if pre_end >= 3:
            return Finding("disk", "fault", "disk_at_its_end", values)
        if pre_end == 2 or used >= WORN_TENTHS:
            return Finding("disk", "warning", "disk_worn", values)
    if any(_lives(premises.sys)):
        return Finding("disk", "ok", "disk_healthy")
    return Finding("disk", "skipped", "disk_tells_nothing")


def _lives(sys: Path) -> Iterator[tuple[str, int, int]]:
    """(disk, tenths of its life used, pre-end-of-life) of each that tells."""
    for path in sorted((sys / "block").glob("*/device/life_time")):
        try:
            used = max(int(part, 16) for part in path.read_text().split())
            pre_end = int((path.parent / "pre_eol_info").read_text().strip(), 16)
        except (OSError, ValueError):
            continue
        yield path.parent.parent.name, used, pre_end


def temperature(premises: Premises) -> Finding:
    """Is it too hot inside?"""
    degrees = list(_degrees(premises.sys))
    if not degrees:
        return Finding("temperature", "skipped", "temperature_unknown")
    values = {"degrees": f"{max(degrees):.0f}"}
    if max(degrees) >= HOT_C:
        return Finding("temperature", "warning", "too_hot", values)
    return Finding("temperature", "ok", "temperature_good", values)


def _degrees(sys: Path) -> Iterator[float]:
    for pattern in ("class/thermal/thermal_zone*/temp", "class/hwmon/hwmon*/temp*_input"):
        for path in sys.glob(pattern):
            try:
                thousandths = int(path.read_text())
            except (OSError, ValueError):
                continue  # a sensor that sleeps
            if 0 < thousandths < 150_000:
                yield thousandths / 1000


def monitors(premises: Premises) -> Finding:
    """Are as many monitors connected as are wanted?"""
    connectors = list((premises.sys / "class" / "drm").glob("card*-*/status"))
    if not connectors:
        return Finding("monitors", "skipped", "monitors_unknown")
    seen = [path.parent.name for path in connectors if _is_connected(path)]
    names = ", ".join(sorted(name.partition("-")[2] for name in seen)) or "–"
    wanted = 2 if premises.config is not None and premises.config.hall.board else 1
    values = {"seen": str(len(seen)), "wanted": str(wanted), "names": names}
    if len(seen) < wanted:
        return Finding("monitors", "fault", "monitor_missing", values)
    return Finding("monitors", "ok", "monitors_seen", values)


def _is_connected(status: Path) -> bool:
    try:
        return status.read_text().strip() == "connected"
    except OSError:
        return False
