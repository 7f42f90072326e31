"""An upgrade with real folders and real processes: it lives, or what ran before runs again."""

import os
import shutil
import subprocess
import tarfile
from dataclasses import replace
from pathlib import Path

import pytest
from nacl.signing import SigningKey

from kiosk.errors import UpgradeRefused
from kiosk.upgrade.environment import build
from kiosk.upgrade.incoming import take_incoming
from kiosk.upgrade.releases import Releases
from kiosk.upgrade.upgrading import Machine, go_back, look_at, upgrade


def nobody(_step: str) -> None:
    """Who is not interested in steps."""


@pytest.fixture
def installed(machine, pack) -> Machine:
    """A kiosk that runs 1.0.0."""
    assert upgrade(machine, pack("1.0.0"), nobody) == "1.0.0"
    return machine


def refused(machine, archive: Path, **options) -> str:
    """The code of the refusal; what ran before runs still."""
    with pytest.raises(UpgradeRefused) as caught:
        upgrade(machine, archive, nobody, **options)
    releases = machine.releases
    assert releases.of("current") == releases.of("good") == "1.0.0"
    assert not (releases.root / "staged").exists()
    return caught.value.code


def test_a_release_that_lives_runs(installed, pack, running):
    steps = []
    assert upgrade(installed, pack("1.1.0"), steps.append) == "1.1.0"
    assert running.version == "1.1.0"
    assert installed.releases.of("current") == installed.releases.of("good") == "1.1.0"
    assert steps == [
        "settle", "take in", "verify", "unpack", "build", "rehearse", "whole",
        "switch", "restart", "watch", "confirm", "sweep",
    ]  # fmt: skip
    assert [line["outcome"] for line in installed.releases.history()] == ["good", "good"]
    (unit,) = installed.units.iterdir()
    assert unit.read_text() == "# 1.1.0\n"


@pytest.mark.parametrize("deed", ["dies", "dies later", "hangs"])
def test_one_that_does_not_live_is_put_back(installed, pack, running, deed):
    running.patience_s = 1.5 if deed == "hangs" else 20
    assert refused(installed, pack("1.1.0", core=deed)) == "unhealthy"
    running.patience_s = 20
    assert running.fault(installed.releases.path("1.0.0")) == ""
    assert running.version == "1.0.0"
    last = installed.releases.history()[-1]
    assert (last["outcome"], last["version"], last["before"]) == ("put_back", "1.1.0", "1.0.0")
    assert (installed.units / "le-tan-core.service").read_text() == "# 1.0.0\n"


def test_one_that_fails_its_rehearsal_is_never_switched_to(installed, pack, running):
    starts = running.starts
    assert refused(installed, pack("1.1.0", rehearsal="fails")) == "rehearsal"
    assert running.starts == starts
    assert installed.releases.versions() == ["1.0.0"]
    assert not installed.releases.path("1.1.0").exists()


def test_what_nobody_trusted_has_signed_is_refused(installed, pack):
    assert refused(installed, pack("1.1.0", signed_by=SigningKey.generate())) == "signature"
    (installed.releases.keys / "makers.pub").unlink()
    assert refused(installed, pack("1.1.0")) == "no_key"
    (installed.releases.keys / "makers.pub").write_text("rubbish")
    assert refused(installed, pack("1.1.0")) == "no_key"


def test_two_keys_while_one_follows_the_other(installed, pack):
    new = SigningKey.generate()
    (installed.releases.keys / "next.pub").write_text(bytes(new.verify_key).hex())
    archive = pack("1.1.0", signed_by=new)
    assert look_at(installed.releases, archive)[1] == "next"
    assert upgrade(installed, archive, nobody) == "1.1.0"


