"""A contact sheet of every page in every mode: `make gallery` writes it, somebody looks at it.

    python -m tools.gallery ALBUM OUT      photographs of the screen (tests/screen) -> sheets

Sheets for each orientation and language; a row for each page, a column for each mode.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from kiosk.paths import ASSETS

MODES = ("plain", "large", "contrast", "low", "all")
SMALL = {"1080": (270, 480), "1920": (480, 270)}
LABEL, GAP = 30, 12
PAGES = 10  # on a sheet
FONT = ASSETS / "fonts" / "BeVietnamPro-Medium.ttf"

Sheet = dict[str, dict[str, Path]]


def sheets_of(album: Path) -> dict[tuple[str, str], Sheet]:
    """The photographs by (width, language), then page, then mode; others are left out."""
    found: dict[tuple[str, str], Sheet] = defaultdict(lambda: defaultdict(dict))
    for path in sorted(album.glob("*.png"), key=lambda one: one.stat().st_mtime):
        width, mode, language, *page = path.stem.split("-")
        if width in SMALL and mode in MODES and language in {"vi", "en"} and page:
            found[width, language]["-".join(page)][mode] = path
    return found


def draw(sheet: Sheet, size: tuple[int, int]) -> Image.Image:
    """One sheet: pages below each other, modes side by side."""
    wide, high = size
    whole = Image.new(
        "RGB",
        (GAP + len(MODES) * (wide + GAP), GAP + len(sheet) * (high + LABEL + GAP)),
        "#808080",
    )
    pen = ImageDraw.Draw(whole)
    font = ImageFont.truetype(str(FONT), 20)
    for row, (page, modes) in enumerate(sheet.items()):
        y = GAP + row * (high + LABEL + GAP)
        for column, mode in enumerate(MODES):
            x = GAP + column * (wide + GAP)
            pen.text((x, y), f"{page} · {mode}", fill="white", font=font)
            if mode in modes:
                with Image.open(modes[mode]) as picture:
                    whole.paste(picture.convert("RGB").resize(size), (x, y + LABEL))
    return whole


def main(album: Path, out: Path) -> None:
    """Write the sheets and name them."""
    out.mkdir(parents=True, exist_ok=True)
    for (width, language), sheet in sheets_of(album).items():
        name = f"{'portrait' if width == '1080' else 'landscape'}-{language}"
        for number, pages in enumerate(batched(sheet, PAGES), start=1):
            path = out / f"{name}-{number}.png"
            draw({page: sheet[page] for page in pages}, SMALL[width]).save(path)
            print(path)


def batched(pages: Iterable[str], count: int) -> Iterator[list[str]]:
    """The pages, so many at a time."""
    rest = iter(pages)
    while some := list(islice(rest, count)):
        yield some


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
