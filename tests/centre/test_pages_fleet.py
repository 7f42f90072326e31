"""The fleet: states worst first, counted and sorted by the database; the city as tiles."""

from __future__ import annotations

from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pages_house import NOW, SITES, PagesHouse, words_of
from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from centre.identity.wards import wards
from centre.pages.fleet.cartogram import tiles
from centre.pages.fleet.city_map import draw_map
from centre.pages.fleet.fleet_book import (
    A_PAGE,
    SiteCounts,
    Wanted,
    count_sites,
    count_states,
    count_versions,
    list_devices,
)
from centre.pages.fleet.states import OFFLINE_AFTER, TROUBLE, WORST_FIRST
from centre.store.tables.devices import Device
from tools.city.filling import fill_devices

JUST_NOW = NOW - timedelta(seconds=20)
WELL = {"parts": [{"name": "printer", "state": "ready"}], "slips_left": 400}
BROKEN = {"parts": [{"name": "printer", "state": "unavailable", "reason": "paper_out"}]}
CASES: dict[str, dict[str, object]] = {
    "never": {"seen_at": None, "health": {}},
    "offline": {"seen_at": NOW - OFFLINE_AFTER - timedelta(seconds=1), "health": BROKEN},
    "fault": {"seen_at": JUST_NOW, "health": BROKEN | {"slips_left": 3}},
    "paper": {"seen_at": JUST_NOW, "health": WELL | {"slips_left": 60}},
    "clock": {"seen_at": JUST_NOW, "health": WELL, "clock_skew_s": -4000.0},
    "backlog": {"seen_at": JUST_NOW, "health": WELL | {"outbox": 501}},
    "good": {"seen_at": NOW - OFFLINE_AFTER, "health": WELL | {"outbox": 500}},
    "revoked": {"seen_at": JUST_NOW, "health": WELL, "revoked_at": NOW},
}


def device(number: int, site: str, **facts: object) -> dict[str, object]:
    return {
        "id": f"k{number}",
        "site": site,
        "name": f"Sảnh <i>{number}</i>",
        "public_key": bytes([number] * 32),
        "key_since": NOW,
        "enrolled_at": NOW,
        "version": "1.4.2",
        "clock_skew_s": 0.0,
        "revoked_at": None,
        **facts,
    }


def fill(house: PagesHouse) -> None:
    rows = [
        device(number, list(SITES)[number % 2], **facts)
        for number, facts in enumerate(CASES.values())
    ]

    async def make(connection: AsyncConnection) -> None:
        await connection.execute(insert(Device), rows)

    house.change(make)


def test_each_state_is_found_and_the_worst_comes_first(house: PagesHouse):
    fill(house)

    async def ask(connection: AsyncConnection) -> None:
        counts = await count_states(connection, Wanted(), NOW)
        assert counts == {state: int(state != "revoked") for state in CASES}
        shown = await list_devices(connection, Wanted(), NOW)
        states = [one.state for one in shown]
        assert states == [one for one in WORST_FIRST if one != "revoked"]
        assert next(one for one in shown if one.state == "fault").faults == (
            ("printer", "paper_out"),
        )
        for state in CASES:
            only = await list_devices(connection, Wanted(state=state), NOW)
            assert [one.state for one in only] == [state]
        own = await count_states(connection, Wanted(site="tay-ho"), NOW)
        assert sum(own.values()) == 3
        for wanted, found in (
            (Wanted(text="hoàn kiếm"), 4),
            (Wanted(text="hoan kiem"), 4),
            (Wanted(text="tay-ho"), 3),
            (Wanted(text="K3"), 1),
            (Wanted(text="100%_"), 0),
            (Wanted(version="1.4.2"), 7),
            (Wanted(version="0"), 0),
            (Wanted(group="pilot"), 0),
        ):
            assert len(await list_devices(connection, wanted, NOW)) == found, wanted
        sites = {one.code: one for one in await count_sites(connection, Wanted(), NOW)}
        assert sites["hoan-kiem"].worst == "fault"
        assert sites["tay-ho"].worst == "offline"
        assert sites["tay-ho"].devices == 3
        assert await count_versions(connection, "") == [("1.4.2", 7)]

    house.change(ask)


