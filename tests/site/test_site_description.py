"""The API asked for everything that its description allows, and what it should not."""

import asyncio
import threading

import hypothesis
import pytest
from hypothesis import HealthCheck, Phase
from site_house import PIN, SiteHouse, in_loop

EXAMPLES = 6


class Running:
    """A house that is open on a thread of its own, for a client that blocks."""

    def __init__(self, house: SiteHouse) -> None:
        self.house = house
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._up = threading.Event()

    def _run(self) -> None:
        self._loop.run_until_complete(self._serve())

    async def _serve(self) -> None:
        self._ended = asyncio.Event()
        async with self.house.open():
            for _ in range(30):
                self.house.issue()
            self._up.set()
            await self._ended.wait()

    def __enter__(self) -> SiteHouse:
        self._thread.start()
        assert self._up.wait(30)
        return self.house

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._ended.set)
        self._thread.join(30)
        assert not self._thread.is_alive()
        self._loop.close()


class Manager:
    """A manager at counter 2 whose session begins anew when what was asked has ended it."""

    def __init__(self, url: str) -> None:
        self._session = f"{url}/api/v1/session"
        self._headers: dict[str, str] = {}

    def headers(self) -> dict[str, str]:
        """What a request of theirs carries."""
        import requests

        if not requests.get(self._session, headers=self._headers, timeout=30).ok:
            body = {"staff": "hoa", "pin": PIN, "counter": "2"}
            begun = requests.post(self._session, json=body, timeout=30)
            self._headers = {
                "X-CSRF-Token": begun.json()["csrf"],
                "Authorization": f"Bearer {'k' * 40}",
                "Cookie": f"letan={begun.cookies['letan']}",
            }
        return self._headers


@pytest.mark.slow
@pytest.mark.timeout(400)  # hundreds of requests, on a crowded machine too
def test_schemathesis_finds_nothing(new_house):
    import schemathesis  # takes seconds, which no other worker is to wait for

    with Running(new_house({"pin_tries": "20"})) as house:
        schema = schemathesis.openapi.from_url(f"{house.url}/api/openapi.json")
        manager = Manager(house.url)
        found = []
        for operation in [one.ok() for one in schema.get_all_operations()]:

            @hypothesis.settings(
                max_examples=EXAMPLES,
                deadline=None,
                derandomize=True,
                database=None,
                phases=[Phase.explicit, Phase.generate],
                suppress_health_check=list(HealthCheck),
            )
            @hypothesis.given(case=operation.as_strategy())
            def ask(case):
                case.call_and_validate(base_url=house.url, headers=manager.headers())

            try:
                ask()
            except (Exception, BaseExceptionGroup) as error:  # all of them are told together
                reasons = getattr(error, "exceptions", [error])
                found += [f"{operation.method} {operation.path}: {one}" for one in reasons]
        assert not found, "\n\n".join(found)


@in_loop
async def test_the_description_is_exact(new_house):
    async with new_house().open() as house, house.client() as client:
        described = (await client.get("/api/openapi.json")).json()
        assert described["openapi"].startswith("3.")
        for name, shape in described["components"]["schemas"].items():
            if "properties" in shape:
                assert shape["additionalProperties"] is False, name
        for path, operations in described["paths"].items():
            for method, operation in operations.items():
                assert operation["operationId"], path
                if method != "get":
                    assert "403" in operation["responses"] or "kiosks" in path or "session" in path
        assert not any("console" in path or "login" in path for path in described["paths"])
