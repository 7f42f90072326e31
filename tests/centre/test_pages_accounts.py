"""Who may come in: passwords, codes, lock-outs, sessions, roles, forged requests, the audit log."""

from __future__ import annotations

import pyotp
from click.testing import CliRunner
from pages_house import PASSWORD, PEOPLE, PagesHouse, words_of

from centre.__main__ import centre
from centre.pages.accounts.lockout_book import LOCK_S, TRIES
from centre.pages.accounts.passwords import weakness
from centre.pages.accounts.session_book import IDLE, LASTS, MAX_OF_ONE
from centre.pages.application import pages
from centre.settings import Settings

CITY_ONLY = (
    "/sites", "/sites/new/facts", "/sites/hoan-kiem/facts", "/devices", "/accounts", "/audit",
    "/catalogue", "/catalogue/1.001193", "/documents/hours", "/documents/catalogue",
    "/documents/hours/rolled-back/1",
)  # fmt: skip
OTHERS = (
    "/sites/tay-ho", "/sites/tay-ho?of=2026-11", "/sites/tay-ho/2026-11-30/csv",
    "/sites/tay-ho/2026-11/xlsx", "/fleet?site=tay-ho", "/said?site=tay-ho",
    "/said/csv?site=tay-ho", "/said/xlsx?site=tay-ho",
)  # fmt: skip
CITY_DEEDS = (
    ("/devices/code", {"site": "hoan-kiem"}),
    ("/devices/k1/revoke", {}),
    ("/accounts", {"name": "eve", "shown_as": "Eve", "role": "city"}),
    ("/accounts/mai/close", {}),
    ("/accounts/lan/password", {}),
    ("/sites/hoan-kiem/facts", {"name_vi": "x", "name_en": "x"}),
    ("/alerts/rules", {"kind": "offline", "threshold": "10"}),
    ("/alerts/test", {"id": "1"}),
    ("/documents/hours/keep", {"audience": "", "text": "[hours]\n"}),
    ("/documents/notices/keep", {"audience": "", "text_vi-0": "x"}),
    ("/documents/notices/keep", {"audience": "site:tay-ho", "text_vi-0": "x"}),
    ("/documents/notices/publish", {"audience": "site:hoan-kiem", "to": ""}),
    ("/documents/notices/publish", {"audience": "site:hoan-kiem", "to": "site:tay-ho"}),
    ("/catalogue/1.001193", {"verb": "keep", "fee": "0"}),
)


def actions(house: PagesHouse) -> list[str]:
    return [row[0] for row in house.rows("SELECT action FROM audit ORDER BY id")]


def test_whoever_knows_the_password_is_in_until_they_leave(house: PagesHouse):
    with house.open() as browser:
        sent = browser.get("/fleet")
        assert sent.url.path == "/login"
        assert "Đăng nhập" in sent.text
        assert browser.log_in("mai").url.path == "/me"
        assert browser.get("/").url.path == "/fleet"
        assert browser.post("/logout").url.path == "/login"
        assert browser.get("/fleet").url.path == "/login"
        assert browser.log_in(" Lan ").url.path == "/me"
        assert browser.get("/").url.path == "/sites/hoan-kiem"
    assert actions(house).count("session.begun") == 2


def test_every_wrong_log_in_is_answered_alike_and_enough_of_them_lock_out(house: PagesHouse):
    with house.open() as browser:
        wrong = [
            browser.log_in("mai", "không phải mật khẩu"),
            browser.log_in("nobody-at-all", PASSWORD),
            browser.log_in("lan", PASSWORD.upper()),
            browser.log_in("hoa", "x" * 5000),
        ]
        assert {one.status_code for one in wrong} == {401}
        assert len({words_of(one) for one in wrong}) == 1
        for _ in range(TRIES - 1):
            browser.log_in("mai", "không phải mật khẩu")
        locked = browser.log_in("mai")  # the right one
        assert locked.status_code == 429
        assert "5 phút" in words_of(locked)
        assert browser.log_in("lan").url.path == "/me"  # another name from here
        browser.forget()
        house.clock.go(LOCK_S + 1)
        assert browser.log_in("mai").url.path == "/me"
    assert actions(house).count("session.refused") >= TRIES


def test_one_computer_with_many_names_is_locked_out(house: PagesHouse):
    with house.open() as browser:
        for number in range(4 * TRIES):
            assert browser.log_in(f"name-{number}", "x").status_code == 401
        assert browser.log_in("mai").status_code == 429


