"""The two widths of receipt paper."""

from dataclasses import dataclass

from hardware.errors import PortError

DOTS_PER_MM = 8  # 203 dpi
FONT_A = (12, 24)
"""Width and height in dots of a letter of the printer's own font A."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A roll of paper: its width in mm and the dots that a line has room for."""

    width_mm: int
    dots: int


PAPERS = {80: Paper(80, 576), 58: Paper(58, 384)}


def paper(width_mm: int) -> Paper:
    """The paper of this width. Raises `PortError` (`port_value`) for any other than 58 and 80."""
    try:
        return PAPERS[width_mm]
    except KeyError:
        raise PortError("port_value", f"paper is 58 or 80 mm wide, not {width_mm}") from None
