"""The map of tiles as SVG: one tile a site, coloured by the worst that stands there.

Colours and letters are the style sheet's (`.tile.offline` …); a tile leads to its devices.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from markupsafe import Markup

from centre.pages.fleet.cartogram import tiles
from centre.pages.fleet.fleet_book import SiteCounts
from kiosk.words import Language

WIDTH, HEIGHT, GAP = 92, 48, 5
LETTERS_A_LINE = 11
FEWEST_COLUMNS = 10  # a city of two sites does not fill the page with them
KINDS = ("Phường ", "Xã ")
ENDINGS = (" Ward", " Commune")


def draw_map(sites: Sequence[SiteCounts], language: Language, text: Callable[..., str]) -> Markup:
    """The whole city; sites without a place stand in rows below it."""
    placed = {
        one.code: (one.latitude, one.longitude)
        for one in sites
        if one.latitude is not None and one.longitude is not None
    }
    cells = tiles(placed)
    columns = 1 + max((column for column, _ in cells.values()), default=14)
    rows = 1 + max((row for _, row in cells.values()), default=-1)
    for place, one in enumerate(one for one in sites if one.code not in cells):
        cells[one.code] = (place % columns, rows + place // columns)
    rows = 1 + max((row for _, row in cells.values()), default=0)
    drawn = [_tile(one, *cells[one.code], language, text) for one in sites]
    head = Markup('<svg class="city" viewBox="0 0 {} {}" role="group" aria-label="{}">')
    about = text("fleet.map", language)
    width = max(columns, FEWEST_COLUMNS) * (WIDTH + GAP) - GAP
    height = rows * (HEIGHT + GAP) - GAP
    return head.format(width, height, about) + Markup("").join(drawn) + Markup("</svg>")


def _tile(
    site: SiteCounts, column: int, row: int, language: Language, text: Callable[..., str]
) -> Markup:
    worst = site.worst
    x, y = column * (WIDTH + GAP), row * (HEIGHT + GAP)
    name = site.name_en if language == "en" else site.name_vi
    lines = _lines(_short(name))
    states = ", ".join(
        f"{text(f'state.{state}', language)}: {count}" for state, count in site.counts.items()
    )
    about = f"{name}: {states or text('fleet.no_device', language)}"
    words = Markup("").join(
        Markup('<text x="{}" y="{}">{}</text>').format(WIDTH // 2, y_of, line)
        for y_of, line in zip(_heights(len(lines)), lines, strict=True)
    )
    return Markup(
        '<a href="/fleet?view=list&amp;site={}" class="tile {}"><title>{}</title>'
        '<g transform="translate({} {})"><rect width="{}" height="{}" rx="9"/>{}'
        '<text class="count" x="{}" y="{}">{}</text></g></a>'
    ).format(
        site.code, worst or "none", about, x, y, WIDTH, HEIGHT, words, WIDTH // 2, 42,
        _count(site),
    )  # fmt: skip


def _count(site: SiteCounts) -> str:
    """ "5" where all are well, "4/5" where some are not."""
    if not site.devices:
        return ""
    well = site.counts.get("good", 0)
    return str(site.devices) if well == site.devices else f"{well}/{site.devices}"


def _short(name: str) -> str:
    for kind in KINDS:
        name = name.removeprefix(kind)
    for ending in ENDINGS:
        name = name.removesuffix(ending)
    return name


def _lines(name: str) -> list[str]:
    """One line, or two of about the same length; a long one is cut."""
    if len(name) <= LETTERS_A_LINE:
        return [name]
    words = name.replace(" - ", " ").split(" ")
    cuts = range(1, len(words))
    best = min(
        cuts, default=0, key=lambda cut: max(len(" ".join(words[:cut])), len(" ".join(words[cut:])))
    )
    lines = [" ".join(words[:best]), " ".join(words[best:])] if best else [name]
    return [
        line if len(line) <= LETTERS_A_LINE + 1 else f"{line[:LETTERS_A_LINE]}…" for line in lines
    ]


def _heights(count: int) -> tuple[int, ...]:
    return (22,) if count == 1 else (15, 29)
