"""The procedures of a ward, as after an import of the national list."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from kiosk.guide.procedure import Procedure

SHARED: Final = Path(__file__).parents[2] / "shared"
NATIONAL: Final = SHARED / "data" / "procedures-national.jsonl.gz"


def ward_procedures(shipped: Sequence[Procedure]) -> list[Procedure]:
    """The 871 of the ward, with aliases where they ship; what ships alone without the list."""
    if not NATIONAL.exists():
        return list(shipped)
    ours = {one.code: one for one in shipped}
    with gzip.open(NATIONAL, "rt", encoding="utf-8") as file:
        rows = [row for row in map(json.loads, file) if row["ward"]]
    return [
        ours.get(row["code"])
        or Procedure(code=row["code"], official=row["name"], short=row["name"], field="")
        for row in rows
    ]
