"""Words of the first start on the screen; the steps are those of kiosk.first_start."""

from __future__ import annotations

from kiosk.words.root import Command, Event, Word


class OpenFirstStart(Command, frozen=True, kw_only=True, tag="open_first_start"):
    """The screen turns to the first start, and whoever stands there may set the kiosk up.

    Refused (not_here) to a screen: whoever may use the command line lets them in.
    """


class AskFirstStart(Command, frozen=True, kw_only=True, tag="ask_first_start"):
    """The step that is asked now."""


class AnswerFirstStart(Command, frozen=True, kw_only=True, tag="answer_first_start"):
    """The answer to the step now. `pin` is the manager's, `technician_pin` the technician's, both
    for the step that asks for people alone; neither is kept but as a hash.

    Refused (wrong_answer, bad_pin, config, read_only); then the step is asked again. What waits
    for the network is answered at once with `waits`, and FirstStartMoved tells what came of it.
    """

    value: str
    pin: str = ""
    technician_pin: str = ""


class SkipFirstStart(Command, frozen=True, kw_only=True, tag="skip_first_start"):
    """Leave the thing of this step as it is."""


class BackFirstStart(Command, frozen=True, kw_only=True, tag="back_first_start"):
    """Ask the step before again."""


class StepChoice(Word, frozen=True, kw_only=True):
    """One answer that can be chosen, and what it means."""

    value: str
    about_vi: str
    about_en: str


class FirstStartResult(Word, frozen=True, kw_only=True, tag="first_start"):
    """The step that is asked now, "" when all are done; what was answered to it before.

    `waits`: the answer is on its way; nothing else is taken meanwhile.
    """

    step: str
    number: int
    count: int
    answer: str = ""
    choices: tuple[StepChoice, ...] = ()
    waits: bool = False


class FirstStartMoved(Event, frozen=True, kw_only=True, tag="first_start_moved"):
    """What came of an answer that waited: the next step, or why it was refused, as a code."""

    result: FirstStartResult | None = None
    code: str = ""
    detail: str = ""


FirstStartCommand = AskFirstStart | AnswerFirstStart | SkipFirstStart | BackFirstStart
