"""Debian's Chromium, driven; what a page complains of fails the test."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Page, Route, async_playwright
from site_house import PIN, WITHIN_S

import kiosk.site

CHROMIUM = Path("/usr/bin/chromium")
STREAM_JS = Path(kiosk.site.__file__).parent / "static" / "stream.js"
QUICK = {"STALE_MS = 13000": "STALE_MS = 1500", "AGAIN_MS = 2000": "AGAIN_MS = 300"}


@contextlib.asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """One browser without a window."""
    async with async_playwright() as play:
        browser = await play.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox"], timeout=1000 * WITHIN_S
        )
        try:
            yield browser
        finally:
            await browser.close()


class Watcher:
    """A page and what it complained of: policy violations, script errors, refused files."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._hear)

    def _hear(self, message: Any) -> None:
        # A core that is away is no fault of the page: Chromium and htmx say so, each in its way.
        away = ("ERR_", "htmx:sendError", "htmx:afterRequest", "undefined")
        if message.type == "error" and not any(word in message.text for word in away):
            self.complaints.append(message.text)


async def new_page(browser: Browser, width: int, height: int) -> Watcher:
    """A page that notices within 1.5 s that its core is away."""
    context = await browser.new_context(viewport={"width": width, "height": height})
    context.set_default_timeout(1000 * WITHIN_S)
    page = await context.new_page()
    script = STREAM_JS.read_text()
    for shipped, quick in QUICK.items():
        assert shipped in script
        script = script.replace(shipped, quick)

    async def hasten(route: Route) -> None:
        await route.fulfill(body=script, content_type="text/javascript")

    await page.route("**/static/stream.js*", hasten)
    return Watcher(page)


async def log_in(page: Page, url: str, staff: str = "lan", counter: str = "2") -> None:
    """Through the form, as a clerk does."""
    await page.goto(f"{url}/login")
    await page.fill("[name=staff]", staff)
    await page.fill("[name=pin]", PIN)
    await page.select_option("[name=counter]", counter)
    await page.click("form button")
    await page.wait_for_selector("#panel" if counter else ".bar nav")
    await page.wait_for_load_state("load")  # its scripts listen to the keys from then on
