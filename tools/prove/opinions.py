"""What citizens of a trial say of their visits, and what must have become of it."""

from __future__ import annotations

import json
import random
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from centre.pages.sealed import make_pair, read_opener
from kiosk.errors import CommandRefused
from kiosk.feedback.survey import FACES, MAY_COMPLAIN, Face
from kiosk.link.client import LinkClient
from kiosk.store.database import looking
from kiosk.words import CallBackWish, GiveFeedback

SURVEY = "2026-11"  # assets/feedback/survey.toml
REASONS = ("attitude", "waiting", "clarity", "space", "equipment")
WORDS = (
    "Chị ở quầy 2 hướng dẫn rất rõ, cảm ơn.",
    "Chờ gần một tiếng, mà chỉ có hai quầy làm việc.",
    "Ghế ngồi ít, trời nóng.",
    "The screen was easy to read.",
)
SECRETS = ("0912 345 678", "lan.pham@example.com", "001088012345")
"""What must not be kept, whoever writes it among their words."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """One answer as it was given. `phone`: to be called back at, "" for not."""

    face: Face
    reasons: tuple[str, ...] = ()
    words: str = ""
    phone: str = ""

    @property
    def is_plain(self) -> bool:
        """Whether all of its words may be kept."""
        return not any(secret in self.words for secret in SECRETS)


class Opinions:
    """All that was given, and the centre's pair of keys: `public` is for config.toml."""

    def __init__(self, folder: Path) -> None:
        self.public = folder / "centre" / "sealing.pub"
        private = folder / "sealing.key"
        make_pair(private, self.public)
        self._opener = read_opener(private.read_bytes())
        self._given: dict[str, Opinion] = {}

    def __len__(self) -> int:
        return len(self._given)

    def give(self, client: LinkClient, dice: random.Random, request_id: str, number: str) -> None:
        """Touch a face, perhaps reasons, write, wish to be called back; of the visit `number`,
        or ("") of none."""
        one = _drawn(dice)
        wish = CallBackWish(phone=one.phone, consent=SURVEY) if one.phone else None
        try:
            client.ask(
                GiveFeedback(request_id=request_id, survey=SURVEY, face=one.face,
                             reasons=one.reasons, words=one.words, number=number, call_back=wish)
            )  # fmt: skip
        except CommandRefused as error:
            if error.code != "too_many":
                raise
        else:
            self._given[request_id] = one

    def wrong_in(self, database: Path) -> dict[str, int]:
        """What is wrong in the store, by kind: nothing, where all is well."""
        with looking(database) as connection:
            kept = connection.execute("SELECT request_id, face, reasons, words FROM feedback")
            rows = {one: (face, tuple(why.split()), words) for one, face, why, words in kept}
            entries = [
                json.loads(body)
                for (body,) in connection.execute(
                    "SELECT body FROM outbox WHERE kind = 'feedback_given'"
                )
            ]
        told = {one["request_id"]: one for one in entries}
        wrong = Counter(twice=len(entries) - len(told))
        for request_id, one in self._given.items():
            wrong["not kept"] += not _is_as_given(one, rows.get(request_id))
            wrong["not told"] += request_id not in told
            wrong["sealed wrongly"] += one.phone != self._number_in(told.get(request_id, {}))
        everything = json.dumps([list(rows.values()), entries], ensure_ascii=False)
        secrets = (*SECRETS, *{one.phone for one in self._given.values()} - {""})
        wrong["personal words kept"] = sum(secret in everything for secret in secrets)
        return dict(+wrong)

    def _number_in(self, entry: dict[str, object]) -> str | None:
        """The telephone number that the centre will read; "" for none, None for an unreadable."""
        match entry.get("call_back"):
            case {"sealed": str(sealed)}:
                return self._opener.open(sealed)
            case _:
                return ""


def _is_as_given(one: Opinion, row: tuple[int, tuple[str, ...], str] | None) -> bool:
    if row is None:
        return False
    face, reasons, words = row
    return (face, reasons) == (one.face, one.reasons) and (words == one.words or not one.is_plain)


def _drawn(dice: random.Random) -> Opinion:
    """Most are glad and say no more."""
    face = dice.choices(FACES, (1, 2, 4, 8, 6))[0]
    if dice.random() < 0.5:
        return Opinion(face)
    words = dice.choice(WORDS)
    if dice.random() < 0.2:
        words += f" Xin liên lạc: {dice.choice(SECRETS)}."
    phone = f"09{dice.randrange(10_000_000, 99_999_999)}"
    return Opinion(
        face,
        tuple(dice.sample(REASONS, dice.randint(0, 2))),
        words if dice.random() < 0.6 else "",
        phone if face in MAY_COMPLAIN and dice.random() < 0.5 else "",
    )
