"""Documents from the centre on the disk: checked, swapped whole, put back when they do not do.

    want ─▶ fetch ─▶ signature, size, SHA-256 ─▶ (tried) ─▶ swap ─▶ prove    told: in_use
                        │                          │          └──▶ put_back  told: rolled_back
                        └──────────────────────────┴──▶ refuse               told: rolled_back

A version on trial is counted dead when a core ran with it and did not end by itself; the second
time in a row the former one is put back, before the core looks at it. What is refused is not tried
again. Files: kiosk.settings.given.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
import threading
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeAlias, TypeVar, cast

import msgspec

from centre.wire import DocumentFate, DocumentNotice
from centre.wire.documents import MAX_DOCUMENT_BYTES, signed_words
from kiosk.errors import CentreAway, DocumentUnusable, Trouble
from kiosk.settings.given import STATE, OnShelf, State, Trial, file_name, read_state
from kiosk.settings.keeping import write_whole
from kiosk.sync.enrolment import Enrolled

ORDER = ("config", "services", "hours", "notices", "survey", "catalogue")
"""Which comes first where several are wanted: the small ones."""
DEATHS = 2
GZIP_BEGINS, CHUNK = b"\x1f", 64 * 1024
MOST_REFUSED, MOST_FATES, LONGEST_REASON = 20, 20, 300
Fetch = Callable[[DocumentNotice, Callable[[bytes], object]], None]
"""Hands the bytes as they come to a sink; raises CentreAway."""


P = ParamSpec("P")
R = TypeVar("R")
Method: TypeAlias = "Callable[Concatenate[DocumentShelf, P], R]"


def _alone(method: Method[P, R]) -> Method[P, R]:
    """One change at a time, whichever thread it comes from."""

    @functools.wraps(method)
    def change(self: DocumentShelf, *args: P.args, **kwargs: P.kwargs) -> R:
        with self.lock:
            return method(self, *args, **kwargs)

    return cast("Method[P, R]", change)


class DocumentShelf:
    """The documents in `folder`; may be used from any thread."""

    def __init__(self, folder: Path, who: Callable[[], Enrolled]) -> None:
        """`who` tells for whom it is kept; it raises CentreAway where nobody is enrolled."""
        self.folder = folder
        self._who = who
        self.lock = threading.RLock()
        self._state = read_state(folder)

    @property
    def state(self) -> State:
        """How everything stands."""
        return self._state

    @_alone
    def want(self, notices: Iterable[DocumentNotice]) -> tuple[str, ...]:
        """These are what counts from now on; remembered until they are here.

        What another site was given does not count at this one: the names of that are given back.
        Raises CentreAway and Trouble.
        """
        site = self._who().site
        stays = self._state.site == site
        gone = tuple(() if stays else self._state.documents)
        documents = dict(self._state.documents) if stays else {}
        for notice in notices:
            one = documents.get(notice.name, OnShelf())
            is_here = one.in_use is not None and _same(one.in_use, notice)
            is_known = is_here or _mark(notice) in one.refused
            wanted = None if is_known else notice
            documents[notice.name] = msgspec.structs.replace(one, wanted=wanted)
        self._keep(State(site=site, documents=documents, fates=self._state.fates))
        return gone

    def wanted(self, but: Iterable[str] = ()) -> DocumentNotice | None:
        """The next that is to be had, of other names than `but`."""
        found = (self._one(name).wanted for name in ORDER if name not in but)
        return next((notice for notice in found if notice is not None), None)

    def counts(self, name: str) -> DocumentNotice | None:
        """What counts of this name for the centre: wanted, or in use."""
        one = self._one(name)
        return one.wanted or one.in_use

    def in_use(self, name: str) -> Path | None:
        """The file of what is in use; None where the kiosk's own is."""
        found = self._one(name).in_use
        return None if found is None or found.removed else self._path(found)

    def _path(self, notice: DocumentNotice) -> Path:
        return self.folder / file_name(notice)

    def fetch(self, notice: DocumentNotice, fetch: Fetch) -> Path | None:
        """Have it here, whole and as the centre signed it: its file, None for a withdrawal.

        Raises DocumentUnusable where it never will be, CentreAway (torn) where it may be next time,
        Trouble where the disk refuses, and what `fetch` raises.
        """
        _check_signature(notice, self._who())
        if notice.removed:
            return None
        if _is_whole(self._path(notice), notice):
            return self._path(notice)
        growing = self.folder / f".{file_name(notice)}.growing"
        try:
            with growing.open("wb") as file:
                os.fchmod(file.fileno(), 0o600)
                sink = _Sink(notice, file.write)
                fetch(notice, sink.take)
                sink.end()
                file.flush()
                os.fsync(file.fileno())
            return growing.replace(self._path(notice))
        except OSError as error:
            raise Trouble(f"{growing} cannot be written: {error}", code="read_only") from error
        finally:
            growing.unlink(missing_ok=True)

    @_alone
    def swap(self, notice: DocumentNotice) -> None:
        """From now on it is in use, on trial."""
        one = self._one(notice.name)
        former = one.former if one.trial is not None else one.in_use
        fresh = msgspec.structs.replace(
            one, in_use=notice, former=former, wanted=_unless(one.wanted, notice), trial=Trial()
        )
        self._put(notice.name, fresh)

    @_alone
    def runs(self) -> None:
        """A core runs with what is in use."""
        self._try_on(lambda trial: msgspec.structs.replace(trial, runs=True))

    @_alone
    def start(self) -> tuple[str, ...]:
        """A core starts: what cores died with is put back. The names of those."""
        self._try_on(lambda trial: Trial(deaths=trial.deaths + trial.runs, runs=True))
        dead = tuple(
            name
            for name, one in self._state.documents.items()
            if one.trial is not None and one.trial.deaths >= DEATHS
        )
        for name in dead:
            self.put_back(name, f"the core died {DEATHS} times in a row with it")
        return dead

    @_alone
    def end(self) -> None:
        """The core ends by itself: no death."""
        self._try_on(lambda trial: msgspec.structs.replace(trial, runs=False))

    def on_trial(self) -> tuple[str, ...]:
        """The names of what the kiosk has not yet been seen to run with."""
        return tuple(name for name, one in self._state.documents.items() if one.trial is not None)

    @_alone
    def prove(self, names: Iterable[str]) -> None:
        """The kiosk runs with these."""
        for name in names:
            one = self._one(name)
            if one.trial is not None and one.in_use is not None:
                fresh = msgspec.structs.replace(one, former=None, trial=None)
                self._put(name, fresh, _in_use(one.in_use))
        self._tidy()

    @_alone
    def put_back(self, name: str, reason: str) -> None:
        """The kiosk cannot run with it: what was in use before is again."""
        one = self._one(name)
        failed = one.in_use
        if failed is None:
            return
        fresh = msgspec.structs.replace(
            one, in_use=one.former, former=None, trial=None, refused=_with(one.refused, failed)
        )
        self._put(name, fresh, _rolled_back(failed, reason))

    @_alone
    def refuse(self, notice: DocumentNotice, reason: str) -> None:
        """The kiosk cannot use it, and has not tried."""
        one = self._one(notice.name)
        fresh = msgspec.structs.replace(
            one, wanted=_unless(one.wanted, notice), refused=_with(one.refused, notice)
        )
        self._put(notice.name, fresh, _rolled_back(notice, reason))
        self._tidy()

    @_alone
    def hold(self, notice: DocumentNotice, reason: str) -> None:
        """It is not to count here now, and stays wanted, or in use for the day on which it is."""
        self._put(notice.name, self._one(notice.name), _rolled_back(notice, reason))

    @_alone
    def release(self, name: str) -> None:
        """What is in use counts again."""
        one = self._one(name)
        if one.trial is None and one.in_use is not None:
            self._put(name, one, _in_use(one.in_use))

    def fates(self) -> tuple[DocumentFate, ...]:
        """What the centre has not been told."""
        return self._state.fates

    @_alone
    def told(self, fates: Iterable[DocumentFate]) -> None:
        """It has."""
        done = set(fates)
        left = tuple(fate for fate in self._state.fates if fate not in done)
        self._keep(msgspec.structs.replace(self._state, fates=left))

    def _one(self, name: str) -> OnShelf:
        return self._state.documents.get(name, OnShelf())

    def _put(self, name: str, one: OnShelf, fate: DocumentFate | None = None) -> None:
        fates = self._state.fates
        if fate is not None:
            fates = (*(other for other in fates if other.name != name), fate)[-MOST_FATES:]
        documents = {**self._state.documents, name: one}
        self._keep(msgspec.structs.replace(self._state, documents=documents, fates=fates))

    def _try_on(self, change: Callable[[Trial], Trial]) -> None:
        documents = {
            name: one
            if one.trial is None
            else msgspec.structs.replace(one, trial=change(one.trial))
            for name, one in self._state.documents.items()
        }
        self._keep(msgspec.structs.replace(self._state, documents=documents))

    def _keep(self, state: State) -> None:
        """Raises Trouble where the disk refuses; then nothing has changed."""
        if state == self._state:
            return
        text = msgspec.json.format(msgspec.json.encode(state), indent=1).decode()
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_whole(self.folder / STATE, text + "\n", mode=0o600)
        except OSError as error:
            raise Trouble(f"{self.folder} cannot be written: {error}", code="read_only") from error
        self._state = state

    def _tidy(self) -> None:
        """Remove the files that nobody needs any more."""
        needed = {STATE} | {
            file_name(notice)
            for one in self._state.documents.values()
            for notice in (one.in_use, one.former, one.wanted)
            if notice is not None
        }
        with contextlib.suppress(OSError):
            for path in self.folder.iterdir():
                if path.name not in needed:
                    path.unlink(missing_ok=True)


