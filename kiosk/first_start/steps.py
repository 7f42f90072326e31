"""The steps of a kiosk's first start, as a pure machine: answer, skip, go back, go on later.

    language ─▶ template ─▶ ward ─▶ printer ─▶ board ─▶ scanner ─▶ screen ─▶ pages ─▶ staff
    ─▶ centre ─▶ test ─▶ save                      each may be skipped; then what is there stays

An answer is what a face hands in: a choice's code, or a text. Nothing is opened or written here;
`changes` tells what the answers come to as keys of config.toml. PINs are never part of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Literal, get_args

import msgspec

from hardware.device_ports import board_port, scanner_port
from hardware.errors import PortError
from hardware.port_names import parse_port

Step = Literal[
    "language",
    "template",
    "ward",
    "printer",
    "board",
    "scanner",
    "screen",
    "pages",
    "staff",
    "centre",
    "test",
    "save",
]
STEPS: tuple[Step, ...] = get_args(Step)
TEMPLATES = ("busy-ward", "branch", "small-commune", "mobile-office")
NONE = "none"
ALONE = "alone"
"""The answer to "centre" of a kiosk without one."""
LONGEST_NAME = 50  # "UBND " and " Ward People's Committee" fit beside it
_SCREEN = re.compile(r"(?P<inch>\d{1,2}(?:\.\d)?)(?: (?P<way>auto|portrait|landscape))?")
_URL = re.compile(r"https?://[\w.:\[\]-]+")
_STAFF = re.compile(r"(?P<code>[a-z0-9][a-z0-9.-]{0,19}) (?P<name>\S.{0,58}\S)")


class WrongAnswer(ValueError):
    """An answer cannot be; the text says why, for a technician."""


class Progress(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How far it has come: the answers so far, and the step that is asked now ("" when done)."""

    at: Step | Literal[""] = STEPS[0]
    answers: Mapping[Step, str] = {}

    @property
    def is_done(self) -> bool:
        """Whether the last step was answered or skipped."""
        return self.at == ""

    @property
    def number(self) -> int:
        """The number of the step now, from 1; that of the last when done."""
        return STEPS.index(self.at) + 1 if self.at else len(STEPS)


def answer(progress: Progress, value: str) -> Progress:
    """The step now is answered; the next one is asked. Raises WrongAnswer."""
    step = _now(progress)
    checked = _CHECKS[step](value.strip())
    return _next(progress, {**progress.answers, step: checked})


def skip(progress: Progress) -> Progress:
    """The step now is left as the kiosk has it; an answer given before is taken back."""
    step = _now(progress)
    return _next(progress, {key: one for key, one in progress.answers.items() if key != step})


def back(progress: Progress) -> Progress:
    """The step before is asked again; the first one stays."""
    before = STEPS[max(0, progress.number - (1 if progress.is_done else 2))]
    return Progress(at=before, answers=progress.answers)


def changes(progress: Progress, wards: Mapping[str, str]) -> dict[str, object]:
    """What the answers come to: values by dotted key. `wards` are the names by code.

    The template is no change: it is what the changes are made to.
    """
    found: dict[str, object] = {}
    answers = progress.answers
    if ward := answers.get("ward"):
        name = wards.get(ward, ward)
        found |= {"site.name_vi": office_vi(name), "site.name_en": office_en(name)}
    for device in ("printer", "board", "scanner"):
        if port := answers.get(device):
            found[f"{device}.port"] = port
    if screen := answers.get("screen"):
        inch, _, way = screen.partition(" ")
        found |= {"screen.diagonal_inch": float(inch), "screen.orientation": way or "auto"}
    if pages := answers.get("pages"):
        found |= _pages(pages)
    if centre := answers.get("centre"):
        found["centre.url"] = "" if centre == ALONE else centre
    return found


def office_vi(name: str) -> str:
    """ "Phường Ba Đình" as "UBND phường Ba Đình"; another text as it is."""
    kind, _, rest = name.partition(" ")
    return f"UBND {kind.lower()} {rest}" if kind in {"Phường", "Xã"} and rest else name


