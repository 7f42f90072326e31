"""Figures over commits: a run is added, the same run again takes its place, all of it is drawn."""

from bench import history
from bench.figures import Figure


def figure(value, what="a touch"):
    return Figure(row=6, what=what, value=value, unit="ms", at_most=50.0)


def test_runs_are_kept_and_drawn(tmp_path):
    kept, page = tmp_path / "history.jsonl", tmp_path / "index.html"
    history.keep([figure(30.0), figure(9.0, "another")], "2026-11-30T08:00:00", "x", kept)
    history.keep([figure(20.0)], "2026-11-30T09:00:00", "x", kept)
    history.keep([figure(25.0)], "2026-11-30T09:00:00", "y", kept)
    values = [(one["machine"], one["what"], one["value"]) for one in history.read(kept)]
    assert values == [("x", "another", 9.0), ("x", "a touch", 20.0), ("y", "a touch", 25.0)]
    history.draw(kept, page)
    text = page.read_text("utf-8")
    assert text.count("<svg") == 2
    assert "aim ≤ 50 ms" in text


def test_nothing_measured_yet(tmp_path):
    assert history.read(tmp_path / "none") == []
    assert "<svg" not in history.draw(tmp_path / "none", tmp_path / "p.html").read_text("utf-8")
