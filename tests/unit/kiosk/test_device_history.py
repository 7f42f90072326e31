"""How the devices were: a line for what is news, in a file that stays small."""

from datetime import datetime

from kiosk.device_history import FULL_BYTES, DeviceHistory, HistoryLine, read_history, write_history
from kiosk.words import DeviceNoted, DeviceState, KioskState, StateChanged

NOW = datetime(2026, 11, 23, 8).astimezone().isoformat()


def state(*devices):
    names = dict.fromkeys(("site_vi", "site_en", "centre_vi", "centre_en"), "x")
    kiosk = KioskState(
        **names, now=NOW, business_day=NOW[:10], services=(), priorities=(), devices=devices
    )
    return StateChanged(state=kiosk)


def device(name, condition, reason="", *warnings):
    return DeviceState(name=name, state=condition, reason=reason, warnings=warnings)


def told(path):
    return [(one.device, one.state, one.reason, one.source) for one in read_history(path)]


def test_only_news_is_written(tmp_path):
    path = tmp_path / "devices.jsonl"
    history = DeviceHistory(path)
    history.hear(state(device("printer", "ready"), device("board", "starting")))
    history.hear(state(device("printer", "ready"), device("board", "ready")))
    history.hear(state(device("printer", "unavailable", "paper_out"), device("board", "ready")))
    history.hear(DeviceNoted(device="printer", state="fault", source="doctor", reason="paper_out"))
    history.hear(state(device("printer", "ready", "", "paper_low"), device("board", "ready")))
    assert told(path) == [
        ("printer", "ready", "", "core"),
        ("board", "starting", "", "core"),
        ("board", "ready", "", "core"),
        ("printer", "unavailable", "paper_out", "core"),
        ("printer", "fault", "paper_out", "doctor"),
        ("printer", "ready", "paper_low", "core"),
    ]
    assert {one.at for one in read_history(path)} == {NOW}


def test_it_stays_small_and_keeps_the_newest(tmp_path):
    path = tmp_path / "devices.jsonl"
    lines = [HistoryLine(at=NOW, device="x" * 900, state=str(number)) for number in range(1000)]
    for start in range(0, 1000, 10):
        write_history(path, lines[start : start + 10])
    kept = list(read_history(path))
    assert kept[-1].state == "999"
    assert 250 < len(kept) < 800
    sizes = [part.stat().st_size for part in tmp_path.iterdir()]
    assert len(sizes) == 2
    assert max(sizes) < FULL_BYTES + 20_000


def test_a_torn_line_is_passed_over(tmp_path):
    path = tmp_path / "devices.jsonl"
    assert told(path) == []
    write_history(path, [HistoryLine(at=NOW, device="board", state="ready")])
    with path.open("ab") as file:
        file.write(b'{"at": "2026\n')
    write_history(path, [HistoryLine(at=NOW, device="board", state="unavailable")])
    assert [one[1] for one in told(path)] == ["ready", "unavailable"]


def test_a_disk_that_refuses_is_logged_once(tmp_path, caplog):
    history = DeviceHistory(tmp_path / "nowhere" / "devices.jsonl")
    history.hear(state(device("printer", "ready")))
    history.hear(state(device("printer", "unavailable")))
    assert [record.levelname for record in caplog.records] == ["WARNING"]
