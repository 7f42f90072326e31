"""Console, board and ticket in a real browser."""

import pytest
from msgspec.structs import replace
from site_browser import CHROMIUM, chromium, log_in, new_page
from site_house import in_loop

from kiosk.words import (
    AskHall,
    CallClerk,
    CallNext,
    HallChanged,
    ListStaff,
    OpenCounter,
    Serve,
    ServiceClosing,
)

CLOSED = ServiceClosing(
    service="civil-status",
    name_vi="Hộ tịch",
    name_en="Civil status",
    at="2026-11-23T11:30:00.000+07:00",
    over=True,
)

pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed")


@pytest.fixture(autouse=True)
def quick_beat(monkeypatch):
    monkeypatch.setattr("kiosk.site.hall_stream.BEAT_S", 0.3)


@in_loop
async def test_a_counters_day_by_keys_with_the_sites_own_certificate(new_house, certificate):
    pin = f"--ignore-certificate-errors-spki-list={certificate.pin}"
    async with new_house(certificate.told).open() as house, chromium(pin) as browser:
        for _ in range(3):
            house.issue(priority="elderly")
        hall, watcher = [await new_page(browser, *size) for size in ((1920, 1080), (1366, 768))]
        board, page = hall.page, watcher.page
        answer = await board.goto(f"{house.url}/board")
        assert answer.url.startswith("https://")
        assert "max-age" in await answer.header_value("strict-transport-security")
        await log_in(page, house.url)
        (cookie,) = await page.context.cookies()
        assert (cookie["name"][:7], cookie["secure"], cookie["httpOnly"]) == ("__Host-", True, True)
        assert "B001" in await page.inner_text("#next")
        await page.keyboard.press("n")
        await page.wait_for_selector(".now.called #current:text('B001')")
        await board.wait_for_selector("#number:text('B001')")
        assert "Người từ 75 tuổi" in await page.inner_text(".now .why")
        assert await page.is_disabled("#next")
        await page.keyboard.press("v")
        await page.wait_for_selector(".notice >> text=Xin gọi lại số này")
        house.issue()
        await page.wait_for_selector("#waiting >> text=B004")
        assert await page.is_visible(".notice >> text=Xin gọi lại số này")  # there is time to read
        await page.keyboard.press("s")
        await page.wait_for_selector(".now.serving")
        await page.keyboard.press("n")  # done, and the next one
        await page.wait_for_selector(".now.called #current:text('B002')")

        await page.keyboard.press("h")
        await page.click("#hold-dialog >> text=Đi photo")
        await page.click("#hold-dialog button.strong")
        await page.wait_for_selector("aside >> text=Đi photo, chụp ảnh")
        await page.keyboard.press("p")
        await page.click("#pause-dialog button.strong")
        await page.wait_for_selector("text=Quầy đang tạm nghỉ")
        await page.keyboard.press("n")
        await page.wait_for_selector("text=Quầy đang trống")
        assert house.counter().state == "open"
        assert not watcher.complaints
        assert not hall.complaints


@pytest.mark.slow
@in_loop
async def test_what_happens_elsewhere_comes_to_the_console(new_house):
    async with new_house().open() as house, chromium() as browser:
        watcher = await new_page(browser, 1366, 768)
        page = watcher.page
        await log_in(page, house.url)
        await page.wait_for_selector("text=Chưa có ai chờ quầy này")
        house.issue()
        await page.wait_for_selector("#waiting >> text=B001")
        house.do(CallClerk(page="services"))
        await page.wait_for_selector(".alarm >> text=Cần cán bộ hỗ trợ")
        await page.click(".alarm button")
        await page.wait_for_selector(".alarm", state="detached")
        house.do(OpenCounter(counter="2", staff="binh"))
        await page.wait_for_selector("text=Quầy này đã do Binh tiếp nhận")
        assert not watcher.complaints


