"""Staff count what the kiosk gives out: a page, a number, and nothing else is believed."""

from site_house import in_loop

from kiosk.words import AskState

WITH_BOARD = {"board.port": '"simulated"'}


def left(house) -> dict[str, int | None]:
    return {one.item: one.left for one in house.do(AskState()).state.items}


@in_loop
async def test_a_clerk_counts_and_the_kiosk_knows(new_house):
    async with new_house(WITH_BOARD).open() as house, house.client() as clerk:
        await house.log_in(clerk)
        page = (await clerk.get("/stock")).text
        assert "Nước uống" in page
        assert "chưa đếm" in page
        kept = await clerk.post("/stock/water", data={"left": "120"})
        assert kept.status_code == 200
        assert "còn 120" in kept.text
        assert left(house) == {"water": 120, "candy": None}


@in_loop
async def test_what_is_no_count_changes_nothing(new_house):
    async with new_house(WITH_BOARD).open() as house, house.client() as clerk:
        await house.log_in(clerk)
        for typed in ("", "-1", "ba", "1e3", "10000", "9" * 500, "１２", "0x10"):
            answer = await clerk.post("/stock/water", data={"left": typed})
            assert "Xin gõ một số" in answer.text, typed
        assert left(house) == {"water": None, "candy": None}


@in_loop
async def test_only_staff_count(new_house):
    async with new_house(WITH_BOARD).open() as house, house.client() as stranger:
        assert (await stranger.get("/stock")).headers["location"] == "/login"
        refused = await stranger.post("/stock/water", data={"left": "5"})
        assert refused.status_code == 401
        await house.log_in(stranger)
        del stranger.headers["X-CSRF-Token"]
        assert (await stranger.post("/stock/water", data={"left": "5"})).status_code == 403
        assert left(house) == {"water": None, "candy": None}


@in_loop
async def test_a_kiosk_without_a_dispenser_says_so(new_house):
    async with new_house().open() as house, house.client() as clerk:
        await house.log_in(clerk)
        assert "chưa có ngăn" in (await clerk.get("/stock")).text
        assert "Chưa làm được" in (await clerk.post("/stock/water", data={"left": "5"})).text
