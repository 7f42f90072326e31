"""The technician at the screen, with real touches: the corner, the PIN, and what follows."""

from __future__ import annotations

import msgspec
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from stand_in import StandInCore
from stand_in_technician import EXAMINED, PIN, finding
from visitor import OpenScreen, Visitor

from kiosk.link.frames import Failure
from kiosk.words import (
    AnswerFirstStart,
    AnswerSelfTest,
    AskLog,
    AskParts,
    ChangeSetting,
    EnterTechnician,
    FirstStartMoved,
    FirstStartResult,
    ForgetVisit,
    IssueTicket,
    KioskRestarting,
    KnockTechnician,
    LeaveTechnician,
    RestartKiosk,
    RestoreSettings,
    RunSelfTest,
    SelfTestChanged,
    SetMaintenance,
    StateChanged,
    StopSelfTest,
    TechnicianEntered,
)
from tools.demo.touch import centre, find, panel, settle, tap, wait_for, wait_until

pytestmark = pytest.mark.usefixtures("unhurried")


def hold_corner(visitor: Visitor, seconds: float, *, shown: bool = True) -> None:
    """A finger comes down in the upper right corner and stays."""
    window = visitor.screen.window
    point = QPoint(window.width() - 20, 20)
    QTest.touchEvent(window, panel(), True).press(0, point, window).commit()
    if shown:
        wait_until(lambda: visitor.sees("technician.pin"))
    else:
        wait_for(seconds)
    QTest.touchEvent(window, panel(), True).release(0, point, window).commit()


def touch(visitor: Visitor, *names: str) -> None:
    """One after the other."""
    for name in names:
        visitor.touch(name)


def type_pin(visitor: Visitor, pin: str) -> None:
    touch(visitor, *(f"key.{figure}" for figure in pin), "pin.enter")


def enter(visitor: Visitor, core: StandInCore) -> None:
    """By badge, which is quick."""
    core.tell(TechnicianEntered())
    visitor.waits_for("part.printer")


def test_the_corner_is_held_for_five_seconds_and_the_visit_is_forgotten(
    visitor: Visitor, core: StandInCore
) -> None:
    visitor.goes_to_services()
    visitor.screen.texts.switch("en")
    hold_corner(visitor, 0.5, shown=False)
    assert not core.asked(KnockTechnician)
    assert visitor.sees("page.services")
    forgotten = len(core.asked(ForgetVisit))
    hold_corner(visitor, 6.0)
    wait_until(lambda: len(core.asked(ForgetVisit)) > forgotten)
    assert visitor.screen.texts.chosen == "vi"
    assert visitor.screen.kiosk.current_page() == "welcome"
    assert not visitor.sees("page.welcome")
    visitor.touch("pin.leave")
    visitor.waits_for("page.welcome")
    assert not core.asked(IssueTicket)


def test_without_a_pin_the_corner_does_nothing(visitor: Visitor, core: StandInCore) -> None:
    core.technician.has_pin = False
    visitor.goes_to_services()
    visitor.screen.technician.hold()
    wait_until(lambda: core.asked(KnockTechnician))
    settle(visitor.screen.window)
    assert visitor.sees("page.services")  # and nobody's visit was ended


def test_a_wrong_pin_is_told_and_the_right_one_opens(visitor: Visitor, core: StandInCore) -> None:
    visitor.screen.technician.hold()
    type_pin(visitor, "111222")
    wait_until(lambda: visitor.reads("pin.told") == "Mã chưa đúng.")
    type_pin(visitor, PIN)
    visitor.waits_for("part.printer")
    assert [one.pin for one in core.asked(EnterTechnician)] == ["111222", PIN]
    assert PIN not in visitor.all_words()
    visitor.touch("technician.leave")
    visitor.waits_for("page.welcome")
    wait_until(lambda: core.asked(LeaveTechnician))


def test_who_has_to_wait_cannot_type(visitor: Visitor, core: StandInCore) -> None:
    core.technician.wait_s = 60
    visitor.screen.technician.hold()
    wait_until(lambda: visitor.sees("pin.told") and "xin đợi" in visitor.reads("pin.told"))
    visitor.screen.technician.type("1")
    visitor.screen.technician.enter()
    assert visitor.screen.technician.property("pin") == ""
    assert not core.asked(EnterTechnician)


