"""The robot base through roslibpy and a real websocket, against the simulated rosbridge."""

import math
import threading
import time
from collections.abc import Iterator

import pytest

from hardware.base.fixed import FixedBase
from hardware.base.report import Pose
from hardware.base.rosbridge import RosbridgeBase
from hardware.simulators.rosbridge import SimulatedRobot

pytest.importorskip("roslibpy")
WITHIN_S = 30.0
SEATS = Pose(2.0, -1.5, 90.0)


@pytest.fixture
def robot() -> Iterator[SimulatedRobot]:
    """A robot whose drives take a fifth of a second."""
    machine = SimulatedRobot()
    yield machine
    machine.close()


@pytest.fixture
def base(robot) -> Iterator[RosbridgeBase]:
    """The adapter, connected."""
    driver = RosbridgeBase("127.0.0.1", robot.port, {"seats": SEATS}, drive_s=20.0)
    until(driver, "ready")
    yield driver
    driver.close()


def until(driver: RosbridgeBase, state: str) -> float:
    began = time.monotonic()
    while driver.status().state != state:
        assert time.monotonic() - began < WITHIN_S
        time.sleep(0.02)
    return time.monotonic() - began


def test_it_drives_to_a_place_on_its_map(robot, base):
    report = base.deliver("water", "seats")
    assert report.outcome == "arrived"
    (goal,) = robot.goals
    assert (goal["action"], goal["action_type"]) == (
        "/navigate_to_pose",
        "nav2_msgs/action/NavigateToPose",
    )
    pose = goal["args"]["pose"]
    assert pose["header"]["frame_id"] == "map"
    assert pose["pose"]["position"] == {"x": 2.0, "y": -1.5, "z": 0.0}
    turn = pose["pose"]["orientation"]
    assert 2 * math.atan2(turn["z"], turn["w"]) == pytest.approx(math.pi / 2)


def test_here_needs_no_drive_and_nowhere_is_refused(robot, base):
    assert base.places == ("", "seats")
    assert base.deliver("water", "").outcome == "arrived"
    nowhere = base.deliver("water", "moon")
    assert (nowhere.outcome, nowhere.reason) == ("refused", "no_such_place")
    assert robot.goals == []


@pytest.mark.parametrize(
    ("fault", "outcome", "reason"),
    [
        ("blocked", "not_arrived", "aborted"),
        ("unknown", "refused", "error"),
        ("lost", "unknown", "line_lost"),
    ],
)
def test_what_becomes_of_a_drive_is_told_and_it_is_sent_once(fault, outcome, reason, robot, base):
    robot.fault = fault
    report = base.deliver("water", "seats")
    assert (report.outcome, report.reason) == (outcome, reason)
    assert len(robot.goals) == 1


def test_it_can_be_called_back(robot, base):
    robot._drive_s = WITHIN_S

    def call_back() -> None:
        assert robot.heard.wait(WITHIN_S)
        base.cancel()

    caller = threading.Thread(target=call_back)
    caller.start()
    report = base.deliver("water", "seats")
    caller.join()
    assert (report.outcome, report.reason) == ("not_arrived", "cancelled")


def test_a_drive_that_takes_too_long_is_called_back(robot):
    robot._drive_s = WITHIN_S
    driver = RosbridgeBase("127.0.0.1", robot.port, {"seats": SEATS}, drive_s=0.3)
    until(driver, "ready")
    report = driver.deliver("water", "seats")
    assert (report.outcome, report.reason) == ("not_arrived", "too_long")
    driver.close()


def test_it_greets_in_its_way(robot, base):
    base.greet()
    end = time.monotonic() + WITHIN_S
    while not robot.published and time.monotonic() < end:
        robot.heard.wait(0.1)
    assert robot.published[0]["topic"] == "/le_tan/greeting"
    assert robot.published[0]["msg"] == {"data": "greet"}


def test_a_robot_that_goes_is_told_and_one_that_is_back_is_found(robot):
    driver = RosbridgeBase("127.0.0.1", robot.port, {"seats": SEATS})
    until(driver, "ready")
    port = robot.port
    robot.close()
    assert until(driver, "unavailable") <= 2.0
    assert driver.status().reason == "not_connected"
    assert driver.deliver("water", "seats").outcome == "refused"
    again = SimulatedRobot(port=port)
    assert until(driver, "ready") <= 2.0
    driver.close()
    again.close()


def test_a_kiosk_that_stands():
    base = FixedBase()
    assert base.status().ready
    assert base.deliver("water", "").outcome == "arrived"
    assert base.deliver("water", "seats").reason == "no_such_place"
    base.greet()
    base.cancel()
    base.close()
