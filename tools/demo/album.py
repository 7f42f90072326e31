"""`index.html` of the demo: photographs, slips and what was said, in one page."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tools.demo.visits import Shot

STYLE = """
:root { color-scheme: light; font-family: "Be Vietnam Pro", system-ui, sans-serif; }
body { margin: 0 auto; max-width: 1200px; padding: 40px 24px; background: #F6F3EC; color: #1D2430; }
h1 { color: #A3161F; margin-bottom: 0; } h2 { margin: 56px 0 16px; }
p { line-height: 1.6; } .muted { color: #5C6675; }
.row { display: flex; flex-wrap: wrap; gap: 24px; align-items: flex-start; }
figure { margin: 0; background: #FFF; border: 1px solid #E3DDD0; }
figure { border-radius: 16px; padding: 12px; }
figure img { display: block; border-radius: 8px; max-width: 100%; }
.tall img { width: 250px; } .wide img { width: 520px; } .slip img { width: 260px; }
figcaption { max-width: 520px; padding: 10px 4px 2px; font-size: 15px; line-height: 1.5; }
.tall figcaption, .slip figcaption { max-width: 250px; }
li { margin: 10px 0; } audio { height: 32px; vertical-align: middle; margin-left: 8px; }
"""


INTRODUCTION = (
    "One visit after another, walked by real touch events on the real screen, with the real core "
    "and a simulated printer. Nothing on this page was drawn by hand."
)


@dataclass(frozen=True, slots=True)
class SpokenLine:
    """A sentence that was spoken and where its sound lies, if there is one."""

    text: str
    seconds: float
    wavs: Sequence[Path]


def write_album(
    folder: Path,
    visits: Sequence[tuple[str, bool, Sequence[Shot]]],
    slips: Sequence[Path],
    spoken: Sequence[SpokenLine],
) -> Path:
    """Write `folder/index.html`; each visit is (title, whether it is tall, its photographs)."""
    parts = [
        "<!doctype html><html lang='vi'><meta charset='utf-8'><title>Lễ Tân · demo</title>",
        "<meta name='viewport' content='width=device-width, initial-scale=1'>",
        f"<style>{STYLE}</style>",
        "<h1>Lễ Tân</h1>",
        f"<p class='muted'>{INTRODUCTION}</p>",
    ]
    for title, tall, shots in visits:
        parts.append(f"<h2>{html.escape(title)}</h2><div class='row'>")
        kind = "tall" if tall else "wide"
        parts += [_figure(folder, shot.path, shot.caption, kind) for shot in shots]
        parts.append("</div>")
    parts.append("<h2>Phiếu · the slips</h2><div class='row'>")
    parts += [_figure(folder, path, path.stem, "slip") for path in slips]
    parts.append("</div><h2>Lời nói · what was said</h2><ol>")
    parts += [_line(folder, line) for line in spoken]
    parts.append("</ol></html>\n")
    index = folder / "index.html"
    index.write_text("\n".join(parts), encoding="utf-8")
    return index


def _figure(folder: Path, path: Path, caption: str, kind: str) -> str:
    source = html.escape(path.relative_to(folder).as_posix())
    words = html.escape(caption)
    image = f"<a href='{source}'><img src='{source}' alt='{words}' loading='lazy'></a>"
    return f"<figure class='{kind}'>{image}<figcaption>{words}</figcaption></figure>"


def _line(folder: Path, line: SpokenLine) -> str:
    sounds = "".join(
        f"<audio controls preload='none' src='{html.escape(wav.relative_to(folder).as_posix())}'>"
        "</audio>"
        for wav in line.wavs
    )
    return (
        f"<li>{html.escape(line.text)} <span class='muted'>{line.seconds:.1f} s</span>{sounds}</li>"
    )
