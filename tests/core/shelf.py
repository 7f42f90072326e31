"""A small catalogue and a guide over it, whose source a test can renew, damage or hold back."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kiosk.guide.answer import Answer
from kiosk.guide.catalogue import Catalogue
from kiosk.guide.folding import fold
from kiosk.guide.intent import Intent
from kiosk.guide.procedure import Document, Fee, Field, Procedure
from kiosk.words import Language

BIRTH = Procedure(
    code="1.001193",
    official="Đăng ký khai sinh",
    short="Khai sinh",
    short_en="Register a birth",
    field="civil-status",
    service="civil-status",
    life_events=("birth", "child"),
    companions=("1.004222", "9.999999"),
    checked="2026-11-21",
    fee=Fee(kind="free", text="Không thu."),
    documents=(Document(name="Giấy chứng sinh"),),
)
ABROAD = Procedure(
    code="2.000528",
    official="Đăng ký khai sinh có yếu tố nước ngoài",
    short="Khai sinh có yếu tố nước ngoài",
    field="civil-status",
    variant="foreign",
    life_events=("birth",),
)
RESIDENCE = Procedure(
    code="1.004222",
    official="Đăng ký thường trú",
    short="Thường trú",
    field="residence",
    service="nowhere",
    life_events=("moving",),
)
ELSEWHERE = Procedure(
    code="1.000001", official="Cấp phép ở thành phố", short="", field="other", ward=False
)
FIELDS = (
    Field(code="civil-status", name_vi="Hộ tịch", name_en="Civil status", icon="users"),
    Field(code="residence", name_vi="Cư trú", name_en="Residence", icon="house"),
    Field(code="other", name_vi="Khác"),
)
CATALOGUE = Catalogue(
    fields=FIELDS, procedures=(ABROAD, BIRTH, RESIDENCE, ELSEWHERE), version="first"
)


REPEAT = "nói lại"
INTENTS: dict[str, Intent] = {"chào": "greeting", REPEAT: "repeat"}


@dataclass(frozen=True)
class ShelfGuide:
    """Finds what contains the words asked for."""

    catalogue: Catalogue

    def suggest(self, text: str, limit: int, language: Language) -> Sequence[str]:
        """See kiosk.ports.Guide."""
        wanted = fold(text)
        named = (one for one in self.catalogue.procedures if wanted in fold(one.official))
        return [one.code for one in named][:limit]

    def ask(self, text: str, language: Language, topic: str) -> Answer:
        """See kiosk.ports.Guide."""
        codes = self.suggest(text, 1, language) or [code for code in [topic] if "phí" in text]
        if "!" in text:
            raise ValueError(text)
        return Answer(
            question=text,
            kind="choices" if "giấy" in text else "answer" if codes else "no_match",
            intent=INTENTS.get(text, "procedure"),
            spoken=f"{text} {language} {topic}",
            title="",
            procedure=codes[0] if codes else "",
        )

    def learn_to_hear(self) -> None:
        """See kiosk.ports.Guide."""

    def hear(
        self, readings: Sequence[tuple[str, float]], language: Language, topic: str
    ) -> ShelfHearing:
        """See kiosk.ports.Guide."""
        return ShelfHearing(self, readings[0][0], language, topic)


@dataclass(frozen=True)
class ShelfHearing:
    """Answers as if it was typed; of a scored question it tells the best candidate."""

    guide: ShelfGuide
    text: str
    language: Language
    topic: str
    candidates: tuple[str, ...] = ("khai sinh", "thường trú")

    def answer(self, scores: Sequence[float]) -> Answer:
        """See kiosk.ports.Hearing."""
        best = max(zip(scores, self.candidates, strict=True))[1] if scores else self.text
        answer = self.guide.ask(best, self.language, self.topic)
        return replace(answer, question=self.text, next=("take_ticket", "call_staff"))


@dataclass
class ShelfSource:
    """Reads `catalogue`, or fails with `fault`; waits for `gate` first."""

    catalogue: Catalogue = CATALOGUE
    fault: Exception | None = None
    gate: threading.Event = field(default_factory=threading.Event)
    reads: int = 0

    def __post_init__(self) -> None:
        self.gate.set()

    def stamp(self) -> object:
        """See kiosk.ports.GuideSource."""
        return self.catalogue.version, repr(self.fault)

    def read(self) -> ShelfGuide:
        """See kiosk.ports.GuideSource."""
        self.reads += 1
        assert self.gate.wait(30)
        if self.fault is not None:
            raise self.fault
        return ShelfGuide(self.catalogue)
