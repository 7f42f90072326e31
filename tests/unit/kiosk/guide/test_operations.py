"""A paper lost, changed, run out or given up: told apart by the words for it."""

import pytest

from kiosk.guide.folding import fold
from kiosk.guide.operations import Operations

NAMES = (
    "Cấp giấy phép bán rượu",
    "Cấp lại giấy phép bán rượu",
    "Cấp điều chỉnh giấy phép bán rượu",
    "Gia hạn giấy phép bán rượu",
    "Chấm dứt hoạt động bán rượu",
)
OPERATIONS = Operations([fold(name) for name in NAMES])


@pytest.mark.parametrize(
    ("asked", "place"),
    [
        ("giấy phép bán rượu của tôi bị rách", 1),
        ("mat giay phep ban ruou", 1),
        ("đổi tên chủ quán trên giấy phép", 2),
        ("giấy phép sắp hết hạn", 3),
        ("nghỉ bán rượu rồi thì báo ai", 4),
    ],
)
def test_the_operation_is_heard(asked: str, place: int) -> None:
    fitting = OPERATIONS.fitting(fold(asked))
    assert fitting is not None
    assert fitting.tolist() == [float(number == place) for number in range(len(NAMES))]


@pytest.mark.parametrize(
    "asked", ["muốn mở quán bán rượu", "sổ hồng", "đối với người già", "thời gian", ""]
)
def test_no_operation_is_none(asked: str) -> None:
    assert OPERATIONS.fitting(fold(asked)) is None


def test_two_operations_asked_at_once_count_each() -> None:
    fitting = OPERATIONS.fitting(fold("bị rách và sắp hết hạn"))
    assert fitting is not None
    assert fitting.tolist() == [0, 1, 0, 1, 0]
    both = Operations([fold("Cấp lại, gia hạn giấy phép")]).fitting(fold("mất giấy, gia hạn luôn"))
    assert both is not None
    assert both.tolist() == [2]
