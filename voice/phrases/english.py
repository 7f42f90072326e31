"""English numbers as read in Britain: "one hundred and five", "seven thirty"."""

import datetime as dt

DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = (
    *DIGITS,
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
)
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_GROUPS = ("", " thousand", " million", " billion")
_ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
    "twenty": "twentieth",
    "thirty": "thirtieth",
}
# Not calendar.month_name: that one follows the locale of the machine.
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
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
            joint = "and " if words and power == 0 and group < 100 else ""
            words.append(joint + _below_thousand(group) + _GROUPS[power])
    return " ".join(words)


def _below_thousand(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    if not hundreds:
        return _below_hundred(rest)
    words = f"{DIGITS[hundreds]} hundred"
    return f"{words} and {_below_hundred(rest)}" if rest else words


def _below_hundred(number: int) -> str:
    if number < 20:
        return _TEENS[number]
    tens, units = divmod(number, 10)
    return f"{_TENS[tens]}-{DIGITS[units]}" if units else _TENS[tens]


def clock(hour: int, minute: int) -> str:
    """Read a time of day on the 24-hour clock: "seven o'clock", "seven thirty", "nine oh five"."""
    if minute == 0:
        return f"{cardinal(hour)} o'clock"
    return f"{cardinal(hour)} {'oh ' if minute < 10 else ''}{cardinal(minute)}"


def date(day: dt.date) -> str:
    """Read a date: "the twenty-first of November, twenty twenty-six"."""
    return f"the {_ordinal(day.day)} of {_MONTHS[day.month - 1]}, {_year(day.year)}"


def _ordinal(number: int) -> str:
    start, dash, last = cardinal(number).rpartition("-")
    return start + dash + _ORDINALS.get(last, f"{last}th")


def _year(year: int) -> str:
    century, rest = divmod(year, 100)
    if not 1000 <= year < 10_000 or (century % 10 == 0 and rest < 10):
        return cardinal(year)
    if rest == 0:
        return f"{cardinal(century)} hundred"
    return f"{cardinal(century)} {'oh ' if rest < 10 else ''}{cardinal(rest)}"
