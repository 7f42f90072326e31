"""The guide in the core: the catalogue that a thread reads, and the questions that it answers.

The first page does not wait for the catalogue, and a catalogue that cannot be read does not take
the place of one that could. Of a question nothing is logged; it is kept in memory alone, for as
long as the same citizen may go on about it or want the answer again.
"""

from __future__ import annotations

import asyncio
import functools
import logging
import traceback
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

from kiosk.core.device_thread import DeviceThread
from kiosk.core.loose_slips import LooseSlips
from kiosk.core.slips import Listing
from kiosk.core.topics import Topics
from kiosk.errors import CommandRefused
from kiosk.guide.answer import Answer
from kiosk.guide.catalogue import Catalogue
from kiosk.guide.procedure import Field, Procedure
from kiosk.guide.procedure_cards import name_of
from kiosk.guide.shelves import Shelves
from kiosk.guide.talk import after, go_on
from kiosk.memory import give_back
from kiosk.ports import Condition, Guide, GuideSource, Hearing
from kiosk.words import (
    AnswerResult,
    Ask,
    AskGuide,
    BrowseProcedures,
    Done,
    FieldLine,
    GuideCommand,
    GuideResult,
    Language,
    LifeEventLine,
    NewsLine,
    PrintChecklist,
    PrintList,
    ProcedureLine,
    ProcedureResult,
    ProceduresResult,
    Result,
    ServiceState,
    ShowProcedure,
    SuggestProcedures,
)

log = logging.getLogger(__name__)

FIRST_PAGE_S = 1.0  # left to the screen, which starts at the same time on as few processors
LOOK_EVERY_S = 5.0
RETRY_S = 30.0  # while there is nothing to show, whether it changed or not
LOOK_WITHIN_S = 10.0
READ_WITHIN_S = 300.0
SUGGESTIONS = 8
LONGEST_QUESTION = 500  # characters; what is longer is cut
LONGEST_TITLE = 80
LONGEST_LOOKED_AT = 4 * LONGEST_QUESTION  # before spaces are squeezed and letters composed


class GuidingHost(Protocol):
    """What the guide needs of the engine."""

    loose_slips: LooseSlips

    def now(self) -> datetime: ...
    def guide_is(
        self, state: Condition, *, reason: str, detail: str, warnings: tuple[str, ...]
    ) -> None: ...
    def service_state(self, code: str) -> ServiceState | None: ...
    def answered(self, answer: Answer, face: str, language: Language) -> None: ...


