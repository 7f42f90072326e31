"""Feedback on a tablet at a counter: the kiosk's own survey as one plain form, without a script.

Nobody logs in. A form carries its own token, an address is taken only so often, and a telephone
number is asked for only where the connection is encrypted: it must not cross the house in clear.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from litestar import Response, get, post
from litestar.datastructures import FormMultiDict
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from kiosk.errors import CommandRefused, StoreUnavailable, Trouble
from kiosk.feedback.answer import LONGEST
from kiosk.feedback.damping import Damper
from kiosk.feedback.survey import FACES, MAY_COMPLAIN, Face
from kiosk.site.feedback_plots import FACE_ICONS
from kiosk.site.form_tokens import FormTokens
from kiosk.site.login import FACE
from kiosk.site.reception import AnyRequest, Reception, address_of
from kiosk.words import AskSurvey, CallBackWish, GiveFeedback, Language, SurveyResult

STATUS = {"too_many": 429, "form_old": 403}


class FormRefused(Trouble):
    """A form that is not taken as it is: too_many, form_old or no_face."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What the tablets' forms need beside the engine."""

    tokens: FormTokens
    damper: Damper

    def admit(self, request: AnyRequest, token: str, counter: str) -> str:
        """The request id of a form that was sent. Raises FormRefused."""
        if not self.damper.takes(address_of(request), datetime.now(UTC)):
            raise FormRefused("many answers from one address", code="too_many")
        if not (request_id := self.tokens.nonce_of(token, counter)):
            raise FormRefused("a form that is not ours, or an old one", code="form_old")
        return request_id


def new_desk() -> Desk:
    """Ten answers at once from an address, and then one in six seconds."""
    return Desk(FormTokens(), Damper(burst=10, every_s=6))


@get("/feedback/{counter:str}", include_in_schema=False)
async def show_feedback(
    reception: NamedDependency[Reception],
    feedback_desk: NamedDependency[Desk],
    counter: FromPath[str],
    lang: FromQuery[Language] = "vi",
) -> Response[str]:
    """The form."""
    return _form(reception, feedback_desk, counter, lang)


@get("/feedback/{counter:str}/thanks", include_in_schema=False)
async def show_thanks(
    reception: NamedDependency[Reception], counter: FromPath[str], lang: FromQuery[Language] = "vi"
) -> Response[str]:
    """Thanks; the form comes back by itself, in Vietnamese, for the next one."""
    _known(reception, counter)
    return reception.drawing.page("feedback_thanks", lang, counter=counter)


@post("/feedback/{counter:str}", status_code=200, include_in_schema=False)
async def take_feedback(
    request: AnyRequest,
    reception: NamedDependency[Reception],
    feedback_desk: NamedDependency[Desk],
    counter: FromPath[str],
    lang: FromQuery[Language] = "vi",
) -> Response[str] | Redirect:
    """Take an answer, or show the form again with a word on why not."""
    _known(reception, counter)
    form = await request.form()
    try:
        request_id = feedback_desk.admit(request, _field(form, "token"), counter)
        survey = _survey(reception).survey.version
        wanted = _answer(form, request_id, survey, counter, lang, calls_back=reception.secure)
        reception.door.do(wanted, FACE)
    except (CommandRefused, FormRefused) as refusal:
        return _form(reception, feedback_desk, counter, lang, form=form, refused=refusal.code)
    except StoreUnavailable:
        return _form(reception, feedback_desk, counter, lang, form=form, refused="store")
    return Redirect(f"/feedback/{counter}/thanks?lang={lang}", status_code=303)


def _answer(
    form: FormMultiDict,
    request_id: str,
    survey: str,
    counter: str,
    language: Language,
    *,
    calls_back: bool,
) -> GiveFeedback:
    """The answer in a form. Raises FormRefused (no_face) where no face was chosen."""
    faces = {str(one): one for one in FACES}
    face = faces.get(_field(form, "face"))
    if face is None:
        raise FormRefused("no face was chosen", code="no_face")
    return GiveFeedback(
        request_id=request_id,
        survey=survey,
        face=face,
        reasons=tuple(dict.fromkeys(str(one)[:40] for one in form.getall("reason", [])))[:8],
        words=_field(form, "words")[: 2 * LONGEST],
        number=_field(form, "number")[:12].strip(),
        counter=counter,
        language=language,
        call_back=_wish(form, face) if calls_back else None,
    )


def _wish(form: FormMultiDict, face: Face) -> CallBackWish | None:
    """Only with a tick at the consent, which names its version."""
    consent, phone = _field(form, "consent"), _field(form, "phone")
    if not consent or not phone.strip() or face not in MAY_COMPLAIN:
        return None
    return CallBackWish(phone=phone[:40], consent=consent[:40])


def _field(form: FormMultiDict, name: str) -> str:
    """A field as text; "" where it is missing, or a file."""
    value = form.get(name, "")
    return value if isinstance(value, str) else ""


def _survey(reception: Reception) -> SurveyResult:
    result = reception.door.do(AskSurvey(), FACE)
    assert isinstance(result, SurveyResult)
    return result


def _known(reception: Reception, counter: str) -> None:
    """Raises NotFoundException for a counter that is not here."""
    if counter not in {one.number for one in reception.consoles.hall().counters}:
        raise NotFoundException


def _form(
    reception: Reception,
    desk: Desk,
    counter: str,
    language: Language,
    *,
    form: FormMultiDict | None = None,
    refused: str = "",
) -> Response[str]:
    _known(reception, counter)
    asked = _survey(reception)
    said = form or FormMultiDict([])
    return reception.drawing.page(
        "feedback",
        language,
        status=STATUS.get(refused, 409) if refused else 200,
        counter=counter,
        survey=asked.survey,
        calls_back=asked.call_back and reception.secure,
        faces=tuple(zip(FACES, FACE_ICONS, strict=True)),
        token=desk.tokens.give(counter),
        refused=refused,
        longest=LONGEST,
        chosen=_field(said, "face"),
        reasons=tuple(str(one) for one in said.getall("reason", [])),
        words=_field(said, "words")[:LONGEST],
        number=_field(said, "number")[:12],
    )


feedback_pages = [show_feedback, show_thanks, take_feedback]