def test_a_badge_opens_at_once(visitor: Visitor, core: StandInCore) -> None:
    visitor.goes_to_services()
    core.tell(TechnicianEntered())
    visitor.waits_for("part.printer")
    assert not core.asked(EnterTechnician)


def test_it_leaves_by_itself_and_says_so_before(open_screen: OpenScreen, core: StandInCore) -> None:
    visitor = open_screen(technician_leave_s=3)
    enter(visitor, core)
    assert "Tự thoát sau" in visitor.all_words()
    visitor.waits_for("page.welcome")
    wait_until(lambda: core.asked(LeaveTechnician))


def test_a_core_that_dies_takes_the_technician_out(visitor: Visitor, core: StandInCore) -> None:
    enter(visitor, core)
    core.stop()
    wait_until(lambda: not visitor.sees("technician.stage"))
    core.start()
    wait_until(lambda: visitor.screen.link.here)
    visitor.waits_for("page.welcome")


def test_parts_are_looked_at_again_when_a_device_changes(
    visitor: Visitor, core: StandInCore
) -> None:
    enter(visitor, core)
    assert "Lắp cuộn giấy mới." in visitor.all_words()
    assert "từ 07:58 ngày 23/11" in visitor.all_words()
    assert "3 mã PIN sai từ lần vào trước" in visitor.all_words()
    asked = len(core.asked(AskParts))
    visitor.touch("parts.look")
    wait_until(lambda: len(core.asked(AskParts)) == asked + 1)
    from kiosk.words import DeviceState

    printer = DeviceState(name="printer", state="ready")
    core.tell(StateChanged(state=msgspec.structs.replace(core.state, devices=(printer,))))
    wait_until(lambda: len(core.asked(AskParts)) > asked + 1)
    core.tell(msgspec.structs.replace(EXAMINED, findings=(), wrong_pins=0))
    wait_until(lambda: not visitor.sees("part.printer"))
    visitor.touch("parts.maintenance")
    wait_until(lambda: core.asked(SetMaintenance) == [SetMaintenance(on=True)])
    visitor.touch("technician.language")
    core.tell(StateChanged(state=msgspec.structs.replace(core.state, maintenance=True)))
    wait_until(lambda: visitor.screen.technician.property("parts").property("maintained"))
    assert visitor.screen.texts.chosen == "en"  # nobody's visit was ended by it
    visitor.touch("technician.leave")
    visitor.waits_for("page.maintenance")
    assert visitor.screen.texts.chosen == "vi"


def test_a_self_test_is_run_asked_about_and_remembered(visitor: Visitor, core: StandInCore) -> None:
    enter(visitor, core)
    touch(visitor, "technician.page.tests", "test.print")
    visitor.waits_for("test.panel")
    assert core.asked(RunSelfTest) == [RunSelfTest(test="print")]
    core.tell(SelfTestChanged(test="print", step="asks"))
    visitor.touch("test.good")
    wait_until(lambda: core.asked(AnswerSelfTest) == [AnswerSelfTest(good=True)])
    good = finding("print", "ok", ("In thử", "Test slip"), ("in rõ", "clear"))
    core.tell(SelfTestChanged(test="print", step="ended", finding=good))
    visitor.waits_for("test.verdict")
    assert visitor.reads("test.told") == "in rõ"
    visitor.touch("test.close")
    wait_until(lambda: not visitor.sees("test.panel"))
    assert visitor.all_words().count("Tốt") == 1
    touch(visitor, "test.scanner", "test.close")
    wait_until(lambda: core.asked(StopSelfTest))


def test_the_touch_grid_wants_every_cell(visitor: Visitor, core: StandInCore) -> None:
    enter(visitor, core)
    touch(visitor, "technician.page.tests", "test.touch")
    core.tell(SelfTestChanged(test="touch", step="asks"))
    visitor.waits_for("touch.grid")
    window = visitor.screen.window
    wait_until(lambda: visitor.sees("cell.59"))
    cells = [centre(find(window, f"cell.{number}")) for number in range(60)]
    finger = QTest.touchEvent(window, panel(), True)
    finger.press(0, cells[0], window).commit()
    for cell in cells[1:]:
        QTest.touchEvent(window, panel(), True).move(0, cell, window).commit()
        settle(window)  # moves within a frame are one
    QTest.touchEvent(window, panel(), True).release(0, cells[-1], window).commit()
    wait_until(lambda: core.asked(AnswerSelfTest) == [AnswerSelfTest(good=True)])


