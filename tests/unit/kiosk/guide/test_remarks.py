"""Remarks and figures in what was heard."""

import pytest

from kiosk.guide.remarks import remark_of, written


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Vâng ạ.", "yes"), ("có", "yes"), ("Đồng ý!", "yes"), ("Nói chậm lại.", "slower"),
        ("chậm thôi", "slower"), ("Thôi", "stop"), ("dừng lại", "stop"), ("", ""),
        ("thôi việc thì làm gì", ""), ("có cần giấy chứng sinh không", ""), ("nói lại", ""),
    ],
)  # fmt: skip
def test_only_a_whole_utterance_is_a_remark(said: str, meant: str) -> None:
    assert remark_of(said) == meant


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("số A không một hai", "số A012"),
        ("bê không không bảy", "B007"),
        ("mã một chấm không không một một chín ba", "mã 1.001193"),
        ("hai chấm không không không năm hai tám", "2.000528"),
        ("một hai ba", "123"),
        ("một hai con", "một hai con"),
        ("năm nay tôi bảy mươi", "năm nay tôi bảy mươi"),
        ("tôi không có hai cái", "tôi không có hai cái"),
    ],
)
def test_figures_said_one_by_one_are_written(said: str, read: str) -> None:
    assert written(said) == read
