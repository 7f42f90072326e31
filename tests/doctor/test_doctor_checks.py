"""Each check meets the real fault that it is for: broken files, dead ports, missing nodes."""

import os
import shutil
import socket
import subprocess
import tty
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from hardware.printer.paper import PAPERS
from hardware.simulators.lines import TcpLine
from hardware.simulators.printer import SimulatedPrinter
from kiosk.doctor import devices, knowledge, machine, network, settings, storage
from kiosk.paths import ASSETS, DataFolder
from kiosk.queueing.hours import HANOI
from kiosk.upgrade.releases import Releases
from kiosk.words import DeviceState, KioskState


def said(finding):
    return finding.state, finding.code


def core_with(*known: DeviceState) -> KioskState:
    """What a core would tell of these devices."""
    names = dict.fromkeys(("site_vi", "site_en", "centre_vi", "centre_en"), "x")
    now = datetime.now(HANOI).isoformat()
    return KioskState(
        **names, now=now, business_day=now[:10], services=(), priorities=(), devices=known
    )


def unavailable(name, reason, **more):
    return core_with(DeviceState(name=name, state="unavailable", reason=reason, **more))


@pytest.fixture
def dead_port():
    """A port of this computer at which nobody listens."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield held.getsockname()[1]


# Configuration and core


def test_a_good_configuration(premises):
    assert said(settings.config(premises())) == ("ok", "config_good")
    assert said(settings.core(premises())) == ("warning", "core_away")
    assert said(settings.core(premises(hung=True))) == ("fault", "core_hung")
    assert said(settings.core(premises(state=core_with()))) == ("ok", "core_answers")


def test_a_configuration_that_is_wrong(premises):
    wrong = settings.config(premises(config=None, fault="config.toml:3: no"))
    assert said(wrong) == ("fault", "config_wrong")
    last_good = settings.config(premises(fault="config.toml:3: no", kept="x.toml"))
    assert said(last_good) == ("warning", "config_last_good")
    waiting = DeviceState(
        name="config", state="ready", warnings=("restart_needed",), detail="screen.motion"
    )
    assert said(settings.config(premises(state=core_with(waiting)))) == (
        "warning",
        "config_restart",
    )


def test_keys_are_for_the_core_alone(premises, data, tmp_path):
    assert said(settings.secrets(premises())) == ("skipped", "secrets_none")
    key = tmp_path / "leader.key"
    named = {"leader.key_file": f'"{key}"'}
    assert said(settings.secrets(premises(named))) == ("fault", "secret_unreadable")
    key.write_text("x" * 32)
    key.chmod(0o640)
    found = settings.secrets(premises(named))
    assert said(found) == ("fault", "secret_open")
    assert found.values["mode"] == "0640"
    key.chmod(0o600)
    assert said(settings.secrets(premises(named))) == ("ok", "secrets_private")
    for own in (data.root / "person.key", data.centre / "key"):
        own.parent.mkdir(exist_ok=True)
        own.touch(mode=0o644)
        found = settings.secrets(premises(named))
        assert (said(found), found.values["path"]) == (("fault", "secret_open"), str(own))
        own.chmod(0o600)


def test_the_release_that_runs_and_the_upgrade_that_did_not_come_to_be(premises, tmp_path):
    assert said(settings.release(premises())) == ("skipped", "not_installed")
    releases = Releases(tmp_path / "le-tan")
    for version in ("1.0.0", "1.1.0"):
        releases.begin(version)
        releases.complete(version, "0")
    installed = premises(project=releases.path("1.0.0"))
    releases.point("current", "1.0.0")
    releases.point("good", "1.0.0")
    releases.note(version="1.0.0", before="", outcome="good")
    assert said(settings.release(installed)) == ("ok", "release_good")
    releases.point("current", "1.1.0")
    assert said(settings.release(installed)) == ("warning", "release_unproved")
    releases.point("current", "1.0.0")
    releases.note(version="1.1.0", before="1.0.0", outcome="put_back", reason="it died")
    found = settings.release(installed)
    assert said(found) == ("warning", "upgrade_failed")
    assert (found.values["tried"], found.values["detail"]) == ("1.1.0", "it died")


# The data folder


def test_a_data_folder_in_order(premises):
    assert said(storage.data(premises())) == ("ok", "data_good")


def test_a_data_folder_that_is_not_there(premises, tmp_path):
    away = premises(data=DataFolder(tmp_path / "nowhere"))
    assert said(storage.data(away)) == ("warning", "data_missing")


def test_a_data_folder_that_cannot_be_written(premises):
    # The kernel's own folder: nobody may write there, not even root.
    found = storage.data(premises(data=DataFolder(Path("/proc/self"))))
    assert said(found) == ("fault", "data_read_only")


def test_a_data_folder_that_others_can_look_into(premises, data):
    data.root.chmod(0o755)
    assert said(storage.data(premises())) == ("warning", "data_open")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give a folder away")
def test_a_data_folder_of_somebody_else(premises, data):
    os.chown(data.root, 65534, -1)
    found = storage.data(premises())
    assert said(found) == ("warning", "data_owner")
    assert found.values["owner"] == "nobody"


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 36 MB of its own."""
    root = tmp_path / "disk"
    root.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=36m,mode=700", "kiosk-doctor", root]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"no disk can be mounted here: {done.stderr.strip()}")
    yield DataFolder(root)
    subprocess.run(["umount", "--lazy", root], check=True)


