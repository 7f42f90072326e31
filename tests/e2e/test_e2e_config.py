"""The configuration of a running kiosk: changed, taken over, put back; a bad edit by hand."""

import json

from processes import CoreProcess, wait_until

from kiosk.words import AskState, KioskState


def state_of(core: CoreProcess) -> KioskState:
    with core.client("face") as client:
        return client.ask(AskState()).state


def config_state(core: CoreProcess):
    return next(one for one in state_of(core).devices if one.name == "config")


def test_a_change_is_taken_over_by_the_running_core(core: CoreProcess):
    assert state_of(core).services[0].availability == "open"
    told = core.run("config", "set", "service[civil-status].daily_quota", "1")
    assert "counts: service.daily_quota" in told
    core.json("ticket", "issue", "--service", "civil-status")
    assert "full" in core.run("ticket", "issue", "--service", "civil-status", expect=1)
    told = core.run("config", "set", "screen.timeout_s", "60")
    assert "counts after a restart: screen.timeout_s" in told
    wait_until("the warning", lambda: config_state(core).warnings == ("restart_needed",))
    assert "timeout_s = 60" in core.config.read_text()
    assert "Traceback" not in core.log


def test_what_counts_can_be_asked_by_units_and_scripts(core: CoreProcess):
    assert core.run("config", "get", "hall.board").strip() == "false"
    core.run("config", "get", "hall.board", "--is", "false")
    core.run("config", "get", "hall.board", "--is", "true", expect=1)
    core.run("config", "get", "hall.bored", expect=2)


def test_hours_and_notices_count_at_once(core: CoreProcess):
    days = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    for day in days:
        core.run("config", "set", f"hours.{day}", "[]")
    core.run("config", "set", "hours.public_holidays", "false")
    core.run("config", "set", "hours.always_open", "false")
    assert {one.availability for one in state_of(core).services} == {"closed"}
    assert "closed" in core.run("ticket", "issue", "--service", "land", expect=1)
    core.run("config", "back")
    assert {one.availability for one in state_of(core).services} == {"open"}


def test_what_is_wrong_is_refused_and_nothing_changes(core: CoreProcess):
    before = core.config.read_bytes()
    told = core.run("config", "set", "screen.timeout_s", "5", expect=2)
    assert "screen.timeout_s: Expected int >= 15" in told
    assert "did you mean 'screen.timeout_s'" in core.run(
        "config", "set", "screen.time_s", "5", expect=2
    )
    assert core.config.read_bytes() == before


def test_a_bad_edit_by_hand_starts_with_the_last_good_file_and_says_so(start_core):
    core = start_core()
    assert core.stop() == 0
    good = core.config.read_text()
    core.config.write_text(good.replace("diagonal_inch", "diagnal_inch"))
    told = core.run("config", "check", expect=2)
    assert "did you mean 'diagonal_inch'?" in told
    assert "until it is mended the last good version counts: " in told
    again = CoreProcess(core.config, core.data.root)
    try:
        assert again.json("ticket", "issue", "--service", "land")["number"] == "D001"
        assert config_state(again).warnings == ("last_good",)
        assert "diagnal_inch" in config_state(again).detail
        assert "the last good one counts" in again.log
        again.config.write_text(good)
        again.run("config", "reload")
        wait_until("the fault gone", lambda: config_state(again).warnings == ())
    finally:
        again.kill()


def test_a_bad_edit_while_it_runs_is_told_and_changes_nothing(core: CoreProcess):
    core.config.write_text("[site")
    assert "not TOML" in core.run("config", "reload", expect=1)
    wait_until("the warning", lambda: config_state(core).warnings == ("last_good",))
    assert core.json("ticket", "issue", "--service", "land")["number"] == "D001"
    core.run("config", "back")
    assert config_state(core).warnings == ()
    assert "good (6 services" in core.run("config", "check")


def test_without_any_good_file_nothing_starts(core: CoreProcess, tmp_path):
    core.config.write_text("[site")
    fresh = tmp_path / "fresh"
    for words in (("core",), ("run",), ("screen",)):
        done = core.run_with(fresh, *words)
        assert done.returncode == 2
        assert "not TOML" in done.stderr


def test_history_and_explain(core: CoreProcess):
    core.run("config", "set", "screen.timeout_s", "60")
    rows = core.json("config", "history")
    assert [(row["number"], row["counts"]) for row in rows] == [(0, True), (1, False)]
    assert "in force" in core.run("config", "history")
    told = core.run("config", "explain", "screen.timeout_s")
    assert told.startswith('screen.timeout_s: seconds without touch, 15 to 300: then "more time?"')
    (row,) = core.json("config", "explain", "leader.wait_ms")
    assert (row["unit"], row["low"], row["high"], row["default"]) == ("ms", 50, 2000, "250")
    assert len(core.json("config", "explain")) > 110
    assert "unknown key sreen" in core.run("config", "explain", "sreen", expect=2)


def test_the_devices_history_tells_what_was(core: CoreProcess):
    wait_until(
        "the printer's line",
        lambda: any(one["device"] == "printer" for one in core.json("history")),
    )
    core.until_ready("printer")
    core.run("fault", "printer", "paper_out")
    core.json("ticket", "issue", "--service", "land")
    lines = wait_until(
        "the empty roll",
        lambda: [
            one
            for one in core.json("history", "--device", "printer")
            if "paper_out" in one["reason"]
        ],
    )
    assert lines[-1]["source"] == "core"
    assert "paper_out" in core.run("history")
    assert core.data.device_history.stat().st_mode & 0o777 == 0o600
    assert json.loads(core.data.device_history.read_text().splitlines()[0])["source"] == "core"


def test_the_log_is_kept_in_the_data_folder(core: CoreProcess):
    log = core.data.logs / "core.log"
    wait_until("its line", lambda: "the core is ready" in log.read_text())