class Guiding:
    """Answers the commands of the guide. Lives on the core's loop; the reading does not.

    After `forget_after` without a question its citizen has gone, and the topic with them.
    """

    def __init__(self, host: GuidingHost, source: GuideSource, *, forget_after: timedelta) -> None:
        self._host = host
        self._source = source
        self._thread = DeviceThread("guide")
        self._stamp: object = None
        self._guide: Guide | None = None
        self._shelves = Shelves(Catalogue())
        self._topics = Topics(host.now, forget_after)

    def forget(self, face: str) -> None:
        """The citizen at `face` has gone, and the topic with them."""
        self._topics.forget(face)

    async def run(self) -> None:
        """Read the catalogue, and again when there is a new one, until cancelled."""
        await asyncio.sleep(FIRST_PAGE_S)
        try:
            while True:
                await self._look()
                await asyncio.sleep(LOOK_EVERY_S if self._guide is not None else RETRY_S)
        finally:
            self._thread.close()

    def do(self, command: GuideCommand, face: str) -> Result:
        """Carry out a command of a face. Raises CommandRefused: guide, unknown_procedure,
        printer."""
        guide = self._guide
        if guide is None:
            raise CommandRefused("the catalogue is not read", code="guide")
        match command:
            case AskGuide():
                self._topics.forget(face)
                return self._doors(guide.catalogue)
            case BrowseProcedures():
                return _lines(guide.catalogue, self._shelf(command))
            case SuggestProcedures():
                with unheard():
                    codes = guide.suggest(bounded(command.text), SUGGESTIONS, command.language)
                return _lines(guide.catalogue, map(guide.catalogue.by_code.__getitem__, codes))
            case ShowProcedure():
                return self._show(guide.catalogue, command.code, face)
            case Ask():
                return self._answer(guide, command, face)
            case PrintChecklist():
                procedure = _procedure(guide.catalogue, command.code)
                self._host.loose_slips.checklist(procedure, command.language)
            case PrintList():
                self._print_list(command)
        return Done()

    async def _look(self) -> None:
        """Read what is new; where that fails, the guide that is there stays."""
        try:
            stamp = await self._thread.call(self._source.stamp, LOOK_WITHIN_S)
            if self._guide is not None and stamp == self._stamp:
                return
            self._stamp = stamp
            guide, shelves = await self._thread.call(self._read, READ_WITHIN_S)
        except TimeoutError:
            self._stamp = None  # what that read brings, late, nobody takes: it is read again
            self._failed("hung", "the catalogue is still being read")
        except Exception as error:  # an edge may raise anything; the kiosk goes on without a guide
            self._failed("catalogue", str(error))
        else:
            self._guide, self._shelves = guide, shelves
            self._host.guide_is("ready", reason="", detail=guide.catalogue.version, warnings=())
            await self._learn_to_hear(guide)

    async def _learn_to_hear(self, guide: Guide) -> None:
        """Typed questions are answered already; one that is heard sooner reads this by itself."""
        try:
            await self._thread.call(functools.partial(_learn_to_hear, guide), READ_WITHIN_S)
        except Exception:
            log.exception("what is heard is searched as what is typed")

    def _read(self) -> tuple[Guide, Shelves]:
        guide = self._source.read()
        return guide, Shelves(guide.catalogue)

    def _failed(self, reason: str, detail: str) -> None:
        if self._guide is None:
            self._host.guide_is("unavailable", reason=reason, detail=detail, warnings=())
        else:
            self._host.guide_is("ready", reason="", detail=detail, warnings=(reason,))

    def _answer(self, guide: Guide, command: Ask, face: str) -> AnswerResult:
        talk = self._topics.of(face)
        if command.topic:
            talk = replace(talk, topic=command.topic)
        with unheard():
            answer, talk = go_on(guide, talk, bounded(command.text), command.language)
        self._topics.keep(face, talk)
        self._host.answered(answer, face, command.language)
        return AnswerResult(answer=answer)

    def hear(self, readings: Sequence[tuple[str, float]], face: str, language: Language) -> Hearing:
        """What a question that was heard may mean. Raises CommandRefused: guide, bug."""
        if self._guide is None:
            raise CommandRefused("the catalogue is not read", code="guide")
        with unheard():
            plain = [(bounded(text), score) for text, score in readings]
            return self._guide.hear(plain, language, self._topics.of(face).topic)

    def settle(
        self, hearing: Hearing, scores: Sequence[float], text: str, face: str, language: Language
    ) -> Answer:
        """The answer to it, when its candidates are scored. Raises CommandRefused: bug."""
        assert self._guide is not None  # it was asked by `hear`
        talk = self._topics.of(face)
        with unheard():
            answer = hearing.answer(scores)
            if answer.intent == "repeat":
                answer, talk = go_on(self._guide, talk, bounded(text), language)
            else:
                talk = after(talk, answer, bounded(text))
        self._topics.keep(face, talk)
        return answer

    def _shelf(self, command: BrowseProcedures | PrintList) -> list[Procedure]:
        if command.news:
            return self._shelves.browse_news(command.news)
        return self._shelves.browse(command.field, command.life_event)

    def _print_list(self, command: PrintList) -> None:
        names = tuple(name_of(one, command.language) for one in self._shelf(command))
        if not names:
            raise CommandRefused("the catalogue has nothing of this", code="unknown_procedure")
        listing = Listing(bounded(command.title)[:LONGEST_TITLE], names)
        self._host.loose_slips.list(listing, command.language)

    def _doors(self, catalogue: Catalogue) -> GuideResult:
        events = self._shelves.life_events()
        return GuideResult(
            fields=tuple(_field_line(field, count) for field, count in self._shelves.fields()),
            life_events=tuple(LifeEventLine(code=event, count=count) for event, count in events),
            count=self._shelves.count,
            version=catalogue.version,
            checked=self._shelves.checked,
            since=catalogue.since,
            news=tuple(NewsLine(event=event, count=n) for event, n in self._shelves.news()),
        )

    def _show(self, catalogue: Catalogue, code: str, face: str) -> ProcedureResult:
        procedure = _procedure(catalogue, code)
        self._topics.keep(face, replace(self._topics.of(face), topic=code))
        return ProcedureResult(
            procedure=procedure,
            companions=_lines(catalogue, catalogue.companions_of(code)).lines,
            service=self._host.service_state(procedure.service) if procedure.ward else None,
        )


def _learn_to_hear(guide: Guide) -> None:
    guide.learn_to_hear()
    give_back()


def _procedure(catalogue: Catalogue, code: str) -> Procedure:
    procedure = catalogue.whole(code)
    if procedure is None:
        raise CommandRefused("the catalogue has no such code", code="unknown_procedure")
    return procedure


def _field_line(field: Field, count: int) -> FieldLine:
    return FieldLine(
        code=field.code,
        name_vi=field.name_vi,
        name_en=field.name_en,
        icon=field.icon,
        count=count,
    )


def _lines(catalogue: Catalogue, procedures: Iterable[Procedure]) -> ProceduresResult:
    return ProceduresResult(lines=tuple(_line(catalogue, one) for one in procedures))


def _line(catalogue: Catalogue, procedure: Procedure) -> ProcedureLine:
    field = catalogue.field_by_code.get(procedure.field)
    return ProcedureLine(
        code=procedure.code,
        short_vi=procedure.short or procedure.official,
        short_en=procedure.short_en,
        field=procedure.field,
        variant=procedure.variant,
        service=procedure.service,
        icon=field.icon if field is not None else "",
    )


@contextmanager
def unheard() -> Iterator[None]:
    """A fault of the guide costs its question; its words may hold what the citizen said, so that
    they go nowhere. Raises CommandRefused: bug."""
    try:
        yield
    except Exception as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        log.error("the guide failed: %s in %s", type(error).__name__, place.name)  # noqa: TRY400
        raise CommandRefused("the guide failed", code="bug") from None


def bounded(text: str) -> str:
    """A question as long as we look at it: composed letters, single spaces, 500 characters."""
    composed = unicodedata.normalize("NFC", text[:LONGEST_LOOKED_AT])
    return " ".join(composed.split())[:LONGEST_QUESTION].rstrip()
