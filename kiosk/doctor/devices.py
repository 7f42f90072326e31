"""Printer, board, scanner, base, sound and microphone: as the core finds them, else asked here.

Where no core runs, each is opened as the core would, asked how it is, and let go. Where a core
holds the data folder and does not answer, its ports are left alone.
"""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Callable
from pathlib import Path

from hardware.device_ports import BOARD_BAUDS, base_port
from hardware.errors import DeviceError
from hardware.port_names import FilePort, SerialPort, UsbPort, parse_port
from hardware.status import DeviceStatus
from kiosk.config import Config
from kiosk.config.schema import NONE
from kiosk.doctor.finding import Finding
from kiosk.doctor.premises import Premises
from kiosk.paths import ASSETS
from kiosk.words import DeviceState

CONNECT_WITHIN_S = 1.5
SETTLED_WITHIN_S = 2.5  # a board may be silent for a second
GONE = frozenset({"not_connected", "no_answer"})
"""Reasons for which it is worth to look at the cable's end."""


def printer(premises: Premises) -> Finding:
    """The slip printer."""

    def ask(config: Config) -> DeviceStatus:
        from hardware.printer.ports import open_printer  # noqa: PLC0415 - drawing takes a while

        driver = open_printer(
            config.printer.port,
            paper_mm=config.printer.paper_mm,
            fonts=ASSETS / "fonts",
            out_dir=premises.data.slips,
        )
        try:
            return driver.status()
        finally:
            driver.close()

    port = premises.config.printer.port if premises.config else NONE
    return _of_device(premises, "printer", port, ask)


def board(premises: Premises) -> Finding:
    """The I/O board. Looking at it switches its outputs off, as the core does at its start."""

    def ask(config: Config) -> DeviceStatus:
        from hardware.board.ports import open_board  # noqa: PLC0415 - as above

        driver = open_board(config.board.port, address=config.board.address)
        try:
            return _settled(lambda: driver.look().status)
        finally:
            driver.close()

    port = premises.config.board.port if premises.config else NONE
    return _of_device(premises, "board", port, ask)


def scanner(premises: Premises) -> Finding:
    """The scanner: it only speaks, so an open line is all that can be known."""

    def ask(config: Config) -> DeviceStatus:
        from hardware.scanner.ports import open_scanner  # noqa: PLC0415 - as above

        driver = open_scanner(config.scanner.port)
        try:
            return driver.look(0.0).status
        finally:
            driver.close()

    port = premises.config.scanner.port if premises.config else NONE
    return _of_device(premises, "scanner", port, ask)


def base(premises: Premises) -> Finding:
    """What the kiosk stands on."""
    port = premises.config.base.port if premises.config else NONE
    if port == "fixed":
        return Finding("base", "skipped", "base_fixed")

    def ask(config: Config) -> DeviceStatus:
        where = base_port(config.base.port)
        assert where is not None, "it is not fixed"
        try:
            with socket.create_connection((where.host, where.port), CONNECT_WITHIN_S):
                return DeviceStatus("ready")
        except OSError as error:
            return DeviceStatus("unavailable", "not_connected", str(error))

    return _of_device(premises, "base", port, ask)


def sound(premises: Premises) -> Finding:
    """Can something be heard?"""
    if premises.config is not None and not premises.config.speech.enabled:
        return Finding("sound", "skipped", "switched_off")
    told = premises.device("speech")
    if told is not None:
        return _of_state("sound", told)
    return _of_cards(premises, "sound")


def microphone(premises: Premises) -> Finding:
    """Can the kiosk hear?"""
    if premises.config is not None and not premises.config.voice.enabled:
        return Finding("microphone", "skipped", "switched_off")
    told = premises.device("hearing")
    if told is not None:
        return _of_state("microphone", told)
    if premises.config is not None and premises.config.voice.microphone.startswith("file:"):
        return Finding("microphone", "ok", "simulated")
    return _of_cards(premises, "microphone")


