"""From a question to an answer. Typed, touched or heard: every question goes this way.

    text ─▶ fold ─▶ intents ◀─ search
                       ├─ procedure ─▶ aspect ─▶ cards, or choices
                       └─ the others ─▶ replies

Pure: one Guide is built for a catalogue and then only read. `ask` and `suggest` never raise.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from kiosk.guide.answer import Answer, Choice, Site
from kiosk.guide.aspects import Aspects
from kiosk.guide.catalogue import Catalogue
from kiosk.guide.folding import fold
from kiosk.guide.heard import Heard
from kiosk.guide.hearing import Understanding, Understood
from kiosk.guide.intents import Intents, Meant
from kiosk.guide.procedure import Procedure
from kiosk.guide.procedure_cards import Wording, cards_of, name_of, spoken_of
from kiosk.guide.replies import reply
from kiosk.guide.search import Finding, Found, Hit, Search

MOST_CHOICES: Final = 5
CLEAR: Final = 0.5  # score of a hit from which "a number for…" knows its service
CLOSE: Final = 0.8  # of the first two together: one of these two
FAR: Final = 0.08  # of the best: nothing fits
LONGEST_QUESTION: Final = 500  # characters of the question that are repeated in the answer
LONGEST_READ: Final = 1_000  # characters that are looked at; nobody says more in one breath

THIS_ONE: Final = re.compile(r"\b(?:(?:viec|cai|thu tuc) (?:nay|do|kia)|for (?:this|that|it))\b")

NOT_UNDERSTOOD: Final = Meant("out_of_scope", {"topic": "nonsense"}, 1.0)


class Guide:
    """Everything that can be asked, at one ward. `wordings` by language: "vi" and "en"."""

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        search: Search,
        intents: Intents,
        aspects: Aspects,
        wordings: Mapping[str, Wording],
        site: Site | None = None,
        english: Finding | None = None,
        understanding: Mapping[str, Callable[[], Understanding]] | None = None,
    ) -> None:
        """`english` finds what is asked in English. `understanding`, by language, is made when it
        is first needed, or by `learn_to_hear`; without one, what is heard is searched as what is
        typed."""
        self._searches: Mapping[str, Finding] = {"vi": search, "en": english or search}
        self._make_understanding = understanding or {
            one: functools.partial(Understanding, finding, intents, {})
            for one, finding in self._searches.items()
        }
        self._understanding: Mapping[str, Understanding] = {}
        self.catalogue = catalogue
        self._intents = intents
        self._aspects = aspects
        self._wordings = wordings
        self._site = site or Site()

    def learn_to_hear(self) -> Mapping[str, Understanding]:
        """Read what `hear` needs, once: some 0.2 s that typed questions do not wait for."""
        if not self._understanding:
            self._understanding = {one: make() for one, make in self._make_understanding.items()}
        return self._understanding

    def suggest(self, text: str, limit: int = 8, language: str = "vi") -> tuple[str, ...]:
        """Codes for a question that is still being typed, the best first."""
        return self._searches[self._spoken_here(language)].prefix(text, limit)

    def _spoken_here(self, language: str) -> str:
        return language if language in self._wordings and language in self._searches else "vi"

    def ask(self, text: str, language: str = "vi", topic: str = "") -> Answer:
        """The answer. `topic` is the code that was spoken of last, for "thế phí bao nhiêu?"."""
        language = self._spoken_here(language)
        wording = self._wordings[language]
        text = text[:LONGEST_READ]
        question, folded = text[:LONGEST_QUESTION], fold(text)
        if not folded:
            return reply(question, NOT_UNDERSTOOD, self._site, language, wording)
        if self._aspects.is_follow_up(folded):
            if topic in self.catalogue.by_code:
                found = Found((Hit(topic, 1.0),), "sure", 1.0)
                return self._procedure(question, folded, found, language)
            found, best = Found((), "none"), 1.0
        else:
            found = self._searches[language].find(text, MOST_CHOICES)
            best = found.hits[0].score if found.hits else 0.0
        meant = self._intents.of(text, folded, best)
        return self._answer(question, folded, found, meant, language, topic)

    def _answer(
        self, question: str, folded: str, found: Found, meant: Meant, language: str, topic: str
    ) -> Answer:
        if meant.intent == "procedure":
            return self._procedure(question, folded, found, language)
        service = ""
        if meant.intent == "take_ticket":
            service = self._service_meant(folded, found, topic)
            meant = replace(meant, slots={**meant.slots, "service": service}) if service else meant
        wording = self._wordings[language]
        answer = reply(question, meant, self._site, language, wording)
        return replace(answer, service=service, procedures=self._choices(found, language))

    def hear(
        self, readings: Sequence[tuple[str, float]], language: str = "vi", topic: str = ""
    ) -> Heard:
        """What a question that was heard may mean: its readings, each with its score."""
        readings = tuple(readings) or (("", 0.0),)
        guesses = self.learn_to_hear()[self._spoken_here(language)].guesses(readings)
        return Heard(self, guesses, readings[0][0], language, topic)

    def answer_understood(
        self, text: str, understood: Understood, language: str, topic: str
    ) -> Answer:
        """The answer to what was heard and understood; `text` is its best reading."""
        language = self._spoken_here(language)
        question, folded = text[:LONGEST_QUESTION], fold(text)
        if not folded or self._aspects.is_follow_up(folded):
            return self.ask(text, language, topic)
        found = understood.found
        if understood.decision == "act":
            return self._answer(question, folded, found, understood.meant, language, topic)
        if understood.decision == "choose" and found.hits:
            answer = self._procedure(question, folded, found, language)
            which = self._wordings[language]("spoken.which")
            return replace(answer, spoken=which) if answer.kind == "choices" else answer
        return reply(question, NOT_UNDERSTOOD, self._site, language, self._wordings[language])

    def _procedure(self, question: str, folded: str, found: Found, language: str) -> Answer:
        wording = self._wordings[language]
        choices = self._choices(found, language)
        if not choices or found.certainty == "none" or choices[0].score < FAR:
            answer = reply(question, Meant("procedure"), self._site, language, wording)
            return replace(answer, aspect=self._aspects.of(folded), procedures=choices)
        procedure = self.catalogue.whole(choices[0].code)
        assert procedure is not None  # choices are of this catalogue
        aspect = self._aspects.of(folded, _names(procedure))
        if found.certainty == "choices":
            two = len(choices) > 1 and choices[0].score + choices[1].score >= CLOSE
            return Answer(
                question=question,
                kind="choices",
                intent="procedure",
                aspect=aspect,
                title=wording("title.choices"),
                spoken=wording("spoken.two" if two else "spoken.choices"),
                procedures=choices,
                next=("show_procedure", "browse_guide", "call_staff"),
            )
        return Answer(
            question=question,
            kind="answer",
            intent="procedure",
            aspect=aspect,
            title=name_of(procedure, language),
            spoken=spoken_of(procedure, aspect, self._site, language, wording),
            procedure=procedure.code,
            service=self._service_of(procedure.code),
            portal=procedure.portal,
            cards=cards_of(procedure, aspect, self._site, language, wording),
            procedures=choices,
            next=(
                *(("take_ticket",) if procedure.ward else ()),
                "show_procedure",
                "print_checklist",
                "call_staff",
            ),
        )

    def _choices(self, found: Found, language: str) -> tuple[Choice, ...]:
        known = self.catalogue.by_code
        return tuple(
            Choice(
                code=hit.code,
                name=name_of(known[hit.code], language),
                score=round(hit.score, 4),
                icon=self.catalogue.field_by_code[known[hit.code].field].icon,
            )
            for hit in found.hits
            if hit.code in known
        )

    def _service_meant(self, folded: str, found: Found, topic: str) -> str:
        """The queue of which "lấy số …" speaks: by its own words, or of the topic; "" is unsaid."""
        if found.hits and found.hits[0].score >= CLEAR:
            return self._service_of(found.hits[0].code)
        is_topic = topic in self.catalogue.by_code and THIS_ONE.search(folded)
        return self._service_of(topic) if is_topic else ""

    def _service_of(self, code: str) -> str:
        """The queue of a procedure; "" where the ward does not receive it."""
        procedure = self.catalogue.by_code[code]
        return procedure.service if procedure.ward else ""


def _names(procedure: Procedure) -> tuple[str, ...]:
    names = (procedure.official, procedure.short, procedure.short_en, *procedure.aliases)
    return tuple(fold(one) for one in names)