@pytest.mark.slow
@in_loop
async def test_a_console_goes_on_when_the_core_was_restarted_in_mid_call(new_house):
    async with chromium() as browser:
        watcher = await new_page(browser, 1366, 768)
        page = watcher.page
        async with new_house().open() as house:
            house.issue()
            await log_in(page, house.url)
            await page.keyboard.press("n")
            await page.wait_for_selector(".now.called")
            port = house.site.server.port
        await page.wait_for_selector("body.away")
        await page.keyboard.press("s")  # does nothing now
        async with new_house({"http_port": str(port)}).open(staff=False) as house:
            await page.wait_for_selector("body:not(.away)")
            assert house.counter().ticket.state == "called"
            await page.keyboard.press("s")
            await page.wait_for_selector(".now.serving #current:text('B001')")
            assert house.counter().ticket.state == "serving"
        assert not watcher.complaints


@pytest.mark.slow
@in_loop
async def test_a_computer_that_slept_shows_what_is_now(new_house):
    async with new_house().open() as house, chromium() as browser:
        card = house.issue()
        watcher = await new_page(browser, 1366, 768)
        page = watcher.page
        await log_in(page, house.url)
        computer = await page.context.new_cdp_session(page)
        await computer.send("Page.setWebLifecycleState", {"state": "frozen"})
        house.do(CallNext(counter="2", staff="lan"))
        house.do(Serve(ticket_id=card.ticket.id, counter="2", staff="lan"))
        await computer.send("Page.setWebLifecycleState", {"state": "active"})
        await page.wait_for_selector(".now.serving #current:text('B001')")
        assert not watcher.complaints


@pytest.mark.slow
@in_loop
async def test_two_clicks_of_a_hand_that_trembles(new_house):
    async with new_house().open() as house, chromium() as browser:
        for _ in range(4):
            house.issue()
        watcher = await new_page(browser, 1366, 768)
        page = watcher.page
        await log_in(page, house.url)
        await page.evaluate("for (let n = 0; n < 3; n++) document.getElementById('next').click()")
        await page.wait_for_selector(".now.called #current:text('B001')")
        assert len(house.do(AskHall()).hall.calls) == 1


@in_loop
async def test_the_board_calls_goes_stale_and_comes_back(new_house):
    async with chromium() as browser:
        watcher = await new_page(browser, 1920, 1080)
        page = watcher.page
        async with new_house().open() as house:
            house.issue()
            await page.goto(f"{house.url}/board")
            await page.wait_for_selector("#waiting .count:text('1')")
            assert await page.is_visible("text=Xin mời ông bà ngồi chờ")
            house.do(OpenCounter(counter="2", staff="lan"))
            house.do(CallNext(counter="2", staff="lan"))
            await page.wait_for_selector("#number:text('B001')")
            assert await page.inner_text("#counter") == "2"
            for _ in range(2):
                house.issue()
            await page.wait_for_selector("#notice >> text=Sắp đến lượt: B002, B003.")
            hall = house.do(AskHall()).hall
            early = replace(hall, near=(), notices=(), closed_services=(CLOSED,))
            house.engine.publish(HallChanged(hall=early))
            await page.wait_for_selector("#notice >> text=Hộ tịch: hôm nay đã hết giờ.")
            assert await page.is_visible("#notice >> text=Civil status: closed for today.")
            house.engine.publish(HallChanged(hall=replace(hall, stale=True)))
            await page.wait_for_selector("#stale:visible")
            house.engine.publish(HallChanged(hall=hall))
            await page.wait_for_selector("#stale", state="hidden")
            tall = await page.evaluate("document.getElementById('number').offsetHeight")
            assert tall > 0.25 * 1080  # to be read at ten metres
            port = house.site.server.port
        await page.wait_for_selector("#stale:visible >> text=Bảng chưa cập nhật được từ")
        async with new_house({"http_port": str(port)}).open(staff=False) as house:
            house.issue()
            await page.wait_for_selector("#stale", state="hidden")
            await page.wait_for_selector("#number:text('B001')")
            await page.wait_for_selector("#waiting .count:text('3')")
        assert not watcher.complaints


