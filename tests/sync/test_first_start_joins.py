"""The first start's step for the centre, with a real one: a code that is used at once, and gone."""

import subprocess
import sys

import pytest

from kiosk.centre_commands import make_known
from kiosk.config import load_config
from kiosk.errors import CentreAway, CentreRefuses
from kiosk.first_start.desk import ScreenDesk
from kiosk.first_start.sitting import Sitting
from kiosk.paths import DataFolder
from kiosk.settings.keeping import ConfigShelf
from kiosk.sync.enrolment import read_enrolment

KIOSK = (sys.executable, "-m", "kiosk")


@pytest.fixture
def data(tmp_path):
    folder = DataFolder(tmp_path / "data")
    folder.make()
    return folder


def test_on_the_screen(ward, data, tmp_path):
    shelf = ConfigShelf(tmp_path / "config.toml", data.configs)

    def enrol(code, url):
        make_known(data, url, "", code=code)

    desk = ScreenDesk(lambda: Sitting(data, shelf, "simulated", enrol), data.first_start_wanted)
    desk.skip()
    desk.answer("branch", "", "")
    for _ in range(7):
        desk.skip()
    assert desk.ask().step == "centre"
    assert not desk.takes_long("alone")
    assert desk.takes_long(f"ABCD-EFGH {ward.url}")
    with pytest.raises(CentreRefuses) as caught:
        desk.answer(f"ABCD-EFGH {ward.url}", "", "")
    assert caught.value.code == "code"
    with pytest.raises(CentreAway):
        desk.answer("ABCD-EFGH http://127.0.0.1:9", "", "")
    assert desk.ask().step == "centre"
    code = ward.code()
    desk.answer(f"{code} {ward.url}", "", "")
    assert desk.ask().step == "test"
    enrolled = read_enrolment(data.centre)
    assert enrolled is not None
    assert enrolled.site == ward.site
    assert code not in data.first_start.read_text()
    desk.skip()
    assert desk.answer("yes", "", "") is not None
    assert load_config(tmp_path / "config.toml").centre.url == ward.url


def test_on_the_command_line(ward, data, tmp_path):
    lines = ["en", "branch", *[""] * 7, "ABCD-EFGH http://127.0.0.1:9", f"{ward.code()} {ward.url}"]
    done = subprocess.run(
        [*KIOSK, "--config", tmp_path / "config.toml", "--data", data.root, "first-start"],
        input="".join(f"{line}\n" for line in [*lines, "", "yes", ""]),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "That cannot be: " in done.stdout
    assert f"The centre at {ward.url} knows this kiosk now." in done.stdout
    assert read_enrolment(data.centre) is not None
    assert load_config(tmp_path / "config.toml").centre.url == ward.url
