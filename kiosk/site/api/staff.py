"""Who may log in, for managers. A PIN comes in and never goes out."""

from __future__ import annotations

from typing import Annotated

from litestar import Router, delete, get, put
from litestar.di import NamedDependency, Provide
from litestar.params import JSONBody, PathParameter
from msgspec import Meta

from kiosk.queueing.staff import CODE
from kiosk.site.answers import problems
from kiosk.site.reception import Reception, manager_of
from kiosk.site.sessions import Session
from kiosk.words import Role, StaffMember
from kiosk.words.root import Word

Code = Annotated[str, PathParameter(pattern=f"^{CODE}$", description="What they log in with")]


class MemberWish(Word, frozen=True, kw_only=True):
    """Who they are. `pin` has 4 to 12 figures, not all the same, no plain run; "" leaves it."""

    name: Annotated[str, Meta(min_length=1, max_length=60)]
    role: Role = "clerk"
    pin: Annotated[str, Meta(max_length=12)] = ""


@get("/staff", responses=problems(401, 403, 503), operation_id="staff")
async def list_staff(
    reception: NamedDependency[Reception], session: NamedDependency[Session]
) -> tuple[StaffMember, ...]:
    """Everybody who may log in, by name."""
    del session
    return reception.house.staff()


@put(
    "/staff/{code:str}", responses=problems(400, 401, 403, 409, 429, 503), operation_id="keep_staff"
)
async def keep_staff(
    reception: NamedDependency[Reception],
    session: NamedDependency[Session],
    code: Code,
    data: JSONBody[MemberWish],
) -> StaffMember:
    """Add a member, or change one. With a new PIN or role their sessions end."""
    del session
    member = StaffMember(code=code, name=data.name, role=data.role)
    await reception.house.keep(member, data.pin)
    return reception.house.member(code)


@delete(
    "/staff/{code:str}",
    status_code=204,
    responses=problems(400, 401, 403, 404, 409, 503),
    operation_id="remove_staff",
)
async def remove_staff(
    reception: NamedDependency[Reception], session: NamedDependency[Session], code: Code
) -> None:
    """From now on they cannot log in; their sessions end, and their counter closes."""
    del session
    reception.house.remove(code)


staff_api = Router(
    "/",
    route_handlers=[list_staff, keep_staff, remove_staff],
    dependencies={"session": Provide(manager_of)},
    tags=["manager"],
)
