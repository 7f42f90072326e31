"""Where the monitors stand on the X server, and which one a finger on the glass belongs to.

Side by side, the citizen's first. Without this two monitors show the same picture, and a touch
screen's left half is the citizen's, its right half the hall board's.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.errors import Trouble

WITHIN_S = 10
_OUTPUT = re.compile(r"^(\S+) (connected|disconnected)( primary)?(?: (\d+x\d+\+\d+\+\d+))?")
_DEVICE = re.compile(r"^\W*(\S.*?)\s+id=(\d+)\s+\[slave\s+pointer")
_TURNED = {"none": "normal", "left": "left", "right": "right", "inverted": "inverted"}


@dataclass(frozen=True, slots=True)
class Output:
    """A socket for a monitor, as X names it. `place` is where its picture is, "" for nowhere."""

    name: str
    connected: bool
    primary: bool = False
    place: str = ""


def parse_outputs(text: str) -> list[Output]:
    """What `xrandr --query` says."""
    found = (_OUTPUT.match(line) for line in text.splitlines())
    return [
        Output(match[1], match[2] == "connected", bool(match[3]), match[4] or "")
        for match in found
        if match
    ]


def parse_touch_screens(text: str) -> dict[int, str]:
    """The names of the touch screens by their numbers, of what `xinput list --long` says.

    A touch pad is none: its touch mode is "dependent".
    """
    found, number, name = {}, 0, ""
    for line in text.splitlines():
        if "id=" in line:
            device = _DEVICE.match(line)
            number, name = (int(device[2]), device[1].lstrip("↳ ")) if device else (0, "")
        elif number and "Touch mode: direct" in line:
            found[number] = name
    return found


def in_order(outputs: Sequence[Output], citizens: str, board: str) -> list[Output]:
    """Those that are connected: the citizen's first, then the board's.

    Without a name the citizen's is X's own first one that is not named for the board.
    """
    there = [one for one in outputs if one.connected]
    there.sort(key=lambda one: (one.name != citizens, one.name == board, not one.primary))
    return [*there[:1], *sorted(there[1:], key=lambda one: one.name != board)]


def arrangement(
    outputs: Sequence[Output], *, citizens: str = "", board: str = "", rotation: str = "none"
) -> list[str]:
    """The words for `xrandr` that put the pictures side by side."""
    words: list[str] = []
    before = ""
    for output in in_order(outputs, citizens, board):
        words += ["--output", output.name, "--auto"]
        if before:
            words += ["--rotate", "normal", "--right-of", before]
        else:
            words += ["--primary", "--pos", "0x0", "--rotate", _TURNED[rotation]]
        before = output.name
    for output in outputs:
        if not output.connected:
            words += ["--output", output.name, "--off"]
    return words


def look() -> list[Output]:
    """The outputs as they are. Raises Trouble without an X server."""
    return parse_outputs(_run("xrandr", "--query"))


def arrange(*, citizens: str = "", board: str = "", rotation: str = "none") -> list[str]:
    """Put every picture and every touch screen in its place; what was done, in words.

    Raises Trouble where the X server refuses.
    """
    outputs = look()
    first = next(iter(in_order(outputs, citizens, board)), None)
    if first is None:
        return ["no monitor is connected"]
    _run("xrandr", *arrangement(outputs, citizens=citizens, board=board, rotation=rotation))
    done = [f"{one.name}: {one.place}" for one in in_order(look(), citizens, board)]
    if citizens and citizens != first.name:
        done.append(f"no monitor {citizens} is connected: {first.name} is the citizen's")
    for number, name in parse_touch_screens(_run("xinput", "list", "--long")).items():
        _run("xinput", "map-to-output", str(number), first.name)
        done.append(f"{name}: touches {first.name}")
    return done


def _run(*command: str) -> str:
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=WITHIN_S
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Trouble(f"{command[0]}: {error}") from error
    if done.returncode:
        raise Trouble(f"{' '.join(command)}: {done.stderr.strip()}")
    return done.stdout
