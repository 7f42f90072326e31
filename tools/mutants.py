"""Small faults put into a pure room, one at a time: does a test of it notice each? Needs mutmut.

    python -m pip install --target var/mutmut mutmut==3.8.1
    python -m tools.mutants queueing           all of a room; the next time those that lived
    python -m tools.mutants queueing calls     those of which the name has this in it
    python -m tools.mutants show NAME          what one of them changes

mutmut makes the faults; it lives in a folder of its own, away from what it looks at. They are
tried here: the tests are collected once, and each fault has a forked process in which those tests
run that came past its function, the quickest first, until one fails. (mutmut itself begins pytest
anew for each, which takes far longer.) All of it happens in a copy of the tree, var/mutants/ROOM.
docs/trials/mutants.md has what came of it, and which survivors change nothing.
"""

from __future__ import annotations

import ast
import difflib
import gc
import hashlib
import os
import resource
import shutil
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
MUTMUT = PROJECT / "var" / "mutmut"
OUT = PROJECT / "var" / "mutants"
GUIDE = "tests/unit/kiosk/guide"
KILLED, SURVIVED, NO_TEST, ENDLESS = "killed", "survived", "no test", "endless"
EXAMPLES = 10
"""Of each property; an example in a test says more about a rule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """The modules of a room, and the tests that must notice."""

    modules: tuple[str, ...]
    tests: tuple[str, ...]


ROOMS = {
    "queueing": Room(modules=("kiosk/queueing/*.py",), tests=("tests/unit/kiosk/queueing",)),
    "printer": Room(
        modules=("hardware/printer/frames.py", "hardware/printer/paper.py"),
        tests=("tests/unit/hardware/test_printer_frames.py",),
    ),
    "search": Room(
        modules=tuple(
            f"kiosk/guide/{name}.py"
            for name in (
                "folding", "grams", "weights", "model", "extended_model", "names", "prefixes",
                "siblings", "operations", "search", "english_words", "english_search",
            )
        ),
        tests=tuple(
            f"{GUIDE}/test_{name}.py"
            for name in (
                "folding", "grams", "weights", "model_sums", "names", "prefixes", "siblings",
                "operations", "search", "english_search", "model",
            )
        ),
    ),
}  # fmt: skip


def main(arguments: list[str]) -> int:
    """Try a room, or show a fault of one."""
    if arguments[:1] == ["show"]:
        print(*map(difference, arguments[1:]), sep="\n")
        return 0
    if not arguments or arguments[0] not in ROOMS:
        print(f"python -m tools.mutants {{{','.join(ROOMS)}}} [PART OF A NAME]")
        return 2
    name, part = arguments[0], "".join(arguments[1:2])
    room, copy = ROOMS[name], OUT / name
    lay_out(copy)
    sys.path.append(str(MUTMUT))  # behind the project's own
    sys.path.insert(0, str(copy))
    os.chdir(copy)
    os.environ["CI"] = "true"  # the same dice for every fault
    os.nice(10)
    results = Results(copy / "results.txt")
    trial = Trial(spoil(copy, room, results), results, part)
    quiet = ["-q", "-p", "no:cacheprovider", "--timeout=0"]
    code = pytest.main([*quiet, f"--rootdir={copy}", *room.tests], plugins=[trial])
    tell(name, trial)
    return int(code)


def lay_out(copy: Path) -> None:
    """The tree as it stands, and the little that mutmut wants to be told."""
    copy.mkdir(parents=True, exist_ok=True)
    (copy / "setup.cfg").write_text("[mutmut]\nsource_paths=kiosk\n", "utf-8")
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, cwd=PROJECT, capture_output=True, check=True, text=True).stdout
    for name in filter(None, names.split("\0")):
        source, target = PROJECT / name, copy / name
        if source.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target)


class Results:
    """What became of each fault, on the disk after every one: a line each, the last one counts."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.of: dict[str, str] = {}
        for line in path.read_text("utf-8").splitlines() if path.exists() else ():
            fault, _, what = line.partition("\t")
            self.of[fault] = what

    def begin(self, module: str, source: str, faults: list[str]) -> None:
        """What is known of a module that was changed since, counts no more."""
        told = hashlib.sha256(source.encode()).hexdigest()
        if self.of.get(module) != told:
            self.of = {one: what for one, what in self.of.items() if one not in faults}
            for one, what in ((module, told), *((one, "not tried") for one in faults)):
                self.note(one, what)

    def note(self, fault: str, what: str) -> None:
        """Keep what became of one."""
        self.of[fault] = what
        with self._path.open("a", encoding="utf-8") as file:
            file.write(f"{fault}\t{what}\n")


def spoil(copy: Path, room: Room, results: Results) -> list[str]:
    """Put every fault beside what it would change; their names."""
    mutate = import_module("mutmut.mutation.file_mutation").mutate_file_contents
    names: list[str] = []
    for pattern in room.modules:
        for path in sorted(copy.glob(pattern)):
            source = path.read_text("utf-8")
            spoilt = mutate(str(path), source)
            ast.parse(spoilt.code)
            path.write_text(spoilt.code, "utf-8")
            module = ".".join(path.relative_to(copy).with_suffix("").parts)
            own = [f"{module}.{name}" for name in spoilt.mutant_names]
            results.begin(module, source, own)
            names += own
    return names