def test_too_little_room(premises, small_disk):
    low = premises({"min_free_mb": "10"}, data=small_disk)
    assert said(storage.data(low)) == ("warning", "disk_low")
    full = premises({"min_free_mb": "50"}, data=small_disk)
    assert said(storage.data(full)) == ("fault", "disk_full")


# The store


def test_a_store_in_order(premises, keep):
    assert said(storage.store(premises())) == ("skipped", "store_new")
    assert said(storage.journal(premises())) == ("skipped", "store_new")
    keep(3, back_up=True)
    for check, code in (
        (storage.store, "store_whole"),
        (storage.backup, "backup_young"),
        (storage.journal, "journal_whole"),
        (storage.outbox, "outbox_alone"),
    ):
        assert said(check(premises())) == ("ok", code)
    tied = premises({"centre.url": '"http://127.0.0.1:9"'})
    assert said(storage.outbox(tied)) == ("ok", "outbox_waits")


def test_a_store_of_rubbish(premises, data, keep):
    keep(3)
    content = bytearray(data.database.read_bytes())
    content[:100] = b"\xff" * 100
    data.database.write_bytes(content)
    assert said(storage.store(premises())) == ("fault", "store_damaged")
    assert said(storage.outbox(premises())) == ("skipped", "outbox_unknown")


def test_a_store_with_a_torn_page(premises, data, keep):
    keep(50)
    size = data.database.stat().st_size
    with data.database.open("r+b") as file:
        file.seek(size - 4096 * 3)
        file.write(b"\x00" * 4096 * 2)
    assert said(storage.store(premises())) == ("fault", "store_damaged")


def test_numbers_that_only_the_journal_knows(premises, data, keep):
    keep(1)
    former = data.database.read_bytes()
    keep(4)
    data.database.write_bytes(former)
    found = storage.store(premises())
    assert said(found) == ("fault", "store_lost")
    assert found.values["count"] == "3"


def test_a_store_that_a_running_core_complains_of(premises):
    refuses = premises(state=unavailable("store", "write_failed", detail="disk I/O error"))
    assert said(storage.store(refuses)) == ("fault", "store_refuses")
    mended = DeviceState(name="store", state="ready", reason="restored", detail="from yesterday")
    assert said(storage.store(premises(state=core_with(mended)))) == ("warning", "store_restored")


def test_no_backup_and_an_old_one(premises, keep):
    keep(1)
    assert said(storage.backup(premises())) == ("warning", "backup_none")
    keep(back_up=True, now=datetime.now(HANOI) - timedelta(hours=9))
    assert said(storage.backup(premises(state=core_with()))) == ("warning", "backup_old")
    assert said(storage.backup(premises())) == ("ok", "backup_young")  # the kiosk was off


