"""Vietnamese numbers as read in Hanoi.

Chosen among the readings that are all correct:
- nghìn (not ngàn), linh (not lẻ);
- 24 is "hai mươi tư", but 14 "mười bốn" and 104 "một trăm linh bốn", as in the school books;
- groups that are zero are left out: 1,000,005 is "một triệu không trăm linh năm";
- the first ten days of a month are "mùng": 1/5 is "mùng một tháng năm"; April is "tháng tư";
- 7:30 is "bảy giờ ba mươi phút", which cannot be misheard, not "bảy giờ rưỡi".
"""

import datetime as dt

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_GROUPS = ("", " nghìn", " triệu", " tỷ")
LARGEST = 1000 ** len(_GROUPS) - 1


def cardinal(number: int) -> str:
    """Read a whole number from 0 to `LARGEST` (999,999,999,999).  Raises ValueError outside."""
    if not 0 <= number <= LARGEST:
        raise ValueError(f"{number} is not between 0 and {LARGEST}")
    if number == 0:
        return DIGITS[0]
    words: list[str] = []
    for power in reversed(range(len(_GROUPS))):
        group = number // 1000**power % 1000
        if group:
            words.append(_group(group, full=bool(words)) + _GROUPS[power])
    return " ".join(words)


def _group(number: int, *, full: bool) -> str:
    """Read 1 to 999; `full` names the missing hundreds, as the groups after the first must."""
    hundreds, rest = divmod(number, 100)
    if not hundreds and not full:
        return _below_hundred(rest)
    words = f"{DIGITS[hundreds]} trăm"
    if rest == 0:
        return words
    return f"{words} linh {DIGITS[rest]}" if rest < 10 else f"{words} {_below_hundred(rest)}"


def _below_hundred(number: int) -> str:
    tens, units = divmod(number, 10)
    if tens == 0:
        return DIGITS[units]
    words = "mười" if tens == 1 else f"{DIGITS[tens]} mươi"
    if units == 0:
        return words
    return f"{words} {_unit_after_tens(tens, units)}"


def _unit_after_tens(tens: int, units: int) -> str:
    if units == 5:
        return "lăm"
    if tens > 1 and units in {1, 4}:
        return "mốt" if units == 1 else "tư"
    return DIGITS[units]


def clock(hour: int, minute: int) -> str:
    """Read a time of day: "mười ba giờ", "bảy giờ ba mươi phút"."""
    hours = f"{cardinal(hour)} giờ"
    return hours if minute == 0 else f"{hours} {cardinal(minute)} phút"


def date(day: dt.date) -> str:
    """Read a date: "ngày hai mươi mốt tháng mười một năm hai nghìn không trăm hai mươi sáu"."""
    return f"ngày {day_of_month(day.day)} tháng {month_of_year(day.month)} năm {cardinal(day.year)}"


def day_of_month(day: int) -> str:
    """Read a day: the first ten are "mùng"."""
    return f"mùng {cardinal(day)}" if day <= 10 else cardinal(day)


def month_of_year(number: int) -> str:
    """Read the number of a month: the fourth is "tư"."""
    return "tư" if number == 4 else cardinal(number)
