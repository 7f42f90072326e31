"""Debian's Chromium, driven; what a page complains of is kept."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Page, async_playwright

CHROMIUM = Path("/usr/bin/chromium")
WITHIN_S = 30.0


@contextlib.asynccontextmanager
async def chromium(*options: str) -> AsyncIterator[Browser]:
    """One browser without a window, with further options of its command line."""
    async with async_playwright() as play:
        browser = await play.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", *options], timeout=1000 * WITHIN_S
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
        # A server that is away is no fault of the page: Chromium and htmx say so, each in its way.
        away = ("ERR_", "htmx:sendError", "htmx:afterRequest", "undefined")
        if message.type == "error" and not any(word in message.text for word in away):
            self.complaints.append(message.text)
