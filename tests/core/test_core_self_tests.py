"""A technician tries every part: real drivers on simulated devices, and a line in the history."""

import pytest
from around import PRESENCE, Around, at_work, becomes
from house import House, in_loop
from technicians import CLI, SCREEN, Technicians

from kiosk.core import board as board_room
from kiosk.core import trials
from kiosk.device_history import DeviceHistory, read_history
from kiosk.paths import ASSETS
from kiosk.texts import LANGUAGES, read_book
from kiosk.words import (
    TESTING,
    AnswerSelfTest,
    AskLog,
    AskParts,
    LeaveTechnician,
    PartsExamined,
    RestartKiosk,
    SpeechEnded,
    SpeechStarted,
    StopSelfTest,
)
from kiosk.words.technician import SELF_TESTS

BOOTH = {"board.port": '"simulated"', "board.presence": "1", "scanner.port": '"simulated"'}


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(board_room, "LOOK_EVERY_S", 0.02)
    monkeypatch.setattr(trials, "LISTEN_S", 0.3)
    for name in ("COMES_S", "GOES_S", "PRESSED_S", "DOOR_S"):
        monkeypatch.setattr(board_room, name, 0.0)


@pytest.fixture
def around():
    return Around()


@pytest.fixture
def booth(start, around, tmp_path, write_config) -> Technicians:
    """A kiosk with everything around it, and a technician's rooms that keep a history."""
    house = start(around=around.parts())
    house.engine.listen(DeviceHistory(tmp_path / "devices.jsonl").hear)
    return Technicians(house, tmp_path, write_config(BOOTH))


def working(house: House):
    return house.at_work(house.printing.run, *(run for _, run in house.surroundings.works()))


async def ready(house: House, *names: str) -> None:
    for name in names:
        await house.until(lambda name=name: house.device(name).state == "ready")


def lines(booth: Technicians):
    kept = read_history(booth.data.device_history)
    return [(one.device, one.state, one.reason) for one in kept if one.source == TESTING]


@in_loop
async def test_a_slip_is_printed_and_the_technician_says_how_it_looks(booth):
    await booth.let_in()
    async with working(booth.house):
        await ready(booth.house, "printer")
        for test in ("print", "cut"):
            await booth.run(test)
            await booth.until_asked(test)
            await booth.ask(AnswerSelfTest(good=test == "print"))
            found = await booth.found(test)
            assert found.state == ("ok" if test == "print" else "fault")
    assert len(list((booth.data.slips).iterdir())) >= 2
    assert lines(booth) == [
        ("printer", "ok", "print print_good"),
        ("printer", "fault", "cut cut_bad"),
    ]
    assert found.do_vi
    assert booth.house.store.slip_counts(booth.house.desk.business_day) == []  # no ticket's


@in_loop
async def test_a_printer_without_paper_is_found_out(booth):
    await booth.let_in()
    async with working(booth.house):
        await ready(booth.house, "printer")
        await booth.run("paper")
        assert (await booth.found("paper")).code == "paper_there"
        booth.house.machine.set_fault("paper_out")
        await booth.house.until(lambda: booth.house.device("printer").reason == "paper_out")
        await booth.run("print")
        found = await booth.found("print")
        assert (found.state, found.code) == ("fault", "paper_out")
        assert found.means_vi == "hết giấy"
        booth.house.machine.clear_faults()
        booth.house.machine.set_fault("paper_low")

        def low():
            printer = booth.house.device("printer")
            return printer.state == "ready" and printer.warnings == ("paper_low",)

        await booth.house.until(low)
        await booth.run("paper")
        await booth.house.until(lambda: len(booth.steps("paper")) == 4)
    assert lines(booth)[-1] == ("printer", "warning", "paper paper_low")


@in_loop
async def test_the_loudspeaker_is_heard_to_its_end(booth):
    await booth.let_in()
    await booth.run("speaker")
    assert (await booth.found("speaker")).code == "starting"
    engine = booth.house.engine
    engine.speech_is("ready", reason="", detail="")
    await booth.run("speaker")
    await becomes(lambda: booth.house.speech.said)
    said = SpeechStarted(text="một hai ba", seconds=1.0, silent=False)
    engine.speech(said)
    assert booth.steps("speaker")[-1] == "running"
    engine.speech(SpeechEnded(interrupted=False))
    await booth.until_asked("speaker")
    await booth.ask(AnswerSelfTest(good=True))
    assert (await booth.found("speaker")).state == "ok"
    engine.speech_is("unavailable", reason="switched_off", detail="")
    await booth.run("speaker")
    await booth.house.until(lambda: lines(booth)[-1][1] == "skipped")


@in_loop
async def test_a_voice_that_nobody_can_hear_is_a_fault(booth):
    await booth.let_in()
    booth.house.engine.speech_is("ready", reason="", detail="")
    await booth.run("speaker")
    await becomes(lambda: booth.house.speech.said)
    booth.house.engine.speech(SpeechStarted(text="một", seconds=1.0, silent=True))
    assert (await booth.found("speaker")).code == "speech_silent"


