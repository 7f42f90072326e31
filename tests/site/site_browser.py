"""Debian's Chromium in front of a site's pages."""

from __future__ import annotations

from pathlib import Path

from browsing import CHROMIUM, Watcher, chromium
from playwright.async_api import Browser, Page, Route
from site_house import PIN, WITHIN_S

import kiosk.site

__all__ = ["CHROMIUM", "Watcher", "chromium", "log_in", "new_page"]

STREAM_JS = Path(kiosk.site.__file__).parent / "static" / "stream.js"
QUICK = {"STALE_MS = 13000": "STALE_MS = 1500", "AGAIN_MS = 2000": "AGAIN_MS = 300"}


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