def _of_cards(premises: Premises, check: str) -> Finding:
    """Without a core: does the kernel know a sound card at all?"""
    try:
        text = (premises.proc / "asound" / "cards").read_text()
    except OSError:
        text = ""
    cards = [line.strip() for line in text.splitlines() if "]:" in line]
    if not cards:
        return Finding(check, "warning", "no_sound_card")
    return Finding(check, "ok", "sound_card", {"detail": "; ".join(cards)})


def _of_device(
    premises: Premises, check: str, port: str, ask: Callable[[Config], DeviceStatus]
) -> Finding:
    if premises.config is None:
        return Finding(check, "skipped", "needs_config")
    if port == NONE:
        return Finding(check, "skipped", "not_here")
    told = premises.device(check)
    if told is not None:
        finding = _of_state(check, told)
    elif premises.hung:
        return Finding(check, "skipped", "core_holds")
    else:
        try:
            finding = _of_status(check, ask(premises.config))
        except DeviceError as error:
            finding = Finding(check, "fault", "port_wrong", {"detail": str(error)})
    if finding.state == "ok" and port == "simulated":
        return Finding(check, "warning", "simulated")
    if finding.code in GONE:
        return _closer(premises, check, port) or finding
    return finding


def _settled(look: Callable[[], DeviceStatus]) -> DeviceStatus:
    """The first answer that is more than "starting", within SETTLED_WITHIN_S."""
    ends = time.monotonic() + SETTLED_WITHIN_S
    status = look()
    while status.state == "starting" and time.monotonic() < ends:
        time.sleep(0.05)
        status = look()
    return status


def _of_state(check: str, told: DeviceState) -> Finding:
    if told.state == "starting":
        return Finding(check, "ok", "starting")
    if told.state == "unavailable":
        values = {"detail": told.detail, "since": told.since[:16].replace("T", " ")}
        return Finding(check, "fault", told.reason or "other", values)
    if told.warnings:
        return Finding(check, "warning", told.warnings[0], {"detail": told.detail})
    return Finding(check, "ok", "ready")


def _of_status(check: str, status: DeviceStatus) -> Finding:
    if status.state == "unavailable":
        return Finding(check, "fault", status.reason or "other", {"detail": status.detail})
    if status.warnings:
        return Finding(check, "warning", status.warnings[0], {"detail": status.detail})
    return Finding(check, "ok", "ready")


def _closer(premises: Premises, check: str, port: str) -> Finding | None:
    """Why it may be away: no such node, no right to it, nothing on USB at all."""
    try:
        spec = parse_port(port) if check == "printer" else parse_port(port, bauds=BOARD_BAUDS)
    except DeviceError:
        return None
    plugged = _plugged(premises.sys)
    match spec:
        case UsbPort(vendor, product):
            wanted = f"{vendor:04x}:{product:04x}"
            values = {"wanted": wanted, "plugged": plugged}
            is_there = wanted in plugged
            return None if is_there else Finding(check, "fault", "usb_missing", values)
        case SerialPort(device):
            return _of_node(check, Path(device), plugged)
        case FilePort(path):
            return _of_node(check, path, plugged)
    return None


def _of_node(check: str, path: Path, plugged: str) -> Finding | None:
    values = {"path": str(path), "plugged": plugged}
    if not path.exists():
        return Finding(check, "fault", "port_missing", values)
    if not os.access(path, os.R_OK | os.W_OK):
        return Finding(check, "fault", "port_denied", values)
    return None


def _plugged(sys: Path) -> str:
    """What the kernel sees on USB, hubs left out: "04b8:0e15 EPSON TM-m30; …" or "nothing"."""
    seen = []
    for device in sorted((sys / "bus" / "usb" / "devices").glob("*")):
        try:
            if (device / "bDeviceClass").read_text().strip() == "09":
                continue
            ids = f"{_read(device / 'idVendor')}:{_read(device / 'idProduct')}"
        except OSError:
            continue  # an interface of a device
        seen.append(f"{ids} {_read(device / 'product')}".strip())
    return "; ".join(seen) or "–"


def _read(path: Path) -> str:
    try:
        return path.read_text().strip()
    except OSError:
        return ""
