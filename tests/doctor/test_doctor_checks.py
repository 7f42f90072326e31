"""The checks of what the kiosk keeps and knows meet the real fault that each is for."""

import os
import subprocess
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from told import core_with, said, unavailable

from kiosk.doctor import knowledge, machine, settings, storage
from kiosk.paths import DataFolder
from kiosk.queueing.hours import HANOI
from kiosk.upgrade.releases import Releases
from kiosk.words import DeviceState

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
