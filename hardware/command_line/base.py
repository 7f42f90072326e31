"""Ask a robot base, send it somewhere; or be one."""

from __future__ import annotations

import sys
import threading

import click

from hardware.base.fixed import FixedBase
from hardware.base.ports import open_base
from hardware.base.report import Pose
from hardware.base.rosbridge import RosbridgeBase
from hardware.command_line.printer import in_words
from hardware.errors import PortError

GOAL = "there"

port_option = click.option(
    "--port", required=True, help="Such as rosbridge:192.168.1.70:9090, or fixed."
)


def opened(port: str, goal: Pose, drive_s: float) -> FixedBase | RosbridgeBase:
    """The base; a port that makes no sense ends the command with status 2."""
    try:
        return open_base(port, {GOAL: goal}, drive_s=drive_s)
    except PortError as error:
        raise click.UsageError(f"{error} [{error.code}]") from error


@click.command()
@port_option
def probe(port: str) -> None:
    """Say whether the base is there. Ends with 0 when it is ready, else 1."""
    base = opened(port, Pose(0, 0), 1)
    status = base.status()
    base.close()
    click.echo(in_words(status))
    sys.exit(0 if status.ready else 1)


@click.command()
@port_option
@click.option("--x-m", type=float, required=True, help="Metres on the robot's map.")
@click.option("--y-m", type=float, required=True, help="Metres on the robot's map.")
@click.option("--heading-deg", type=float, default=0.0, help="Degrees left of the map's x axis.")
@click.option("--drive-s", type=float, default=60.0, show_default=True, help="Seconds it may take.")
def test_drive(port: str, x_m: float, y_m: float, heading_deg: float, drive_s: float) -> None:
    """Send the base to a place. Ends with 0 when it arrived, else 1."""
    base = opened(port, Pose(x_m, y_m, heading_deg), drive_s)
    report = base.deliver("nothing", GOAL)
    base.close()
    words = (report.outcome, report.reason, report.detail)
    click.echo(" · ".join(word for word in words if word))
    sys.exit(0 if report.outcome == "arrived" else 1)


@click.command()
@click.option("--tcp", "port", type=click.IntRange(0, 65535), default=9090, show_default=True)
@click.option("--drive-s", default=5.0, show_default=True, help="Seconds that each drive takes.")
def simulate(port: int, drive_s: float) -> None:
    """Be a robot behind rosbridge until interrupted."""
    from hardware.simulators.rosbridge import SimulatedRobot  # noqa: PLC0415 - needs websockets

    robot = SimulatedRobot(port=port, drive_s=drive_s)
    click.echo(f"rosbridge:127.0.0.1:{robot.port}")
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        pass
    finally:
        robot.close()
