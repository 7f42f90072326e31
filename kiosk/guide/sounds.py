"""How a folded syllable sounds to a Hanoi ear, so that spelling by ear and mishearing matter less.

d, gi, r and v join; s and x; tr and ch; l and n; c, k and q; i and y. At the end n, ng and nh join,
and t, c and ch: what recognisers and southern speakers confuse. The key is for comparing only.
"""

from __future__ import annotations

from functools import lru_cache

_STARTS = (
    ("ngh", "G"), ("ng", "G"), ("nh", "N"), ("gi", "z"), ("gh", "g"), ("kh", "K"), ("ph", "f"),
    ("qu", "kw"), ("th", "T"), ("tr", "C"), ("ch", "C"),
    ("d", "z"), ("r", "z"), ("v", "z"), ("s", "x"), ("l", "n"), ("c", "k"), ("q", "k"),
)  # fmt: skip
_ENDS = (("ng", "n"), ("nh", "n"), ("ch", "t"), ("c", "t"))


@lru_cache(maxsize=16_384)
def sound(syllable: str) -> str:
    """The key of one folded syllable."""
    head, rest = "", syllable
    for letters, key in _STARTS:
        if syllable.startswith(letters):
            head, rest = key, syllable[len(letters) :]
            break
    if head == "z" and syllable.startswith("gi") and not rest:
        rest = "i"  # "gi" is all vowel
    for letters, key in _ENDS:
        if rest.endswith(letters) and len(rest) > len(letters):
            rest = rest[: -len(letters)] + key
            break
    return head + rest.replace("y", "i")
