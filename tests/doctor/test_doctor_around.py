"""The checks of devices, computer and network meet the real fault that each is for."""

import os
import shutil
import socket
import subprocess
import tty
from pathlib import Path

import pytest
from told import core_with, said, unavailable

from hardware.printer.paper import PAPERS
from hardware.simulators.lines import TcpLine
from hardware.simulators.printer import SimulatedPrinter
from kiosk.doctor import devices, machine, network
from kiosk.paths import ASSETS
from kiosk.words import DeviceState


def test_devices_as_the_core_finds_them(premises):
    told = premises(state=unavailable("printer", "paper_out", since="2026-11-23T08:00:00+07:00"))
    assert said(devices.printer(told)) == ("fault", "paper_out")
    low = DeviceState(name="printer", state="ready", warnings=("paper_low",))
    assert said(devices.printer(premises(state=core_with(low)))) == ("warning", "paper_low")
    ready = DeviceState(name="printer", state="ready")
    real = premises({"printer.port": '"tcp:127.0.0.1"'}, state=core_with(ready))
    assert said(devices.printer(real)) == ("ok", "ready")
    assert said(devices.printer(premises(state=core_with(ready)))) == ("warning", "simulated")


def until_it_says(wanted, premises):
    """Ask the printer again where a crowded computer made it look busy."""
    found = next((one for _ in range(20) if (one := said(devices.printer(premises))) == wanted), "")
    assert found == wanted, said(devices.printer(premises))


def test_a_printer_asked_without_a_core(premises, tmp_path):
    paper = SimulatedPrinter(paper=PAPERS[80], fonts=ASSETS / "fonts", out_dir=tmp_path / "slips")
    line = TcpLine(paper)
    try:
        real = premises({"printer.port": f'"tcp:127.0.0.1:{line.port}"'})
        until_it_says(("ok", "ready"), real)
        paper.set_fault("cover_open")
        until_it_says(("fault", "cover_open"), real)
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
