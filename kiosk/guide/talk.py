"""What was said so far with one citizen, as far as the next question needs it.

"Thế phí bao nhiêu?" goes on about the procedure of before; "nói lại" wants the last answer again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from kiosk.guide.answer import Answer

Spoken = TypeVar("Spoken")
Spoken_contra = TypeVar("Spoken_contra", contravariant=True)


class Asked(Protocol[Spoken_contra]):
    """Who answers a question in a language; kiosk.guide.guide.Guide does."""

    def ask(self, text: str, language: Spoken_contra, topic: str) -> Answer: ...


@dataclass(frozen=True, slots=True)
class Talk:
    """`topic` is the code of the procedure that a next question may go on about, "" is none.

    `question` is the last one that had an answer of its own, `before` the topic it was asked with.
    """

    topic: str = ""
    question: str = ""
    before: str = ""


def go_on(guide: Asked[Spoken], talk: Talk, text: str, language: Spoken) -> tuple[Answer, Talk]:
    """The answer to the next question, and the talk after it.

    To repeat is to answer the last question again, in the language of now.
    """
    answer = guide.ask(text, language, talk.topic)
    if answer.intent != "repeat":
        return answer, after(talk, answer, text)
    if not talk.question:
        return answer, talk
    again = guide.ask(talk.question, language, talk.before)
    return replace(again, question=answer.question, intent="repeat", slots=answer.slots), talk


def after(talk: Talk, answer: Answer, text: str) -> Talk:
    """The talk when `text` has been answered."""
    return Talk(_topic_after(answer, talk.topic), text, talk.topic)


def _topic_after(answer: Answer, topic: str) -> str:
    """A new, unclear question forgets the old topic."""
    if answer.procedure or answer.kind == "choices":
        return answer.procedure
    return topic
