"""Documents are swapped whole and put back when they do not do, whatever happens in between."""

import json
from dataclasses import dataclass, field

import msgspec
import pytest
from giver import ENROLLED, Giver, notice
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from centre.wire.documents import MAX_DOCUMENT_BYTES
from kiosk.errors import CentreAway, DocumentUnusable, Trouble
from kiosk.settings.given import STATE, given_texts, read_state
from kiosk.sync.keys import DeviceKey
from kiosk.sync.shelf import DocumentShelf

HOURS = b'[hours]\nmonday = ["08:00-11:00"]\n'
LATER = b'[hours]\nmonday = ["09:00-11:00"]\n'


@pytest.fixture
def giver():
    return Giver()


@pytest.fixture
def shelf(tmp_path):
    return shelf_in(tmp_path)


def shelf_in(tmp_path, **changes):
    who = msgspec.structs.replace(ENROLLED, **changes)
    return DocumentShelf(tmp_path / "documents", lambda: who)


def take(shelf, giver, told, *, prove=True):
    """The whole way of a good document."""
    shelf.want([told])
    assert shelf.wanted() == told
    shelf.fetch(told, giver.fetch)
    shelf.swap(told)
    if prove:
        shelf.prove([told.name])


def hours(shelf):
    return given_texts(shelf.folder).get("hours", "own").encode()


def fates(shelf):
    return [(one.name, one.version, one.state) for one in shelf.fates()]


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("piece", [1, 7, 100_000])
def test_a_document_comes_whole_in_any_pieces(shelf, giver, packed, piece):
    giver.packed, giver.piece = packed, piece
    body = HOURS * 40
    take(shelf, giver, giver.give("hours", 3, body))
    assert hours(shelf) == body
    assert fates(shelf) == [("hours", 3, "in_use")]
    shelf.told(shelf.fates())
    assert fates(shelf) == []
    assert shelf.wanted() is None


def test_nothing_counts_before_the_swap(shelf, giver):
    told = giver.give("hours", 1, HOURS)
    shelf.want([told])
    shelf.fetch(told, giver.fetch)
    assert hours(shelf) == b"own"


def test_what_is_told_twice_is_not_fetched_twice(shelf, giver):
    told = giver.give("hours", 1, HOURS)
    take(shelf, giver, told)
    shelf.want([told])
    assert shelf.wanted() is None
    assert giver.asked == [("hours", 1)]


def test_what_lies_there_whole_is_not_fetched_again(tmp_path, giver):
    shelf = shelf_in(tmp_path)
    told = giver.give("hours", 1, HOURS)
    shelf.want([told])
    shelf.fetch(told, giver.fetch)
    again = shelf_in(tmp_path)
    assert again.wanted() == told, "the wish outlives the core"
    again.fetch(told, giver.fetch)
    assert giver.asked == [("hours", 1)]


def test_the_newest_is_wanted_and_small_ones_first(shelf, giver):
    shelf.want([giver.give("catalogue", 1, b"{}"), giver.give("hours", 1, HOURS)])
    shelf.want([giver.give("hours", 2, LATER)])
    assert (shelf.wanted().name, shelf.wanted().version) == ("hours", 2)
    assert shelf.wanted(but=["hours"]).name == "catalogue"


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (notice("hours", 1, HOURS, key=DeviceKey(bytes(32))), "document key has not signed it"),
        (notice("hours", 1, HOURS, signature="no"), "signature"),
        (notice("hours", 1, HOURS, signature="00" * 10), "signed it"),
        (notice("hours", 1, HOURS, audience="site:hoan-kiem"), "hoan-kiem"),
        (notice("hours", 1, HOURS, size=MAX_DOCUMENT_BYTES + 1), "more than"),
        (msgspec.structs.replace(notice("hours", 1, HOURS), version=2), "signed it"),
        (msgspec.structs.replace(notice("hours", 1, HOURS), name="notices"), "signed it"),
        (msgspec.structs.replace(notice("hours", 1, HOURS), audience="group:pilot"), "signed it"),
        (msgspec.structs.replace(notice("hours", 1, b""), removed=True), "signed it"),
        (msgspec.structs.replace(notice("hours", 1, HOURS), audience="group:a\n"), "single lines"),
    ],
)
def test_what_the_centre_has_not_signed_so_is_not_even_fetched(shelf, giver, wrong, why):
    with pytest.raises(DocumentUnusable, match=why):
        shelf.fetch(wrong, giver.fetch)
    assert giver.asked == []


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize(
    "came", [HOURS[:-1], HOURS + b"x", HOURS.replace(b"08", b"07"), b"", b"\x1f\x8bno gzip at all"]
)
def test_what_comes_torn_or_changed_is_asked_for_again(shelf, giver, packed, came):
    told = giver.give("hours", 1, HOURS)
    giver.bodies["hours", 1] = came
    giver.packed = packed
    shelf.want([told])
    with pytest.raises(CentreAway) as caught:
        shelf.fetch(told, giver.fetch)
    assert caught.value.code == "torn"
    assert shelf.wanted() == told
    assert [one.name for one in shelf.folder.iterdir()] == [STATE]


