"""Who a kiosk is: its key, its enrolment, the computer it stands in; lost replies cost nothing."""

import shutil

import msgspec
import pytest
from kiosk_house import in_loop

from kiosk.errors import CentreAway, CentreRefuses, CommandRefused, Trouble
from kiosk.sync.client import CentreClient
from kiosk.sync.clock import CentreClock
from kiosk.sync.enrolling import tidy_code
from kiosk.sync.enrolment import keep_enrolment, read_enrolment
from kiosk.sync.keys import Keys, is_signed
from kiosk.sync.marks import is_elsewhere, marks_here

WITHIN_S = 30.0


def client_of(kiosk, url, marks=()):
    return CentreClient(kiosk.data.centre, url, "", CentreClock(), marks=lambda: marks)


def hears(kiosk, url):
    """Whether the centre takes what this kiosk signs."""
    client = client_of(kiosk, url)
    try:
        return client.changes("", WITHIN_S) is not None
    finally:
        client.close()


def key_files(kiosk):
    return sorted(path.name for path in kiosk.data.centre.glob("key*"))


# Keys


def test_a_key_is_for_this_user_alone_and_tells_nothing(tmp_path):
    key = Keys(tmp_path / "centre").next()
    (path,) = (tmp_path / "centre").iterdir()
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert path.read_text().strip() not in repr(key)
    signature = key.sign(b"words")
    assert is_signed(signature, b"words", key.public)
    assert not is_signed(signature, b"other words", key.public)
    assert not is_signed(signature, b"words", "00" * 32)
    assert not is_signed(signature, b"words", "no key")


def test_the_next_key_stays_until_it_is_settled(tmp_path):
    keys = Keys(tmp_path)
    first = keys.next()
    assert keys.next().public == first.public
    keys.settle(first.public)
    second = keys.next()
    assert [key.public for key in keys.known(second.public)] == [second.public, first.public]
    assert [key.public for key in keys.known(first.public)] == [first.public, second.public]
    keys.settle(first.public)
    assert [key.public for key in keys.known("")] == [first.public]
    assert keys.next(anew=True).public not in {first.public, second.public}


@pytest.mark.parametrize("content", [b"", b"abc", b"\xff" * 64, b"00" * 31])
def test_a_damaged_key_is_trouble_and_no_new_one(tmp_path, content):
    (tmp_path / "key").write_bytes(content)
    with pytest.raises(Trouble) as caught:
        Keys(tmp_path).known("")
    assert caught.value.code == "key"


@pytest.mark.parametrize(
    ("typed", "code"),
    [("abcd-efgh", "ABCDEFGH"), (" ABCD EFGH ", "ABCDEFGH"), ("abcd.2345", "ABCD2345")],
)
def test_a_code_as_people_type_it(typed, code):
    assert tidy_code(typed) == code


@pytest.mark.parametrize("typed", ["", "ABCD", "ABCDEFGHJ", "ABCDEFG0", "ABCDEFGI", "ĂBCDEFGH"])
def test_a_code_that_can_be_none(typed):
    with pytest.raises(CommandRefused):
        tidy_code(typed)


# The computer


def card(sys, name, address, device="pci0000:00"):
    folder = sys / "class" / "net" / name
    folder.mkdir(parents=True)
    (folder / "address").write_text(address + "\n")
    if device:
        there = sys / "devices" / device / name
        there.mkdir(parents=True)
        (folder / "device").symlink_to(there)


def test_marks_are_of_what_is_built_in(tmp_path):
    sys, proc = tmp_path / "sys", tmp_path / "proc"
    card(sys, "eth0", "02:00:00:00:00:01")
    card(sys, "eth1", "00:00:00:00:00:00")
    card(sys, "wlan1", "02:00:00:00:00:02", device="pci0000:00/usb1")
    card(sys, "docker0", "02:00:00:00:00:03", device="")
    board = sys / "class" / "dmi" / "id"
    board.mkdir(parents=True)
    (board / "product_uuid").write_text("1-2-3\n")
    (proc / "device-tree").mkdir(parents=True)
    (proc / "device-tree" / "serial-number").write_bytes(b"10000000abc\0")
    assert marks_here(sys, proc) == (
        "board 1-2-3",
        "board 10000000abc",
        "mac 02:00:00:00:00:01",
    )
    assert marks_here(tmp_path / "no", tmp_path / "no") == ()


@pytest.mark.parametrize(
    ("kept", "here", "elsewhere"),
    [
        (["mac 1", "board 1"], ["mac 2", "board 1"], False),
        (["mac 1"], ["mac 2"], True),
        (["mac 1"], [], False),
        ([], ["mac 2"], False),
    ],
)
def test_what_makes_another_computer(kept, here, elsewhere):
    assert is_elsewhere(kept, here) is elsewhere


