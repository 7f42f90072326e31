"""A simulated rosbridge with a robot behind it: a real websocket, the JSON of rosbridge 2.1.

It drives to any pose in `drive_s` seconds, says how far it is now and then, and can be called
back. What a real rosbridge ignores or complains of it ignores or complains of.

    blocked     Nav2 finds no way: status 6
    unknown     there is no such action: result false
    lost        it hangs up when a goal comes
    silent      it takes a goal and never tells what became of it
"""

import contextlib
import json
import threading
from typing import Any, Literal, get_args

from websockets.exceptions import ConnectionClosed
from websockets.sync.server import ServerConnection, serve

Fault = Literal["blocked", "unknown", "lost", "silent"]
FAULTS: tuple[Fault, ...] = get_args(Fault)
SUCCEEDED, CANCELLED, ABORTED = 4, 5, 6
FEEDBACKS = 4


class SimulatedRobot:
    """Listens on a port of this computer until closed."""

    def __init__(self, *, host: str = "127.0.0.1", port: int = 0, drive_s: float = 0.2) -> None:
        """Port 0 takes a free one: see `port`. Raises `OSError` when the port is taken."""
        self.goals: list[dict[str, Any]] = []
        """Every goal that came, as it came."""
        self.published: list[dict[str, Any]] = []
        self.heard = threading.Event()
        """Set with each message that came."""
        self.fault: Fault | None = None
        self._drive_s = drive_s
        self._cancels: dict[str, threading.Event] = {}
        self._lines: set[ServerConnection] = set()
        self._server = serve(self._talk, host, port)
        self.port: int = self._server.socket.getsockname()[1]
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def hang_up(self) -> None:
        """Drop every connection; new ones are welcome."""
        for line in list(self._lines):
            line.close()

    def close(self) -> None:
        """Hang up and stop listening."""
        self._server.shutdown()
        self.hang_up()
        self._thread.join()

    def _talk(self, line: ServerConnection) -> None:
        self._lines.add(line)
        try:
            for text in line:
                self._hear(line, json.loads(text))
        except ConnectionClosed:
            pass
        finally:
            self._lines.discard(line)

    def _hear(self, line: ServerConnection, message: dict[str, Any]) -> None:
        match message["op"]:
            case "send_action_goal":
                self.goals.append(message)
                self._begin(line, message)
            case "cancel_action_goal":
                if (called_back := self._cancels.get(message["id"])) is not None:
                    called_back.set()
            case "publish":
                self.published.append(message)
        self.heard.set()

    def _begin(self, line: ServerConnection, goal: dict[str, Any]) -> None:
        if self.fault == "lost":
            line.close()
        elif self.fault == "unknown":
            self._result(line, goal, "Unable to import the action", 0, reached=False)
        else:
            self._cancels[goal["id"]] = threading.Event()
            threading.Thread(target=self._drive, args=(line, goal), daemon=True).start()

    def _drive(self, line: ServerConnection, goal: dict[str, Any]) -> None:
        called_back = self._cancels[goal["id"]]
        for step in range(FEEDBACKS):
            if called_back.wait(self._drive_s / FEEDBACKS):
                self._result(line, goal, {}, CANCELLED)
                return
            left = 1 - (step + 1) / FEEDBACKS
            body = {"action": goal["action"], "id": goal["id"]}
            self._send(
                line, {"op": "action_feedback", **body, "values": {"distance_remaining": left}}
            )
        if self.fault == "blocked":
            self._result(line, goal, {"error_code": 208}, ABORTED)
        elif self.fault != "silent":
            self._result(line, goal, {}, SUCCEEDED)

    def _result(
        self,
        line: ServerConnection,
        goal: dict[str, Any],
        values: object,
        status: int,
        *,
        reached: bool = True,
    ) -> None:
        body = {"action": goal["action"], "id": goal["id"], "values": values, "status": status}
        self._send(line, {"op": "action_result", **body, "result": reached})

    def _send(self, line: ServerConnection, message: dict[str, Any]) -> None:
        with contextlib.suppress(ConnectionClosed):
            line.send(json.dumps(message))
