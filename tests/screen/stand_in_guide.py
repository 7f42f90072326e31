"""The guide of the stand-in core: the shipped catalogue, a plain search, three kinds of answer."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, partial

from kiosk.catalogue.shipped import read_shipped
from kiosk.guide.answer import Answer, Choice, Site
from kiosk.guide.catalogue import Catalogue, News
from kiosk.guide.folding import fold
from kiosk.guide.intents import Meant
from kiosk.guide.procedure import Document, Procedure
from kiosk.guide.procedure_cards import Wording, cards_of, name_of, spoken_of
from kiosk.guide.replies import reply as guide_reply
from kiosk.guide.shelves import Shelves
from kiosk.paths import ASSETS
from kiosk.texts import Texts
from kiosk.words import (
    AnswerResult,
    Ask,
    AskGuide,
    BrowseProcedures,
    FieldLine,
    GuideCommand,
    GuideResult,
    KioskState,
    LifeEventLine,
    NewsLine,
    ProcedureLine,
    ProcedureResult,
    ProceduresResult,
    Result,
    ShowProcedure,
    SuggestProcedures,
)

BIRTH = "1.001193"
GONE = "9.000010"
NO_LONGER = "Cấp sổ hộ khẩu"
BARE = Procedure(
    code="9.000009",
    official="Cấp lại văn bản xác nhận mà hồ sơ gốc không còn lưu giữ",
    short="Cấp lại văn bản xác nhận",
    field="civil-status",
)
"""As an import may bring it: a code and a name, nothing else."""
LONG = Procedure(
    code="9.000011",
    official="Xác nhận lại nội dung hồ sơ",
    short="Xác nhận lại nội dung hồ sơ",
    field="civil-status",
    documents=(
        Document(
            name="Giấy tờ do cơ quan, tổ chức có thẩm quyền cấp trước đây có ghi nội dung liên "
            "quan đến văn bản đề nghị xác nhận lại, trong trường hợp hồ sơ gốc không còn lưu giữ "
            "được tại cơ quan đã cấp hoặc đã bị hư hỏng, thất lạc mà không thể khôi phục lại được…"
        ),
    ),
)
"""A document without an end."""


@cache
def catalogue() -> Catalogue:
    """Read once for all tests."""
    shipped = read_shipped(ASSETS / "catalogue")
    return Catalogue(
        fields=shipped.fields,
        procedures=(*shipped.procedures, BARE, LONG),
        news=tuple(
            News(code=code, name=name, field="Hộ tịch", event=event, on="2026-11-20")
            for code, name, event in (
                (BARE.code, BARE.official, "new"),
                (BIRTH, "Đăng ký khai sinh", "amended"),
                (GONE, NO_LONGER, "abolished"),
            )
        ),
    )


@cache
def shelves() -> Shelves:
    return Shelves(catalogue())


def answer(command: GuideCommand, state: KioskState) -> Result | None:
    """What the core would answer; None for an unknown procedure."""
    match command:
        case AskGuide():
            return doors()
        case BrowseProcedures():
            return lines(shelf(command))
        case SuggestProcedures(text=text):
            return lines(found(text)[:8])
        case ShowProcedure(code=code):
            return leaflet(code, state)
        case Ask(text=text, language=language):
            return AnswerResult(answer=reply(text, language))
    return None


def shelf(command: BrowseProcedures) -> list[Procedure]:
    if command.news:
        return shelves().browse_news(command.news)
    return shelves().browse(command.field, command.life_event)


def doors() -> GuideResult:
    return GuideResult(
        fields=tuple(
            FieldLine(
                code=field.code,
                name_vi=field.name_vi,
                name_en=field.name_en,
                icon=field.icon,
                count=count,
            )
            for field, count in shelves().fields()
        ),
        life_events=tuple(
            LifeEventLine(code=code, count=count) for code, count in shelves().life_events()
        ),
        count=shelves().count,
        version="test",
        checked=shelves().checked,
        since="2026-11-20",
        news=tuple(NewsLine(event=event, count=count) for event, count in shelves().news()),
    )


def lines(procedures: Iterable[Procedure]) -> ProceduresResult:
    return ProceduresResult(lines=tuple(line(one) for one in procedures))


def line(one: Procedure) -> ProcedureLine:
    field = catalogue().field_by_code.get(one.field)
    return ProcedureLine(
        code=one.code,
        short_vi=one.short,
        short_en=one.short_en,
        field=one.field,
        variant=one.variant,
        service=one.service,
        icon=field.icon if field else "",
    )


def leaflet(code: str, state: KioskState) -> ProcedureResult | None:
    known = catalogue().by_code.get(code)
    if known is None:
        return None
    return ProcedureResult(
        procedure=known,
        companions=lines(catalogue().companions_of(code)).lines,
        service=next((s for s in state.services if s.code == known.service), None),
    )


@cache
def names() -> dict[Procedure, str]:
    return {one: fold(" ".join((one.short, *one.aliases))) for one in catalogue().procedures}


def found(text: str) -> list[Procedure]:
    wanted = fold(text)
    hits = [one for one, called in names().items() if wanted and wanted in called]
    return sorted(hits, key=lambda one: one.code != BIRTH)


@cache
def wording(language: str) -> Wording:
    return partial(Texts(ASSETS / "i18n", "guide").get, language=language)


def reply(question: str, language: str) -> Answer:
    """In the real guide's words; one of three kinds, by what the plain search finds."""
    say, hits = wording(language), found(question)
    if not hits:
        meant = Meant("out_of_scope", {"topic": "nonsense"})
        return guide_reply(question, meant, Site(), language, say)
    choices = tuple(
        Choice(code=one.code, name=name_of(one, language), score=0.2, icon="users")
        for one in hits[:5]
    )
    best = hits[0]
    if best.code != BIRTH:
        return Answer(
            question=question,
            kind="choices",
            intent="procedure",
            spoken=say("spoken.choices"),
            title=say("title.choices"),
            procedures=choices,
            next=("show_procedure", "browse_guide", "call_staff"),
        )
    return Answer(
        question=question,
        kind="answer",
        intent="procedure",
        aspect="fee",
        title=name_of(best, language),
        spoken=spoken_of(best, "fee", Site(), language, say),
        procedure=best.code,
        service=best.service,
        cards=cards_of(best, "fee", Site(), language, say),
        procedures=choices,
        next=("take_ticket", "show_procedure", "print_checklist", "call_staff"),
    )
