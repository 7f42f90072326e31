"""Each mistake in config.toml is told with its line and key, and the right key if one is near."""

import tomllib
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.config import load_config, parse_config
from kiosk.config.reading import line_of
from kiosk.errors import ConfigError
from kiosk.paths import DEFAULT_CONFIG

TEXT = DEFAULT_CONFIG.read_text(encoding="utf-8")
LINES = TEXT.split("\n")


def line_with(start, nth=0):
    """The number of the line that starts so."""
    return [n for n, line in enumerate(LINES, start=1) if line.startswith(start)][nth]


def complaint(text):
    with pytest.raises(ConfigError) as caught:
        parse_config(text)
    assert caught.value.code == "config"
    return caught.value.detail


def changed(old, new):
    assert old in TEXT
    return TEXT.replace(old, new, 1)


@pytest.mark.parametrize(
    ("right", "wrong", "dotted"),
    [
        ("name_vi", "nam_vi", "site.nam_vi"),
        ("timeout_s", "time_out_s", "screen.time_out_s"),
        ("sunday", "sundey", "hours.sundey"),
        ("priority_ratio", "priorty_ratio", "queue.priorty_ratio"),
        ("code", "kode", "priority[0].kode"),
        ("place_vi", "plase_vi", "counter[0].plase_vi"),
        ("daily_quota", "dayly_quota", "service[0].dayly_quota"),
        ("paper_mm", "paper_m", "printer.paper_m"),
        ("volume", "volum", "speech.volum"),
        ("min_free_mb", "min_free_gb", "store.min_free_gb"),
    ],
)
def test_a_mistyped_key_is_told_with_the_right_one(right, wrong, dotted):
    line = line_with(f"{right} =")
    told = complaint(changed(f"\n{right} =", f"\n{wrong} ="))
    assert told == f"config.toml:{line}: unknown key {dotted}; did you mean {right!r}?"


def test_a_mistyped_table_and_a_key_within_braces():
    told = complaint(changed("[screen]", "[sreen]"))
    assert told == f"config.toml:{line_with('[screen]')}: unknown key sreen; did you mean 'screen'?"
    told = complaint(changed("hours = {}", "hours = { fridy = [] }"))
    where = f"config.toml:{line_with('hours = {}')}: unknown key service[0].hours.fridy"
    assert told == f"{where}; did you mean 'friday'?"


def test_a_key_like_no_other_is_told_with_those_that_are_known():
    told = complaint(changed("[queue]", "[queue]\nzzz = 1"))
    assert told.endswith("unknown key queue.zzz; known here: priority_ratio, estimate_samples")


def test_every_unknown_key_is_told_at_once():
    text = changed("timeout_s", "timeout").replace("\nvolume", "\nloudness")
    assert [
        line.partition(" unknown key ")[2].split(";")[0] for line in complaint(text).split("\n")
    ] == [
        "screen.timeout",
        "speech.loudness",
    ]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("timeout_s = 45", "timeout_s = 5", "screen.timeout_s: Expected int >= 15"),
        ("timeout_s = 45", 'timeout_s = "45"', "screen.timeout_s: Expected int, got str"),
        (
            "diagonal_inch = 32.0",
            "diagonal_inch = nan",
            "screen.diagonal_inch: Expected float >= 10",
        ),
        ("motion = true", "motion = 1", "screen.motion: Expected bool, got int"),
        (
            'port = "simulated"',
            'port = "lpt1"',
            "printer.port: 'lpt1' is no port: simulated, file:PATH",
        ),
        ("paper_mm = 80", "paper_mm = 76", "printer.paper_mm: Invalid enum value 76"),
        ('orientation = "auto"', 'orientation = "Auto"', "screen.orientation: Invalid enum value"),
        ("[2, 1]", "[2]", "queue.priority_ratio: Expected array of length 2, got 1"),
        ("[2, 1]", "[2, 0]", "queue.priority_ratio[1]: Expected int >= 1"),
        ('series = "A"', 'series = "AB"', "service[0].series: Expected one letter A to Z"),
        ('series = "A"', 'series = "A\\n"', "service[0].series: "),
        ('counters = ["1"]', "counters = [1]", "service[0].counters[0]: Expected str, got int"),
        ("sunday = []", 'sunday = ["8:00-9:00"]', 'hours.sunday[0]: Expected a span as "HH:MM'),
        ("sunday = []", 'sunday = ["09:00-09:60"]', "hours.sunday[0]: "),
        ('name_vi = "Hộ tịch"', f'name_vi = "{"ộ" * 41}"', "service[0].name_vi: "),
        ('name_vi = "Hộ tịch"', 'name_vi = ""', "service[0].name_vi: "),
        (
            'number = "4"',
            'number = "no 4"',
            "counter[3].number: Expected 1 to 4 letters and digits",
        ),
    ],
)
def test_a_wrong_value_is_told_with_its_line(old, new, told):
    line = TEXT[: TEXT.index(old)].count("\n") + 1
    assert complaint(changed(old, new)).startswith(f"config.toml:{line}: {told}")


