"""`kiosk doctor` on a healthy kiosk and on broken ones, as a technician types it."""

import json
import os
import shutil
import signal
import time
from pathlib import Path

import pytest
from processes import CoreProcess, wait_until

from kiosk.doctor.examining import CHECKS, examine
from kiosk.doctor.finding import Words, exit_status
from kiosk.doctor.premises import look_around
from kiosk.paths import DEFAULT_CONFIG, DataFolder
from kiosk.settings.editing import changed


def doctor(core: CoreProcess, *words: str) -> dict[str, tuple[str, str]]:
    """State and code of each check; whatever the exit status."""
    done = core.run_with(core.data.root, "doctor", "--json", *words)
    told = json.loads(done.stdout)
    assert done.returncode == told["status"]
    assert "Traceback" not in done.stderr
    return {one["check"]: (one["state"], one["code"]) for one in told["checks"]}


def test_a_running_kiosk(core: CoreProcess):
    wait_until("the printer", lambda: "ready" in core.run("printer", "status"))
    found = doctor(core)
    assert found["config"] == ("ok", "config_good")
    assert found["core"] == ("ok", "core_answers")
    assert found["store"] == ("ok", "store_whole")
    assert found["printer"] == ("warning", "simulated")
    assert [state for state, _ in found.values() if state == "fault"] == []
    tested = core.json("history", "--device", "printer")
    assert (tested[-1]["source"], tested[-1]["state"]) == ("doctor", "warning")


def test_a_fault_is_told_in_words_with_what_to_do(core: CoreProcess):
    core.until_ready("printer")
    core.run("printer", "fault", "cover_open")
    core.json("ticket", "issue", "--service", "land")
    wait_until("the open cover", lambda: "cover_open" in core.run("printer", "status"))
    done = core.run_with(core.data.root, "doctor", "--only", "printer")
    assert done.returncode == 2
    assert "FAULT   Printer: the cover is open" in done.stdout
    assert "→ Close the cover until it clicks." in done.stdout
    told = core.run_with(core.data.root, "doctor", "--only", "printer", "--language", "vi").stdout
    assert "Máy in: nắp đang mở" in told


def test_without_core_and_configuration(core: CoreProcess):
    core.stop()
    core.config.write_text("[site")
    found = doctor(core)
    assert found["config"] == ("warning", "config_last_good")
    assert found["core"] == ("warning", "core_away")
    assert found["store"] == ("ok", "store_whole")
    fresh = core.data.root.parent / "fresh"
    done = core.run_with(fresh, "doctor", "--json")
    assert done.returncode == 2
    codes = {one["check"]: one["code"] for one in json.loads(done.stdout)["checks"]}
    assert codes["config"] == "config_wrong"
    assert codes["data"] == "data_missing"
    assert not DataFolder(fresh).root.exists()  # looking leaves nothing behind


def test_a_healthy_kiosk_has_no_fault_and_no_warning_but_its_surroundings(core: CoreProcess):
    core.json("ticket", "issue", "--service", "land")
    core.data.root.chmod(0o700)  # as a core makes it where there is none
    found = doctor(core)
    assert {state for state, _ in found.values()} <= {"ok", "warning", "skipped"}
    warned = {check for check, (state, _) in found.items() if state == "warning"}
    assert warned <= {"printer", "backup", "clock"}  # simulated; too young; this computer's own
    well = {check for check, (state, _) in found.items() if state == "ok"}
    assert well >= {"config", "core", "secrets", "data", "store", "outbox", "catalogue"}


@pytest.fixture(scope="module")
def used(tmp_path_factory) -> Path:
    """What a kiosk leaves that gave a number and was switched off: config.toml and data/."""
    folder = tmp_path_factory.mktemp("used")
    quiet = DEFAULT_CONFIG.read_text()
    for key in ("speech.enabled", "voice.enabled", "site_server.serve"):
        quiet = changed(quiet, key, "false")
    (folder / "config.toml").write_text(quiet)
    core = CoreProcess(folder / "config.toml", folder / "data")
    core.json("ticket", "issue", "--service", "land")
    core.stop()
    (folder / "data" / "notices.sock").unlink()
    return folder


def rubbish_in_the_database(folder: Path) -> None:
    (folder / "data" / "store" / "kiosk.db").write_bytes(b"rubbish" * 1000)


def rubbish_in_every_configuration(folder: Path) -> None:
    for path in (folder / "config.toml", *(folder / "data" / "config").iterdir()):
        path.write_bytes(os.urandom(400))