class _Sink:
    """Unpacks what comes, never beyond what was announced. Raises CentreAway (torn)."""

    def __init__(self, notice: DocumentNotice, write: Callable[[bytes], object]) -> None:
        self._notice = notice
        self._write = write
        self._digest = hashlib.sha256()
        self._size = 0
        self._unpacker = zlib.decompressobj(wbits=31)
        self._packed: bool | None = None  # None: nothing has come yet

    def take(self, piece: bytes) -> None:
        """One more piece of it, packed or not."""
        if self._packed is None:
            self._packed = piece[:1] == GZIP_BEGINS  # no JSON and no TOML begins so
        if not self._packed:
            self._add(piece)
            return
        while piece:
            try:
                self._add(self._unpacker.decompress(piece, CHUNK))
            except zlib.error as error:
                raise CentreAway(f"gzip: {error}", code="torn") from error
            piece = self._unpacker.unconsumed_tail

    def end(self) -> None:
        """It is to be whole now."""
        if self._packed:
            self._add(self._unpacker.flush())
        if self._size != self._notice.size:
            detail = f"{self._size} bytes came, {self._notice.size} were announced"
            raise CentreAway(detail, code="torn")
        if self._digest.hexdigest() != self._notice.sha256:
            raise CentreAway("its SHA-256 is another one", code="torn")

    def _add(self, plain: bytes) -> None:
        self._size += len(plain)
        if self._size > self._notice.size:
            raise CentreAway(f"more than the {self._notice.size} bytes announced", code="torn")
        self._digest.update(plain)
        self._write(plain)


