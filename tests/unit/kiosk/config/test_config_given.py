"""What the centre gave, laid over config.toml: whose key counts, and whose mistake it is."""

import pytest

from kiosk.config import parse_config
from kiosk.errors import ConfigError
from kiosk.paths import DEFAULT_CONFIG

TEXT = DEFAULT_CONFIG.read_text(encoding="utf-8")
SERVICES = """
[[counter]]
number = "9"

[[service]]
code = "land"
name_vi = "Đất đai"
name_en = "Land"
series = "L"
counters = ["9"]
"""
HOURS = """
[hours]
closed_on = ["2031-01-01"]
"""


def given(text=TEXT, **documents):
    return parse_config(text, documents=documents)


def complaint(text=TEXT, **documents):
    with pytest.raises(ConfigError) as caught:
        given(text, **documents)
    return caught.value.detail


def owning(*names):
    said = ", ".join(f'"{name}"' for name in names)
    assert "own = []" in TEXT
    return TEXT.replace("own = []", f"own = [{said}]")


def test_a_key_of_a_table_takes_the_place_of_that_key_alone():
    config = given(hours=HOURS)
    assert config.hours.closed_on == ("2031-01-01",)
    assert config.hours.monday == parse_config(TEXT).hours.monday


def test_lists_of_tables_take_the_place_of_the_whole_list():
    config = given(services=SERVICES, notices="")
    assert [(one.code, one.series) for one in config.service] == [("land", "L")]
    assert [one.number for one in config.counter] == ["9"]
    assert config.priority == parse_config(TEXT).priority
    assert config.notice == ()


def test_what_the_file_keeps_out_does_not_count():
    config = given(owning("hours", "notices"), hours=HOURS, notices="", services=SERVICES)
    assert config.hours.closed_on == ()
    assert config.notice
    assert [one.code for one in config.service] == ["land"]


def test_what_belongs_to_the_device_is_passed_over():
    config = given(config='[printer]\nport = "none"\n[queue]\nestimate_samples = 7\n')
    assert config.printer.port == "simulated"
    assert config.queue.estimate_samples == 7


def test_the_last_document_has_the_last_word():
    config = given(config="[hall]\nno_show_calls = 4\n", hours=HOURS, survey="no = 1", nonsense="[")
    assert config.hall.no_show_calls == 4


@pytest.mark.parametrize(
    ("documents", "why"),
    [
        ({"hours": "[hours\n"}, "centre/hours.toml:1: not TOML"),
        (
            {"hours": '\n[hours]\nsundey = ["08:00-09:00"]\n'},
            "centre/hours.toml:3: unknown key hours.sundey; did you mean 'sunday'?",
        ),
        ({"hours": '[hours]\nsunday = ["08:00-99:00"]\n'}, "centre/hours.toml:2: hours.sunday[0]"),
        (
            {"services": SERVICES.replace('"L"', '"LL"')},
            "centre/services.toml:9: service[0].series",
        ),
        (
            {"services": SERVICES.replace('["9"]', '["9", "7"]')},
            "centre/services.toml:10: service 'land' names counter '7'; known: 9",
        ),
        ({"notices": '[[notice]]\ntext_vi = ""\n'}, "centre/notices.toml:2: notice[0].text_vi"),
        (
            {"config": "[queue]\nestimate_samples = 1\n"},
            "centre/config.toml:2: queue.estimate_samples",
        ),
    ],
)
def test_a_mistake_is_told_with_its_document_and_line(documents, why):
    assert complaint(**documents).startswith(why)


def test_a_mistake_of_the_file_stays_the_files():
    line = TEXT.split("\n").index(
        "[greeting]                # needs a board with a presence sensor"
    )
    told = complaint(TEXT.replace("every_s = 20 ", "every_s = 1 "), hours=HOURS)
    assert told.startswith("config.toml:")
    assert int(told.split(":")[1]) > line
    assert "greeting.every_s" in told


@pytest.mark.parametrize("own", ['"hours"', '["hour"]', "7", "{hours = true}"])
def test_a_wrong_list_of_own_ones_is_a_mistake(own):
    assert "centre.own" in complaint(TEXT.replace("own = []", f"own = {own}"), hours=HOURS)