def test_a_torn_journal(premises, data, keep):
    keep(2)
    (day,) = data.journal.glob("*.jsonl")
    with day.open("ab") as file:
        file.write(b'{"number": "A0')
    found = storage.journal(premises())
    assert said(found) == ("warning", "journal_torn")
    assert found.values["count"] == "1"


def test_an_outbox_that_nobody_empties(premises, keep):
    keep(2, now=datetime.now(HANOI) - timedelta(days=2))
    assert said(storage.outbox(premises())) == ("ok", "outbox_alone")
    found = storage.outbox(premises({"centre.url": '"http://127.0.0.1:9"'}))
    assert said(found) == ("warning", "outbox_old")
    assert found.values["count"] == "2"


# Devices


def test_devices_as_the_core_finds_them(premises):
    told = premises(state=unavailable("printer", "paper_out", since="2026-11-23T08:00:00+07:00"))
    assert said(devices.printer(told)) == ("fault", "paper_out")
    low = DeviceState(name="printer", state="ready", warnings=("paper_low",))
    assert said(devices.printer(premises(state=core_with(low)))) == ("warning", "paper_low")
    ready = DeviceState(name="printer", state="ready")
    real = premises({"printer.port": '"tcp:127.0.0.1"'}, state=core_with(ready))
    assert said(devices.printer(real)) == ("ok", "ready")
    assert said(devices.printer(premises(state=core_with(ready)))) == ("warning", "simulated")


def test_a_printer_asked_without_a_core(premises, tmp_path):
    paper = SimulatedPrinter(paper=PAPERS[80], fonts=ASSETS / "fonts", out_dir=tmp_path / "slips")
    line = TcpLine(paper)
    try:
        real = premises({"printer.port": f'"tcp:127.0.0.1:{line.port}"'})
        assert said(devices.printer(real)) == ("ok", "ready")
        paper.set_fault("cover_open")
        assert said(devices.printer(real)) == ("fault", "cover_open")
    finally:
        line.close()


def test_a_printer_at_a_dead_port(premises, dead_port):
    dead = premises({"printer.port": f'"tcp:127.0.0.1:{dead_port}"'})
    assert said(devices.printer(dead)) == ("fault", "not_connected")


def test_a_node_that_is_missing_tells_what_is_plugged_in(premises, written):
    usb = "sys/bus/usb/devices/1-2"
    written(f"{usb}/bDeviceClass", "00\n")
    written(f"{usb}/idVendor", "1a86\n")
    written(f"{usb}/idProduct", "7523\n")
    written(f"{usb}/product", "USB Serial\n")
    away = premises(
        {"board.port": '"serial:/dev/le-tan/nowhere:9600"', "printer.port": '"usb:04b8:0e15"'}
    )
    found = devices.board(away)
    assert said(found) == ("fault", "port_missing")
    assert found.values == {"path": "/dev/le-tan/nowhere", "plugged": "1a86:7523 USB Serial"}
    assert said(devices.printer(away)) == ("fault", "usb_missing")


def test_a_silent_board_on_a_real_line(premises):
    leader, follower = os.openpty()
    tty.setraw(follower)  # or it would echo, as a damaged cable does
    try:
        silent = premises({"board.port": f'"serial:{os.ttyname(follower)}:9600"'})
        assert said(devices.board(silent)) == ("fault", "no_answer")
        assert said(devices.scanner(premises())) == ("skipped", "not_here")
        scanner = premises({"scanner.port": f'"serial:{os.ttyname(follower)}:9600"'})
        assert said(devices.scanner(scanner)) == ("ok", "ready")
    finally:
        os.close(leader)
        os.close(follower)


def test_a_robot_that_is_not_there(premises, dead_port):
    assert said(devices.base(premises())) == ("skipped", "base_fixed")
    away = premises({"base.port": f'"rosbridge:127.0.0.1:{dead_port}"'})
    assert said(devices.base(away)) == ("fault", "not_connected")