def test_a_code_of_the_app_is_needed_and_taken_once(house: PagesHouse):
    with house.open_as("mai") as browser:
        page = browser.get("/me").text
        secret = page.partition('name="secret" value="')[2].partition('"')[0]
        code = pyotp.TOTP(secret).at(house.clock())
        refused = browser.post("/me/second-factor-on", secret=secret, password="x", code=code)
        assert refused.status_code == 422
        refused = browser.post(
            "/me/second-factor-on", secret=secret, password=PASSWORD, code="000000"
        )
        assert "chưa đúng" in words_of(refused)
        browser.post("/me/second-factor-on", secret=secret, password=PASSWORD, code=code)
        browser.forget()
        assert browser.log_in("mai").status_code == 401
        assert browser.log_in("mai", code=code).status_code == 401  # used up
        house.clock.go(30)
        code = pyotp.TOTP(secret).at(house.clock())
        assert browser.log_in("mai", code=code).url.path == "/me"
        browser.forget()
        assert browser.log_in("mai", code=code).status_code == 401
        house.clock.go(30)
        code = pyotp.TOTP(secret).at(house.clock())
        assert browser.log_in("mai", "wrong", code=code).status_code == 401
        assert browser.log_in("mai", code=code).url.path == "/me"  # a wrong word used nothing up
        browser.post("/me/second-factor-off", password=PASSWORD)
        browser.forget()
        assert browser.log_in("mai").url.path == "/me"
    done = actions(house)
    assert done.index("second_factor.on") < done.index("second_factor.off")


def test_a_session_ends_by_time_and_without_a_click(house: PagesHouse):
    with house.open_as("mai") as browser:
        passed = 0.0
        while passed + IDLE.total_seconds() < LASTS.total_seconds():
            house.clock.go(IDLE.total_seconds() - 1)
            passed += IDLE.total_seconds() - 1
            assert browser.get("/me").url.path == "/me"
        house.clock.go(LASTS.total_seconds() - passed)
        assert browser.get("/me").url.path == "/login"
        browser.log_in("mai")
        left = 0.0
        while left < IDLE.total_seconds() + 61:  # nobody is there, and the page renews itself
            browser.client.get("/fleet", headers={"HX-Request": "true"})
            house.clock.go(600)
            left += 600
        assert browser.get("/me").url.path == "/login"
        gone = browser.client.get("/fleet", headers={"HX-Request": "true"})
        assert (gone.status_code, gone.headers["HX-Redirect"]) == (401, "/login")


def test_a_new_password_ends_every_session(house: PagesHouse):
    with house.open_as("lan") as browser:
        first = dict(browser.client.cookies)
        browser.forget()
        browser.log_in("lan")
        new = "năm con cá trong ao"
        for wrong, why in (
            ({"new": "ngắn", "again": "ngắn"}, "ngắn"),
            ({"new": new, "again": new + "x"}, "giống nhau"),
            ({"new": "lan" + new, "again": "lan" + new}, "tên đăng nhập"),
            ({"new": "passwordpassword", "again": "passwordpassword"}, "dễ đoán"),
        ):
            answer = browser.post("/me/password", password=PASSWORD, **wrong)
            assert answer.status_code == 422
            assert why in words_of(answer)
        browser.post("/me/password", password=PASSWORD, new=new, again=new)
        browser.forget()
        browser.client.cookies.update(first)
        assert browser.get("/me").url.path == "/login"
        assert browser.log_in("lan").status_code == 401
        assert browser.log_in("lan", new).url.path == "/me"


def test_ones_own_sessions_are_seen_and_ended_but_nobody_elses(house: PagesHouse):
    with house.open_as("lan") as browser:
        lans = dict(browser.client.cookies)
        (token,) = (row[0] for row in house.rows("SELECT token_hash FROM account_session"))
        browser.forget()
        browser.log_in("hoa")
        browser.post("/me/end", token=token)
        browser.forget()
        browser.client.cookies.update(lans)
        assert browser.get("/me").url.path == "/me"
        browser.forget()
        browser.log_in("lan")
        browser.post("/me/end", token=token)
        browser.forget()
        browser.client.cookies.update(lans)
        assert browser.get("/me").url.path == "/login"
        for _ in range(MAX_OF_ONE + 3):
            browser.forget()
            browser.log_in("lan")
        kept = house.rows("SELECT count(*) FROM account_session WHERE account = 'lan'")
        assert kept[0][0] == MAX_OF_ONE


def test_a_forged_cookie_opens_nothing(house: PagesHouse):
    with house.open_as("mai") as browser:
        (kept,) = (row[0] for row in house.rows("SELECT token_hash FROM account_session"))
        browser.forget()
        for value in ("", "x", "x" * 43, "../../etc", "é" * 20, kept):  # nor what the table holds
            headers = {"cookie": f"letan-centre={value}".encode()}
            answer = browser.client.get("/fleet", headers=headers)
            assert answer.url.path == "/login"