async def hears(booth):
    """Ears and guide are ready."""
    booth.house.engine.hearing_is("ready", reason="", detail="")
    booth.house.engine.guide_is("ready", reason="", detail="", warnings=())
    booth.house.engine.speech_is("ready", reason="", detail="")


@in_loop
async def test_the_level_of_the_microphone(booth):
    await booth.let_in()
    await hears(booth)
    listening = booth.house.engine.listening
    for level, code in ((0.62, "microphone_hears"), (0.03, "microphone_deaf")):
        await booth.run("microphone")
        await booth.house.until(lambda: booth.house.ears.asked[-1:] == ["listen vi"])
        listening.began(booth.house.ears.press)
        listening.level(booth.house.ears.press, level, speech=True)
        count = len(lines(booth))
        await booth.house.until(lambda count=count: len(lines(booth)) > count)
        assert lines(booth)[-1][2] == f"microphone {code}"
    assert booth.house.ears.asked[-1] == "close"
    found = await booth.found("microphone")
    assert "3 %" in found.means_en


@in_loop
async def test_what_was_said_is_said_again_and_kept_nowhere(booth, caplog):
    await booth.let_in()
    await hears(booth)
    house = booth.house
    await booth.run("echo")
    await house.until(lambda: house.ears.asked[-1:] == ["listen vi"])
    house.engine.listening.began(house.ears.press)
    house.engine.listening.heard(house.ears.press, [("một con vịt xoè ra hai cái cánh", 1.0)])
    await becomes(lambda: house.speech.said)
    assert "con vịt" in house.speech.said[-1][0][0]
    house.engine.speech(SpeechStarted(text="", seconds=1.0, silent=False))
    house.engine.speech(SpeechEnded(interrupted=False))
    await booth.until_asked("echo")
    await booth.ask(AnswerSelfTest(good=True))
    assert (await booth.found("echo")).code == "echo_good"
    assert lines(booth) == [("microphone", "ok", "echo echo_good")]
    assert "vịt" not in caplog.text
    assert "vịt" not in booth.data.device_history.read_text()


@in_loop
async def test_deaf_ears_are_a_finding(booth):
    await booth.let_in()
    await booth.run("echo")
    assert (await booth.found("echo")).code == "starting"
    booth.house.engine.hearing_is("unavailable", reason="no_model", detail="")
    await booth.run("microphone")
    found = await booth.found("microphone")
    assert (found.state, found.code) == ("fault", "no_model")


@in_loop
async def test_somebody_steps_before_the_sensor(booth, around):
    await booth.let_in()
    async with working(booth.house):
        await ready(booth.house, "board")
        await booth.run("sensor")
        await booth.house.until(lambda: booth.steps("sensor") == ["running"])
        around.board.hold(PRESENCE, on=True)
        assert (await booth.found("sensor")).code == "sensor_sees"


@in_loop
async def test_a_sensor_that_sees_nothing(booth, monkeypatch):
    monkeypatch.setattr(trials, "COME_WITHIN_S", 0.1)
    await booth.let_in()
    async with working(booth.house):
        await ready(booth.house, "board", "scanner")
        await booth.run("sensor")
        assert (await booth.found("sensor")).code == "sensor_still"
        await booth.run("scanner")
        assert (await booth.found("scanner")).code == "scanner_nothing"


@in_loop
async def test_a_code_is_held_before_the_scanner(booth, around):
    await booth.let_in()
    async with working(booth.house):
        await ready(booth.house, "scanner")
        await booth.run("scanner")
        await booth.house.until(lambda: booth.steps("scanner") == ["running"])
        around.scanner.show("8934567890123")
        assert (await booth.found("scanner")).code == "scanner_reads"


@in_loop
async def test_dispensers_turn_dry_and_nothing_is_counted(booth, around):
    await booth.let_in()
    async with working(booth.house):
        await ready(booth.house, "board")
        await booth.run("dispensers")
        await booth.until_asked("dispensers")
        await booth.ask(AnswerSelfTest(good=True))
        assert (await booth.found("dispensers")).state == "ok"
    assert around.board.pulses == [(1, 300)]
    assert booth.house.store.refreshments.unsettled() == []
    assert booth.house.store.refreshments.stock() == {}


@in_loop
async def test_nothing_turns_while_the_door_is_open(booth, around):
    await booth.let_in()
    async with working(booth.house):
        await ready(booth.house, "board")
        around.board.hold(2, on=True)
        await booth.house.until(lambda: "door_open" in booth.house.device("board").warnings)
        await booth.run("dispensers")
        assert (await booth.found("dispensers")).code == "door_open"
    assert around.board.pulses == []


@in_loop
async def test_what_this_kiosk_has_not_is_skipped(start, tmp_path, write_config):
    bare = Technicians(start(), tmp_path, write_config({"printer.port": '"none"'}))
    bare.house.engine.printer_is("unavailable", reason="none")
    await bare.let_in()
    for test in ("sensor", "dispensers", "print", "paper"):
        await bare.run(test)
        found = await bare.found(test)
        assert (found.state, found.code) == ("skipped", "not_here"), test
    await bare.run("centre")
    found = await bare.found("centre")
    assert (found.state, found.code) == ("skipped", "alone")
    assert found.means_vi == "máy chạy một mình: chưa đặt trung tâm"