def test_a_key_is_changed_checked_saved_and_put_back(visitor: Visitor, core: StandInCore) -> None:
    enter(visitor, core)
    touch(visitor, "technician.page.settings", "table.screen", "setting.screen.timeout_s")
    touch(visitor, "key.clear", "key.9")
    wait_until(lambda: "Không hợp lệ" in visitor.all_words())
    assert "15 đến 300" in visitor.all_words()
    assert "Expected" not in visitor.all_words()
    visitor.touch("key.0")
    wait_until(lambda: "Hợp lệ" in visitor.all_words())
    visitor.touch("setting.save")
    visitor.waits_for("settings.told")
    assert "timeout_s = 90" in core.technician.config.read_text()
    assert [one.save for one in core.asked(ChangeSetting)][-1]
    visitor.touch("settings.restore")
    wait_until(lambda: core.asked(RestoreSettings))
    wait_until(lambda: "timeout_s = 45" in core.technician.config.read_text())
    wait_until(lambda: "Đã trở lại bản trước" in visitor.all_words())


def test_a_list_is_put_together_entry_by_entry(visitor: Visitor, core: StandInCore) -> None:
    enter(visitor, core)
    settings = visitor.screen.technician.property("settings")
    setting = settings.property("setting")
    visitor.touch("technician.page.settings")
    visitor.waits_for("table.hours")
    settings.openTable("hours")
    settings.openKey("hours.monday")
    visitor.touch("entry.1")
    touch(visitor, "key.1", "key.3", "key.:", "key.0", "key.0")
    touch(visitor, "key.-", "key.1", "key.6", "key.:", "key.0", "key.0", "setting.add")
    wait_until(lambda: setting.property("state") == "good")
    setting.save()
    wait_until(lambda: not setting.property("open"))
    assert 'monday = ["07:30-11:30", "13:00-16:00"]' in core.technician.config.read_text()
    settings.openTable("queue")
    settings.openKey("queue.priority_ratio")
    setting.remove("1")
    setting.press("3")
    wait_until(lambda: setting.property("state") == "good")
    setting.save()
    wait_until(lambda: not setting.property("open"))
    assert "priority_ratio = [2, 3]" in core.technician.config.read_text()


def test_names_are_typed_with_capitals_and_marks(visitor: Visitor, core: StandInCore) -> None:
    enter(visitor, core)
    settings = visitor.screen.technician.property("settings")
    setting = settings.property("setting")
    visitor.touch("technician.page.settings")
    visitor.waits_for("table.site")
    settings.openTable("site")
    settings.openKey("site.name_vi")
    touch(visitor, "key.clear", "key.shift", "key.u", "key.b", "key.shift", "key.space")
    touch(visitor, "key.a", "key.a", "key.s", "key.shift", "key..")
    assert setting.property("typed") == "UB ấ{"
    visitor.touch("setting.close")
    wait_until(lambda: not setting.property("open"))
    assert not [one for one in core.asked(ChangeSetting) if one.save]


def test_one_of_many_services(visitor: Visitor, core: StandInCore) -> None:
    enter(visitor, core)
    settings = visitor.screen.technician.property("settings")
    setting = settings.property("setting")
    visitor.touch("technician.page.settings")
    visitor.waits_for("table.service")
    settings.openTable("service")
    visitor.touch("item.land")
    settings.openKey("service.daily_quota")
    for key in ("clear", "7"):
        setting.press(key)
    wait_until(lambda: setting.property("state") == "good")
    setting.save()
    wait_until(lambda: not setting.property("open"))
    assert core.asked(ChangeSetting)[-1].name == "service[land].daily_quota"
    settings.openKey("service.counters")
    setting.press("9")  # a list of numbers as it should be, but there is no such counter
    wait_until(lambda: setting.property("state") == "wrong")
    assert setting.property("told").startswith("Không khớp với phần khác của tệp")
    assert "'9'" in setting.property("told")


def test_a_read_only_disk_is_told(visitor: Visitor, core: StandInCore) -> None:
    enter(visitor, core)
    settings = visitor.screen.technician.property("settings")
    setting = settings.property("setting")
    visitor.touch("technician.page.settings")
    visitor.waits_for("table.screen")
    settings.openTable("screen")
    settings.openKey("screen.motion")
    setting.choose("false")
    wait_until(lambda: setting.property("state") == "good")
    core.technician.refuse_to_save()
    setting.save()
    wait_until(lambda: "Ổ đĩa không ghi được" in visitor.all_words())
    assert "motion = true" in core.technician.config.read_text()


