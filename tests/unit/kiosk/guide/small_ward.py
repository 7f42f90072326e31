"""A ward of six procedures and a few dozen questions: enough to tell right from wrong quickly."""

from dataclasses import dataclass, field
from functools import cache

from kiosk.guide.model import Model
from kiosk.guide.questions import Question
from kiosk.guide.search import Search
from kiosk.guide.training import Recipe, train


@dataclass(frozen=True)
class Paper:
    """What the search needs of a procedure."""

    code: str
    official: str
    short: str = ""
    aliases: tuple[str, ...] = field(default=())
    variant: str = "plain"


PAPERS = (
    Paper("birth", "Thủ tục đăng ký khai sinh", "Khai sinh", ("làm giấy khai sinh",)),
    Paper("birth-abroad", "Thủ tục đăng ký khai sinh có yếu tố nước ngoài"),
    Paper("birth-border", "Thủ tục đăng ký khai sinh có yếu tố nước ngoài tại khu vực biên giới"),
    Paper("death", "Thủ tục đăng ký khai tử", "Khai tử", ("giấy chứng tử",)),
    Paper("copies", "Chứng thực bản sao từ bản chính giấy tờ", "Chứng thực bản sao", ("sao y",)),
    Paper("leaving", "Xóa đăng ký thường trú", "Xóa thường trú", ("cắt khẩu",)),
)

ASKED = {
    "birth": ("vợ tôi mới sinh", "mới có em bé cần làm giấy gì", "làm giấy tờ cho con mới đẻ",
              "nhà có cháu nội vừa chào đời", "đặt tên cho con ở đâu"),
    "death": ("bố tôi vừa mất", "bà ngoại qua đời", "nhà có tang cần giấy gì", "ông cụ vừa đi rồi",
              "chồng tôi mất vì tai nạn"),
    "copies": ("photo công chứng bằng đại học", "đóng dấu đỏ bản photo", "sao y học bạ",
               "photo giấy tờ có dấu", "công chứng căn cước"),
    "leaving": ("cắt khẩu cho con", "rút hộ khẩu khỏi nhà cũ", "chuyển đi nơi khác xóa tên",
                "bỏ tên khỏi hộ khẩu", "con đi nước ngoài xóa thường trú"),
}  # fmt: skip

QUESTIONS = tuple(Question(text, (code,)) for code, texts in ASKED.items() for text in texts)
RECIPE = Recipe(rounds=6, grams=20_000, weights=60_000)


@cache
def small_model() -> Model:
    """Trained once for all tests."""
    return train(QUESTIONS, PAPERS, recipe=RECIPE)


@cache
def small_search() -> Search:
    """The ward, ready to be asked."""
    return Search(PAPERS, small_model())
