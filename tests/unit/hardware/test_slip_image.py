"""The picture of a slip: nothing clipped, nothing lost, black and white only."""

from pathlib import Path

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageFont

from hardware.printer.paper import PAPERS
from hardware.printer.slip import Gap, Item, Mark, Number, Qr, Rule, Slip, Text
from hardware.printer.slip_image import draw_slip, wrap

FONTS = Path(__file__).parents[3] / "assets" / "fonts"
SIZES = ["small", "body", "large", "title"]
FACE = ImageFont.truetype(FONTS / "BeVietnamPro-Medium.ttf", 28)
words = st.lists(st.text("aĂắệMWỡ.Ợ", min_size=1, max_size=30), max_size=12)


def ink(image: Image.Image) -> tuple[int, int, int, int] | None:
    return ImageChops.invert(image).getbbox()


def draw(*blocks, mm=80, scale=1.0):
    return draw_slip(Slip(blocks), PAPERS[mm], FONTS, scale)


@pytest.mark.parametrize("mm", [80, 58])
@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("size", SIZES)
def test_no_mark_is_clipped(size, bold, mm):
    """White stays above the tallest and below the deepest letter."""
    image = draw(Text("Ế Ỗ Ặ gỵ", size, bold), mm=mm).image
    left, top, right, bottom = ink(image)
    assert (left, top) > (0, 0)
    assert right < image.width
    assert bottom < image.height


def test_both_ways_of_writing_a_letter_look_the_same():
    composed, decomposed = "Tiếng Việt", "Tiê\u0301ng Viê\u0323t"
    assert draw(Text(composed)).image.tobytes() == draw(Text(decomposed)).image.tobytes()


@settings(deadline=None)
@given(words)
def test_wrapping_keeps_every_letter_and_the_width(parts):
    text = " ".join(parts)
    lines = wrap(text, FACE, 200)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(FACE.getlength(line) <= 202 for line in lines)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from([Text("Còn 5 người"), Rule(), Gap(3), Mark("ƯU TIÊN")])))
def test_bands_cover_all_ink(blocks):
    drawn = draw(*blocks)
    rest = drawn.image.copy()
    for band in drawn.bands:
        rest.paste(255, (0, band.top, rest.width, band.bottom))
    assert ink(rest) is None
    edges = [edge for band in drawn.bands for edge in (band.top, band.bottom)]
    assert edges == sorted(edges)


@pytest.mark.parametrize("mm", [80, 58])
@pytest.mark.parametrize("number", ["A1", "A042", "UT1042"])
def test_the_number_is_huge_and_fits(number, mm):
    drawn = draw(Number(number), mm=mm)
    left, top, right, bottom = ink(drawn.image)
    wide, high = right - left, bottom - top
    assert 0 < left < right < PAPERS[mm].dots
    assert wide > PAPERS[mm].dots * 0.85 or high > 150
    (band,) = drawn.bands
    assert (band.kind, band.text) == ("number", number)


@pytest.mark.parametrize("mm", [80, 58])
def test_the_code_reads(mm):
    drawn = draw(Text("trên"), Qr("LT1.kq3v9x2m7p8w4h6t"), Text("dưới"), mm=mm)
    (code,) = zxingcpp.read_barcodes(drawn.image.convert("L"))
    assert code.text == "LT1.kq3v9x2m7p8w4h6t"


def test_smaller_words_take_less_paper():
    text = Text("Chứng thực bản sao từ bản chính", "large")
    assert draw(text, scale=0.8).image.height < draw(text).image.height


def test_an_empty_slip_is_one_white_line():
    assert ink(draw().image) is None
    assert draw(Text("")).image.size == (576, 1)


@pytest.mark.parametrize("mm", [80, 58])
def test_the_boxes_of_a_checklist_stand_in_a_column_with_the_words_beside_them(mm):
    long = Item("Văn bản của người làm chứng hoặc giấy cam đoan về việc sinh", "nộp bản chính")
    drawn = draw(Item("Giấy chứng sinh"), long, mm=mm)
    column = drawn.image.crop((0, 0, 30, drawn.image.height))
    lines = [column.crop((0, band.top, 30, band.bottom)) for band in drawn.bands]
    boxes = [ink(line) for line in lines]
    assert [box is not None for box in boxes] == [True, True] + [False] * (len(boxes) - 2)
    assert boxes[0] == boxes[1]
    assert len(boxes) >= 4  # two lines of words and one of the note
    assert ink(drawn.image)[2] <= drawn.image.width


def test_an_empty_line_of_a_checklist_is_nothing():
    assert not draw(Item("")).bands
