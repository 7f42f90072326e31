"""Faults that Qt would swallow: each ends up in the log, with its trace where there is one."""

from __future__ import annotations

import logging
import sys
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

log = logging.getLogger(__name__)

LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def install() -> None:
    """From now on a raising slot and a word of Qt are logged. For a whole process."""
    sys.excepthook = _log_exception
    qInstallMessageHandler(_log_message)


def _log_exception(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    log.critical("a fault of the screen", exc_info=(kind, error, trace))


def _log_message(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    log.log(LEVELS[kind], "Qt: %s", message)
