"""Other hours and quotas while the house is open: nobody who waits loses by it."""

import pytest
from hall_of_the_house import Clerks

from kiosk.config import calendar_of, hall_plan_of, load_config, services_of
from kiosk.errors import CommandRefused

HOURS = {"always_open": "false", "hall.closing_grace_min": "30"}


@pytest.fixture
def clerks(start):
    """A house that keeps its hours, 07:30-11:30 and 13:30-17:00; counters 2 and 4 are open."""
    return Clerks(start(HOURS), "2", "4")


def take_over(clerks, path):
    """What the core does with a new configuration."""
    config = load_config(path)
    house = clerks.house
    house.desk.renew(services_of(config), calendar_of(config), hall_plan_of(config))
    house.engine.hall.hours_changed()


def pass_until(clerks, hour):
    hands = clerks.house.hands
    then = hands.wall.replace(hour=hour, minute=0)
    hands.pass_by(then - hands.wall)
    clerks.house.engine.hall.look()


def states(clerks):
    return {one.number: one.state for one in clerks.house.desk.hall.tickets()}


def test_who_waits_goes_on_waiting_when_the_house_stays_open_longer(clerks, write_config):
    clerks.come(2)
    longer = '["07:30-11:30", "13:30-20:00"]'
    take_over(clerks, write_config({**HOURS, "hours.monday": longer}))
    pass_until(clerks, 19)
    assert set(states(clerks).values()) == {"waiting"}
    clerks.come(1, start=3)  # numbers are given at seven in the evening
    pass_until(clerks, 21)
    assert set(states(clerks).values()) == {"expired"}


def test_numbers_are_refused_when_the_house_closes_earlier(clerks, write_config):
    clerks.come(1)
    take_over(clerks, write_config({**HOURS, "hours.monday": '["07:30-07:45"]'}))
    with pytest.raises(CommandRefused) as caught:
        clerks.come(1, start=2)
    assert caught.value.code == "closed"