@pytest.mark.slow
@in_loop
async def test_ones_own_ticket_warns_and_calls(new_house):
    async with new_house().open() as house, chromium() as browser:
        cards = [house.issue() for _ in range(4)]
        mine = cards[-1].ticket
        watcher = await new_page(browser, 390, 780)
        page = watcher.page
        house.do(OpenCounter(counter="2", staff="lan"))
        await page.goto(f"{house.url}/t/{mine.token}")
        await page.wait_for_selector("text=Còn 3 người phía trước")
        house.do(CallNext(counter="2", staff="lan"))
        await page.dispatch_event("body", "look")
        await page.wait_for_selector("text=Sắp đến lượt")
        assert "Sắp đến lượt" in await page.title()
        for card in cards[:3]:
            house.do(Serve(ticket_id=card.ticket.id, counter="2", staff="lan"))
            house.do(CallNext(counter="2", staff="lan"))
        await page.dispatch_event("body", "look")
        await page.wait_for_selector(".go b:text('2')")
        await page.click("a.language")
        await page.wait_for_selector("text=Please go to counter")
        assert not watcher.complaints


@pytest.mark.slow
@in_loop
async def test_the_report_opens_for_a_manager_alone(new_house):
    async with new_house().open() as house, chromium() as browser:
        house.issue()
        watcher = await new_page(browser, 1366, 768)
        page = watcher.page
        await page.goto(f"{house.url}/report")
        await page.wait_for_url("**/login")
        await log_in(page, house.url, "lan")
        await page.goto(f"{house.url}/report")
        await page.wait_for_selector("text=Trang này chỉ dành cho quản lý")
        await log_in(page, house.url, "hoa")
        await page.goto(f"{house.url}/report")
        await page.wait_for_selector("svg.chart")
        async with page.expect_download() as wanted:
            await page.click("text=Tải Excel")
        name = (await wanted.value).suggested_filename
        assert name.endswith(".xlsx")
        complaints = [one for one in watcher.complaints if "403" not in one]
        assert not complaints


@pytest.mark.slow
@in_loop
async def test_a_manager_keeps_the_staff(new_house):
    async with new_house().open() as house, chromium() as browser:
        watcher = await new_page(browser, 1366, 768)
        page = watcher.page
        await log_in(page, house.url, "hoa")
        await page.goto(f"{house.url}/staff")
        assert await page.is_disabled("[data-opens=remove-dialog][data-code=hoa]")
        await page.click("text=Thêm cán bộ")
        form = page.locator("#add-dialog form")
        for name, value in (
            ("name", "Đỗ Thị Mai"),
            ("code", "mai"),
            ("pin", "2468"),
            ("again", "9"),
        ):
            await form.locator(f"[name={name}]").fill(value)
        await form.locator("button.strong").click()
        assert await page.is_visible("#add-dialog")  # the two PINs differ
        await form.locator("[name=again]").fill("2468")
        await form.locator("button.strong").click()
        await page.wait_for_selector("text=Đã thêm mai")
        await page.click("[data-opens=change-dialog][data-code=mai]")
        form = page.locator("#change-dialog form")
        assert await form.locator("[name=name]").input_value() == "Đỗ Thị Mai"
        await form.locator("text=Quản lý").click()
        await form.locator("button.strong").click()
        await page.wait_for_selector("text=Đã lưu mai")
        await page.click("[data-opens=pin-dialog][data-code=mai]")
        form = page.locator("#pin-dialog form")
        for name in ("pin", "again"):
            await form.locator(f"[name={name}]").fill("4321")
        await form.locator("button.strong").click()
        await page.wait_for_selector(".notice >> text=quá dễ đoán")
        await page.click("[data-opens=remove-dialog][data-code=mai]")
        await page.click("#remove-dialog button.primary")
        await page.wait_for_selector("text=Đã xóa mai")
        assert [one.code for one in house.do(ListStaff()).staff] == ["binh", "hoa", "lan"]
        assert not watcher.complaints


