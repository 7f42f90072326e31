"""An import laid over the shipped catalogue, code by code.

The shipped words were written by people and checked against the official text; the portal's are
long and sometimes wrong. So the shipped words stand until the portal changes what it says of them:
what changes from one import to the next, after the day of the check, is news and counts. Names,
level and agency are the portal's at once, and so is an amount where the shipped fee has none.
Aliases, life events and companions are never lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from kiosk.guide.catalogue import Catalogue
from kiosk.guide.folding import fold
from kiosk.guide.procedure import Field, Procedure

AMENDABLE: Final = ("documents", "fee", "time", "steps", "legal")
"""The facts of which the portal's newer word replaces ours."""

SERVICES: Final[Mapping[str, str]] = {
    "ho tich": "civil-status", "nuoi con nuoi": "civil-status", "quoc tich": "civil-status",
    "chung thuc": "certification", "hoa giai": "certification", "boi thuong": "certification",
    "cu tru": "residence", "can cuoc": "residence", "dinh danh": "residence",
    "xuat nhap canh": "residence", "phuong tien giao thong": "residence",
    "dat dai": "land", "xay dung": "land", "nha o": "land", "quy hoach": "land",
    "moi truong": "land",
    "nguoi co cong": "social", "bao tro": "social", "tre em": "social", "giam ngheo": "social",
    "bhxh": "social", "bao hiem": "social", "chinh sach": "social", "giao duc": "social",
    "viec lam": "social", "ho kinh doanh": "business", "hop tac": "business",
    "doanh nghiep": "business", "an toan thuc pham": "business", "thue": "business",
}  # fmt: skip
"""Which queue a field of the portal belongs to, by words of its folded name."""


def merged(
    shipped: Catalogue,
    rows: Iterable[Procedure],
    amended: Mapping[str, Mapping[str, str]],
    abolished: Iterable[str],
    version: str,
) -> Catalogue:
    """The catalogue as it stands. `amended` has, by code, the ISO date each fact last changed."""
    fields = {fold(one.name_vi): one for one in shipped.fields}
    gone = set(abolished)
    whole = {one.code: one for one in shipped.procedures if one.code not in gone}
    for row in rows:
        known = whole.get(row.code)
        if known is None:
            field = fields.setdefault(fold(row.field), _field(row.field))
            whole[row.code] = replace(row, field=field.code, service=row.service or _service(row))
        else:
            whole[row.code] = _over(known, row, amended.get(row.code, {}))
    used = {one.field for one in whole.values()}
    return Catalogue(
        fields=tuple(one for one in fields.values() if one.code in used),
        procedures=tuple(whole.values()),
        version=version,
    )


def _over(shipped: Procedure, row: Procedure, amended: Mapping[str, str]) -> Procedure:
    facts: dict[str, Any] = {
        "official": row.official,
        "ward": row.ward,
        "level": row.level or shipped.level,
        "agency": row.agency or shipped.agency,
    }
    for name in AMENDABLE:
        ours, theirs = getattr(shipped, name), getattr(row, name)
        if theirs and (not ours or amended.get(name, "") > shipped.checked):
            facts[name] = theirs
    if facts["agency"] != shipped.agency:
        facts["agency_en"] = ""
    if "time" in facts:
        facts["time_en"] = ""  # of the other words
    if "steps" in facts:
        facts["steps_en"] = ()
    if row.fee.kind == "amount" and shipped.fee.kind in {"council", "varies"}:
        facts["fee"] = row.fee
    if not facts.get("fee", shipped.fee).text:
        facts["fee"] = shipped.fee
    return replace(shipped, **facts)


def _field(name: str) -> Field:
    return Field(code=fold(name).replace(" ", "-") or "khac", name_vi=name)


def _service(row: Procedure) -> str:
    name = fold(row.field)
    return next((service for words, service in SERVICES.items() if words in name), "")
