"""How much a worker takes on at once, and what whoever comes too many is told."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import msgspec

from centre import admission
from centre.admission import Admission
from centre.store import Database
from centre.telemetry.metrics import REQUESTS
from centre.telemetry.watching import Watching


def scope(path: str = "/v1/events", method: str = "POST") -> Any:
    return {"type": "http", "path": path, "method": method, "headers": []}


class Application:
    """Answers once it has the whole body, or is told that the caller left."""

    def __init__(self) -> None:
        self.inside, self.left = 0, 0
        self.open = asyncio.Event()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        scope["path_template"] = scope["path"]
        self.inside += 1
        while (message := await receive())["type"] == "http.request":
            if not message.get("more_body"):
                break
        self.left += message["type"] == "http.disconnect"
        await self.open.wait()
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})


async def ask(app: Any, asked: Any, *, body: bool = True) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body; a caller without `body` never sends it."""
    answers: list[Any] = []

    async def receive() -> Any:
        if body:
            return {"type": "http.request", "body": b"x", "more_body": False}
        return await asyncio.Event().wait()

    async def send(message: Any) -> None:
        answers.append(message)

    await app(asked, receive, send)
    headers = {name.decode(): value.decode() for name, value in answers[0]["headers"]}
    return answers[0]["status"], headers, answers[1]["body"]


def database(tmp_path: Path, *, ready: bool = True) -> Database:
    made = Database(f"sqlite+aiosqlite:///{tmp_path / 'centre.sqlite3'}")
    made.is_brought_up = ready
    return made


def test_beyond_so_many_the_next_is_told_to_come_back(tmp_path: Path) -> None:
    async def run() -> None:
        inner = Application()
        app = Admission(inner, database(tmp_path), at_once=2)
        first = [asyncio.create_task(ask(app, scope())) for _ in range(2)]
        while inner.inside < 2:
            await asyncio.sleep(0)
        status, headers, body = await ask(app, scope())
        assert (status, msgspec.json.decode(body)["code"]) == (503, "busy")
        assert headers["content-type"] == "application/problem+json"
        assert 2 <= int(headers["retry-after"]) <= 30
        page = asyncio.create_task(ask(app, scope("/fleet", "GET")))  # people are let in
        alive = asyncio.create_task(ask(app, scope("/healthz", "GET")))
        inner.open.set()
        assert [(await one)[0] for one in (*first, page, alive)] == [200] * 4
        assert (await ask(app, scope()))[0] == 200

    asyncio.run(run())


def test_nobody_is_let_in_before_the_tables_are_there(tmp_path: Path) -> None:
    async def run() -> None:
        inner = Application()
        inner.open.set()
        app = Admission(inner, database(tmp_path, ready=False))
        for path in ("/v1/events", "/fleet"):
            status, _, body = await ask(app, scope(path))
            assert (status, msgspec.json.decode(body)["code"]) == (503, "store")
        assert (await ask(app, scope("/healthz", "GET")))[0] == 200

    asyncio.run(run())


def test_a_body_that_never_comes_frees_its_place(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(admission, "BODY_WITHIN_S", 0.05)

    async def run() -> None:
        inner = Application()
        inner.open.set()
        app = Admission(inner, database(tmp_path), at_once=1)
        await ask(app, scope(), body=False)
        assert inner.left == 1
        assert (await ask(app, scope()))[0] == 200

    asyncio.run(run())


def test_requests_are_counted_by_the_pattern_of_their_path(tmp_path: Path) -> None:
    def counted(route: str, status: str) -> float:
        return sum(
            sample.value
            for sample in next(iter(REQUESTS.collect())).samples
            if sample.name.endswith("_count")
            and (sample.labels["route"], sample.labels["status"]) == (route, status)
        )

    async def run() -> None:
        inner = Application()
        inner.open.set()
        app = Watching(Admission(inner, database(tmp_path, ready=False)))
        served, away = counted("/healthz", "200"), counted("-", "503")
        await ask(app, scope("/healthz", "GET"))
        await ask(app, scope("/v1/dossiers/H26.123-260901-0012", "GET"))
        assert counted("/healthz", "200") == served + 1
        assert counted("-", "503") == away + 1
        assert not any(
            "H26" in str(sample.labels) for sample in next(iter(REQUESTS.collect())).samples
        )

    asyncio.run(run())
