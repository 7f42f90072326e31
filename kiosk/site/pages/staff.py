"""The staff, for managers: who may log in, a new PIN, who is gone."""

from __future__ import annotations

from typing import get_args

from litestar import Response, get, post
from litestar.di import NamedDependency, Provide
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect

from kiosk.errors import CommandRefused, StoreUnavailable
from kiosk.queueing.staff import CODE
from kiosk.site.login import LoginRefused
from kiosk.site.reception import AnyRequest, NotLoggedIn, Reception, manager_of, manager_or_login
from kiosk.site.sessions import Session
from kiosk.words import Role, StaffMember
from kiosk.words.root import Word


class MemberForm(Word, frozen=True, kw_only=True):
    """What the forms send: whose code, and what each of them needs."""

    code: str = ""
    name: str = ""
    role: str = "clerk"
    pin: str = ""
    again: str = ""


@get("/staff", include_in_schema=False)
async def show_staff(
    request: AnyRequest, reception: NamedDependency[Reception]
) -> Response[str] | Redirect:
    """Everybody who may log in."""
    session = manager_or_login(request, reception)
    if isinstance(session, Redirect):
        return session
    return _draw(reception, "staff", session)


@post(
    "/staff/do/{verb:str}",
    status_code=200,
    dependencies={"session": Provide(manager_of)},
    include_in_schema=False,
)
async def do_staff(
    request: AnyRequest,
    reception: NamedDependency[Reception],
    session: NamedDependency[Session],
    verb: FromPath[str],
    data: URLEncodedBody[MemberForm],
) -> Response[str]:
    """A form: the list as it is then, with a word on what was done, or why not."""
    try:
        await _do(reception, verb, data)
    except (CommandRefused, LoginRefused) as refusal:
        return _draw(reception, "staff_list", session, refused=refusal.code)
    except StoreUnavailable:
        return _draw(reception, "staff_list", session, refused="store")
    if reception.find_session(request) is None:
        raise NotLoggedIn("their own PIN or role is new")
    return _draw(reception, "staff_list", session, done=verb, who=data.code)


async def _do(reception: Reception, verb: str, data: MemberForm) -> None:
    house = reception.house
    code, name, pin = data.code.strip().lower(), data.name.strip()[:60], data.pin[:20]
    if pin != data.again:
        raise CommandRefused("the two PINs differ", code="pins_differ")
    match verb:
        case "add":
            member = StaffMember(code=code, name=name, role=_role(data.role))
            if not pin:
                raise CommandRefused("no PIN", code="bad_pin")
            await house.add(member, pin)
        case "change":
            await house.change(code, name, _role(data.role))
        case "pin":
            await house.renew_pin(code, pin)
        case "remove":
            house.remove(code)
        case _:
            raise NotFoundException


def _role(text: str) -> Role:
    return "manager" if text == "manager" else "clerk"


def _draw(
    reception: Reception,
    page: str,
    session: Session,
    *,
    refused: str = "",
    done: str = "",
    who: str = "",
) -> Response[str]:
    staff = reception.house.staff()
    managers = [one.code for one in staff if one.role == "manager"]
    return reception.drawing.page(
        page,
        session=session,
        here="staff",
        staff=staff,
        counters={one.staff: one.number for one in reception.house.hall().counters if one.staff},
        last_manager=managers[0] if len(managers) == 1 else "",
        roles=get_args(Role),
        code_pattern=CODE,
        refused=refused,
        done=done,
        who=who,
    )


staff_pages = [show_staff, do_staff]
