"""Every text that a citizen meets: complete in both languages, well spelt, polite, and in use."""

import re
import string
import tomllib
import unicodedata
from pathlib import Path

import pytest

from kiosk.errors import OurFault
from kiosk.paths import ASSETS, PROJECT
from kiosk.texts import BOOKS, LANGUAGES, Texts, read_book

I18N = ASSETS / "i18n"
BOOK_TEXTS = {(book, lang): read_book(I18N, book, lang) for book in BOOKS for lang in LANGUAGES}
TECHNICAL = {
    "config",
    "doctor",
    "first_start",
    "technician",
}  # no citizen meets them: they name keys, commands, parts

LONGEST_SENTENCE = 12  # words
ENGLISH = frozenset(
    [
        "back",
        "button",
        "click",
        "code",
        "email",
        "english",
        "error",
        "home",
        "kiosk",
        "number",
        "offline",
        "ok",
        "online",
        "page",
        "please",
        "print",
        "qr",
        "restart",
        "screen",
        "service",
        "slip",
        "staff",
        "start",
        "the",
        "ticket",
        "time",
        "touch",
    ]
)
NEVER_SAID = re.compile(r"\b(khách hàng|bạn|người dùng|vui lòng)\b", re.IGNORECASE)


def places(text):
    """The {names} of a text, and %1 where the screen fills it."""
    named = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    return named | ({"%1"} if "%1" in text else set())


@pytest.mark.parametrize("book", BOOKS)
def test_both_languages_have_the_same_texts_with_the_same_places(book):
    vietnamese, english = (BOOK_TEXTS[book, lang] for lang in LANGUAGES)
    assert vietnamese.keys() == english.keys()
    assert {key: places(text) for key, text in vietnamese.items()} == {
        key: places(text) for key, text in english.items()
    }


def test_there_is_no_book_but_these():
    assert {path.name for path in I18N.iterdir()} == {
        f"{book}.{lang}.toml" for book in BOOKS for lang in LANGUAGES
    }