def office_en(name: str) -> str:
    """ "Phường Ba Đình" as "Ba Dinh Ward People's Committee"; another text without its marks."""
    kind, _, rest = name.partition(" ")
    english = {"Phường": "Ward", "Xã": "Commune"}.get(kind)
    return f"{unmarked(rest)} {english} People's Committee" if english and rest else unmarked(name)


def unmarked(text: str) -> str:
    """Vietnamese in plain letters, as English texts write it: "Đống Đa" is "Dong Da"."""
    return "".join(_PLAIN.get(letter, letter) for letter in text)


def enrolment_of(typed: str) -> tuple[str, str] | None:
    """ "ABCD-EFGH https://centre.example" as code and address; None where no code is in it.

    The code is used at once and never part of an answer: only the address is.
    """
    code, _, url = typed.strip().rpartition(" ")
    return (code.strip(), url) if code.strip() and _URL.fullmatch(url) else None


def staff_of(progress: Progress) -> tuple[str, str] | None:
    """The first manager's login code and name; None where the step was skipped."""
    code, _, name = progress.answers.get("staff", "").partition(" ")
    return (code, name) if name else None


def _now(progress: Progress) -> Step:
    if not progress.at:
        raise WrongAnswer("everything is answered")
    return progress.at


def _next(progress: Progress, answers: Mapping[Step, str]) -> Progress:
    number = progress.number
    return Progress(at=STEPS[number] if number < len(STEPS) else "", answers=answers)


def _one_of(*known: str) -> Callable[[str], str]:
    def check(value: str) -> str:
        if value not in known:
            raise WrongAnswer(f"{value!r}: one of {', '.join(known)}")
        return value

    return check


def _ward(value: str) -> str:
    if not 1 <= len(value) <= LONGEST_NAME:
        raise WrongAnswer(f"a name has 1 to {LONGEST_NAME} characters")
    return value


def _port(parse: Callable[[str], object]) -> Callable[[str], str]:
    def check(value: str) -> str:
        if value != NONE:
            try:
                parse(value)
            except PortError as error:
                raise WrongAnswer(str(error)) from error
        return value

    return check


def _screen(value: str) -> str:
    found = _SCREEN.fullmatch(value)
    if found is None or not 10 <= float(found["inch"]) <= 75:
        raise WrongAnswer('inches, 10 to 75, and if need be "portrait" or "landscape"')
    return value


def _address(value: str) -> str:
    if value != NONE and re.fullmatch(r"\d{1,3}(?:\.\d{1,3}){3}(?::\d{2,5})?", value) is None:
        raise WrongAnswer("this computer's address on the site's network, or \"none\"")
    return value


def _pages(value: str) -> dict[str, object]:
    if value == NONE:
        return {"site_server.host": "127.0.0.1", "site_server.url": ""}
    host, _, port = value.partition(":")
    number = int(port or 8080)
    url = f"http://{host}:{number}"
    return {"site_server.host": host, "site_server.http_port": number, "site_server.url": url}


def _centre(value: str) -> str:
    if value != ALONE and _URL.fullmatch(value) is None:
        raise WrongAnswer('a code and the centre\'s address, "ABCD-EFGH https://…", or "alone"')
    return value


def _staff(value: str) -> str:
    if _STAFF.fullmatch(value) is None:
        raise WrongAnswer('a login code and a name, such as "lan Nguyễn Thị Lan"')
    return value


_CHECKS: Mapping[Step, Callable[[str], str]] = {
    "language": _one_of("vi", "en"),
    "template": _one_of(*TEMPLATES),
    "ward": _ward,
    "printer": _port(parse_port),
    "board": _port(board_port),
    "scanner": _port(scanner_port),
    "screen": _screen,
    "pages": _address,
    "staff": _staff,
    "centre": _centre,
    "test": _one_of("yes"),
    "save": _one_of("yes"),
}
_MARKED = {
    "a": "àáảãạăằắẳẵặâầấẩẫậ",
    "d": "đ",
    "e": "èéẻẽẹêềếểễệ",
    "i": "ìíỉĩị",
    "o": "òóỏõọôồốổỗộơờớởỡợ",
    "u": "ùúủũụưừứửữự",
    "y": "ỳýỷỹỵ",
}
_PLAIN = {
    form(letter): form(plain)
    for plain, letters in _MARKED.items()
    for letter in letters
    for form in (str.lower, str.upper)
}
