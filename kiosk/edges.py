"""From config.toml to what is around the kiosk: board, scanner, base, greeting.

Drivers are imported on their devices' own threads: a site that has none of them does not wait.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta

from kiosk.config import Config, house_week
from kiosk.config.rules import parse_span
from kiosk.config.schema import NONE
from kiosk.core.board import Wiring
from kiosk.core.dispensing import Dispenser
from kiosk.core.engine import Engine
from kiosk.core.greeting import Greeter, GreetingRule
from kiosk.core.surroundings import Surroundings
from kiosk.ports import Base, Board, Scanner
from kiosk.queueing.hours import Calendar

Opened = Callable[[str, object], None]
"""Hears of each driver that was made, by the name of its device."""


def edges_of(config: Config) -> tuple[str, ...]:
    """The devices of this site beside those that every kiosk has."""
    here = {
        "board": config.board.port != NONE,
        "scanner": config.scanner.port != NONE,
        "base": True,
    }
    return tuple(name for name, is_here in here.items() if is_here)


def surroundings_of(
    config: Config, calendar: Calendar, engine: Engine, opened: Opened
) -> Surroundings:
    """The workers of all that config.toml names."""
    here = edges_of(config)
    return Surroundings(
        engine,
        clock=time.monotonic,
        dispensers=dispensers_of(config),
        wiring=Wiring(
            presence=config.board.presence,
            door=config.board.door,
            button=config.board.button,
            light=config.board.light,
        ),
        open_board=(lambda: _board(config, opened)) if "board" in here else None,
        open_scanner=(lambda: _scanner(config, opened)) if "scanner" in here else None,
        open_base=lambda: _base(config),
        drive_s=config.base.drive_s,
        greeter=Greeter(greeting_rule_of(config, calendar)) if config.greeting.aloud else None,
        rest_s=config.refreshments.rest_s,
        offers=config.refreshments.offer,
    )


def dispensers_of(config: Config) -> tuple[Dispenser, ...]:
    """What is given out, in the file's order."""
    return tuple(
        Dispenser(
            item=item.item,
            name_vi=item.name_vi,
            name_en=item.name_en,
            output=item.output,
            drop=item.drop,
            pulse_ms=item.pulse_ms,
            wait_s=item.wait_s,
            low=item.low,
        )
        for item in config.dispenser
    )


def greeting_rule_of(config: Config, calendar: Calendar) -> GreetingRule:
    """When somebody is greeted aloud."""
    greeting = config.greeting
    return GreetingRule(
        week=house_week(config),
        calendar=calendar,
        every=timedelta(seconds=greeting.every_s),
        quiet=tuple(parse_span(text) for text in greeting.quiet),
        quiet_level=greeting.quiet_level,
    )


def _board(config: Config, opened: Opened) -> Board:
    from hardware.board.ports import open_board  # noqa: PLC0415 - on the board's own thread

    board = open_board(
        config.board.port,
        address=config.board.address,
        inverted=frozenset(config.board.inverted),
        dispensers={item.output: item.drop for item in config.dispenser},
    )
    opened("board", board)
    return board


def _scanner(config: Config, opened: Opened) -> Scanner:
    from hardware.scanner.ports import open_scanner  # noqa: PLC0415 - as above

    scanner = open_scanner(config.scanner.port, cards=config.scanner.id_cards)
    opened("scanner", scanner)
    return scanner


def _base(config: Config) -> Base:
    from hardware.base.ports import open_base  # noqa: PLC0415 - as above
    from hardware.base.report import Pose  # noqa: PLC0415

    places = {one.name: Pose(one.x_m, one.y_m, one.heading_deg) for one in config.destination}
    return open_base(config.base.port, places, drive_s=config.base.drive_s)