@pytest.mark.parametrize("book", BOOKS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_files_are_composed_vietnamese_already(book, language):
    assert unicodedata.is_normalized("NFC", (I18N / f"{book}.{language}.toml").read_text("utf-8"))


NAMES_OF_ITS_OWN = {"Tiếng Việt", "sắc", "huyền", "hỏi", "ngã", "nặng"}  # also in English


def is_clean(text, language):
    letters = [unicodedata.name(one) for one in text if ord(one) > 127 and one.isalpha()]
    return (
        bool(text)
        and not re.search(r"^\s|\s\s|\s$", text)
        and "{" not in text.format_map(dict.fromkeys(places(text), "7"))
        and all(name.startswith("LATIN ") for name in letters)  # no look-alikes
        and (language == "vi" or not letters or text in NAMES_OF_ITS_OWN)
    )


@pytest.mark.parametrize("book", BOOKS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_clean(book, language):
    texts = BOOK_TEXTS[book, language]
    assert texts
    assert {key: text for key, text in texts.items() if not is_clean(text, language)} == {}


def is_polite_and_unmixed(text):
    said = re.sub(r"\{\w+\}", "", text)
    if NEVER_SAID.search(said):
        return False
    leads_there = text == "English"  # the button
    return leads_there or not ENGLISH & set(re.findall(r"\w+", said.casefold()))


@pytest.mark.parametrize("book", sorted(set(BOOKS) - TECHNICAL))
def test_vietnamese_is_polite_and_unmixed(book):
    texts = BOOK_TEXTS[book, "vi"]
    assert texts
    assert {key: text for key, text in texts.items() if not is_polite_and_unmixed(text)} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_spoken_sentences_are_short(language):
    long = [
        (key, sentence)
        for key, text in BOOK_TEXTS["spoken", language].items()
        for sentence in re.split(r"[.!?]+(?:\s|$)", text)
        if len(sentence.split()) > LONGEST_SENTENCE
    ]
    assert long == []


def met(language):
    """Each (id, text) that a citizen reads or hears; staff has words of its own."""
    for book in ("screen", "spoken", "slip", "guide"):
        for key, text in BOOK_TEXTS[book, language].items():
            if not key.startswith("care."):
                yield f"{book}.{key}", text


def sentences(text):
    return re.split(r"[.!?:;]+(?:\s|$)|\n", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_citizen_meets_is_said_in_short_sentences(language):
    """Vietnamese is counted by its syllables, which is stricter than by its words."""
    long = [
        (key, sentence)
        for key, text in met(language)
        for sentence in sentences(text)
        if len(sentence.split()) > LONGEST_SENTENCE
    ]
    assert long == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_citizen_meets_is_said_in_simple_words(language):
    lists = tomllib.loads((ASSETS / "plain" / f"avoid.{language}.toml").read_text("utf-8"))
    avoided = {word: instead for table in lists.values() for word, instead in table.items()}
    assert len(avoided) > 15
    found = [
        (key, word, avoided[word])
        for key, text in met(language)
        for word in avoided
        if re.search(rf"(?<!xin )\b{word}\b", text.casefold())
    ]
    assert found == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_spoken_names_the_buttons_as_they_are_written(language):
    spoken, screen = BOOK_TEXTS["spoken", language], BOOK_TEXTS["screen", language]
    assert screen["door.ticket"] in spoken["page.welcome"]
    assert screen["priority.skip"] in spoken["page.priority"]


def sources(*folders):
    for folder in folders:
        for suffix in ("*.py", "*.qml"):
            for path in sorted((PROJECT / folder).rglob(suffix)):
                yield path.relative_to(PROJECT).as_posix(), path.read_text("utf-8")


def asked_for():
    """Each (file, id) that a source asks a book for."""
    tables = {
        key.partition(".")[0]
        for (book, _), texts in BOOK_TEXTS.items()
        for key in texts
        if "." in key and book not in TECHNICAL
    }
    for name, source in sources("kiosk/core", "kiosk/screen"):
        asked = re.findall(r'qsTrId\("([^"]+)"\)', source)
        if name.endswith(".py"):
            asked += re.findall(rf'"((?:{"|".join(sorted(tables))})\.[a-z_]+)"', source)
        for key in asked:
            yield name, key


def test_every_text_that_a_source_asks_for_is_there():
    screen = BOOK_TEXTS["screen", "vi"] | BOOK_TEXTS["technician", "vi"]
    spoken = BOOK_TEXTS["spoken", "vi"]
    asked = set(asked_for())
    assert len(asked) > 60
    assert [
        (name, key)
        for name, key in asked
        if key not in (screen if ".qml" in name else screen | spoken)
    ] == []


def test_every_page_can_be_read_aloud():
    pages = {
        path.stem.removesuffix("Page").lower()
        for path in (PROJECT / "kiosk/screen/qml/pages").glob("*Page.qml")
    }
    assert {f"page.{page}" for page in pages} == {
        key for key in BOOK_TEXTS["spoken", "vi"] if key.startswith("page.")
    }


def test_nothing_is_translated_that_nobody_says():
    asked = {key for _, key in asked_for()}
    unsaid = [key for key in BOOK_TEXTS["spoken", "vi"] if key not in asked]
    assert [key for key in unsaid if not key.startswith("page.")] == []


def book_in(folder: Path, vi: str, en: str = "") -> Texts:
    (folder / "screen.vi.toml").write_text(vi, "utf-8")
    (folder / "screen.en.toml").write_text(en, "utf-8")
    return Texts(folder, "screen")


def test_a_text_is_filled_in_its_language(tmp_path):
    texts = book_in(
        tmp_path, '[hall]\nmany = "{count} người"\n', '[hall]\nmany = "{count} people"\n'
    )
    assert texts.get("hall.many", count=3) == "3 người"
    assert texts.get("hall.many", "en", count="{0}") == "{0} people"
    assert texts.get("hall.many", "fr", count=3) == "3 người"
    assert texts.has("hall.many")
    assert not texts.has("hall")
    assert list(texts.keys()) == ["hall.many"]


def test_what_english_lacks_is_said_in_vietnamese(tmp_path):
    assert book_in(tmp_path, 'hall = "sảnh"').get("hall", "en") == "sảnh"
    assert book_in(tmp_path, 'hall = "sảnh"', 'hall = ""').get("hall", "en") == "sảnh"


def test_texts_are_composed_when_read(tmp_path):
    decomposed = unicodedata.normalize("NFD", 'hall = "sảnh chờ"')
    assert book_in(tmp_path, decomposed).get("hall") == "sảnh chờ"


@pytest.mark.parametrize("text", ["{count}", "{0}", "{", "{}"])
def test_a_text_that_cannot_be_filled_is_our_fault(text, tmp_path):
    with pytest.raises(OurFault, match="hall"):
        book_in(tmp_path, f'hall = "{text}"').get("hall", other=1)


def test_an_unknown_text_is_our_fault(tmp_path):
    with pytest.raises(OurFault, match="no text 'hall'"):
        book_in(tmp_path, "").get("hall")


def test_a_text_that_is_no_text_is_our_fault(tmp_path):
    with pytest.raises(OurFault, match=r"text door\.width is no text"):
        book_in(tmp_path, "[door]\nwidth = 3")


def test_a_book_that_is_no_toml_says_so(tmp_path):
    with pytest.raises(tomllib.TOMLDecodeError):
        book_in(tmp_path, "[door")