def test_the_log_is_live_and_stands_still_when_wanted(visitor: Visitor, core: StandInCore) -> None:
    enter(visitor, core)
    visitor.touch("technician.page.log")
    wait_until(lambda: "paper_out" in visitor.all_words())
    visitor.touch("log.screen")
    wait_until(lambda: core.asked(AskLog)[-1].name == "screen")
    core.technician.lines = ()
    wait_until(lambda: "Chưa có dòng nào." in visitor.all_words())
    visitor.touch("log.pause")
    asked = len(core.asked(AskLog))
    wait_for(2.5)
    assert len(core.asked(AskLog)) == asked


def test_a_restart_ends_this_screen_too(visitor: Visitor, core: StandInCore) -> None:
    enter(visitor, core)
    core.technician.waiting = ("screen.timeout_s",)
    visitor.touch("technician.page.settings")
    visitor.waits_for("settings.waiting")
    visitor.touch("told.button")
    wait_until(lambda: core.asked(RestartKiosk))
    core.tell(KioskRestarting())
    settle(visitor.screen.window)  # its loop ends where it has one of its own


def test_whoever_the_command_line_lets_in_sets_the_kiosk_up(
    visitor: Visitor, core: StandInCore
) -> None:
    visitor.goes_to_services()
    core.tell(StateChanged(state=msgspec.structs.replace(core.state, first_start=True)))
    visitor.waits_for("page.first")
    touch(visitor, "choice.en", "choice.branch")
    wait_until(lambda: visitor.reads("first.title") == "Which ward or commune?")
    touch(visitor, "key.k", "key.i", "key.e")
    wait_until(lambda: visitor.sees("choice.00070"))
    visitor.touch("choice.00070")  # Hoàn Kiếm
    wait_until(lambda: core.asked(AnswerFirstStart)[-1].value == "00070")
    visitor.touch("first.back")
    wait_until(lambda: visitor.reads("first.title") == "Which ward or commune?")
    visitor.touch("technician.leave")
    visitor.waits_for("page.welcome")


def test_two_taps_answer_one_step(visitor: Visitor, core: StandInCore) -> None:
    enter(visitor, core)
    visitor.touch("technician.page.first")
    visitor.waits_for("choice.vi")
    settle(visitor.screen.window)
    choice = find(visitor.screen.window, "choice.vi")
    tap(visitor.screen.window, choice)
    tap(visitor.screen.window, choice)
    wait_until(lambda: visitor.sees("choice.branch"))
    assert len(core.asked(AnswerFirstStart)) == 1


def test_what_waits_for_the_centre_is_told_when_it_comes(
    visitor: Visitor, core: StandInCore
) -> None:
    enter(visitor, core)
    first = visitor.screen.technician.property("firstStart")
    visitor.touch("technician.page.first")
    visitor.waits_for("choice.vi")
    for _ in range(5):
        step = first.property("step")
        first.skip()
        wait_until(lambda step=step: first.property("step") != step)
    wait_until(lambda: visitor.sees("choice.alone"))
    core.technician.refusal = Failure(id=0, code="wrong_answer", detail="an address is wanted")
    first.choose("tomorrow")
    wait_until(lambda: "Cần mã một lần rồi địa chỉ" in visitor.all_words())
    core.technician.refusal = None
    core.technician.waits = True
    for key in ("x", "space", "y"):
        first.press(key)
    visitor.touch("first.next")
    visitor.waits_for("first.waiting")
    asked = len(core.asked(AnswerFirstStart))
    visitor.touch("choice.alone")  # nothing else is taken meanwhile
    core.tell(FirstStartMoved(code="code", detail="the code is not known"))
    wait_until(lambda: not visitor.sees("first.waiting"))
    assert "the code is not known" in visitor.all_words()
    assert len(core.asked(AnswerFirstStart)) == asked
    visitor.touch("first.next")
    visitor.waits_for("first.waiting")
    core.tell(FirstStartMoved(result=FirstStartResult(step="test", number=11, count=12)))
    wait_until(lambda: visitor.reads("first.title") == "In thử")