def test_a_gzip_bomb_ends_at_what_was_announced(shelf, giver):
    told = giver.give("hours", 1, HOURS)
    giver.bodies["hours", 1] = bytes(50_000_000)
    giver.packed, giver.piece = True, 1000
    shelf.want([told])
    with pytest.raises(CentreAway, match="more than"):
        shelf.fetch(told, giver.fetch)


def test_a_withdrawal_leaves_the_kiosks_own(shelf, giver):
    take(shelf, giver, giver.give("hours", 1, HOURS))
    take(shelf, giver, giver.give("hours", 2, removed=True))
    assert hours(shelf) == b"own"
    assert giver.asked == [("hours", 1)], "there is nothing to fetch"
    assert fates(shelf) == [("hours", 2, "in_use")]
    assert shelf.in_use("hours") is None


def test_a_lower_version_counts_where_the_centre_says_so(shelf, giver):
    take(shelf, giver, giver.give("hours", 7, LATER, audience="group:pilot"))
    take(shelf, giver, giver.give("hours", 4, HOURS))
    assert hours(shelf) == HOURS


def test_what_it_cannot_run_with_is_put_back_told_and_not_tried_again(shelf, giver):
    take(shelf, giver, giver.give("hours", 1, HOURS))
    bad = giver.give("hours", 2, LATER)
    take(shelf, giver, bad, prove=False)
    assert hours(shelf) == LATER
    shelf.put_back("hours", "hours.toml:2: monday\nmore of it")
    assert hours(shelf) == HOURS
    (fate,) = shelf.fates()
    assert (fate.version, fate.state, fate.reason) == (2, "rolled_back", "hours.toml:2: monday")
    shelf.want([bad])
    assert shelf.wanted() is None
    take(shelf, giver, giver.give("hours", 3, LATER))
    assert hours(shelf) == LATER


def test_a_second_trial_falls_back_to_what_is_proven(shelf, giver):
    take(shelf, giver, giver.give("hours", 1, HOURS))
    take(shelf, giver, giver.give("hours", 2, LATER), prove=False)
    take(shelf, giver, giver.give("hours", 3, LATER + b"# more"), prove=False)
    shelf.put_back("hours", "no")
    assert hours(shelf) == HOURS


def test_two_deaths_in_a_row_put_it_back(tmp_path, giver):
    shelf = shelf_in(tmp_path)
    take(shelf, giver, giver.give("hours", 1, HOURS))
    take(shelf, giver, giver.give("hours", 2, LATER), prove=False)
    shelf.runs()
    shelf = shelf_in(tmp_path)  # the first core died
    assert shelf.start() == ()
    assert hours(shelf) == LATER
    shelf = shelf_in(tmp_path)  # the second one too
    assert shelf.start() == ("hours",)
    assert hours(shelf) == HOURS
    assert fates(shelf) == [("hours", 2, "rolled_back")]
    assert "died 2 times" in shelf.fates()[0].reason


def test_an_orderly_end_is_no_death(tmp_path, giver):
    shelf = shelf_in(tmp_path)
    take(shelf, giver, giver.give("hours", 1, HOURS), prove=False)
    for _ in range(5):
        shelf = shelf_in(tmp_path)
        assert shelf.start() == ()
        shelf.end()
    assert shelf.on_trial() == ("hours",)


def test_one_death_and_then_a_steady_run(tmp_path, giver):
    shelf = shelf_in(tmp_path)
    take(shelf, giver, giver.give("hours", 1, HOURS), prove=False)
    shelf.runs()
    shelf = shelf_in(tmp_path)
    shelf.start()
    shelf.prove(shelf.on_trial())
    for _ in range(5):
        shelf = shelf_in(tmp_path)
        assert shelf.start() == ()
    assert hours(shelf) == HOURS


