"""The first start's steps: answered, skipped, gone back to, kept, and what they come to."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.config import parse_config
from kiosk.errors import ConfigError
from kiosk.first_start.outcome import (
    configured,
    keep_progress,
    read_progress,
    template,
    wards_of_hanoi,
)
from kiosk.first_start.steps import (
    STEPS,
    TEMPLATES,
    Progress,
    WrongAnswer,
    answer,
    back,
    changes,
    enrolment_of,
    office_en,
    office_vi,
    skip,
    staff_of,
)
from kiosk.paths import ASSETS
from kiosk.settings.explaining import Explanations
from kiosk.settings.writing import written
from kiosk.texts import LANGUAGES, read_book

WARDS = wards_of_hanoi()
GOOD = {
    "language": "vi",
    "template": "busy-ward",
    "ward": "00004",
    "printer": "usb:04b8:0e15",
    "board": "serial:/dev/le-tan/board:9600",
    "scanner": "none",
    "screen": "27 portrait",
    "pages": "192.168.1.10",
    "staff": "lan Nguyễn Thị Lan",
    "centre": "alone",
    "test": "yes",
    "save": "yes",
}


def walked(answers):
    progress = Progress()
    while not progress.is_done:
        value = answers.get(progress.at)
        progress = answer(progress, value) if value else skip(progress)
    return progress


def test_at_most_twelve_steps_each_with_its_words():
    assert len(STEPS) <= 12
    for language in LANGUAGES:
        book = read_book(ASSETS / "i18n", "first_start", language)
        for step in STEPS:
            assert {f"title.{step}", f"ask.{step}"} <= book.keys()
        assert {f"template.{code}" for code in TEMPLATES} <= book.keys()


def test_every_step_may_be_skipped():
    assert walked({}).answers == {}
    assert changes(walked({}), WARDS) == {}


def test_what_all_answers_come_to():
    config = parse_config(configured(walked(GOOD), None))
    assert config.site.name_vi == "UBND phường Ba Đình"
    assert config.site.name_en == "Ba Dinh Ward People's Committee"
    assert config.printer.port == "usb:04b8:0e15"
    assert config.board.port == "serial:/dev/le-tan/board:9600"
    assert config.scanner.port == "none"
    assert (config.screen.diagonal_inch, config.screen.orientation) == (27.0, "portrait")
    assert not config.hours.always_open
    assert config.site_server.host == "192.168.1.10"
    assert config.site_server.url == "http://192.168.1.10:8080"
    assert len(config.counter) == 8
    assert staff_of(walked(GOOD)) == ("lan", "Nguyễn Thị Lan")


def test_skipped_steps_leave_what_is_there():
    there = template("branch")
    text = configured(walked({"ward": "Xã Bát Tràng"}), there)
    config = parse_config(text)
    assert config.site.name_vi == "UBND xã Bát Tràng"
    assert config.service == there.service
    with pytest.raises(ConfigError, match="choose a template"):
        configured(walked({"ward": "00004"}), None)


def test_back_asks_the_step_before_and_keeps_its_answer():
    progress = answer(answer(Progress(), "vi"), "branch")
    before = back(progress)
    assert (before.at, before.answers["template"]) == ("template", "branch")
    assert back(back(back(before))).at == "language"
    assert skip(before).answers == {"language": "vi"}
    assert back(walked(GOOD)).at == "save"


@pytest.mark.parametrize(
    ("step", "wrong"),
    [
        ("language", "fr"),
        ("template", "castle"),
        ("ward", "x" * 51),
        ("printer", "lpt1"),
        ("board", "tcp:192.168.1.5"),
        ("scanner", "usb:1:2"),
        ("screen", "9"),
        ("screen", "32 sideways"),
        ("centre", "tomorrow"),
        ("centre", "ABCD-EFGH https://centre.example"),  # the code is used, and never an answer
        ("pages", "the kiosk"),
        ("staff", "Lan"),
        ("staff", "LAN Nguyễn"),
        ("test", "no"),
    ],
)
def test_a_wrong_answer_is_told_and_nothing_changes(step, wrong):
    progress = Progress(at=step)
    with pytest.raises(WrongAnswer):
        answer(progress, wrong)
    assert progress == Progress(at=step)


def test_a_code_and_the_centre_s_address():
    assert enrolment_of(" ABCD EFGH https://centre.example:8600 ") == (
        "ABCD EFGH",
        "https://centre.example:8600",
    )
    for typed in ("alone", "https://centre.example", "ABCD-EFGH", "ABCD ftp://centre", ""):
        assert enrolment_of(typed) is None
    known = changes(walked({"centre": "https://centre.example:8600"}), WARDS)
    assert known == {"centre.url": "https://centre.example:8600"}
    assert changes(walked({"centre": "alone"}), WARDS) == {"centre.url": ""}


def test_when_all_is_answered_nothing_more_is_asked():
    with pytest.raises(WrongAnswer):
        answer(walked({}), "yes")


def test_progress_survives_a_power_cut(tmp_path):
    path = tmp_path / "deep" / "first-start.json"
    assert read_progress(path) == Progress()
    progress = answer(answer(Progress(), "vi"), "branch")
    keep_progress(path, progress)
    assert read_progress(path) == progress
    assert path.stat().st_mode & 0o777 == 0o600
    for rubbish in (b"", b"\xff", b'{"at": "lunch"}'):
        path.write_bytes(rubbish)
        assert read_progress(path) == Progress()


@given(st.lists(st.sampled_from(["skip", "back", *GOOD.values(), "rubbish"]), max_size=40))
def test_whatever_is_done_in_whatever_order_it_stays_whole(deeds):
    progress = Progress()
    for deed in deeds:
        try:
            progress = {"skip": skip, "back": back}.get(deed, lambda one, d=deed: answer(one, d))(
                progress
            )
        except WrongAnswer:
            continue
        assert msgspec.json.decode(msgspec.json.encode(progress), type=Progress) == progress
        assert 1 <= progress.number <= len(STEPS)
        changes(progress, WARDS)


# Templates and wards


@pytest.mark.parametrize("code", TEMPLATES)
def test_a_template_is_a_whole_good_configuration(code):
    config = template(code)
    assert config.printer.port == "none"  # found by probing, never guessed
    assert config.board.port == config.scanner.port == "none"
    icons = {icon.stem for icon in (ASSETS / "icons").glob("*.svg")}
    assert {one.icon for one in (*config.service, *config.priority)} <= icons
    assert all(service.counters for service in config.service)


def test_there_is_no_template_but_these():
    assert {path.stem for path in (ASSETS / "templates").iterdir()} == set(TEMPLATES)


def test_what_makes_each_template_what_it_is():
    assert template("busy-ward").hall.board
    assert len(template("small-commune").counter) == 1
    assert template("mobile-office").hours.always_open
    assert not template("branch").hours.always_open


@pytest.mark.parametrize("code", TEMPLATES)
def test_a_configuration_that_is_written_anew_says_the_same_with_every_comment(code):
    text = written(template(code), Explanations(ASSETS / "i18n"))
    assert parse_config(text) == template(code)
    assert "timeout_s = 45" in text
    assert 'seconds without touch, 15 to 300: then "more time?"; default 45' in text


def test_the_126_wards_of_hanoi():
    assert len(WARDS) == len(set(WARDS.values())) == 126
    kinds = [name.split()[0] for name in WARDS.values()]
    assert (kinds.count("Phường"), kinds.count("Xã")) == (51, 75)
    assert all(len(code) == 5 and code.isdecimal() for code in WARDS)


def test_how_an_office_is_called():
    assert office_vi("Phường Văn Miếu - Quốc Tử Giám") == "UBND phường Văn Miếu - Quốc Tử Giám"
    assert office_en("Phường Đống Đa") == "Dong Da Ward People's Committee"
    assert office_en("Xã Bát Tràng") == "Bat Trang Commune People's Committee"
    assert office_vi("Trung tâm huyện") == "Trung tâm huyện"
    assert all(len(office_vi(name)) <= 60 for name in WARDS.values())
    assert all(len(office_en(name)) <= 60 and office_en(name).isascii() for name in WARDS.values())