@in_loop
async def test_the_doctor_looks_at_network_clock_disk_and_temperature(booth):
    await booth.let_in()
    for test in ("network", "clock", "disk", "temperature"):
        await booth.run(test)
        found = await booth.found(test)
        assert found.means_vi
        assert found.state in {"ok", "warning", "skipped", "fault"}
    assert [device for device, _, _ in lines(booth)] == ["network", "clock", "disk", "temperature"]


@in_loop
async def test_a_test_that_is_stopped_leaves_its_line_too(booth):
    await booth.let_in()
    await booth.run("touch")
    await booth.until_asked("touch")
    await booth.ask(StopSelfTest())
    assert (await booth.found("touch")).code == "stopped"
    await booth.run("screens")
    await booth.until_asked("screens")
    await booth.run("touch")  # another one ends it
    await booth.until_asked("touch")
    await booth.ask(LeaveTechnician())
    assert lines(booth) == [
        ("touch", "skipped", "touch stopped"),
        ("monitors", "skipped", "screens stopped"),
        ("touch", "skipped", "touch stopped"),
    ]
    await booth.ask(AnswerSelfTest(good=True), CLI)  # nobody asks any more


@in_loop
async def test_a_test_that_fails_itself_is_a_finding(booth, monkeypatch):
    async def breaks(_self):
        raise ZeroDivisionError

    monkeypatch.setattr(trials.Trials, "_paper", breaks)
    await booth.let_in()
    await booth.run("paper")
    found = await booth.found("paper")
    assert (found.state, found.code) == ("warning", "check_failed")


@in_loop
async def test_every_part_is_looked_at_and_told_by_an_event(booth):
    await booth.let_in()
    async with at_work(booth.house, "board", "scanner"):
        await booth.ask(AskParts())
        await booth.ask(AskParts())  # one examination at a time

        def told():
            return [one for one in booth.house.events if isinstance(one, PartsExamined)]

        (examined,) = await booth.house.until(told)
    parts = {one.part: one for one in examined.findings}
    assert {"printer", "board", "store", "clock", "network", "config"} <= parts.keys()
    assert parts["board"].code == "simulated"
    assert parts["board"].since.startswith("2026-11-23T08:00")
    assert parts["printer"].name_vi == "Máy in"
    assert all(one.means_vi and one.means_en for one in examined.findings)
    assert (examined.wrong_pins, examined.version) == (0, "0.1.0")


@in_loop
async def test_the_log_is_told_without_anything_personal(booth):
    from kiosk.words import KeepStaff

    await booth.let_in()
    booth.house.engine.do(
        KeepStaff(code="lan", name="Nguyễn Thị Lan", role="manager", pin_hash="x"), CLI
    )
    log = booth.data.logs / "core.log"
    log.write_text(
        "2026-11-23 08:00:01,123 I kiosk.core: Nguyễn Thị Lan began\n"
        "2026-11-23 08:00:02,123 E kiosk.core: it failed for 0912345678\n"
        "Traceback (most recent call last):\n",
        "utf-8",
    )
    told = (await booth.ask(AskLog(name="core"))).lines
    assert [(one.at, one.level, one.text) for one in told] == [
        ("2026-11-23 08:00:01", "I", "kiosk.core: [staff] began"),
        ("2026-11-23 08:00:02", "E", "kiosk.core: it failed for [number]"),
        ("", "", "Traceback (most recent call last):"),
    ]
    assert len((await booth.ask(AskLog(name="core", limit=1))).lines) == 1
    assert (await booth.ask(AskLog(name="board"))).lines == ()


@in_loop
async def test_a_restart_is_told_and_ends_the_core(booth):
    await booth.let_in()
    await booth.ask(RestartKiosk(), SCREEN)
    await becomes(lambda: booth.restarts == 1)
    assert type(booth.house.events[-1]).__name__ == "KioskRestarting"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_test_and_whatever_it_comes_to_is_told_in_words(language):
    import re

    from kiosk.paths import PROJECT

    book = read_book(ASSETS / "i18n", "doctor", language)
    sources = "".join(
        (PROJECT / "kiosk" / "core" / name).read_text() for name in ("trials.py", "self_tests.py")
    )
    codes = set(re.findall(r'Came\("\w+", "(\w+)"', sources))
    codes |= {f"{test}_{end}" for test in JUDGED for end in ("good", "bad")}
    assert len(codes) > 20
    assert [code for code in codes if f"means.{code}" not in book] == []
    assert {f"test.{name}" for name in SELF_TESTS} == {key for key in book if key[:5] == "test."}
    wrong = {code for code in codes if code.endswith("_bad")}
    assert [code for code in wrong if f"do.{code}" not in book] == []


JUDGED = ("print", "cut", "speaker", "echo", "touch", "screens", "dispensers")