def test_a_missing_key_is_told_with_the_line_of_its_table():
    told = complaint(
        changed('number = "1" ', 'place_en = "" ').replace(
            '\nplace_en = "ground floor" #', "\n#", 1
        )
    )
    assert told == f"config.toml:{line_with('[[counter]]')}: counter[0].number: is missing"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('number = "2"', 'number = "1"', "counter '1' is there twice"),
        ('code = "land"', 'code = "social"', "service 'social' is there twice"),
        ('code = "child"', 'code = "pregnant"', "priority 'pregnant' is there twice"),
        (
            'counters = ["2", "4"]',
            'counters = ["2", "7"]',
            "service 'business' names counter '7'; known: 1, 2, 3, 4",
        ),
        ("sunday = []", 'sunday = ["09:00-08:00"]', "sunday: spans must follow each other"),
        ("sunday = []", 'sunday = ["08:00-10:00", "10:00-11:00"]', "sunday: spans must follow"),
        ("sunday = []", 'sunday = ["08:00-24:30"]', "sunday: a day ends at 24:00"),
        ("hours = {}", 'hours = { monday = ["09:00-08:00"] }', "monday: spans must follow"),
        ("closed_on = []", 'closed_on = ["2026-02-30"]', "closed_on: 2026-02-30 is no day"),
        ("\nopen_on = []", '\nopen_on = ["2026-13-01"]', "open_on: 2026-13-01 is no day"),
        ("quiet = []", 'quiet = ["09:00-08:00"]', "quiet: spans must follow each other"),
        ('item = "candy"', 'item = "water"', "dispenser 'water' is there twice"),
        ("drop = 5", "drop = 4", "input 4 is dispenser.0.drop already"),
        ("\noutput = 2", "\noutput = 8", "output 8 is board.light already"),
        ('port = "none"', 'port = "tcp:10.0.0.1"', "board.port: 'tcp:10.0.0.1': a board is at"),
        ('port = "fixed"', 'port = "wheels"', "base.port: 'wheels': a base is fixed, or"),
    ],
)
def test_keys_that_contradict_each_other(old, new, told):
    text = changed(old, new)
    # The second of two doubles is the one that is told.
    line = text[: text.rindex(new.strip())].count("\n") + 1
    assert complaint(text).startswith(f"config.toml:{line}: {told}")


def test_what_is_no_toml_is_told_with_its_line():
    line = line_with("[speech]")
    assert complaint(changed("[speech]", "[speech")).startswith(f"config.toml:{line}: not TOML: ")
    open_end = complaint('[site]\nname_vi = """UBND\n')
    assert open_end.startswith("config.toml:2: not TOML: ")
    assert complaint("[site]\n[site]\n").startswith("config.toml:2: not TOML: ")


def test_an_empty_file_lacks_the_site():
    assert complaint("") == "config.toml:1: site: is missing"


@pytest.mark.parametrize("text", ["site = 3", "[[site]]", "service = [3]", "screen = []\n[site]"])
def test_a_table_of_another_shape(text):
    assert complaint(text).startswith("config.toml:1: ")


