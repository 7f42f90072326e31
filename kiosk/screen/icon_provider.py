"""Pictures that QML asks for by address: icons in any colour, and QR codes.

image://icon/house?#A3161F      assets/icons/house.svg drawn in that colour
image://qr/TEXT                 a QR code of TEXT, black on white, one pixel a module
"""

from __future__ import annotations

import logging
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtQuick import QQuickImageProvider
from PySide6.QtSvg import QSvgRenderer

log = logging.getLogger(__name__)

EMPTY = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"/>'


class IconProvider(QQuickImageProvider):
    """Lucide icons, drawn at the size and in the colour asked for."""

    def __init__(self, folder: Path) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)
        self._folder = folder

    def requestImage(self, id: str, size: QSize, requestedSize: QSize) -> QImage:  # noqa: A002
        """Qt's question; an icon that is not there leaves its place empty and a line in the log."""
        name, _, look = id.partition("?")
        extent, _, colour = look.partition("#")
        return draw(self._folder / f"{name}.svg", int(extent), f"#{colour}")


@lru_cache(maxsize=256)
def draw(file: Path, extent: int, colour: str) -> QImage:
    """An SVG in one colour, `extent` pixels wide and high; 2 ms the first time."""
    try:
        svg = file.read_text(encoding="utf-8")
    except OSError as error:
        log.warning("icon %s cannot be read: %s", file.stem, error)
        svg = EMPTY
    image = QImage(extent, extent, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    svg = svg.replace("currentColor", colour)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(image.rect()))
    painter.end()
    return image


class QrProvider(QQuickImageProvider):
    """QR codes with their quiet zone of four modules."""

    def __init__(self) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)

    def requestImage(self, id: str, size: QSize, requestedSize: QSize) -> QImage:  # noqa: A002
        """Qt's question; QML scales it up without smoothing."""
        import qrcode  # noqa: PLC0415 - the first page has no code and need not wait for it

        code = qrcode.QRCode(border=4)
        code.add_data(id)
        rows = code.get_matrix()
        image = QImage(len(rows), len(rows), QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        for y, row in enumerate(rows):
            for x, dark in enumerate(row):
                if dark:
                    image.setPixelColor(x, y, Qt.GlobalColor.black)
        return image