def _check_signature(notice: DocumentNotice, enrolled: Enrolled) -> None:
    from kiosk.sync.keys import is_signed  # noqa: PLC0415 - a library, not for every start

    if notice.size > MAX_DOCUMENT_BYTES:
        raise DocumentUnusable(f"{notice.size} bytes are more than {MAX_DOCUMENT_BYTES}")
    audience = notice.audience
    ours = audience in {"", f"site:{enrolled.site}"} or audience.startswith("group:")
    if not ours:
        raise DocumentUnusable(f"it is for {audience!r}, this is site {enrolled.site!r}")
    try:
        words = signed_words(
            notice.name, audience, notice.version, notice.sha256, removed=notice.removed
        )
        signature = bytes.fromhex(notice.signature)
    except ValueError as error:
        raise DocumentUnusable(f"its signature cannot be looked at: {error}") from error
    if not is_signed(signature, words, enrolled.document_key):
        raise DocumentUnusable("the centre's document key has not signed it")


def _is_whole(path: Path, notice: DocumentNotice) -> bool:
    try:
        if path.stat().st_size != notice.size:
            return False
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == notice.sha256
    except OSError:
        return False


def _mark(notice: DocumentNotice) -> tuple[int, str]:
    return notice.version, notice.sha256


def _same(one: DocumentNotice, other: DocumentNotice) -> bool:
    return (*_mark(one), one.removed) == (*_mark(other), other.removed)


def _unless(wanted: DocumentNotice | None, notice: DocumentNotice) -> DocumentNotice | None:
    """What is wanted, unless that is `notice`: a newer one may have come meanwhile."""
    return None if wanted is None or _same(wanted, notice) else wanted


def _with(
    refused: tuple[tuple[int, str], ...], notice: DocumentNotice
) -> tuple[tuple[int, str], ...]:
    return (*refused, _mark(notice))[-MOST_REFUSED:]


def _in_use(notice: DocumentNotice) -> DocumentFate:
    return DocumentFate(name=notice.name, version=notice.version, state="in_use")


def _rolled_back(notice: DocumentNotice, reason: str) -> DocumentFate:
    line = reason.strip().split("\n")[0][:LONGEST_REASON]
    return DocumentFate(name=notice.name, version=notice.version, state="rolled_back", reason=line)
