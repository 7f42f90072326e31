"""What the core says aloud: phrases of the book "spoken", and the number of a new ticket."""

from __future__ import annotations

from kiosk.errors import CommandRefused
from kiosk.ports import Speaker
from kiosk.queueing.service import Service, where_text
from kiosk.queueing.ticket import Ticket
from kiosk.texts import Texts
from kiosk.words import Language

MAX_VALUE = 700  # characters of a value that a face puts into a phrase


class Speaking:
    """Turns phrase keys into sentences and hands them to the speaker."""

    def __init__(self, speaker: Speaker, texts: Texts) -> None:
        self._speaker = speaker
        self._texts = texts
        self.unhurried = False
        """Everything is spoken slowly: the citizen of now asked for it."""

    def say(
        self, phrase: str, values: dict[str, str], language: Language, *, level: float = 1.0
    ) -> None:
        """Speak one phrase, at a share of the usual loudness. Raises CommandRefused for one that
        the book does not know."""
        if not self._texts.has(phrase) or any(len(value) > MAX_VALUE for value in values.values()):
            raise CommandRefused(f"no phrase {phrase!r}", code="unknown_phrase")
        try:
            text = self._texts.get(phrase, language, **values)
        except Exception as error:
            raise CommandRefused(f"{phrase}: {error}", code="unknown_phrase") from error
        self._speaker.say(
            [("" if values else phrase, text)], language, level=level, slowly=self.unhurried
        )

    def phrase(self, phrase: str, language: Language) -> str:
        """A phrase that needs no values, to be said with others."""
        return self._texts.get(phrase, language)

    def slowly(self, sentence: str, language: Language) -> None:
        """The same for somebody who could not follow."""
        self._speaker.say([("", sentence)], language, slowly=True)

    def aloud(self, sentence: str, language: Language) -> None:
        """Speak a sentence that is in no book: an answer."""
        self._speaker.say([("", sentence)], language, slowly=self.unhurried)

    def ticket(self, ticket: Ticket, service: Service, *, slip: str) -> None:
        """Thank, say the number, where to wait, and what to do about the slip (a phrase key)."""
        language: Language = "en" if ticket.language == "en" else "vi"
        where = where_text(service, language)
        place = (
            ("", self._texts.get("ticket.where", language, where=where))
            if where
            else ("ticket.where_hall", self._texts.get("ticket.where_hall", language))
        )
        self._speaker.say(
            [
                ("ticket.thanks", self._texts.get("ticket.thanks", language)),
                ("", self._texts.get("ticket.number", language, number=ticket.number)),
                place,
                (slip, self._texts.get(slip, language)),
            ],
            language,
            slowly=self.unhurried,
        )

    def stop(self) -> None:
        """Be quiet at once."""
        self._speaker.stop()