def test_ports_that_a_silent_core_holds_are_left_alone(premises):
    assert said(devices.printer(premises(hung=True))) == ("skipped", "core_holds")


def test_without_a_configuration_no_port_is_known(premises):
    assert said(devices.printer(premises(config=None))) == ("skipped", "needs_config")


def test_sound_cards_as_the_kernel_lists_them(premises, written):
    loud = {"speech.enabled": "true", "voice.enabled": "true"}
    assert said(devices.sound(premises())) == ("skipped", "switched_off")
    assert said(devices.sound(premises(loud))) == ("warning", "no_sound_card")
    written("proc/asound/cards", " 0 [PCH            ]: HDA-Intel - HDA Intel PCH\n    at 0xf7\n")
    found = devices.microphone(premises(loud))
    assert said(found) == ("ok", "sound_card")
    assert found.values["detail"].startswith("0 [PCH")
    deaf = premises(loud, state=unavailable("hearing", "no_microphone"))
    assert said(devices.microphone(deaf)) == ("fault", "no_microphone")


# What it knows


def test_a_recogniser_that_is_missing_or_damaged(premises, data):
    aloud = {"voice.enabled": "true"}
    away = premises({**aloud, "voice.model": '"no-such"'})
    assert said(knowledge.model(away)) == ("fault", "model_missing")
    folder = data.models / "whisper-base"
    folder.mkdir(parents=True)
    (folder / "model.bin").write_bytes(b"nothing")
    found = knowledge.model(premises(aloud))
    assert said(found) == ("fault", "model_damaged")
    assert found.values["detail"] == "model.bin is damaged"
    own = premises({**aloud, "voice.model": f'"{data.models}"'})
    assert said(knowledge.model(own)) == ("ok", "model_own")


def test_the_catalogue(premises, data):
    assert said(knowledge.catalogue(premises())) == ("ok", "catalogue_shipped")
    data.catalogue.mkdir()
    (data.catalogue / "current.json").write_bytes(b"{}")
    assert said(knowledge.catalogue(premises())) == ("warning", "import_damaged")
    unread = premises(state=unavailable("guide", "catalogue", detail="no such field"))
    assert said(knowledge.catalogue(unread)) == ("fault", "catalogue_unreadable")


# The computer


def test_a_clock_that_lies_before_what_the_store_saw(premises, keep):
    assert machine.clock(premises()).state in {"ok", "warning"}  # here a time service may run
    keep(1, now=datetime.now(HANOI) + timedelta(days=40))
    assert said(machine.clock(premises())) == ("fault", "clock_not_believed")
    told = premises(state=unavailable("clock", "not_believed"))
    assert said(machine.clock(told)) == ("fault", "clock_not_believed")


@pytest.mark.parametrize(
    ("life", "pre_end", "expected"),
    [
        ("0x01 0x02", "0x01", ("ok", "disk_healthy")),
        ("0x09 0x03", "0x01", ("warning", "disk_worn")),
        ("0x03 0x03", "0x02", ("warning", "disk_worn")),
        ("0x0b 0x0b", "0x03", ("fault", "disk_at_its_end")),
    ],
)
def test_a_disk_that_tells_its_age(premises, written, life, pre_end, expected):
    assert said(machine.disk(premises())) == ("skipped", "disk_tells_nothing")
    written("sys/block/mmcblk0/device/life_time", f"{life}\n")
    written("sys/block/mmcblk0/device/pre_eol_info", f"{pre_end}\n")
    assert said(machine.disk(premises())) == expected


def test_temperatures(premises, written):
    assert said(machine.temperature(premises())) == ("skipped", "temperature_unknown")
    written("sys/class/thermal/thermal_zone0/temp", "47000\n")
    written("sys/class/hwmon/hwmon0/temp1_input", "not now\n")
    assert said(machine.temperature(premises())) == ("ok", "temperature_good")
    written("sys/class/hwmon/hwmon1/temp1_input", "91000\n")
    assert said(machine.temperature(premises())) == ("warning", "too_hot")


