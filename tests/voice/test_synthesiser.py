"""Text to sound through the real child program, and what happens to that child."""

import os
import signal
import subprocess
import sys
import time
from contextlib import closing

import pytest

from voice import synthesiser as module
from voice.errors import NoSynthesiser, SynthesiserFailed
from voice.synthesiser import Synthesiser

SENTENCE = "Xin cảm ơn. Số của ông bà là A không không bảy"


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def test_a_sentence_is_heard(synthesiser: Synthesiser) -> None:
    made = synthesiser.make(SENTENCE, "vi")
    assert made.rate == 22_050
    assert 2.5 < made.seconds < 6
    assert made.loudness > -40


def test_rate_and_voice_change_at_once(synthesiser: Synthesiser) -> None:
    lengths: dict[tuple[int, str], list[float]] = {}
    for rate, language in [(100, "vi"), (200, "vi"), (140, "en"), (200, "en")] * 4:
        synthesiser.rate = rate
        seconds = synthesiser.make(SENTENCE, language).seconds
        lengths.setdefault((rate, language), []).append(seconds)
    # espeak-ng's noise is never twice the same, its lengths are.
    assert all(max(same) < 1.02 * min(same) for same in lengths.values())
    assert sorted(lengths, key=lambda key: lengths[key]) == [
        (200, "vi"), (100, "vi"), (200, "en"), (140, "en"),
    ]  # fmt: skip


def test_letters_are_spelled(synthesiser: Synthesiser) -> None:
    letter, syllable = synthesiser.make("W không", "vi"), synthesiser.make("vê kép không", "vi")
    assert letter.seconds == pytest.approx(syllable.seconds, rel=0.02)


def test_a_voice_that_is_missing_is_a_failure(
    synthesiser: Synthesiser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(module.VOICES, "vi", "tlh-none")
    with pytest.raises(SynthesiserFailed, match="no voice 'tlh-none'"):
        synthesiser.make(SENTENCE, "vi")


@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGSTOP])
def test_a_child_that_dies_or_hangs_is_replaced(
    synthesiser: Synthesiser, blow: signal.Signals
) -> None:
    child = synthesiser.child_id
    assert child is not None
    os.kill(child, blow)
    started = time.monotonic()
    assert synthesiser.make(SENTENCE, "vi").seconds > 2.5
    assert time.monotonic() - started < module.MAKE_WITHIN + module.START_WITHIN
    assert synthesiser.child_id != child
    assert gone(child)


def test_nothing_is_left_behind(synthesiser: Synthesiser) -> None:
    child = synthesiser.child_id
    assert child is not None
    synthesiser.close()
    assert gone(child)


def test_the_child_ends_when_its_owner_has_gone(synthesiser: Synthesiser) -> None:
    del synthesiser  # only to be skipped where there is no speech
    child = subprocess.Popen(module.COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    with child:
        assert child.stdin is not None
        assert child.stdout is not None
        assert child.stdout.readline() == b'{"ready": true}\n'
        child.stdin.close()
        assert child.wait(30) == 0


@pytest.mark.parametrize(
    "command",
    [
        python(
            "import sys; sys.modules['pyttsx3'] = None\n"
            "from voice.synthesiser_child import main; main()"
        ),
        ["/nowhere/python"],
    ],
    ids=["no pyttsx3", "no program"],
)
def test_a_synthesiser_that_is_not_installed_is_told(command: list[str]) -> None:
    synthesiser = Synthesiser(rate=140, command=command)
    with closing(synthesiser), pytest.raises(NoSynthesiser) as error:
        synthesiser.make(SENTENCE, "vi")
    assert error.value.code == "speech.no_synthesiser"


@pytest.mark.parametrize(
    "code",
    [
        "pass",
        "print('xin chao')",
        "print('[1]')",
        "print('{\"ready\": true}', flush=True); input(); print('{}')",
    ],
    ids=["ends at once", "no JSON", "no object", "no file"],
)
def test_a_child_that_makes_nothing_of_use_is_a_failure(code: str) -> None:
    synthesiser = Synthesiser(rate=140, command=python(code))
    with closing(synthesiser), pytest.raises(SynthesiserFailed) as error:
        synthesiser.make(SENTENCE, "vi")
    assert error.value.code == "speech.synthesiser_failed"


def gone(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return True
    return False
