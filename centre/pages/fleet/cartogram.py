"""The city as tiles: each site a cell of a grid, about where it lies, none over another. Pure.

A true map shows the outskirts and hides the centre, where most wards are. So places are first
spread evenly (half by their rank, half by their distance), then each takes the nearest cell that is
free, from the middle outwards, and neighbours swap as long as that brings both nearer home.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

Place = tuple[float, float]
"""Latitude and longitude."""
Cell = tuple[int, int]
"""Column and row, from 0; row 0 is the north."""

RANK_SHARE = 0.7
ROOM = 1.22  # cells for each site
WIDE = 1.05  # columns for each row
SWAPPED_UP_TO = 250  # sites; with more, swapping takes too long
ROUNDS = 8


def tiles(places: Mapping[str, Place]) -> dict[str, Cell]:
    """A cell for each place, by its key."""
    return dict(_tiles(tuple(sorted(places.items()))))


@lru_cache(maxsize=8)
def _tiles(places: tuple[tuple[str, Place], ...]) -> tuple[tuple[str, Cell], ...]:
    if not places:
        return ()
    rows = max(1, math.ceil(math.sqrt(len(places) * ROOM / WIDE)))
    columns = math.ceil(len(places) * ROOM / rows)
    across = _spread([place[1] for _, place in places])
    down = _spread([-place[0] for _, place in places])
    homes = [(x * (columns - 1), y * (rows - 1)) for x, y in zip(across, down, strict=True)]
    cells = _nearest_free(homes, columns, rows)
    if len(cells) <= SWAPPED_UP_TO:
        _swap(cells, homes)
    left, top = min(x for x, _ in cells), min(y for _, y in cells)
    codes = [code for code, _ in places]
    return tuple((code, (x - left, y - top)) for code, (x, y) in zip(codes, cells, strict=True))


def _spread(values: Sequence[float]) -> list[float]:
    """Each from 0 to 1, by its rank and by its size."""
    low, high = min(values), max(values)
    width = (high - low) or 1.0
    order = sorted(range(len(values)), key=lambda one: values[one])
    last = max(1, len(values) - 1)
    rank = {one: place / last for place, one in enumerate(order)}
    return [
        RANK_SHARE * rank[one] + (1 - RANK_SHARE) * (value - low) / width
        for one, value in enumerate(values)
    ]


def _nearest_free(homes: Sequence[Place], columns: int, rows: int) -> list[Cell]:
    middle = ((columns - 1) / 2, (rows - 1) / 2)
    inwards = sorted(range(len(homes)), key=lambda one: _apart(homes[one], middle))
    free = set(itertools.product(range(columns), range(rows)))
    cells: list[Cell] = [(0, 0)] * len(homes)
    for one in inwards:
        near = _near(homes[one], free)
        cell = min(near, key=lambda cell: (_apart(cell, homes[one]), cell))
        free.remove(cell)
        cells[one] = cell
    return cells


def _near(home: Place, free: set[Cell]) -> list[Cell]:
    """Free cells around a place, the nearest surely among them."""
    x, y = round(home[0]), round(home[1])
    for reach in itertools.count():
        found = [cell for cell in _square(x, y, reach) if cell in free]
        if found:  # a corner of this square is no nearer than the next squares' sides
            further = range(reach + 1, math.ceil((reach + 1) * math.sqrt(2)) + 1)
            return found + [
                cell for more in further for cell in _square(x, y, more) if cell in free
            ]
    raise AssertionError("more places than cells")


def _square(x: int, y: int, reach: int) -> Iterator[Cell]:
    """The cells of the edge of a square."""
    for across in range(-reach, reach + 1):
        whole = abs(across) == reach
        for down in range(-reach, reach + 1) if whole else (-reach, reach):
            yield x + across, y + down


def _swap(cells: list[Cell], homes: Sequence[Place]) -> None:
    for _ in range(ROUNDS):
        better = False
        for one, other in itertools.combinations(range(len(cells)), 2):
            stay = _apart(cells[one], homes[one]) + _apart(cells[other], homes[other])
            change = _apart(cells[other], homes[one]) + _apart(cells[one], homes[other])
            if change < stay - 1e-9:
                cells[one], cells[other] = cells[other], cells[one]
                better = True
        if not better:
            return


def _apart(one: tuple[float, float], other: tuple[float, float]) -> float:
    return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2