def test_another_site_has_other_documents(tmp_path, giver):
    take(shelf_in(tmp_path), giver, giver.give("hours", 1, HOURS, audience="site:ba-dinh"))
    moved = shelf_in(tmp_path, site="hoan-kiem")
    assert moved.want([]) == ("hours",)
    assert hours(moved) == b"own"
    assert moved.want([]) == ()


def test_old_files_go(shelf, giver):
    for version in range(1, 6):
        take(shelf, giver, giver.give("hours", version, HOURS + b"#%d" % version))
    names = {one.name for one in shelf.folder.iterdir()}
    assert len(names) == 2
    assert STATE in names


@pytest.mark.parametrize("torn", [b"", b"{", b"[]", b'{"documents": {"hours": {"in_use": 7}}}'])
def test_a_torn_state_leaves_the_kiosks_own_and_is_said(tmp_path, giver, torn, caplog):
    take(shelf_in(tmp_path), giver, giver.give("hours", 1, HOURS))
    (tmp_path / "documents" / STATE).write_bytes(torn)
    assert given_texts(tmp_path / "documents") == {}
    assert "cannot be used" in caplog.text
    shelf = shelf_in(tmp_path)
    take(shelf, giver, giver.give("hours", 1, HOURS))
    assert hours(shelf) == HOURS


def test_a_document_that_is_gone_leaves_the_kiosks_own(shelf, giver, caplog):
    told = giver.give("hours", 1, HOURS)
    take(shelf, giver, told)
    shelf.in_use("hours").unlink()
    assert hours(shelf) == b"own"
    assert "cannot be used" in caplog.text


def test_a_disk_that_refuses_changes_nothing(tmp_path, giver):
    shelf = shelf_in(tmp_path)
    take(shelf, giver, giver.give("hours", 1, HOURS))
    folder = tmp_path / "documents"
    folder.rename(tmp_path / "aside")
    folder.write_text("no folder")
    with pytest.raises(Trouble):
        shelf.want([giver.give("hours", 2, LATER)])
    folder.unlink()
    (tmp_path / "aside").rename(folder)
    assert shelf.wanted() is None
    assert hours(shelf) == HOURS


def test_the_state_is_a_file_that_a_technician_can_read(shelf, giver):
    take(shelf, giver, giver.give("hours", 1, HOURS))
    path = shelf.folder / STATE
    assert json.loads(path.read_text())["documents"]["hours"]["in_use"]["version"] == 1
    assert path.stat().st_mode & 0o777 == 0o600


@dataclass
class Expected:
    """What a person would expect of one document."""

    proven: bytes = b"own"
    tried: bytes | None = None
    deaths: int = 0
    runs: bool = False
    untold: list = field(default_factory=list)


class Deaths(RuleBasedStateMachine):
    """Cores come and go while documents come in; a model that a person can follow."""

    def __init__(self):
        super().__init__()
        import tempfile
        from pathlib import Path

        self.folder = tempfile.TemporaryDirectory()
        self.root = Path(self.folder.name)
        self.giver = Giver()
        self.shelf = shelf_in(self.root)
        self.version = 0
        self.model = Expected()

    def teardown(self):
        self.folder.cleanup()

    @rule(live=st.booleans())
    def a_document_comes(self, live):
        self.version += 1
        body = HOURS + b"# %d" % self.version
        take(self.shelf, self.giver, self.giver.give("hours", self.version, body), prove=False)
        self.model.tried, self.model.deaths, self.model.runs = body, 0, live
        if live:
            self.shelf.runs()

    @precondition(lambda self: self.model.tried is not None)
    @rule()
    def it_is_proven(self):
        self.shelf.prove(["hours"])
        self.model = Expected(proven=self.model.tried)

    @rule()
    def the_core_dies(self):
        self._next_core()

    @rule()
    def the_core_ends(self):
        self.shelf.end()
        self.model.runs = False
        self._next_core()

    def _next_core(self):
        self.shelf = shelf_in(self.root)
        dead = self.shelf.start()
        if self.model.tried is None:
            assert dead == ()
            return
        self.model.deaths += self.model.runs
        self.model.runs = True
        assert dead == (("hours",) if self.model.deaths == 2 else ())
        if dead:
            self.model = Expected(proven=self.model.proven)

    @invariant()
    def what_counts_is_what_a_person_expects(self):
        wanted = self.model.proven if self.model.tried is None else self.model.tried
        assert hours(self.shelf) == wanted
        assert bool(self.shelf.on_trial()) == (self.model.tried is not None)
        assert read_state(self.root / "documents") == self.shelf.state


TestDeaths = Deaths.TestCase
TestDeaths.settings = settings(deadline=None, max_examples=15, stateful_step_count=15)
