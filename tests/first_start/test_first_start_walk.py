"""`kiosk first-start` as a technician types it: from nothing to a configuration and a manager."""

import subprocess
import sys

import pytest

from kiosk.config import load_config
from kiosk.first_start.outcome import read_progress
from kiosk.paths import DataFolder
from kiosk.pins import is_pin
from kiosk.store.examination import names_of_staff
from kiosk.technician_keys import KeyFile


@pytest.fixture
def walk(tmp_path):
    """Type these lines; standard output."""

    def run(*lines, words=(), expect=0):
        command = [sys.executable, "-m", "kiosk", "--config", tmp_path / "config.toml"]
        done = subprocess.run(
            [*command, "--data", tmp_path / "data", "first-start", *words],
            input="".join(f"{line}\n" for line in lines),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == expect, done.stderr
        return done.stdout

    return run


def test_from_nothing_to_a_working_kiosk(walk, tmp_path):
    told = walk(
        "en",
        "2",  # the second template: a branch
        "hoan",  # Hoàn Kiếm and another: ask again
        "hoan kiem",
        "simulated",
        "none",
        "",  # the scanner stays as the template has it
        "32",
        "none",
        "lan Nguyễn Thị Lan",
        "1",  # the centre: alone
        "yes",
        "yes",
        "8264",
        "739146",
    )
    assert "1 of 12" in told
    assert "The slip: printed" in told
    assert "Nguyễn Thị Lan can log in as lan." in told
    assert "Start the kiosk with `kiosk run`." in told
    assert "8264" not in told
    assert "739146" not in told
    assert "Hold the upper right corner of the screen" in told
    config = load_config(tmp_path / "config.toml")
    assert config.site.name_vi == "UBND phường Hoàn Kiếm"
    assert len(config.counter) == 2
    assert config.printer.port == "simulated"
    data = DataFolder(tmp_path / "data")
    assert names_of_staff(data.database, data.backups) == ["Nguyễn Thị Lan", "lan"]
    assert list(data.slips.iterdir())
    assert not data.first_start.exists()
    assert is_pin("739146", KeyFile(data.technician).read().pin_hash)


def test_it_goes_on_another_time_where_it_stopped(walk, tmp_path):
    told = walk("vi", "branch", "<", "small-commune", "Bát Tràng", "q")
    assert "Lần tới `kiosk first-start` sẽ tiếp tục từ đây." in told
    assert not (tmp_path / "config.toml").exists()
    kept = read_progress(DataFolder(tmp_path / "data").first_start)
    assert kept.at == "printer"
    assert kept.answers == {"language": "vi", "template": "small-commune", "ward": "00577"}
    told = walk("lpt1", "none", "", "", "", "", "", "", "", "yes")
    assert "4 trên 12: Máy in" in told
    assert "Chưa được: 'lpt1' is no port" in told
    assert load_config(tmp_path / "config.toml").site.name_vi == "UBND xã Bát Tràng"
    assert "1 trên 12" in walk("q", words=("--again",))


def test_an_office_of_another_name_and_a_bad_pin(walk, tmp_path):
    told = walk(
        *("en", "branch", "Trung tâm phía Đông", "y", "none", "", "", "", ""),
        *("lan Nguyễn Lan", "", "", "yes", "1234", "yes", "8264", "8264", "yes", "8264", ""),
    )
    assert "No ward of Hanoi is called so" in told
    assert "A PIN has 4 to 12 figures" in told
    assert "A technician's PIN has 6 to 12 figures" in told
    assert load_config(tmp_path / "config.toml").site.name_vi == "Trung tâm phía Đông"


def test_it_ends_in_the_middle_without_harm(walk, tmp_path):
    walk("en", "branch", expect=1)  # the telephone rings, the terminal is closed
    assert read_progress(DataFolder(tmp_path / "data").first_start).at == "ward"
