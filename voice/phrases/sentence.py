"""A whole sentence made speakable: what is written in figures is found and put into words.

The order of the rules matters: the longest and most certain shapes first, plain numbers last.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable

from voice.phrases import reading, vietnamese

_ABBREVIATIONS = {
    "CCCD": "căn cước công dân",
    "GPLX": "giấy phép lái xe",
    "HĐND": "Hội đồng nhân dân",
    "TP": "thành phố",
    "TTHC": "thủ tục hành chính",
    "UBND": "Ủy ban nhân dân",
}
_ABBREVIATION = re.compile(rf"\b({'|'.join(_ABBREVIATIONS)})\b\.?")
_TO = {"vi": " đến ", "en": " to "}
_OVER = {"vi": " trên ", "en": " over "}
_POINT = {"vi": "phẩy", "en": "point"}
_PERCENT = {"vi": "phần trăm", "en": "percent"}
# Vietnamese writes 1.500,5 where English writes 1,500.5.
_NUMBER = {
    "vi": re.compile(r"(\d{1,3}(?:\.\d{3})+(?!\d)|\d+)(?:,(\d+))?(\s*%)?"),
    "en": re.compile(r"(\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.(\d+))?(\s*%)?"),
}


def speakable(text: str, language: str) -> str:
    """Put the figures of a sentence into words; the rest stays as it is, in NFC.

    Found are ticket numbers (A007), dates (21/11/2026), times (7:30, 7h30), amounts (50.000 đ),
    telephone numbers, percentages, ranges and plain numbers.  A number with a leading zero is
    read digit by digit.  `language` is "vi" or "en"; another one raises KeyError.
    """
    text = unicodedata.normalize("NFC", text)
    if language == "vi":
        text = _ABBREVIATION.sub(lambda match: _ABBREVIATIONS[match[1]], text)
    for pattern, read in _RULES:
        text = _replace(pattern, read, text, language)
    text = _replace(_NUMBER[language], _number, text, language)
    return " ".join(text.split())


Reader = Callable[[re.Match[str], str], str]


def _replace(pattern: re.Pattern[str], read: Reader, text: str, language: str) -> str:
    return pattern.sub(lambda match: read(match, language), text)


def _date(match: re.Match[str], language: str) -> str:
    try:
        day = dt.date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:  # 31/02/2026: its numbers are read one by one
        return match[0]
    words = reading.date(day, language)
    named = match["named"]
    return named + words.removeprefix("ngày ") if named else words


def _day_and_month(match: re.Match[str], language: str) -> str:
    day, month = int(match["day"]), int(match["month"])
    if language != "vi" or not (1 <= day <= 31 and 1 <= month <= 12):
        return match[0]
    return f"{match['named']}{vietnamese.day_of_month(day)} tháng {vietnamese.month_of_year(month)}"


def _clock(match: re.Match[str], language: str) -> str:
    return reading.clock(int(match["hour"]), int(match["minute"] or 0), language)


def _money(match: re.Match[str], language: str) -> str:
    figures = re.sub(r"\D", "", match[1])
    if len(figures) > 12:  # more than all the money there is
        return reading.digits(figures, language)
    return reading.money(int(figures), language)


def _number(match: re.Match[str], language: str) -> str:
    whole, fraction, percent = match.groups()
    words = _whole(re.sub(r"\D", "", whole), language)
    if fraction:
        words += f" {_POINT[language]} {reading.digits(fraction, language)}"
    return f"{words} {_PERCENT[language]}" if percent else words


def _whole(figures: str, language: str) -> str:
    if len(figures) > 12 or (figures.startswith("0") and len(figures) > 1):
        return reading.digits(figures, language)
    return reading.cardinal(int(figures), language)


def _rule(pattern: str, read: Reader) -> tuple[re.Pattern[str], Reader]:
    return re.compile(pattern), read


_NAMED = r"(?P<named>\b[Nn]gày )"
_DAY_MONTH = r"(?P<day>\d{1,2})/(?P<month>\d{1,2})"
_TELEPHONE = r"\b(?:0\d{2,3}(?:[ .-]?\d{3,4}){2}|1[89]00[ .-]?\d{4})\b"

_RULES = (
    _rule(_TELEPHONE, lambda match, language: reading.digits(match[0], language)),
    _rule(r"(?P<named>\bngày )?\b(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)\b", _date),
    _rule(r"(?:(?<=\d)|(?<=\dh))\s*[-–]\s*(?=\d)", lambda _, language: _TO[language]),
    _rule(rf"{_NAMED}?\b{_DAY_MONTH}/(?P<year>\d{{4}})\b", _date),
    _rule(rf"{_NAMED}{_DAY_MONTH}(?!/?\d)", _day_and_month),
    _rule(r"\b(?P<hour>[01]?\d|2[0-3])(?::|h)(?P<minute>[0-5]\d)\b", _clock),
    _rule(r"\b(?P<hour>[01]?\d|2[0-3])h(?P<minute>)\b", _clock),
    _rule(r"\b(\d{1,3}(?:[.,]\d{3})+|\d+)\s*(?:(?:đồng|đ|VNĐ|VND|dong)\b|₫)", _money),
    _rule(r"\b[A-ZĐ]{1,2}\d{1,4}\b", lambda match, language: reading.ticket(match[0], language)),
    _rule(r"(?<=\d)\s*/\s*(?=\d)", lambda _, language: _OVER[language]),
    # "Win10": a figure that touches a word is parted from it.
    _rule(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])", lambda _match, _language: " "),
)
