"""A call for staff that nobody answers: every console and the managers' page, until it is over."""

from dataclasses import replace
from datetime import timedelta

from site_house import in_loop

from kiosk.words import CallClerk, CancelCall


def hurried(house):
    """The house calls everybody at once."""
    desk = house.engine.desk
    desk.plan = replace(desk.plan, staff_answer=timedelta(0))


@in_loop
async def test_a_late_call_reaches_consoles_and_managers_and_ends_everywhere(new_house):
    async with new_house().open() as house, house.client() as clerk, house.client() as manager:
        await house.log_in(clerk)
        await house.log_in(manager, "hoa", "")
        house.do(CallClerk(page="services"))
        panel = (await clerk.get("/console/panel")).text
        assert 'data-calls="1,"' in panel
        assert "Chưa có ai trả lời" not in panel
        assert "alert" not in (await manager.get("/day/now")).text
        hurried(house)
        house.engine.refresh()
        panel = (await clerk.get("/console/panel")).text
        assert 'data-calls="1!,"' in panel  # another mark: it chimes again
        assert "Chưa có ai trả lời" in panel
        assert "Chưa có ai trả lời" in (await manager.get("/day/now")).text
        answered = await manager.post("/day/answer/1")
        assert "Chưa có ai trả lời" not in answered.text
        assert (await manager.post("/day/answer/1")).status_code == 200  # somebody was quicker
        assert (await manager.post("/day/answer/99")).status_code == 200
        assert 'data-calls=""' in (await clerk.get("/console/panel")).text


@in_loop
async def test_a_cancelled_call_leaves_the_consoles(new_house):
    async with new_house().open() as house, house.client() as clerk:
        await house.log_in(clerk)
        house.do(CallClerk(page="services"))
        house.do(CancelCall(call_id=1))
        assert 'data-calls=""' in (await clerk.get("/console/panel")).text
        assert (await clerk.post("/day/answer/1")).status_code == 403  # a manager's page
