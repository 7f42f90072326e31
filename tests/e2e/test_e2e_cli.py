"""The command line against a running core, as another program would use it."""

import json
import re
import stat

from processes import CoreProcess, kiosk, wait_until

from kiosk.notify import ALIVE, READY, STOPPING
from kiosk.words import AskState, DeviceState, ListTickets, SlipChanged

ISSUE = ("ticket", "issue", "--service", "land")


def test_services_and_tickets_as_json(core: CoreProcess):
    services = core.json("services")
    assert [(one["code"], one["series"]) for one in services][:2] == [
        ("civil-status", "A"),
        ("certification", "B"),
    ]
    assert services[0]["name"] == "Hộ tịch"

    issue = ("ticket", "issue", "--service", "land")
    first = core.json(*issue, "--priority", "elderly", "--request-id", "request-1")
    assert first == first | {
        "number": "D001",
        "id": 1,
        "service": "land",
        "state": "waiting",
        "priority": "elderly",
        "request_id": "request-1",
        "slip": "pending",
    }
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+07:00", first["issued_at"])
    assert "token" not in first  # whoever has it has the ticket

    again = core.json(*issue, "--request-id", "request-1")
    assert (again["id"], again["number"]) == (1, "D001")
    assert core.json(*issue)["number"] == "D002"

    called = core.json("ticket", "change", "2", "call", "--counter", "4")
    assert (called["state"], called["counter"]) == ("called", "4")
    rows = core.json("ticket", "list")
    assert [(row["number"], row["state"]) for row in rows] == [
        ("D001", "waiting"),
        ("D002", "called"),
    ]
    assert set(rows[0]) | {"slip"} == set(first)
    assert core.json("ticket", "list", "--day", "2020-01-01") == []
    assert "D001" in core.run("ticket", "list")


def test_what_is_refused_is_told_with_its_code(core: CoreProcess):
    assert "unknown_service" in core.run("ticket", "issue", "--service", "fishing", expect=1)
    assert "wrong_state" not in core.run("ticket", "issue", "--service", "land")
    assert "wrong_state" in core.run("ticket", "change", "1", "complete", expect=1)
    core.until_ready("printer")
    assert "wrong_answer" in core.run("printer", "fault", "on_fire", expect=1)


def test_without_a_core_it_says_so(start_core):
    core = start_core()
    assert core.stop() == 0
    for words in (("services",), ("ticket", "list"), ("ticket", "issue", "--service", "land")):
        told = core.run(*words, expect=1)
        assert "the core does not answer" in told
        assert "Traceback" not in told


def test_another_program_reads_it_off_its_pipes(core: CoreProcess):
    number = json.loads(core.run_with(core.data.root, *ISSUE, "--json").stdout)["number"]
    done = core.run_with(core.data.root, "ticket", "list", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    assert [one["number"] for one in json.loads(done.stdout)] == [number]
    refused = core.run_with(core.data.root, "ticket", "issue", "--service", "fishing")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "unknown_service" in refused.stderr


def test_a_second_core_is_refused_and_the_first_goes_on(core: CoreProcess):
    assert "another core works in" in core.run("core", expect=1)
    assert core.json("ticket", "issue", "--service", "land")["number"] == "D001"


def test_the_socket_is_for_this_user_alone(core: CoreProcess):
    mode = core.data.socket.stat().st_mode
    assert stat.S_ISSOCK(mode)
    assert stat.S_IMODE(mode) == 0o600
    assert stat.S_IMODE(core.data.database.stat().st_mode) == 0o600


def test_a_wrong_configuration_is_status_2_with_line_and_key(core: CoreProcess):
    assert "good (6 services, 4 counters)" in core.run("config", "check")
    text = core.config.read_text()
    line = text[: text.index("diagonal_inch")].count("\n") + 1
    core.config.write_text(text.replace("diagonal_inch", "diagnal_inch"))
    told = core.run("config", "check", expect=2)
    assert f"config.toml:{line}:" in told
    assert "diagonal_inch" in told


def test_ready_alive_and_stopping_are_notified(core: CoreProcess):
    core.wait_for(ALIVE)
    core.wait_for(ALIVE)
    assert core.notices[0] == READY
    with core.client("screen") as client:
        client.ask(ListTickets())
        core.process.terminate()
        core.wait_for(STOPPING)
        assert core.process.wait(30) == 0
    assert "Traceback" not in core.log
    assert not core.data.socket.exists()


def test_the_help_of_every_command_tells_something(core: CoreProcess):
    assert kiosk(core.config, core.data.root)[-1]
    for words in ((), ("ticket",), ("ticket", "issue"), ("config",), ("printer",)):
        assert "Usage: " in core.run(*words, "--help")


def printer_of(core: CoreProcess) -> DeviceState:
    with core.client("face") as client:
        devices = client.ask(AskState()).state.devices
    return next(device for device in devices if device.name == "printer")


def test_the_printer_and_its_slips(core: CoreProcess):
    with core.client("face") as client:
        core.json("ticket", "issue", "--service", "land")
        told = client.wait_for_events(30)
        assert any(isinstance(e, SlipChanged) and e.slip.state == "printed" for e in told)
    assert core.run("printer", "slips") == "    1  printed\n"
    assert core.json("printer", "slips")["counts"][0]["count"] == 1
    assert core.run("printer", "slips", "--day", "2020-01-01") == ""
    state = core.json("printer", "status")
    assert (state["name"], state["state"], state["left"]) == ("printer", "ready", None)
    core.run("printer", "fault", "paper_low")
    wait_until("the paper's warning", lambda: printer_of(core).left is not None)
    assert "paper_low · about " in core.run("printer", "status")
    assert "no fault" in core.run("printer", "fault", "on_fire", expect=1)


def test_maintenance_is_told_and_lasts_over_a_restart(start_core):
    core = start_core()
    core.run("maintenance", "on")
    with core.client() as client:
        assert client.ask(AskState()).state.maintenance is True
    core.kill()
    again = start_core()
    with again.client() as client:
        assert client.ask(AskState()).state.maintenance is True
    again.run("maintenance", "off")
    with again.client() as client:
        assert client.ask(AskState()).state.maintenance is False
    assert "maintenance" in again.run("maintenance", "perhaps", expect=2).lower()
