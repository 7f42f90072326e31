"""Words of what citizens say of their visit.

What is refused raises CommandRefused with one of these codes:

    unknown_ticket      no number of today
    ticket_past         a number of an earlier day
    not_done            its visit is not over yet
    answered            somebody has answered for this number
    too_many            more answers than people can give came from this place: in a moment again
    unknown_survey      nobody is asked here, or an answer to another version of the survey
    wrong_answer        a reason, a counter or a telephone number that is none
    no_call_back        nobody can be called back from here: there is no key of the centre
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from kiosk.feedback.summary import Summary
from kiosk.feedback.survey import Face, Survey
from kiosk.words.root import Command, Language, Word

RequestId = Annotated[str, Meta(min_length=8, max_length=64)]
Said = Annotated[str, Meta(max_length=4000)]
Code = Annotated[str, Meta(max_length=40)]


class AskSurvey(Command, frozen=True, kw_only=True, tag="ask_survey"):
    """What is asked, of the visit with this slip (`token`) or this number of today's, or of none.
    -> SurveyResult, or why there is nothing to ask about that visit"""

    token: Annotated[str, Meta(max_length=64)] = ""
    number: Annotated[str, Meta(max_length=12)] = ""


class CallBackWish(Word, frozen=True, kw_only=True):
    """A telephone number, and the version of the consent that was agreed to. It is sealed for the
    centre at once; nothing here can read it again. It is not shown where the wish is printed."""

    phone: Annotated[str, Meta(max_length=40)]
    consent: Code

    def __repr__(self) -> str:
        """Without the number: a log or a trace may hold it."""
        return f"CallBackWish(consent={self.consent!r})"


class GiveFeedback(Command, frozen=True, kw_only=True, tag="give_feedback"):
    """A citizen's answer. The same `request_id` is kept once. `counter` is where a tablet lies."""

    request_id: RequestId
    survey: Code
    face: Face
    reasons: Annotated[tuple[Code, ...], Meta(max_length=8)] = ()
    words: Said = ""
    token: Annotated[str, Meta(max_length=64)] = ""
    number: Annotated[str, Meta(max_length=12)] = ""
    counter: Annotated[str, Meta(max_length=4)] = ""
    language: Language = "vi"
    call_back: CallBackWish | None = None


class AskFeedback(Command, frozen=True, kw_only=True, tag="ask_feedback"):
    """What was said on these business days, both included (ISO dates; empty: today).
    -> FeedbackResult"""

    first_day: Annotated[str, Meta(max_length=10)] = ""
    last_day: Annotated[str, Meta(max_length=10)] = ""


class SurveyResult(Word, frozen=True, kw_only=True, tag="survey"):
    """What is asked, and about which number and service ("" for none in particular)."""

    survey: Survey
    call_back: bool
    number: str = ""
    service: str = ""


class Remark(Word, frozen=True, kw_only=True):
    """A citizen's own words, for the manager alone."""

    business_day: str
    face: Face
    words: str
    service: str = ""
    counter: str = ""


class FeedbackResult(Word, frozen=True, kw_only=True, tag="feedback"):
    """The summary, the newest remarks first, and the survey that is asked now (for its names)."""

    summary: Summary
    remarks: tuple[Remark, ...]
    survey: Survey


FeedbackCommand = AskSurvey | GiveFeedback | AskFeedback