def test_a_long_list_comes_page_by_page(house: PagesHouse):
    async def make(connection: AsyncConnection) -> None:
        await fill_devices(connection, list(SITES), 3 * A_PAGE - 10, NOW, trouble=0.5)
        seen: list[str] = []
        for page in range(4):
            seen += [one.id for one in await list_devices(connection, Wanted(page=page), NOW)]
        assert len(seen) == len(set(seen)) == 3 * A_PAGE - 10

    house.change(make)
    with house.open_as("mai") as browser:
        page = browser.get("/fleet", view="list")
        assert "Trang 1 trên 3" in words_of(page)
        assert "page=1" in page.text
        assert browser.get("/fleet", view="list", page="9999999").status_code == 200
        assert browser.get("/fleet", view="list", page="-3").status_code == 200


def test_the_page_shows_what_is_wrong_and_no_more_than_is_theirs(house: PagesHouse):
    fill(house)
    with house.open_as("mai") as browser:
        page = browser.get("/fleet")
        assert "<i>" not in page.text  # a device's name is text
        assert "Cần xem ngay (5)" in words_of(page)
        listed = words_of(browser.get("/fleet", view="list"))
        for words in ("mất kết nối", "máy in", "60", "−4.000 s", "501", "10 phút trước"):
            assert words in listed, words
        part = browser.client.get("/fleet?view=list&how=paper", headers={"HX-Request": "true"})
        assert part.text.lstrip().startswith('<div id="fleet"')
        assert "đã thu hồi" in words_of(browser.get("/fleet", how="revoked"))
        assert browser.get("/fleet", how="nonsense", group="x", version="y").status_code == 200
        browser.forget()
        browser.log_in("hoa")
        listed = words_of(browser.get("/fleet"))
        assert "mất kết nối" in listed
        assert "Hoàn Kiếm" not in listed


def test_the_wards_lie_about_where_they_are():
    places = {one.code: (one.latitude, one.longitude) for one in wards()}
    cells = tiles(places)
    assert len(set(cells.values())) == len(places) == 126
    names = {one.name_vi: one.code for one in wards()}
    ba_vi, soc_son, huong_son = (
        cells[names[name]] for name in ("Xã Ba Vì", "Xã Sóc Sơn", "Xã Hương Sơn")
    )
    hoan_kiem, tay_ho = cells[names["Phường Hoàn Kiếm"]], cells[names["Phường Tây Hồ"]]
    assert ba_vi[0] < tay_ho[0] < hoan_kiem[0]  # from west to east
    assert soc_son[1] < tay_ho[1] < huong_son[1]  # from north to south


@settings(max_examples=40, deadline=None)
@given(
    st.dictionaries(
        st.text("abc", min_size=1, max_size=6),
        st.tuples(st.floats(20, 22), st.floats(105, 106)),
        max_size=60,
    )
)
def test_no_tile_lies_over_another(places):
    cells = tiles(places)
    assert cells.keys() == places.keys()
    assert len(set(cells.values())) == len(places)
    if places:
        assert min(x for x, _ in cells.values()) == 0
        assert min(y for _, y in cells.values()) == 0


def test_many_sites_are_laid_out_too():
    places = {f"s{n}": (20 + (n * 37 % 211) / 100, 105 + (n * 53 % 197) / 100) for n in range(900)}
    assert len(set(tiles(places).values())) == 900


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_map_is_a_drawing_that_leads_somewhere(language):
    sites = [
        SiteCounts(
            code=f"s{number}",
            name_vi='Phường "Văn Miếu - Quốc Tử Giám" <script>',
            name_en="A very long English name of a Ward",
            group="",
            latitude=21.0 if number else None,
            longitude=105.8 if number else None,
            counts={state: 1},
        )
        for number, state in enumerate(TROUBLE)
    ]
    drawing = str(draw_map(sites, language, lambda key, _language, **values: f"{key} & <"))
    tree = ET.fromstring(drawing.replace("<svg ", '<svg xmlns="x" ', 1))
    links = [one for one in tree.iter() if one.tag.endswith("}a")]
    assert len(links) == len(sites)
    assert all(one.attrib["href"].startswith("/fleet?") for one in links)
    assert "<script" not in drawing
    assert "style=" not in drawing
    ET.fromstring(str(draw_map([], language, lambda *_, **__: "x")))