def test_a_truncated_archive_is_refused_wherever_it_ends(installed, pack):
    archive = pack("1.1.0")
    whole = archive.read_bytes()
    payload = whole.index(b"\x1f\x8b")
    ends = len(whole.rstrip(b"\0"))
    for length in (0, 1, 511, 512, 700, 1500, payload, payload + 100, ends // 2, ends - 1):
        archive.write_bytes(whole[:length])
        assert refused(installed, archive) == "damaged", length


def test_a_byte_that_was_changed_is_found_wherever_it_stands(installed, pack):
    archive = pack("1.1.0")
    whole = archive.read_bytes()
    payload = whole.index(b"\x1f\x8b")
    signature = whole.index(b"release.sig") + 512
    for place, codes in (
        (whole.index(b"1.1.0", 512), {"signature"}),
        (signature + 7, {"signature"}),
        (payload + 200, {"damaged"}),
        (len(whole.rstrip(b"\0")) - 5, {"damaged"}),
    ):
        changed = bytearray(whole)
        changed[place] ^= 1
        archive.write_bytes(changed)
        assert refused(installed, archive) in codes, place


def test_parts_of_two_archives_do_not_make_one(installed, pack, tmp_path):
    """A good signature over one release's words, with another one's files."""
    with tarfile.open(pack("1.1.0")) as one, tarfile.open(pack("1.2.0", more="x")) as other:
        mixed = tmp_path / "mixed.le-tan"
        with tarfile.open(mixed, "w") as target:
            for source, name in (
                (one, "release.json"),
                (one, "release.sig"),
                (other, "payload.tar.gz"),
            ):
                target.addfile(source.getmember(name), source.extractfile(name))
    assert refused(installed, mixed) == "damaged"


def test_what_is_no_archive_is_refused(installed, tmp_path):
    rubbish = tmp_path / "rubbish.le-tan"
    rubbish.write_bytes(os.urandom(5000))
    assert refused(installed, rubbish) == "damaged"
    assert refused(installed, tmp_path) == "damaged"
    assert refused(installed, tmp_path / "nowhere") == "damaged"
    link = tmp_path / "link.le-tan"
    link.symlink_to("/etc/hostname")
    assert refused(installed, link) == "damaged"
    pipe = tmp_path / "pipe.le-tan"
    os.mkfifo(pipe)
    assert refused(installed, pipe) == "damaged"


def test_an_older_one_is_taken_only_where_it_is_wanted(installed, pack):
    upgrade(installed, pack("1.10.0"), nobody)
    with pytest.raises(UpgradeRefused, match=r"1\.9\.0 is not newer than 1\.10\.0"):
        upgrade(installed, pack("1.9.0"), nobody)
    assert upgrade(installed, pack("1.9.0"), nobody, older=True) == "1.9.0"


def test_what_runs_already_is_left_alone(installed, pack, running):
    starts = running.starts
    assert upgrade(installed, pack("1.0.0"), nobody) == ""
    assert running.starts == starts
    assert refused(installed, pack("1.0.0", more="other"), older=True) == "damaged"


def test_a_disk_without_room_is_told_before_anything_is_unpacked(installed, pack, tmp_path):
    """The kiosk goes on giving numbers meanwhile, and needs room for them."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", "size=64m", "kiosk-upgrade", str(disk)]
    done = subprocess.run(mounting, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"no disk can be mounted here: {done.stderr.strip()}")
    try:
        small = Releases(disk / "le-tan")
        shutil.copytree(installed.releases.root, small.root, symlinks=True, ignore=sockets)
        with pytest.raises(UpgradeRefused, match=r"\d+ MB have to be free") as caught:
            upgrade(replace(installed, releases=small), pack("1.1.0"), nobody)
        assert caught.value.code == "no_room"
        assert small.versions() == ["1.0.0"]
        assert not (small.root / "staged").exists()
    finally:
        subprocess.run(["umount", "--lazy", str(disk)], check=True)


def sockets(_folder: str, names: list[str]) -> list[str]:
    return [name for name in names if name == "notices"]


def test_one_upgrade_at_a_time(installed, pack):
    with installed.releases.held():
        assert refused(installed, pack("1.1.0")) == "under_way"


@pytest.mark.slow
def test_a_library_that_is_not_here_is_told_before_anything_is_switched(
    installed, pack, running, tmp_path
):
    """With the real environment: a venv, and pip without a network."""
    releases, starts = installed.releases, running.starts
    needy = Machine(releases, lambda: running, installed.settle, installed.units, _build_needy)
    assert refused(needy, pack("1.1.0")) == "needs"
    assert running.starts == starts
    assert not releases.path("1.1.0").exists()


def _build_needy(release: Path, wheels: Path) -> None:
    lock = release / "requirements" / "run.txt"
    lock.parent.mkdir()
    lock.write_text(f"no-such-library==1.0 --hash=sha256:{'0' * 64}\n")
    wheels.mkdir(exist_ok=True)
    build(release, wheels)


def test_back_to_the_one_before_and_to_any_that_is_kept(installed, pack, running):
    for version in ("1.1.0", "1.2.0"):
        upgrade(installed, pack(version), nobody)
    assert go_back(installed, "", nobody) == "1.1.0"
    assert running.version == "1.1.0"
    assert go_back(installed, "1.0.0", nobody) == "1.0.0"
    with pytest.raises(UpgradeRefused, match=r"no other release 3\.0\.0 here"):
        go_back(installed, "3.0.0", nobody)


def test_old_ones_are_swept_but_for_a_few(installed, pack):
    for number in range(1, 6):
        upgrade(installed, pack(f"1.{number}.0"), nobody)
    assert installed.releases.versions() == ["1.3.0", "1.4.0", "1.5.0"]


def test_the_one_before_stays_however_old_it_is(installed, pack):
    for version in ("1.1.0", "1.2.0", "1.3.0"):
        upgrade(installed, pack(version), nobody)
    go_back(installed, "1.1.0", nobody)
    upgrade(installed, pack("1.4.0"), nobody)
    assert installed.releases.versions() == ["1.1.0", "1.3.0", "1.4.0"]
    assert go_back(installed, "", nobody) == "1.1.0"


def test_the_newest_that_lies_ready_is_taken_by_itself(installed, pack, tmp_path, running):
    incoming = tmp_path / "incoming"
    incoming.mkdir()
    for version in ("1.1.0", "1.2.0"):
        pack(version).rename(incoming / f"{version}.le-tan")
    pack("1.3.0", signed_by=SigningKey.generate()).rename(incoming / "1.3.0.le-tan")
    (incoming / "etc.le-tan").symlink_to("/etc/hostname")
    told = take_incoming(installed, incoming, nobody)
    assert sorted(line.split(":")[0] for line in told) == ["1.3.0.le-tan", "etc.le-tan"]
    assert running.version == "1.2.0"
    assert list(incoming.iterdir()) == []
    assert Path("/etc/hostname").exists()
    assert take_incoming(installed, incoming, nobody) == []


def test_what_a_technician_can_mend_waits_and_is_told_once(installed, pack, tmp_path, running):
    incoming = tmp_path / "incoming"
    incoming.mkdir()
    pack("1.1.0").rename(incoming / "new.le-tan")
    key = installed.releases.keys / "makers.pub"
    trusted = key.read_text()
    key.unlink()
    lines = len(installed.releases.history())
    for _night in range(3):
        assert "no_key" in take_incoming(installed, incoming, nobody)[0]
    assert len(installed.releases.history()) == lines + 1
    key.write_text(trusted)
    assert take_incoming(installed, incoming, nobody) == []
    assert running.version == "1.1.0"


def test_one_that_does_not_live_is_tried_one_night_only(installed, pack, tmp_path, running):
    incoming = tmp_path / "incoming"
    incoming.mkdir()
    pack("1.1.0", core="dies").rename(incoming / "new.le-tan")
    assert "unhealthy" in take_incoming(installed, incoming, nobody)[0]
    starts = running.starts
    assert take_incoming(installed, incoming, nobody) == []
    assert running.starts == starts
