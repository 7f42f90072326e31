"""The pages in a real browser, before a real process: a morning of the city, a ward on a telephone,
and every page at every size, which must not overflow or complain.

KIOSK_ALBUM=FOLDER keeps the photographs.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from browsing import CHROMIUM, WITHIN_S, Watcher, chromium
from pages_house import PASSWORD, PagesHouse, sealed_to
from playwright.async_api import Browser, Page
from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from test_pages_fleet import BROKEN, WELL, device
from test_pages_said import SCRIPT, answer, wish

from centre.store.partitions import make_partitions
from centre.store.tables.devices import Device
from centre.store.tables.events import Event
from kiosk.queueing.hours import HANOI
from tools.centre_process import CentreProcess
from tools.city.filling import fill_days

pytestmark = [
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed"),
    pytest.mark.parametrize("centre_settings", ["sqlite"], indirect=True),  # a browser sees neither
]
ALBUM = os.environ.get("KIOSK_ALBUM", "")
SIZES = ((1366, 768), (1920, 1080), (390, 844))
OF_THE_CITY = (
    "/fleet", "/fleet?view=list", "/sites", "/sites/hoan-kiem?of={day}",
    "/sites/hoan-kiem?of={month}", "/sites/hoan-kiem/facts", "/said?of={month}", "/call-backs",
    "/alerts", "/documents", "/documents/notices", "/documents/hours", "/documents/survey",
    "/documents/services", "/documents/catalogue", "/catalogue?text=khai+sinh",
    "/catalogue/1.001193", "/devices?site=hoan-kiem", "/accounts", "/audit", "/me", "/nowhere",
)  # fmt: skip


def fill(house: PagesHouse) -> None:
    """Two days of Hoàn Kiếm up to yesterday, two kiosks, somebody who wrote a script."""
    now = datetime.now(UTC)
    yesterday = now.astimezone(HANOI).date() - timedelta(days=1)
    while yesterday.weekday() == 6:
        yesterday -= timedelta(days=1)
    _, sealer = sealed_to(house.settings.folder)

    async def make(connection: AsyncConnection) -> None:
        await make_partitions(connection, now)
        late = now - timedelta(hours=2)
        rows = [
            device(1, "hoan-kiem", seen_at=now, health=WELL),
            device(2, "tay-ho", seen_at=late, health=BROKEN),
        ]
        await connection.execute(insert(Device), rows)
        await fill_days(connection, "hoan-kiem", yesterday, 2, busy=40, sealer=sealer)
        bodies = [
            answer(1, words=SCRIPT, face=1, business_day=yesterday.isoformat()),
            wish(2, sealer, words="Xin gọi lại cho tôi", business_day=yesterday.isoformat()),
        ]
        at = datetime.combine(yesterday, datetime.min.time(), HANOI) + timedelta(hours=9)
        await connection.execute(
            insert(Event),
            [
                {"received_at": now, "device": "k1", "epoch": "f", "seq": number, "body": body,
                 "site": "hoan-kiem", "kind": "feedback_given", "at": at}
                for number, body in enumerate(bodies, start=1)
            ],
        )  # fmt: skip

    house.change(make)
    house.day = yesterday.isoformat()


def in_a_browser(
    house: PagesHouse, folder: Path, story: Callable[[Browser, str], Awaitable[None]]
) -> None:
    keys = {"data": house.settings.data, "database": house.settings.database}

    async def tell(url: str) -> None:
        async with asyncio.timeout(110), chromium() as browser:
            await story(browser, url)

    with CentreProcess(folder / "process", keys) as centre:
        centre.until_ready()
        asyncio.run(tell(centre.url))


async def new_page(browser: Browser, width: int, height: int) -> Watcher:
    context = await browser.new_context(viewport={"width": width, "height": height})
    context.set_default_timeout(1000 * WITHIN_S)
    return Watcher(await context.new_page())


async def log_in(page: Page, url: str, name: str, password: str = PASSWORD) -> None:
    await page.goto(f"{url}/login")
    await page.fill("[name=name]", name)
    await page.fill("[name=password]", password)
    await page.click("form button")


def test_a_morning_of_the_city(house: PagesHouse, tmp_path: Path):
    fill(house)

    async def story(browser: Browser, url: str) -> None:
        watcher = await new_page(browser, 1366, 768)
        page = watcher.page
        await log_in(page, url, "mai", "không phải mật khẩu")
        await page.wait_for_selector(".notice >> text=chưa đúng")
        watcher.complaints.clear()  # that the answer was 401
        await log_in(page, url, "mai")

        await page.wait_for_selector(".tile.offline g >> text=Tây Hồ")
        await page.wait_for_selector(".tile.good g >> text=Hoàn Kiếm")
        await page.click(".tile.offline")
        await page.wait_for_selector(".pill.offline >> text=mất kết nối")
        assert "2 giờ trước" in await page.inner_text(".devices")

        await page.click(".rail >> text=Các phường")
        await page.fill("input[type=date]", house.day)
        await page.click(".days button")
        await page.click("tbody >> text=Phường Hoàn Kiếm")
        await page.wait_for_selector("svg.chart rect.first")
        assert "Chứng thực" in await page.inner_text("main")

        await page.click("a.state-card:has-text('điểm góp ý')")
        await page.wait_for_selector(".remarks")
        assert SCRIPT in await page.inner_text(".remarks")
        await page.select_option("[name=mood]", "sad")
        await page.click(".filters button")
        await page.wait_for_selector(".remarks >> text=<script>")
        assert await page.locator(".remarks .face-5").count() == 0

        await page.click(".rail >> text=Gọi lại")
        key = house.settings.folder.parent / "sealing.key"
        await page.set_input_files("input[type=file]", key)
        await page.click("text=Mở các số")
        await page.wait_for_selector(".number b >> text=0243 825 123")

        await page.click(".rail >> text=Phát hành")
        await page.click("article:has-text('Thông báo') >> text=Soạn")
        await page.fill("[name=text_vi-0]", "Chiều thứ Sáu nghỉ sớm <b>16 giờ</b>")
        await page.click("text=Lưu bản nháp")
        await page.wait_for_selector(".board-line >> text=nghỉ sớm <b>16 giờ</b>")
        await page.click("text=Phát hành ngay")
        await page.wait_for_selector(".good-news >> text=Đã phát hành")
        assert "bản 1" in await page.inner_text("article:has-text('Thông báo')")

        await page.click(".rail >> text=English")
        await page.wait_for_selector("h1 >> text=Publishing")
        await page.click(".rail >> text=Log out")
        await page.wait_for_selector("text=Welcome")
        assert not watcher.complaints

    in_a_browser(house, tmp_path, story)


def test_a_ward_on_a_telephone(house: PagesHouse, tmp_path: Path):
    fill(house)

    async def story(browser: Browser, url: str) -> None:
        watcher = await new_page(browser, 390, 844)
        page = watcher.page
        await log_in(page, url, "lan")
        await page.wait_for_selector("h1 >> text=Phường Hoàn Kiếm")
        for words in ("Tài khoản", "Nhật ký", "Ghi danh"):
            assert await page.locator(f".rail >> text={words}").count() == 0
        await page.click(".rail >> text=Máy lễ tân")
        await page.wait_for_selector(".devices")
        assert "Tây Hồ" not in await page.inner_text("body")
        await page.goto(f"{url}/documents")
        await page.fill("[name=text_vi-0]", "Thang máy đang sửa")
        await page.click("text=Lưu bản nháp")
        await page.click("text=Phát hành ngay")
        await page.wait_for_selector(".good-news >> text=Đã phát hành")
        await page.goto(f"{url}/me")
        await page.wait_for_selector(".scan svg")
        assert not await overflow(page)
        assert not watcher.complaints
        await page.goto(f"{url}/accounts")
        assert "không dành cho tài khoản này" in await page.inner_text("body")

    in_a_browser(house, tmp_path, story)


@pytest.mark.slow
def test_every_page_at_every_size_in_both_languages(house: PagesHouse, tmp_path: Path):
    if house.settings.database:
        pytest.skip("pages look the same on either database")
    fill(house)

    async def story(browser: Browser, url: str) -> None:
        watcher = await new_page(browser, *SIZES[0])
        page = watcher.page
        await log_in(page, url, "mai")
        await page.wait_for_selector(".rail")
        wide = []
        for language in ("vi", "en"):
            await page.goto(f"{url}/language/{language}")
            for path in OF_THE_CITY:
                await page.goto(url + path.format(day=house.day, month=house.day[:7]))
                for width, height in SIZES:
                    await page.set_viewport_size({"width": width, "height": height})
                    if await overflow(page):
                        wide.append((path, width, language))
                    await keep_picture(page, f"{language}-{width}{path}")
        assert wide == []
        watcher.complaints = [one for one in watcher.complaints if "404" not in one]
        assert watcher.complaints == []

    in_a_browser(house, tmp_path, story)


async def overflow(page: Page) -> bool:
    """Whether the page is wider than its window."""
    root = "document.documentElement"
    return bool(await page.evaluate(f"{root}.scrollWidth > {root}.clientWidth"))


async def keep_picture(page: Page, name: str) -> None:
    if ALBUM:
        file = "".join(one if one.isalnum() or one == "-" else "_" for one in name)
        await page.screenshot(path=Path(ALBUM) / f"centre-{file}.png", full_page=True)
