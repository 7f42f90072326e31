"""One row of a portal export as a Procedure: checked, tidied, shortened, nothing invented.

The portal's texts are long and not always true: its "Miễn phí" often stands where a council sets
the fee, so it is passed on as the portal's word. What a row does not say stays empty.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from kiosk.catalogue.portal_texts import fee_of, legal_of, lines_of, time_of
from kiosk.guide.folding import fold
from kiosk.guide.procedure import SHORT_LIMIT, Document, Form, Procedure, Variant
from kiosk.guide.siblings import variants_of

CODE: Final = re.compile(r"\d\.\d{6}(?:\.\d{2,3})*")
LONGEST_NAME: Final = 5_000  # characters
MOST_DOCUMENTS: Final = 25
LONGEST_DOCUMENT: Final = 300

RARER: Final[tuple[Variant, ...]] = ("border", "foreign", "mobile", "again", "online")
"""The first that a name tells of is its variant."""

_TEXTS: Final = ("name", "field", "level", "agency", "steps", "fee", "time")
_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_WORD: Final = re.compile(r"\w")
_YES: Final = frozenset({"1", "x", "co", "true", "yes"})
_POLITE: Final = re.compile(r"^(thủ tục|quy trình|tthc)[:\s]+", re.IGNORECASE)


class RowBad(ValueError):
    """A row that cannot be used; the words say why."""


def procedure_of(row: Mapping[str, Any]) -> Procedure:
    """The procedure that a row describes. Raises RowBad."""
    texts = {name: _text(row, name) for name in _TEXTS}
    code, official = _code(row), _name(texts["name"])
    return Procedure(
        code=code,
        official=official,
        short=_short(official),
        field=texts["field"] or "Khác",
        time=time_of(texts["time"]),
        variant=_variant(official),
        legal=legal_of(row.get("legal_basis")),
        steps=lines_of(texts["steps"]),
        fee=fee_of(texts["fee"]),
        documents=tuple(_documents(row.get("documents"))),
        ward=_is_ward(row, texts["level"]),
        level=texts["level"],
        agency=texts["agency"],
    )


def _text(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise RowBad(f"{name}: expected text, got {type(value).__name__}")
    return tidy(value, blanks=name == "steps")


def tidy(text: str, *, blanks: bool = False) -> str:
    """NFC, no control characters, single blanks; line breaks stay where `blanks` says so."""
    seen = _UNSEEN.sub("", unicodedata.normalize("NFC", text.replace("\r\n", "\n")))
    if blanks:
        return "\n".join(" ".join(line.split()) for line in seen.split("\n")).strip()
    return " ".join(seen.split())


def _code(row: Mapping[str, Any]) -> str:
    value = row.get("code")
    code = tidy(value) if isinstance(value, str) else ""
    if not code:
        raise RowBad("code: is missing")
    if not CODE.fullmatch(code):
        raise RowBad(f"code: {code[:40]!r} is not like 1.001193")
    return code


def _name(text: str) -> str:
    if not text:
        raise RowBad("name: is missing")
    if len(text) > LONGEST_NAME:
        raise RowBad(f"name: longer than {LONGEST_NAME} characters")
    name = _POLITE.sub("", text).rstrip(" .;")
    if not fold(name):
        raise RowBad("name: has no words")
    if name.isupper():
        name = name.lower()
    return name[:1].upper() + name[1:]


def _short(official: str) -> str:
    """The name without brackets, cut between words to SHORT_LIMIT characters."""
    name = re.sub(r"\s*\([^)]*\)", "", official).strip() or official
    if len(name) <= SHORT_LIMIT:
        return name
    return name[:SHORT_LIMIT].rsplit(" ", 1)[0].rstrip(" ,;:-–") + "…"


def _variant(official: str) -> Variant:
    told = variants_of(fold(official))
    return next((one for one in RARER if one in told), "plain")


def _is_ward(row: Mapping[str, Any], level: str) -> bool:
    value = row.get("ward")
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.strip():
        return fold(value) in _YES
    return "xa" in fold(level).split() or "phuong" in fold(level).split()


def _documents(value: Any) -> Iterator[Document]:
    if value is None:
        return
    if isinstance(value, str):
        value = [{"name": line} for line in lines_of(tidy(value, blanks=True))]
    if not isinstance(value, Sequence):
        raise RowBad(f"documents: expected a list, got {type(value).__name__}")
    named: dict[str, Document] = {}
    for number, one in enumerate(value):
        if not isinstance(one, Mapping) or not isinstance(one.get("name"), str):
            raise RowBad(f"documents[{number}]: needs a name")
        document = _document(one)
        if document is not None:
            named.setdefault(document.name, document)
    yield from list(named.values())[:MOST_DOCUMENTS]


def _document(row: Mapping[str, Any]) -> Document | None:
    """A line of the checklist; None for the portal's notes and headings."""
    name = tidy(row["name"]).strip(" -+•;,.)")
    originals, copies = _count(row.get("original")), _count(row.get("copy"))
    group = str(row.get("group") or "").lower()
    if not _WORD.search(name) or name.endswith(":") or "lưu ý" in group:
        return None
    if not originals and not copies and ("original" in row or "copy" in row):
        return None
    form: Form = (
        "show" if "xuất trình" in group else "copy" if copies and not originals else "original"
    )
    if name.lower().startswith(("tờ khai", "đơn ", "phiếu ", "mẫu ")):
        form = "form"
    return Document(name=_cut(name), form=form, copies=max(1, originals or copies))


def _cut(name: str) -> str:
    if len(name) <= LONGEST_DOCUMENT:
        return name
    return name[:LONGEST_DOCUMENT].rsplit(" ", 1)[0] + "…"


def _count(value: Any) -> int:
    text = str(value if value is not None else "").strip()
    return min(int(text), 20) if text.isdecimal() else 0