@in_loop
async def test_a_manager_closes_the_day_and_everybody_sees_it(new_house):
    async with new_house().open() as house, chromium() as browser:
        house.issue()
        watchers = [
            await new_page(browser, *size) for size in ((390, 780), (1366, 768), (1920, 1080))
        ]
        manager, clerk, board = (one.page for one in watchers)
        await log_in(clerk, house.url)
        await board.goto(f"{house.url}/board")
        await manager.goto(f"{house.url}/login")
        await log_in(manager, house.url, "hoa", "")
        await manager.goto(f"{house.url}/day")
        await manager.click("text=Đóng cửa hôm nay")
        await manager.click("#close-dialog [data-closes]")
        assert house.do(AskHall()).hall.closing is None  # they thought better of it
        await manager.click("text=Đóng cửa hôm nay")
        await manager.click("#close-dialog button.primary")
        await manager.wait_for_selector("text=Đã đóng cửa hôm nay")
        await clerk.wait_for_selector("text=1 số đã hết hiệu lực")
        await board.wait_for_selector("text=Hôm nay đã hết giờ làm việc")
        await manager.click(".house >> text=Mở cửa")
        await manager.click("#open-dialog button.strong")
        await manager.wait_for_selector("text=Đang nhận số")
        await board.wait_for_selector("text=Hôm nay đã hết giờ làm việc", state="hidden")
        assert not [one.complaints for one in watchers if one.complaints]


@pytest.mark.slow
@in_loop
async def test_a_touch_switches_the_chime_on(new_house):
    async with new_house().open() as house, chromium() as browser:
        house.issue()
        watcher = await new_page(browser, 1920, 1080)
        page = watcher.page
        await page.goto(f"{house.url}/board")
        await page.evaluate(
            """rung = 0;
            const chime = document.getElementById('chime');
            chime.addEventListener('play', () => document.body.dataset.rung = ++rung);
            chime.addEventListener('ended', () => document.body.dataset.ended = rung);"""
        )
        await page.click("#sound")
        await page.wait_for_selector("[data-ended='1']")
        house.do(OpenCounter(counter="2", staff="lan"))
        house.do(CallNext(counter="2", staff="lan"))
        await page.wait_for_selector("[data-rung='2']")
        await page.click("#sound")
        assert await page.get_attribute("#sound", "aria-pressed") == "false"
        assert not watcher.complaints


@pytest.mark.slow
@in_loop
async def test_the_managers_page_of_the_day_says_when_nobody_answers(new_house):
    async with chromium() as browser:
        watcher = await new_page(browser, 1366, 768)
        page = watcher.page
        async with new_house().open() as house:
            await log_in(page, house.url, "hoa", "")
            await page.goto(f"{house.url}/day")
            await page.wait_for_selector(".away-word", state="hidden")
            port = house.site.server.port
        await page.wait_for_selector(".away-word:visible")
        async with new_house({"http_port": str(port)}).open(staff=False):
            await page.wait_for_selector(".away-word", state="hidden")
            assert await page.is_visible("text=Đang nhận số")
        assert not watcher.complaints


STICKS_OUT = """
[...document.querySelectorAll('button, a, input, select, .card, .number')]
    .filter(one => one.checkVisibility() && one.clientWidth > 0)
    .filter(one => one.getBoundingClientRect().right > innerWidth + 1
                || one.scrollWidth > one.clientWidth + 1)
    .map(one => one.outerHTML.slice(0, 80))
"""


@pytest.mark.slow
@in_loop
async def test_every_page_fits(new_house):
    async with new_house().open() as house, chromium() as browser:
        cards = [house.issue(priority="elderly") for _ in range(8)]
        for size in ((360, 740), (1024, 768), (1366, 768)):
            page = (await new_page(browser, *size)).page
            await page.goto(f"{house.url}/login")
            assert await page.evaluate(STICKS_OUT) == [], size
            await log_in(page, house.url, "hoa")
            for keys in ("n", "s"):  # called, then being served
                await page.keyboard.press(keys)
                await page.wait_for_selector(".now.called" if keys == "n" else ".now.serving")
                assert await page.evaluate(STICKS_OUT) == [], size
            for path in ("day", "report", "staff", f"t/{cards[-1].ticket.token}", "board"):
                await page.goto(f"{house.url}/{path}")
                assert await page.evaluate(STICKS_OUT) == [], (size, path)
