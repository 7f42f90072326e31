"""`kiosk doctor` on a healthy kiosk and on broken ones, as a technician types it."""

import json
import time

import pytest
from processes import CoreProcess, wait_until

from kiosk.paths import DataFolder


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


@pytest.mark.slow
def test_it_ends_in_five_seconds_though_the_printer_hangs(start_core):
    core = start_core({"printer.port": '"tcp:10.255.255.1"'})  # an address that nobody has
    core.stop()
    began = time.monotonic()
    found = doctor(core)
    assert time.monotonic() - began < 30  # on a loaded machine; alone 5 s and the start
    assert found["printer"][0] != "ok"
