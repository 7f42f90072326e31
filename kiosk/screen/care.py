"""What a device needs of a person, in words: one line for whoever passes and can help."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kiosk.screen.translator import Translator
from kiosk.words import DeviceState

UNAVAILABLE: Mapping[tuple[str, str], str] = {
    ("printer", "not_connected"): "care.printer_not_connected",
    ("printer", "no_answer"): "care.printer_no_answer",
    ("printer", "noise"): "care.printer_noise",
    ("printer", "stalled"): "care.printer_stalled",
    ("printer", "busy"): "care.printer_busy",
    ("printer", "cover_open"): "care.printer_cover_open",
    ("printer", "paper_out"): "care.printer_paper_out",
    ("printer", "cutter_error"): "care.printer_cutter_error",
    ("printer", "overheated"): "care.printer_overheated",
    ("printer", "offline"): "care.printer_offline",
    ("printer", "error"): "care.printer_error",
    ("printer", "hung"): "care.printer_hung",
    ("printer", "driver"): "care.printer_hung",
    ("board", "not_connected"): "care.board_not_connected",
    ("board", "no_answer"): "care.board_no_answer",
    ("board", "noise"): "care.board_noise",
    ("board", "error"): "care.board_error",
    ("board", "hung"): "care.board_hung",
    ("scanner", "not_connected"): "care.scanner_not_connected",
    ("scanner", "hung"): "care.scanner_hung",
    ("base", "not_connected"): "care.base_not_connected",
    ("base", "no_answer"): "care.base_no_answer",
    ("base", "hung"): "care.base_hung",
    ("board", "driver"): "care.board_hung",
    ("scanner", "driver"): "care.scanner_hung",
    ("base", "driver"): "care.base_hung",
}
"""Device and reason."""

WARNINGS: Mapping[tuple[str, str], tuple[str, str]] = {
    ("printer", "paper_low"): ("care.printer_paper_low", "care.printer_paper_left"),
    ("board", "door_open"): ("care.board_door_open", ""),
    ("board", "dispenser_stuck"): ("care.board_dispenser_stuck", ""),
    ("board", "stock_empty"): ("care.board_stock_empty", ""),
    ("board", "stock_low"): ("care.board_stock_low", ""),
}
"""Device and warning: the words, and those where it is known how much is left ("" for none)."""


def care_line(devices: Iterable[DeviceState], texts: Translator) -> str:
    """The first thing to do: what is away comes before what will soon be; "" where all is well."""
    known = tuple(devices)
    lines = [_away(device, texts) for device in known] + [_soon(device, texts) for device in known]
    return next((line for line in lines if line), "")


def _away(device: DeviceState, texts: Translator) -> str:
    key = UNAVAILABLE.get((device.name, device.reason), "")
    return texts.text(key) if key and device.state == "unavailable" else ""


def _soon(device: DeviceState, texts: Translator) -> str:
    for warning in device.warnings:
        if keys := WARNINGS.get((device.name, warning)):
            plain, counted = keys
            if device.left is None or not counted:
                return texts.text(plain)
            return texts.text(counted, count=device.left)
    return ""