def a_journal_that_cannot_be_written(folder: Path) -> None:
    journal = folder / "data" / "store" / "journal"
    shutil.rmtree(journal)
    journal.symlink_to("/proc/self")  # nobody may write there, not even root


def a_key_that_others_may_read(folder: Path) -> None:
    (folder / "data" / "person.key").chmod(0o644)


def a_key_that_is_missing(folder: Path) -> None:
    setting("leader.key_file", str(folder / "nowhere.key"))(folder)


def a_leader_that_is_away(folder: Path) -> None:
    (folder / "site.key").touch(mode=0o600)
    setting("leader.key_file", str(folder / "site.key"))(folder)
    setting("leader.letter", "X")(folder)
    setting("leader.url", "http://127.0.0.1:9")(folder)


def a_certificate_that_is_missing(folder: Path) -> None:
    (folder / "site.pem.key").touch(mode=0o600)
    setting("site_server.private_key", str(folder / "site.pem.key"))(folder)
    setting("site_server.certificate", str(folder / "nowhere.pem"))(folder)


def a_recogniser_that_is_not_installed(folder: Path) -> None:
    setting("voice.model", "no-such")(folder)
    setting("voice.enabled", "true")(folder)


def setting(key: str, value: str):
    """A key of config.toml that is well written and does not fit this computer."""

    def spoil(folder: Path) -> None:
        config = folder / "config.toml"
        config.write_text(changed(config.read_text(), key, value))

    return spoil


BROKEN = {
    "rubbish in the database": (rubbish_in_the_database, "store", "store_damaged"),
    "rubbish in every configuration": (rubbish_in_every_configuration, "config", "config_wrong"),
    "a journal on a read-only disk": (
        a_journal_that_cannot_be_written,
        "journal",
        "journal_read_only",
    ),
    "a key that others may read": (a_key_that_others_may_read, "secrets", "secret_open"),
    "a key that is missing": (a_key_that_is_missing, "secrets", "secret_unreadable"),
    "a printer at a node that is missing": (
        setting("printer.port", "serial:/dev/le-tan/nowhere:115200"),
        "printer",
        "port_missing",
    ),
    "a printer at a dead address": (
        setting("printer.port", "tcp:127.0.0.1:9"),
        "printer",
        "not_connected",
    ),
    "a printer that is not on USB": (
        setting("printer.port", "usb:1234:5678"),
        "printer",
        "usb_missing",
    ),
    "a board at a node that is missing": (
        setting("board.port", "serial:/dev/le-tan/nowhere:9600"),
        "board",
        "port_missing",
    ),
    "a robot that is not there": (
        setting("base.port", "rosbridge:127.0.0.1:9"),
        "base",
        "not_connected",
    ),
    "a certificate that is missing": (
        a_certificate_that_is_missing,
        "certificate",
        "certificate_wrong",
    ),
    "a recogniser that is not installed": (
        a_recogniser_that_is_not_installed,
        "model",
        "model_missing",
    ),
    "a leader that is away": (a_leader_that_is_away, "leader", "leader_away"),
}
WITHOUT_SOUND = {
    name: check for name, check in CHECKS.items() if name not in {"sound", "microphone"}
}
"""Whether the computer that tests this has a sound card is its own affair."""


@pytest.mark.parametrize("broken", BROKEN)
def test_each_broken_set_up_is_told_from_the_others(used, tmp_path, broken):
    spoil, check, code = BROKEN[broken]
    folder = tmp_path / "kiosk"
    shutil.copytree(used, folder)
    spoil(folder)
    premises = look_around(folder / "config.toml", DataFolder(folder / "data"))
    findings = examine(premises, WITHOUT_SOUND)
    assert exit_status(findings) == 2
    (fault,) = [one for one in findings if one.state == "fault"]
    assert (fault.check, fault.code) == (check, code)
    told = Words("en").tell(fault)
    assert told.means
    assert told.do  # never a fault without what to do


def test_a_core_that_hangs_is_told_from_one_that_is_away(core: CoreProcess):
    core.process.send_signal(signal.SIGSTOP)
    try:
        found = doctor(core, "--only", "core", "--only", "printer")
    finally:
        core.process.send_signal(signal.SIGCONT)
    assert found == {"core": ("fault", "core_hung"), "printer": ("skipped", "core_holds")}


@pytest.mark.slow
def test_it_ends_in_five_seconds_though_the_printer_hangs(start_core):
    core = start_core({"printer.port": '"tcp:10.255.255.1"'})  # an address that nobody has
    core.stop()
    began = time.monotonic()
    found = doctor(core)
    assert time.monotonic() - began < 30  # on a loaded machine; alone 5 s and the start
    assert found["printer"][0] != "ok"