@in_loop
async def test_a_copied_disk_says_nothing_until_it_is_enrolled_anew(open_kiosk, kiosk, ward):
    centre = kiosk.data.centre
    before = read_enrolment(centre)
    keep_enrolment(centre, msgspec.structs.replace(before, marks=("mac of another computer",)))
    with pytest.raises(CentreAway) as caught:
        client_of(kiosk, ward.url, marks=("mac here",)).changes("", WITHIN_S)
    assert caught.value.code == "elsewhere"
    shutil.copytree(kiosk.data.root, kiosk.data.root.with_name("copy"))
    async with kiosk.at_work(ward.url):
        number = kiosk.issue()
        if marks_here():  # a container shows none
            await kiosk.until(lambda: kiosk.centre.reason == "elsewhere")
        kiosk.enrol(ward.url, ward.code())
        await kiosk.until(lambda: ward.numbers() == [number])
    assert read_enrolment(centre).device != before.device


# Enrolment


def test_a_lost_reply_of_an_enrolment_is_asked_for_again(open_kiosk, ward, cable):
    kiosk, code = open_kiosk(), ward.code()
    cable.cut_after = 5
    with pytest.raises(CentreAway):
        kiosk.enrol(cable.url, code)
    assert read_enrolment(kiosk.data.centre) is None
    cable.plug_in()
    enrolled = kiosk.enrol(cable.url, code)
    assert enrolled.device == ward.device()
    assert key_files(kiosk) == ["key"]
    assert hears(kiosk, ward.url)


def test_a_death_between_the_two_files_costs_nothing(kiosk, ward):
    (kiosk.data.centre / "key").rename(kiosk.data.centre / "key.new")
    assert hears(kiosk, ward.url)
    with pytest.raises(CentreRefuses):
        kiosk.enrol(ward.url, "ABCDEFGH")
    assert hears(kiosk, ward.url), "the key in use was spared"
    assert kiosk.enrol(ward.url, ward.code()).device
    assert hears(kiosk, ward.url)


def test_a_key_that_somebody_has_is_left_to_them(open_kiosk, kiosk, ward):
    copy = open_kiosk("copy")
    copy.data.centre.mkdir()
    shutil.copy(kiosk.data.centre / "key", copy.data.centre / "key.new")
    assert (
        copy.enrol(ward.url, ward.code()).public_key != read_enrolment(kiosk.data.centre).public_key
    )
    assert hears(kiosk, ward.url)
    assert hears(copy, ward.url)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"device": 7}'])
def test_a_torn_enrolment_is_said(kiosk, ward, content):
    (kiosk.data.centre / "enrolment.json").write_bytes(content)
    with pytest.raises(CentreAway) as caught:
        client_of(kiosk, ward.url).changes("", WITHIN_S)
    assert caught.value.code == "key"


# A new key


def test_a_new_key_takes_the_place_of_the_old_one(kiosk, ward):
    before = read_enrolment(kiosk.data.centre).public_key
    client = client_of(kiosk, ward.url)
    public = client.change_key(WITHIN_S)
    assert public != before
    assert read_enrolment(kiosk.data.centre).public_key == public
    assert key_files(kiosk) == ["key"]
    assert client.changes("", WITHIN_S)
    client.close()


def test_a_lost_reply_of_a_new_key_is_found_out_by_the_next_request(kiosk, ward, cable):
    before = read_enrolment(kiosk.data.centre).public_key
    cable.cut_after = 5
    client = client_of(kiosk, cable.url)
    with pytest.raises(CentreAway):
        client.change_key(WITHIN_S)
    assert key_files(kiosk) == ["key", "key.new"]
    cable.plug_in()
    assert client.changes("", WITHIN_S)
    assert read_enrolment(kiosk.data.centre).public_key != before
    assert key_files(kiosk) == ["key"]
    client.close()


def test_a_new_key_asked_for_again_after_a_lost_reply(kiosk, ward, cable):
    cable.cut_after = 5
    client = client_of(kiosk, cable.url)
    with pytest.raises(CentreAway):
        client.change_key(WITHIN_S)
    cable.plug_in()
    assert client.change_key(WITHIN_S)
    client.close()
    assert hears(kiosk, ward.url)


def test_a_new_key_that_never_reached_the_centre_leaves_the_old_one(kiosk, ward, cable):
    cable.pull()
    client = client_of(kiosk, cable.url)
    with pytest.raises(CentreAway):
        client.change_key(WITHIN_S)
    cable.plug_in()
    assert client.changes("", WITHIN_S)
    client.close()


@in_loop
async def test_a_core_goes_on_while_another_process_makes_a_new_key(kiosk, ward):
    async with kiosk.at_work(ward.url):
        numbers = [kiosk.issue()]
        await kiosk.until(lambda: ward.numbers() == numbers)
        client = client_of(kiosk, ward.url)
        client.change_key(WITHIN_S)
        client.close()
        numbers += [kiosk.issue() for _ in range(3)]
        await kiosk.until(lambda: ward.numbers() == numbers)
        await kiosk.until(lambda: kiosk.centre.state == "ready")
    assert len({epoch for epoch, _, _ in ward.told()}) == 1, "the same kiosk, the same order"