def test_monitors(premises, written):
    assert said(machine.monitors(premises())) == ("skipped", "monitors_unknown")
    written("sys/class/drm/card0-HDMI-A-1/status", "connected\n")
    written("sys/class/drm/card0-HDMI-A-2/status", "disconnected\n")
    assert said(machine.monitors(premises())) == ("ok", "monitors_seen")
    found = machine.monitors(premises({"hall.board": "true"}))
    assert said(found) == ("fault", "monitor_missing")
    assert found.values == {"seen": "1", "wanted": "2", "names": "HDMI-A-1"}


# The network


def test_pages_that_answer_and_that_do_not(premises, dead_port):
    assert said(network.pages(premises())) == ("skipped", "switched_off")
    serving = {"site_server.serve": "true", "http_port": str(dead_port)}
    assert said(network.pages(premises(serving))) == ("skipped", "pages_need_core")
    silent = premises(serving, state=core_with())
    assert said(network.pages(silent)) == ("fault", "pages_silent")
    with socket.create_server(("127.0.0.1", 0)) as listening:
        serving["http_port"] = str(listening.getsockname()[1])
        assert said(network.pages(premises(serving, state=core_with()))) == ("ok", "pages_answer")


def certificate(folder: Path, name: str, days: int) -> tuple[Path, Path]:
    """A certificate of our own and its key, made by openssl."""
    pem, key = folder / f"{name}.pem", folder / f"{name}.key"
    make = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    make += ["-nodes", "-subj", "/CN=kiosk.ward", "-days", str(days)]
    subprocess.run([*make, "-keyout", key, "-out", pem], check=True, capture_output=True)
    return pem, key


@pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl to make a certificate")
def test_certificates(premises, tmp_path):
    def with_files(pem, key):
        return premises({"certificate": f'"{pem}"', "private_key": f'"{key}"'})

    assert said(network.certificate(premises())) == ("skipped", "certificate_none")
    long, short = certificate(tmp_path, "long", 400), certificate(tmp_path, "short", 9)
    assert said(network.certificate(with_files(*long))) == ("ok", "certificate_good")
    soon = network.certificate(with_files(*short))
    assert said(soon) == ("warning", "certificate_soon")
    assert soon.values["days"] in {"8", "9"}
    other_key = network.certificate(with_files(long[0], short[1]))
    assert said(other_key) == ("fault", "certificate_wrong")
    missing = network.certificate(with_files(tmp_path / "no.pem", long[1]))
    assert said(missing) == ("fault", "certificate_wrong")


def test_a_cable_that_is_in_and_one_that_is_not(premises, written):
    assert said(network.network(premises())) == ("skipped", "network_unknown")
    written("sys/class/net/lo/operstate", "unknown")
    written("sys/class/net/eth0/operstate", "down")
    assert said(network.network(premises())) == ("warning", "network_none")
    written("sys/class/net/wlan0/operstate", "up\n")
    found = network.network(premises())
    assert (*said(found), found.values) == ("ok", "network_up", {"names": "wlan0"})


def test_a_leader_that_is_away(premises, dead_port, tmp_path):
    assert said(network.leader(premises())) == ("skipped", "leads_itself")
    follows = {
        "leader.url": f'"http://127.0.0.1:{dead_port}"',
        "leader.letter": '"X"',
        "leader.key_file": f'"{tmp_path / "key"}"',
    }
    assert said(network.leader(premises(follows))) == ("fault", "leader_away")
    with socket.create_server(("127.0.0.1", 0)) as listening:
        follows["leader.url"] = f'"http://127.0.0.1:{listening.getsockname()[1]}"'
        assert said(network.leader(premises(follows))) == ("ok", "leader_answers")
        refused = unavailable("leader", "refused", detail="401")
        found = network.leader(premises(follows, state=refused))
        assert said(found) == ("fault", "leader_refuses")
