"""docs/first-changes.md, done with its own lines: a service more, a sentence more."""

import re
import shutil

from kiosk.catalogue.opening import SENTENCES
from kiosk.config import parse_config, services_of
from kiosk.guide.sentences import read_sentences
from kiosk.paths import ASSETS, DEFAULT_CONFIG, PROJECT

PAGE = (PROJECT / "docs" / "first-changes.md").read_text("utf-8")
SERVICE, SENTENCE = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)


def test_a_new_service():
    lines = DEFAULT_CONFIG.read_text("utf-8")
    place = lines.index("\n[[place]]")
    config = parse_config(lines[:place] + "\n" + SERVICE + lines[place:])
    added = services_of(config)[-1]
    assert (added.code, added.series) == ("tax", "T")
    assert (ASSETS / "icons" / f"{config.service[-1].icon}.svg").is_file()


def test_a_new_sentence(tmp_path):
    copy = tmp_path / "sentences"
    shutil.copytree(SENTENCES, copy)
    before = {one.text for one in read_sentences(copy)}
    with (copy / "vi" / "facility.toml").open("a", encoding="utf-8") as file:
        file.write("\n" + SENTENCE)
    new = [one for one in read_sentences(copy) if one.text not in before]
    assert {one.text for one in new} >= {"máy in màu để ở đâu", "in ảnh màu ra đâu"}
    assert {(one.intent, one.slots["place"]) for one in new} == {("facility", "photocopy")}
