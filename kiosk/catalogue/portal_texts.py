"""The portal's long cells made short: fees, times, steps, legal basis.

"Trực tuyến: 3 ngày; Dịch vụ bưu chính: 3 ngày; Trực tiếp: 3 ngày"  →  "3 ngày"
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from kiosk.guide.folding import fold
from kiosk.guide.procedure import Fee

MOST_LINES: Final = 15
LONGEST_LINE: Final = 240  # characters
LONGEST_TIME: Final = 160
MOST_LAWS: Final = 8

_CHANNEL: Final = re.compile(r"(?:^|;\s*)(Trực tuyến|Dịch vụ bưu chính|Trực tiếp)\s*:\s*")
_AMOUNT: Final = re.compile(r"(\d{1,3}(?:[.,]\d{3})+|\d+)\s*(?:đồng|vnđ|vnd|đ)\b", re.IGNORECASE)
_MARKS: Final = re.compile(r"\*\*|^[\s\-–+•*]+|^\d+[.)]\s+|^Bước \d+\s*[:.]\s*")
_WORD: Final = re.compile(r"\w")
_LAW: Final = re.compile(r"\d+(?:\.\d+)?/\d{4}/[A-ZĐ0-9\-]*[A-ZĐ0-9]g?")
_COUNCIL: Final = ("hoi dong nhan dan", "hdnd")
_NOTHING: Final = re.compile(r"\b(mien phi|khong thu|khong quy dinh|0 dong)\b|phi khong")


def _of_channels(text: str) -> list[str]:
    """What is said of each way to apply, each different word once."""
    parts = _CHANNEL.split(text)
    said = [part.strip(" ;.") for part in (parts[2::2] if len(parts) > 2 else parts)]
    return list(dict.fromkeys(one for one in said if one))


def time_of(text: str) -> str:
    """How long it takes, as short as the cell allows; "" where it says nothing."""
    joined = "; ".join(_of_channels(text))
    return joined if len(joined) <= LONGEST_TIME else joined[:LONGEST_TIME].rsplit(" ", 1)[0] + "…"


def fee_of(text: str) -> Fee:
    """The fee, with care: who sets it, an amount, or the portal's word that there is none."""
    folded = fold(text)
    if not folded:
        return Fee()
    if any(word in folded for word in _COUNCIL):
        return Fee(kind="council", text="Mức thu do Hội đồng nhân dân thành phố quy định.")
    amounts = sorted({_number(found) for found in _AMOUNT.findall(text)} - {0})
    if len(amounts) == 1:
        return Fee(kind="amount", text=f"{_dotted(amounts[0])} đồng.", amount_vnd=amounts[0])
    if amounts:
        least, most = _dotted(amounts[0]), _dotted(amounts[-1])
        return Fee(kind="varies", text=f"Từ {least} đến {most} đồng, tùy trường hợp.")
    if _NOTHING.search(folded):
        return Fee(
            kind="varies",
            text="Cổng dịch vụ công ghi miễn phí. Xin ông bà hỏi lại cán bộ cho chắc.",
        )
    return Fee()


def _number(text: str) -> int:
    return int(text.replace(".", "").replace(",", ""))


def _dotted(amount: int) -> str:
    return f"{amount:,}".replace(",", ".")


def lines_of(text: str) -> tuple[str, ...]:
    """The lines of a cell without bullets and marks, bounded."""
    lines = (_MARKS.sub("", _MARKS.sub("", line)).strip() for line in text.split("\n"))
    kept = [line for line in lines if _WORD.search(line) and not line.endswith(":")][:MOST_LINES]
    return tuple(
        line if len(line) <= LONGEST_LINE else line[:LONGEST_LINE].rsplit(" ", 1)[0] + "…"
        for line in kept
    )


def legal_of(value: Any) -> tuple[str, ...]:
    """The numbers of the laws and decrees, each once."""
    if isinstance(value, str):
        texts = [value]
    elif isinstance(value, Sequence):
        texts = [str(one.get("number") or one.get("title") or "") if isinstance(one, Mapping)
                 else str(one) for one in value]  # fmt: skip
    else:
        texts = []
    found = list(dict.fromkeys(law for text in texts for law in _LAW.findall(text)))
    glued = {law for law in found for other in found if law != other and law.startswith(other)}
    return tuple(law for law in found if law not in glued)[:MOST_LAWS]
