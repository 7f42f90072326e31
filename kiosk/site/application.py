"""The site's application: its pages and its API behind the gate."""

from __future__ import annotations

from collections.abc import Collection

from litestar import Litestar, Router
from litestar.datastructures import State
from litestar.di import Provide
from litestar.types import ASGIApp

from kiosk.site.answers import show_problem, tell_problem
from kiosk.site.api.counter import counter_api
from kiosk.site.api.day import day_api
from kiosk.site.api.description import OPENAPI, describe
from kiosk.site.api.kiosks import kiosks_api
from kiosk.site.api.public import public_api
from kiosk.site.api.report import report_api
from kiosk.site.api.session import session_api
from kiosk.site.api.staff import staff_api
from kiosk.site.gate import MAX_HANDOVER, Gate
from kiosk.site.pages.board import board_pages
from kiosk.site.pages.console import console_pages
from kiosk.site.pages.day import day_pages
from kiosk.site.pages.feedback import Desk, feedback_pages, new_desk
from kiosk.site.pages.feedback_report import feedback_report_pages
from kiosk.site.pages.files import files
from kiosk.site.pages.login import login_pages
from kiosk.site.pages.report import report_pages
from kiosk.site.pages.staff import staff_pages
from kiosk.site.pages.stock import stock_pages
from kiosk.site.pages.ticket import ticket_pages
from kiosk.site.reception import Reception


def site_application(reception: Reception, names: Collection[str]) -> ASGIApp:
    """Everything that a browser can ask for. `names` are the hosts that it may call us."""

    async def provide_reception() -> Reception:
        return reception

    desk = new_desk()

    async def provide_desk() -> Desk:
        return desk

    api = Router(
        "/api/v1",
        route_handlers=[
            public_api,
            session_api,
            counter_api,
            report_api,
            day_api,
            staff_api,
            kiosks_api,
        ],
        exception_handlers={Exception: tell_problem},
    )
    app = Litestar(
        [api, describe, files, *login_pages, *console_pages, *board_pages, *ticket_pages,
         *report_pages, *day_pages, *staff_pages, *stock_pages, *feedback_pages,
         *feedback_report_pages],
        dependencies={
            "reception": Provide(provide_reception), "feedback_desk": Provide(provide_desk)
        },
        exception_handlers={Exception: show_problem},
        state=State({"reception": reception}),
        openapi_config=OPENAPI,
        request_max_body_size=MAX_HANDOVER,  # the gate has the last word
        logging_config=None,
    )  # fmt: skip
    return Gate(app, names)
