"""The queue now: through the strip that tells how the hall is."""

from __future__ import annotations

import msgspec
from stand_in import StandInCore
from surroundings import hall, state
from visitor import OpenScreen

from kiosk.words import HallChanged, StateChanged
from tools.demo.touch import find, seek, wait_until


def test_a_citizen_sees_who_waits_and_who_is_called(
    open_screen: OpenScreen, core: StandInCore
) -> None:
    core.hall = hall(("A005", "1"), ("A007", "3"))
    visitor = open_screen()
    visitor.touch("door.queue")
    visitor.waits_for("page.queue")
    wait_until(lambda: "A005 tại quầy 1, A007 tại quầy 3" in visitor.all_words())
    assert "5 người đang chờ · khoảng 12 phút" in visitor.all_words()
    core.tell(HallChanged(hall=msgspec.structs.replace(core.hall, near=("B004", "D002"))))
    wait_until(lambda: "Sắp đến lượt: B004, D002." in visitor.all_words())
    core.tell(HallChanged(hall=hall(("A005", "1"))))
    wait_until(lambda: "A007" not in visitor.all_words())


def test_it_says_what_is_closed(open_screen: OpenScreen, core: StandInCore) -> None:
    core.hall = hall()
    visitor = open_screen()
    visitor.touch("door.queue")
    visitor.waits_for("page.queue")
    core.tell(StateChanged(state=state(closed=("land",))))
    card = find(visitor.screen.window, "queue.land")
    wait_until(lambda: card.property("status") == "Mở lại lúc 13:30 hôm nay")


def test_without_news_of_the_counters_the_waits_are_shown(
    open_screen: OpenScreen, core: StandInCore
) -> None:
    visitor = open_screen()
    visitor.touch("door.queue")
    visitor.waits_for("page.queue")
    assert find(visitor.screen.window, "queue.residence").property("status") == "Chưa có ai chờ"
    assert seek(visitor.screen.window, "queue.present") is None


def test_it_says_when_the_kiosk_that_leads_is_away(
    open_screen: OpenScreen, core: StandInCore
) -> None:
    core.hall = hall(("A005", "1"))
    visitor = open_screen()
    visitor.touch("door.queue")
    visitor.waits_for("page.queue")
    wait_until(lambda: "A005 tại quầy 1" in visitor.all_words())
    assert "chưa cập nhật" not in visitor.all_words()
    old = msgspec.structs.replace(core.hall, stale=True)
    core.tell(HallChanged(hall=old))
    wait_until(lambda: "chưa cập nhật được số đang gọi" in visitor.all_words())
    assert "A005 tại quầy 1" in visitor.all_words()
    core.tell(HallChanged(hall=core.hall))
    wait_until(lambda: "chưa cập nhật" not in visitor.all_words())
