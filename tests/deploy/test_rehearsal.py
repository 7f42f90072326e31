"""A rehearsal of this very release, and why one fails."""

import pytest

from kiosk.config import parse_config
from kiosk.errors import UpgradeRefused
from kiosk.paths import DEFAULT_CONFIG, DataFolder
from kiosk.upgrade.rehearsing import rehearse, without_devices


def test_a_core_may_touch_nothing():
    config = parse_config(without_devices(DEFAULT_CONFIG.read_text("utf-8")))
    ports = (config.printer.port, config.board.port, config.scanner.port, config.base.port)
    assert ports == ("none", "none", "none", "fixed")
    assert not config.speech.enabled
    assert not config.voice.enabled
    assert not config.site_server.serve
    assert config.leader.url == ""
    assert parse_config(without_devices('[site]\nname_vi = "x"\n' + REST)).printer.port == "none"


REST = """name_en = "x"
centre_vi = "x"
centre_en = "x"
[[counter]]
number = "1"
[[service]]
code = "a"
name_vi = "x"
name_en = "x"
series = "A"
"""


def test_a_configuration_that_this_release_does_not_know_is_told(tmp_path, write_config):
    config = write_config()
    config.write_text(f"{config.read_text()}\n[colour]\nred = true\n")
    with pytest.raises(UpgradeRefused, match="colour") as caught:
        rehearse(config, DataFolder(tmp_path / "data"))
    assert caught.value.code == "rehearsal"


def test_a_database_that_no_core_can_open_is_told(tmp_path, write_config):
    data = DataFolder(tmp_path / "data")
    data.make()
    data.database.write_bytes(b"rubbish" * 1000)
    with pytest.raises(UpgradeRefused, match="not a database"):
        rehearse(write_config(), data)


@pytest.mark.slow
def test_a_core_that_ends_at_once_leaves_its_last_words(tmp_path, write_config, monkeypatch):
    broken = tmp_path / "broken" / "kiosk"
    broken.mkdir(parents=True)
    (broken / "__init__.py").touch()
    (broken / "__main__.py").write_text("raise SystemExit('no module named colours')\n")
    monkeypatch.setenv("PYTHONPATH", str(broken.parent))
    with pytest.raises(UpgradeRefused, match="no module named colours"):
        rehearse(write_config(), DataFolder(tmp_path / "data"))
