"""A ROS 2 robot with Nav2, through the JSON websocket of rosbridge.

ours                                    rosbridge
{"op": "send_action_goal", "id",
 "action": "/navigate_to_pose",
 "action_type", "args", "feedback"} ──▶ the goal goes to Nav2
                                    ◀── {"op": "action_feedback", "id", "values"}      now and then
                                    ◀── {"op": "action_result", "id", "values",
                                         "status", "result"}                           once
{"op": "cancel_action_goal", "id"}  ──▶ then the result comes with status 5
{"op": "publish", "topic", "msg"}   ──▶ the greeting, to whoever nods or waves

`result` is false where the goal did not reach Nav2; else `status` is 4 (succeeded), 5 (cancelled)
or 6 (aborted). Source: rosbridge protocol 2.1, action_msgs/msg/GoalStatus.

roslibpy is imported when the first connection is made: only sites with a robot have it. Whether
somebody listens is tried with a short connection first, and its own attempts to connect again are
switched off: they know no time-out and grow rare, and the robot would come back late.
"""

import logging
import math
import socket
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from hardware.base.fixed import HERE
from hardware.base.report import DeliveryReport, Pose
from hardware.status import DeviceStatus

ACTION, ACTION_TYPE = "/navigate_to_pose", "nav2_msgs/action/NavigateToPose"
GREETING_TOPIC, TEXT_TYPE = "/le_tan/greeting", "std_msgs/msg/String"
MAP_FRAME = "map"
CONNECT_S = 1.0
RETRY_S = 1.0
PING_S = 1.0
"""A robot out of reach is silent: it is pinged so often, and has as long to answer."""
CANCEL_S = 5.0
LOOK_S = 0.1
SUCCEEDED, CANCELLED = 4, 5


class RosbridgeBase:
    """A base that drives between places that its map knows.

    Used by one thread, but for `cancel`, which any may call. Never raises for what a robot or a
    network does.
    """

    def __init__(
        self,
        host: str,
        port: int,
        places: Mapping[str, Pose],
        *,
        drive_s: float = 180.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`places` by name; `drive_s`: how long a drive may take before it is called back."""
        self.places: tuple[str, ...] = (HERE, *places)
        self._poses = dict(places)
        self._address = (host, port)
        self._drive_s = drive_s
        self._clock = clock
        self._ros: Any = None
        self._action: Any = None
        self._greeting: Any = None
        self._next_attempt = 0.0
        self._status = DeviceStatus("starting")
        self._goal: str | None = None
        self._cancelled = threading.Event()

    def status(self) -> DeviceStatus:
        """How the connection to the robot is; takes at most 2 s."""
        if self._is_connected():
            return DeviceStatus("ready")
        if self._clock() >= self._next_attempt:
            self._next_attempt = self._clock() + RETRY_S
            self._hang_up()
            self._status = self._connect()
        return self._status

    def _is_connected(self) -> bool:
        return self._ros is not None and bool(self._ros.is_connected)

    def _connect(self) -> DeviceStatus:
        try:
            socket.create_connection(self._address, timeout=CONNECT_S).close()
        except OSError as error:
            return DeviceStatus("unavailable", "not_connected", str(error))
        import roslibpy  # type: ignore[import-untyped]  # noqa: PLC0415 - only where there is a robot
        from roslibpy.comm.comm_asyncio import (  # type: ignore[import-untyped]  # noqa: PLC0415
            AsyncioRosBridgeClientFactory,
        )

        logging.getLogger("roslibpy").setLevel(logging.ERROR)  # whether it is there, we tell
        AsyncioRosBridgeClientFactory.set_max_retries(0)
        ros = roslibpy.Ros(*self._address, transport="asyncio")
        ros.factory.setProtocolOptions(autoPingInterval=PING_S, autoPingTimeout=PING_S)
        self._ros = ros
        self._action = roslibpy.ActionClient(ros, ACTION, ACTION_TYPE)
        self._greeting = roslibpy.Topic(ros, GREETING_TOPIC, TEXT_TYPE)
        try:
            ros.run(timeout=CONNECT_S)
        except roslibpy.RosTimeoutError as error:
            return DeviceStatus("unavailable", "no_answer", str(error))
        return DeviceStatus("ready")

    def _hang_up(self) -> None:
        ros, self._ros = self._ros, None
        if ros is not None:
            with suppress(Exception):  # the library raises its own; the line is gone either way
                ros.close(timeout=CONNECT_S)

    def greet(self) -> None:
        """Have the robot greet in its way, if it is there."""
        if self._is_connected():
            self._greeting.publish({"data": "greet"})

    def deliver(self, item: str, place: str) -> DeliveryReport:
        """Carry `item` to `place` and tell whether it got there; takes `drive_s` and 5 s at most.

        The goal is sent once. Where the connection is lost on the way the robot may go on, and
        the outcome is unknown.
        """
        if place == HERE:
            return DeliveryReport("arrived")
        if place not in self._poses:
            return DeliveryReport("refused", "no_such_place", f"{item} cannot go to {place!r}")
        status = self.status()
        if not status.ready:
            return DeliveryReport("refused", status.reason or "not_connected", status.detail)
        return self._drive(_goal(self._poses[place]))

    def _drive(self, goal: dict[str, Any]) -> DeliveryReport:
        self._cancelled.clear()
        answer: list[tuple[bool, Any]] = []
        arrived = threading.Event()

        def hear(result: Any, *, reached: bool) -> None:
            answer.append((reached, result))
            arrived.set()

        self._goal = self._action.send_goal(
            goal,
            lambda result: hear(result, reached=True),
            lambda feedback: None,
            lambda error: hear(error, reached=False),
        )
        end = self._clock() + self._drive_s
        recalled = False
        while not arrived.wait(LOOK_S):
            if not self._is_connected():
                return DeliveryReport("unknown", "line_lost", "the robot may go on")
            if not recalled and (self._cancelled.is_set() or self._clock() >= end):
                recalled = True
                end = self._clock() + CANCEL_S
                self._action.cancel_goal(self._goal)
            elif recalled and self._clock() >= end:
                return DeliveryReport("unknown", "no_answer", "it was called back and is silent")
        return self._report(*answer[0])

    def _report(self, reached: bool, result: Any) -> DeliveryReport:
        if not reached:
            return DeliveryReport("refused", "error", str(result["values"]))
        code = result["status"].value
        if code == SUCCEEDED:
            return DeliveryReport("arrived")
        if code == CANCELLED:
            reason = "cancelled" if self._cancelled.is_set() else "too_long"
            return DeliveryReport("not_arrived", reason)
        return DeliveryReport("not_arrived", "aborted", str(result["values"]))

    def cancel(self) -> None:
        """Call the robot back; from any thread. `deliver` then tells what came of it."""
        self._cancelled.set()

    def close(self) -> None:
        """Hang up. A drive that is under way goes on to its place."""
        self._hang_up()


def _goal(pose: Pose) -> dict[str, Any]:
    """A goal of NavigateToPose; a turn about the vertical axis as a quaternion."""
    half = math.radians(pose.heading) / 2
    return {
        "pose": {
            "header": {"frame_id": MAP_FRAME, "stamp": {"sec": 0, "nanosec": 0}},
            "pose": {
                "position": {"x": pose.x, "y": pose.y, "z": 0.0},
                "orientation": {"x": 0.0, "y": 0.0, "z": math.sin(half), "w": math.cos(half)},
            },
        },
        "behavior_tree": "",
    }
