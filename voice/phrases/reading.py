"""One thing at a time: a number, a ticket, a time, a date, an amount; in either language.

Every function takes the language "vi" or "en" and raises KeyError for another one.
"""

import datetime as dt
from types import ModuleType

from voice.phrases import english, vietnamese

_VOICES: dict[str, ModuleType] = {"vi": vietnamese, "en": english}
LANGUAGES = tuple(_VOICES)


def cardinal(number: int, language: str) -> str:
    """105 -> "một trăm linh năm", "one hundred and five".  ValueError under 0 or over 10^12."""
    words: str = _VOICES[language].cardinal(number)
    return words


def digits(text: str, language: str) -> str:
    """Read digit by digit what is a name and not an amount: "007" -> "không không bảy"."""
    names: tuple[str, ...] = _VOICES[language].DIGITS
    return " ".join(names[int(digit)] for digit in text if digit.isdecimal())


def ticket(number: str, language: str) -> str:
    """A ticket number, series and digits: "A007" -> "A không không bảy", "A zero zero seven"."""
    series = number.rstrip("0123456789")
    return f"{series} {digits(number[len(series) :], language)}".strip()


def minutes(count: int, language: str) -> str:
    """A duration in whole minutes: 15 -> "mười lăm phút", "fifteen minutes"."""
    if language == "en" and count == 1:
        return "one minute"
    return f"{cardinal(count, language)} {'phút' if language == 'vi' else 'minutes'}"


def clock(hour: int, minute: int, language: str) -> str:
    """A time of day, 24 hours: (7, 30) -> "bảy giờ ba mươi phút", "seven thirty"."""
    words: str = _VOICES[language].clock(hour, minute)
    return words


def date(day: dt.date, language: str) -> str:
    """A date: "ngày mùng hai tháng chín năm ...", "the second of September, ..."."""
    words: str = _VOICES[language].date(day)
    return words


def money(dong: int, language: str) -> str:
    """An amount in đồng: 50000 -> "năm mươi nghìn đồng", "fifty thousand dong"."""
    return f"{cardinal(dong, language)} {'đồng' if language == 'vi' else 'dong'}"


def counter(number: int, language: str) -> str:
    """A counter: 3 -> "quầy số ba", "counter three"."""
    return f"{'quầy số' if language == 'vi' else 'counter'} {cardinal(number, language)}"