def test_a_change_needs_the_sessions_own_token_and_our_own_page(house: PagesHouse):
    with house.open_as("lan") as browser:
        lans = browser.csrf
        browser.forget()
        browser.log_in("mai")
        own, path = browser.csrf, "/accounts/hoa/close"
        for token in ("", "x", lans, own[:-1]):
            answer = browser.client.post(path, data={"csrf": token})
            assert answer.status_code == 403, token
        for headers in ({"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}):
            answer = browser.client.post(path, data={"csrf": own}, headers=headers)
            assert answer.status_code == 403
        foreign = browser.client.get("/fleet", headers={"host": "evil.example"})
        assert foreign.status_code == 421
        assert house.rows("SELECT closed_at FROM account WHERE name = 'hoa'")[0][0] is None
        with_header = {"X-CSRF-Token": own, "origin": "http://127.0.0.1"}
        assert browser.client.post(path, headers=with_header).status_code == 200
        assert house.rows("SELECT closed_at FROM account WHERE name = 'hoa'")[0][0] is not None


def test_nothing_inside_opens_without_a_session(house: PagesHouse):
    outside = {"/", "/login", "/language/{language:str}", "/static/{name:str}", "/{rest:path}"}
    with house.open() as browser:
        seen = 0
        for path, methods in paths_of(house.settings):
            if path in outside:
                continue
            seen += 1
            address = fill(path)
            for method in methods:
                answer = browser.client.request(method, address, follow_redirects=False)
                assert answer.status_code == 303, (method, address)
                assert answer.headers["location"].startswith("/login")
        assert seen > 25


def test_a_ward_does_nothing_of_the_citys(house: PagesHouse):
    with house.open_as("lan") as browser:
        for path in CITY_ONLY:
            assert browser.get(path).status_code == 403, path
        for path, form in CITY_DEEDS:
            assert browser.post(path, **form).status_code == 403, path
        for path in OTHERS:
            assert browser.get(path).status_code == 404, path
        for path in ("/sites/hoan-kiem", "/fleet", "/said", "/call-backs", "/alerts", "/me"):
            assert browser.get(path).status_code == 200, path
        assert browser.get("/documents").url.path == "/documents/notices"
        page = browser.get("/fleet").text
        assert "Tây Hồ" not in page
        assert "/accounts" not in page
    assert {row[0] for row in house.rows("SELECT name FROM account")} == set(PEOPLE)


def test_nobody_makes_themselves_more_than_they_are(house: PagesHouse):
    with house.open_as("lan") as browser:
        for more in ({"role": "city"}, {"site": "tay-ho"}, {"name": "mai", "account": "mai"}):
            browser.post("/me/password", password=PASSWORD, new="sáu con gà ngoài sân",
                         again="sáu con gà ngoài sân", **more)  # fmt: skip
            browser.forget()
            browser.log_in("lan", "sáu con gà ngoài sân")
        kept = house.rows("SELECT role, site FROM account WHERE name = 'lan'")
        assert [tuple(row) for row in kept] == [("ward", "hoan-kiem")]


def test_every_answer_carries_strict_headers(house: PagesHouse):
    with house.open_as("mai") as browser:
        for path in ("/fleet", "/login", "/nowhere", "/static/centre.css", "/sites/none"):
            headers = browser.get(path).headers
            assert "default-src 'none'" in headers["content-security-policy"], path
            assert headers["x-content-type-options"] == "nosniff"
            assert headers["x-frame-options"] == "DENY"
        assert browser.get("/fleet").headers["cache-control"] == "no-store"
        assert browser.get("/nowhere").status_code == 404
        page = browser.get("/fleet").text
        assert " style=" not in page
        assert "<script>" not in page
        cookie = browser.client.post(
            "/login", data={"name": "mai", "password": PASSWORD}, follow_redirects=False
        ).headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=lax" in cookie


def test_the_city_keeps_the_accounts(house: PagesHouse):
    with house.open_as("mai") as browser:
        added = browser.post("/accounts", name="binh", shown_as="Bình", role="ward", site="tay-ho")
        shown = added.text.partition('small-code">')[2].partition("<")[0]
        assert weakness(shown, "binh") == ""
        assert shown not in browser.get("/accounts").text
        for form, why in (
            ({"name": "binh", "shown_as": "B", "role": "ward", "site": "tay-ho"}, "đã có"),
            ({"name": "x", "shown_as": "B", "role": "ward", "site": "tay-ho"}, "quy tắc"),
            ({"name": "xuan", "shown_as": "", "role": "city"}, "họ và tên"),
            ({"name": "xuan", "shown_as": "B", "role": "ward"}, "chọn phường"),
            ({"name": "xuan", "shown_as": "B", "role": "ward", "site": "none"}, "phường"),
        ):
            answer = browser.post("/accounts", **form)
            assert answer.status_code == 422
            assert why in words_of(answer)
        assert browser.post("/accounts/mai/close").status_code == 422  # the last of the city
        renewed = browser.post("/accounts/binh/password")
        newer = renewed.text.partition('small-code">')[2].partition("<")[0]
        browser.post("/accounts/hoa/close")
        browser.forget()
        assert browser.log_in("binh", shown).status_code == 401
        assert browser.log_in("binh", newer).url.path == "/me"
        browser.forget()
        assert browser.log_in("hoa").status_code == 401
        browser.forget()
        browser.log_in("mai")
        log = words_of(browser.get("/audit"))
        assert "thêm tài khoản" in log
        assert "đóng tài khoản" in log
        assert newer not in log
        assert "binh" in words_of(browser.get("/audit", action="account.added", subject="binh"))
        nothing = browser.get("/audit", account="nobody", page="7")
        assert "Không có dòng nào" in words_of(nothing)


def test_the_language_is_remembered_and_leads_nowhere_else(house: PagesHouse):
    with house.open_as("mai") as browser:
        assert "Máy lễ tân" in browser.get("/fleet").text
        english = browser.get("/language/en", to="/fleet")
        assert english.url.path == "/fleet"
        assert "Look at these first" in english.text
        assert browser.get("/language/fr").status_code == 400
        for to in ("https://evil.example/", "//evil.example", "/\\evil.example", "javascript:x"):
            assert browser.get("/language/vi", to=to).url.host == "127.0.0.1"
            browser.post("/logout")
            answer = browser.client.post(
                "/login", data={"name": "mai", "password": PASSWORD, "to": to},
                follow_redirects=False,
            )  # fmt: skip
            assert answer.headers["location"] == "/"
            browser.log_in("mai")


def run(settings: Settings, *words: str, typed: str = "") -> tuple[int, str]:
    environment = {"CENTRE_DATA": settings.data, "CENTRE_DATABASE": settings.database}
    result = CliRunner().invoke(centre, list(words), env=environment, input=typed)
    return result.exit_code, result.output


def test_the_first_account_comes_by_command(centre_settings: Settings):
    assert run(centre_settings, "site", "wards")[1] == "126 wards are known now that were not\n"
    assert run(centre_settings, "site", "wards")[1] == "0 wards are known now that were not\n"
    code, said = run(centre_settings, "account", "add", "mai", "--shown-as", "Mai")
    password = said.strip().rpartition(" ")[2]
    assert code == 0
    typed = f"{PASSWORD}\n{PASSWORD}\n"
    words = ("account", "add", "lan", "--shown-as", "Lan", "--site", "00070", "--ask")
    assert run(centre_settings, *words, typed=typed)[0] == 0
    refused = run(centre_settings, *words, typed="short\nshort\n")
    assert refused[0] == 1
    assert "too short" in refused[1]
    assert "lan is there already" in run(centre_settings, *words, typed=typed)[1]
    assert run(centre_settings, "account", "add", "X Y", "--shown-as", "X")[0] == 1
    listed = run(centre_settings, "account", "list")[1]
    assert "lan" in listed
    assert "00070" in listed
    assert "Phường Hoàn Kiếm" in run(centre_settings, "site", "list")[1]
    house = PagesHouse(centre_settings)
    with house.open() as browser:
        assert browser.log_in("mai", password).url.path == "/me"
    said = run(centre_settings, "account", "password", "mai", "--no-second-factor")[1]
    assert said.startswith("mai has a new password: ")
    assert run(centre_settings, "account", "close", "mai")[0] == 1  # the last of the city
    assert run(centre_settings, "account", "close", "lan")[0] == 0
    assert run(centre_settings, "account", "close", "nobody")[0] == 1
    assert "closed" in run(centre_settings, "account", "list")[1]


def paths_of(settings: Settings) -> list[tuple[str, list[str]]]:
    """Every path of the pages, as it is written, with its methods."""
    return [
        (route.path, sorted(route.methods & {"GET", "POST"}))
        for router in pages(settings)
        for route in router.routes
    ]


def fill(path: str) -> str:
    """A path with something in its places."""
    return "/".join("1" if part.startswith("{") else part for part in path.split("/"))
