"""The house that the tests stand in: the project's own config.toml, as the core would tell it."""

from __future__ import annotations

import msgspec

from kiosk.config import Config, load_config
from kiosk.config.schema import Service
from kiosk.paths import DEFAULT_CONFIG
from kiosk.words import (
    Call,
    CounterState,
    HallState,
    HallTicket,
    ItemState,
    KioskState,
    Notice,
    PriorityState,
    ServiceState,
    ServiceWaiting,
)
from kiosk.words.devices import ItemCondition

NOW = "2026-11-23T08:15:00+07:00"  # a Monday morning
WAITING = {"civil-status": (5, 12), "certification": (3, 8), "residence": (0, None)}


def config() -> Config:
    """config.toml as it ships."""
    return load_config(DEFAULT_CONFIG)


def state(
    *, closed: tuple[str, ...] = (), full: tuple[str, ...] = (), times: int = 1
) -> KioskState:
    """A Monday morning; the named services (or "all") are closed until 13:30, or full until
    tomorrow. `times` makes a house with so many times the services."""
    house = config()
    services = tuple(_service(service, closed, full) for service in house.service)
    more = (
        msgspec.structs.replace(service, code=f"{service.code}-{n}")
        for n in range(2, times + 1)
        for service in services
    )
    return KioskState(
        site_vi=house.site.name_vi,
        site_en=house.site.name_en,
        centre_vi=house.site.centre_vi,
        centre_en=house.site.centre_en,
        now=NOW,
        business_day="2026-11-23",
        services=(*services, *more),
        priorities=tuple(
            PriorityState(code=p.code, name_vi=p.name_vi, name_en=p.name_en, icon=p.icon)
            for p in house.priority
        ),
        devices=(),
    )


def with_refreshments(told: KioskState, *, water: ItemCondition = "ready") -> KioskState:
    """The same house, open in two spans, where water and sweets can be had."""
    ready_at = "2026-11-23T08:16:00+07:00" if water == "resting" else ""
    return msgspec.structs.replace(
        told,
        hours="7:30–11:30, 13:30–17:00",
        notices=tuple(Notice(text_vi=one.text_vi, text_en=one.text_en) for one in config().notice),
        items=(
            ItemState(
                item="water",
                name_vi="Nước uống",
                name_en="Water",
                condition=water,
                left=12,
                ready_at=ready_at,
            ),
            ItemState(item="candy", name_vi="Kẹo", name_en="Sweets", condition="empty", left=0),
        ),
    )


def _service(service: Service, closed: tuple[str, ...], full: tuple[str, ...]) -> ServiceState:
    waiting, estimate = WAITING.get(service.code, (1, None))
    numbers = ", ".join(service.counters)
    availability, opens_at = "open", ""
    if service.code in closed or "all" in closed:
        availability, opens_at = "closed", "2026-11-23T13:30:00+07:00"
    elif service.code in full:
        availability, opens_at = "full", "2026-11-24T07:30:00+07:00"
    return ServiceState(
        code=service.code,
        name_vi=service.name_vi,
        name_en=service.name_en,
        about_vi=service.about_vi,
        about_en=service.about_en,
        series=service.series,
        icon=service.icon,
        availability=availability,
        waiting=waiting,
        estimate_minutes=estimate,
        where_vi=f"Quầy số {numbers} – tầng 1",
        where_en=f"Counter {numbers} – ground floor",
        opens_at=opens_at,
    )


def hall(*calls: tuple[str, str], served: tuple[str, ...] = (), times: int = 1) -> HallState:
    """The hall with these calls (number, counter), the newest last; the numbers `served` have
    come. `times` makes a house with so many times the services."""
    house = config()
    told = [
        Call(announcement=n, ticket_id=n, number=number, counter=counter, language="vi", at=NOW)
        for n, (number, counter) in enumerate(calls, start=1)
    ]
    return HallState(
        now=NOW,
        business_day="2026-11-23",
        counters=tuple(
            CounterState(
                number=desk.number,
                place_vi=desk.place_vi,
                place_en=desk.place_en,
                services=(),
                state="open",
                ticket=next(
                    (_present(one, served) for one in reversed(told) if one.counter == desk.number),
                    None,
                ),
            )
            for desk in house.counter
        ),
        calls=tuple(reversed(told)),
        waiting=times
        * tuple(
            ServiceWaiting(
                service=one.code,
                name_vi=one.name_vi,
                name_en=one.name_en,
                series=one.series,
                waiting=WAITING.get(one.code, (1, None))[0],
            )
            for one in house.service
        ),
        notices=tuple(Notice(text_vi=one.text_vi, text_en=one.text_en) for one in house.notice),
    )


def _present(call: Call, served: tuple[str, ...]) -> HallTicket:
    return HallTicket(
        id=call.ticket_id,
        number=call.number,
        service="civil-status",
        priority="",
        language="vi",
        state="serving" if call.number in served else "called",
        issued_at=NOW,
        queued_at=NOW,
        counter=call.counter,
    )