@dataclass
class Trial:
    """A plugin of pytest: instead of its loop over the tests, one over the faults."""

    faults: list[str]
    results: Results
    part: str = ""
    _failed: bool = False
    _touched: set[str] = field(default_factory=set)
    _tests: dict[str, list[tuple[float, pytest.Item]]] = field(default_factory=dict)

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection(self) -> None:
        """Few examples of each property, and no time for making a failing one small."""
        hypothesis = import_module("hypothesis")  # not before pytest has looked at its plugins
        settings, phase = hypothesis.settings, hypothesis.Phase
        few = settings(
            settings.get_profile("patient"),
            max_examples=EXAMPLES,
            phases=(phase.explicit, phase.generate),
        )
        settings.register_profile("few", few)
        settings.load_profile("few")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Whether the test that runs has failed."""
        self._failed = self._failed or report.failed

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """All tests once without a fault, then all faults."""
        trampoline = import_module("mutmut.mutation.trampoline")
        trampoline.record_trampoline_hit = lambda name, caller=None: self._touched.add(name)
        trampoline.set_mutant_under_test("stats")
        for item in session.items:
            self._learn(item)
        trampoline.set_mutant_under_test("")
        gc.collect()
        gc.freeze()  # what nobody touches need not be copied for each child
        gc.disable()
        wanted = [one for one in self.faults if self.part in one]
        for fault in wanted:
            if self.results.of.get(fault) != KILLED:
                self.results.note(fault, self._try(fault))
        return True

    def _learn(self, item: pytest.Item) -> None:
        self._touched.clear()
        begun = time.process_time()
        self._run(item)
        took = time.process_time() - begun
        if self._failed:
            pytest.exit(f"{item.nodeid} fails without any fault", 1)
        for function in self._touched:
            self._tests.setdefault(function, []).append((took, item))

    def _run(self, item: pytest.Item) -> None:
        item.ihook.pytest_runtest_protocol(item=item, nextitem=None)

    def _try(self, fault: str) -> str:
        tests = self._tests.get(fault.rpartition("__mutmut_")[0])
        if not tests:
            return NO_TEST
        child = os.fork()
        if not child:
            self._be_child(fault, sorted(tests, key=lambda test: test[0]))
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status):
            return ENDLESS
        return KILLED if os.WEXITSTATUS(status) else SURVIVED

    def _be_child(self, fault: str, tests: list[tuple[float, pytest.Item]]) -> None:
        """Run the tests with one fault; never returns."""
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for output in (1, 2):
            os.dup2(nowhere, output)
        seconds = int(5 + 10 * sum(took for took, _ in tests))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        forget_what_was_cached(fault)
        import_module("mutmut.mutation.trampoline").set_mutant_under_test(fault)
        for _, item in tests:
            self._run(item)
            if self._failed:
                break
        os._exit(int(self._failed))


def forget_what_was_cached(fault: str) -> None:
    """Answers that the room kept from before the fault."""
    folder = fault.split(".")[:2]
    for name, module in list(sys.modules.items()):
        if name.split(".")[:2] == folder:
            for one in list(vars(module).values()):
                if hasattr(one, "cache_clear"):
                    one.cache_clear()


def difference(fault: str) -> str:
    """What a fault changes, of the room that was tried."""
    module, _, name = fault.rpartition(".")
    copies = (path.read_text("utf-8") for path in OUT.glob(f"*/{module.replace('.', '/')}.py"))
    spoilt = next(text for text in copies if f"def {name}(" in text)
    every = [one for one in ast.walk(ast.parse(spoilt)) if isinstance(one, ast.FunctionDef)]
    orig = name.rpartition("__mutmut_")[0] + "__mutmut_orig"
    before, after = (
        next(ast.unparse(one).splitlines()[1:] for one in every if one.name == wanted)
        for wanted in (orig, name)
    )
    changed = [line for line in difflib.unified_diff(before, after, n=0) if line[0] in "+-"]
    return "\n".join([fault, *around_difference(changed[2:])])


def around_difference(lines: list[str]) -> list[str]:
    """Of two long lines only where they differ."""
    if len(lines) != 2 or max(map(len, lines)) < 120:
        return lines
    pairs = enumerate(zip(lines[0][1:], lines[1][1:], strict=False), start=1)
    place = next((at for at, (one, other) in pairs if one != other), 1)
    return [f"{line[0]} {line[max(1, place - 40) : place + 60]}" for line in lines]


def tell(name: str, trial: Trial) -> None:
    """The line of the page's table, and who lived."""
    became = {fault: trial.results.of.get(fault, "not tried") for fault in trial.faults}
    for fault, what in became.items():
        if what != KILLED:
            print(f"{what:>9}  {fault}")
    counts = Counter(became.values())
    share = 100 * counts[KILLED] / max(1, len(became))
    print(f"{name}: {len(became)} faults, {dict(counts)}, {share:.1f} % killed")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