def as_file(tmp_path, content):
    path = tmp_path / "ward.toml"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    "content",
    [
        TEXT.replace("\n", "\r\n").encode(),
        b"\xef\xbb\xbf" + TEXT.encode(),
        unicodedata.normalize("NFD", TEXT).encode(),
    ],
    ids=["CRLF", "BOM", "NFD"],
)
def test_what_editors_do_to_a_file_changes_nothing(content, tmp_path):
    assert load_config(as_file(tmp_path, content)) == parse_config(TEXT)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\x7fELF\x02\x01\x01\x00", "ward.toml:1: not TOML: "),
        (TEXT.encode("utf-16"), "ward.toml: cannot be read: "),
        (TEXT.encode("utf-8")[:0] + b"[site]\nname_vi = '\xff'", "ward.toml: cannot be read: "),
    ],
    ids=["binary", "utf-16", "latin"],
)
def test_what_is_no_text_is_told_clearly(content, told, tmp_path):
    with pytest.raises(ConfigError) as caught:
        load_config(as_file(tmp_path, content))
    assert told in caught.value.detail


def test_a_missing_file_and_a_folder_cannot_be_read(tmp_path):
    for path in (tmp_path / "none.toml", tmp_path):
        with pytest.raises(ConfigError, match="cannot be read"):
            load_config(path)


def paths_in(value, at=()):
    """Every key that is set, as a path."""
    for step, inner in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(step, str):
            yield (*at, step)
        if isinstance(inner, dict | list):
            yield from paths_in(inner, (*at, step))


PATHS = [path for path in paths_in(tomllib.loads(TEXT)) if len(path) > 1]


def test_the_line_of_every_key_is_found():
    assert len(PATHS) > 100
    for path in PATHS:
        line = line_of(TEXT, path)
        assert LINES[line - 1].startswith(f"{path[-1]} ="), path
        before = "\n".join(LINES[:line])
        value = tomllib.loads(before)  # read up to that line, the key is the last one that was set
        for step in path[:-1]:
            value = value[step]
        assert list(value)[-1] == path[-1], path


def test_dotted_keys_and_tables_within_tables_are_found():
    text = (
        "screen.timeout_s = 5\n"
        '[[service]]\ncode = "a"\n'
        '[[service]]\ncode = "b"\n'
        "# a line \u2028 that only looks like two\n"
        "[service.hours]\nmonday = []\n"
        '["store"]\n'
    )
    assert line_of(text, ("screen", "timeout_s")) == 1
    assert line_of(text, ("service", 0, "hours", "monday")) == 2
    assert line_of(text, ("service", 1, "hours")) == 7
    assert line_of(text, ("service", 1, "hours", "monday")) == 8
    assert line_of(text, ("service", 1, "hours", "friday")) == 7
    assert line_of(text, ("store",)) == 9
    assert line_of(text, ("nowhere",)) == 1


@given(st.text(max_size=200) | st.binary(max_size=200).map(lambda raw: raw.decode("latin-1")))
def test_any_text_is_read_or_refused(text):
    with pytest.raises(ConfigError, match=r"^config\.toml:\d+: "):
        parse_config(text)


@pytest.mark.parametrize(
    "url",
    [
        "centre.example:8600",
        "ftp://centre.example",
        "https://",
        "https://centre.example:99999",
        "https://centre.example?key=1",
        "https://kiosk:secret@centre.example",
    ],
)
def test_an_address_of_the_centre_that_is_none(url):
    at = TEXT.index("[centre]")
    told = complaint(TEXT[:at] + TEXT[at:].replace('url = ""', f'url = "{url}"'))
    assert 'is not as "https://centre.example:8600"' in told


def test_a_certificate_without_tls_is_a_mistake():
    plain = TEXT[TEXT.index("[centre]") :].replace('url = ""', 'url = "http://127.0.0.1:1"')
    told = complaint(
        TEXT[: TEXT.index("[centre]")] + plain.replace('trusted = ""', 'trusted = "x"')
    )
    assert "centre.trusted: only an https url has a certificate" in told
