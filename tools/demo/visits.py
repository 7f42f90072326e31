"""The visits that the demo walks: real touches on the real screen, with the real core behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kiosk.link.client import LinkClient
from kiosk.screen.app import LANDSCAPE, PORTRAIT, Screen
from kiosk.words import SimulateFault
from tools.demo import touch

SETTLE_S = 0.6  # slides take under 0.3 s; a photograph is taken when nothing moves
PRINT_WITHIN_S = 15.0


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit: who comes, on which screen, and the steps that they take."""

    title: str
    size: tuple[int, int]
    walk: Callable[[Walker], None]


@dataclass(frozen=True, slots=True)
class Shot:
    """A photograph, with what is to be seen on it."""

    path: Path
    caption: str


class Walker:
    """A citizen: touches, waits, looks."""

    def __init__(self, screen: Screen, core: LinkClient, folder: Path, prefix: str) -> None:
        self._screen = screen
        self._core = core
        self._folder = folder
        self._prefix = prefix
        self.shots: list[Shot] = []

    @property
    def page(self) -> str:
        """The page that is shown."""
        return self._screen.kiosk.current_page()

    def look(self, caption: str) -> None:
        """Photograph the screen once it has come to rest."""
        self._rest()
        name = f"{self._prefix}-{len(self.shots) + 1}-{self.page}.png"
        touch.grab(self._screen.window, self._folder / name)
        self.shots.append(Shot(self._folder / name, caption))

    def tap(self, name: str, page: str = "") -> None:
        """Touch what is called `name`, and wait until `page` is there."""
        window = self._screen.window
        touch.wait_until(lambda: touch.seek(window, name))
        self._rest()
        touch.tap(window, touch.find(window, name))
        if page:
            touch.wait_until(lambda: self.page == page)

    def wait_for_slip(self, step: str) -> None:
        """Wait until the slip is `printed`, or there is a `question` or a `photograph` to take."""
        touch.wait_until(lambda: self._screen.ticket.property("slip") == step, PRINT_WITHIN_S)

    def type(self, text: str) -> None:
        """Touch the keys of a text, one after another."""
        for letter in text:
            window = self._screen.window
            touch.tap(window, touch.find(window, f"key.{'space' if letter == ' ' else letter}"))

    def wait_for_checklist(self) -> None:
        """Until the printer has told how the checklist stands."""
        touch.wait_until(lambda: not self._screen.procedure.property("printing"), PRINT_WITHIN_S)

    def fault(self, name: str) -> None:
        """Make the simulated printer misbehave; "" mends it."""
        self._core.ask(SimulateFault(device="printer", fault=name))

    def wait_for_core(self) -> None:
        """Until the core's state has arrived."""
        touch.wait_until(lambda: bool(self._screen.hall.services()), 15.0)

    def _rest(self) -> None:
        touch.wait_for(SETTLE_S)


def take_a_number(walker: Walker) -> None:
    """Three touches: the door, the service, no priority."""
    walker.look("Chào đón. The kiosk greets; one touch begins.")
    walker.tap("door.ticket", "services")
    walker.look("Chọn việc cần làm. Every service with how many wait for it.")
    walker.tap("service.civil-status", "priority")
    walker.look("Một câu hỏi nhẹ nhàng. Who belongs to nobody's list touches one big button.")
    walker.tap("priority.skip", "ticket")
    walker.look("Số của ông bà. The number is durable before it is shown.")
    walker.wait_for_slip("printed")
    walker.look("Mời ông bà lấy phiếu. The printer has confirmed the slip.")
    walker.tap("ticket.done", "welcome")


def take_a_priority_number(walker: Walker) -> None:
    """The same in English, with large text and priority."""
    walker.tap("bar.language")
    walker.look("The same kiosk in English.")
    walker.tap("door.ticket", "services")
    walker.look("Services, in landscape: designed for it, not stretched.")
    walker.tap("service.land", "priority")
    walker.look("The priority question.")
    walker.tap("priority.elderly", "ticket")
    walker.wait_for_slip("printed")
    walker.look("A priority number, printed in English.")
    walker.tap("ticket.done", "welcome")


def out_of_paper(walker: Walker) -> None:
    """The paper has ended: the number stands all the same."""
    walker.fault("paper_out")
    walker.tap("door.ticket", "services")
    walker.tap("service.certification", "priority")
    walker.tap("priority.skip", "ticket")
    walker.wait_for_slip("photograph")
    walker.look("Hết giấy. The number is kept; the citizen photographs it.")
    walker.fault("")
    walker.wait_for_slip("printed")
    walker.look("A minute later there is paper again: the slip is printed by itself.")
    walker.tap("ticket.done", "welcome")


def look_up_a_birth(walker: Walker) -> None:
    """Typed on the glass, read, printed, and on to a number."""
    walker.tap("door.guide", "guide")
    walker.look("Tra cứu thủ tục. A search field, and what happens in a life as pictures.")
    walker.tap("guide.fields")
    walker.look("Theo lĩnh vực. The same by field.")
    walker.tap("guide.search", "search")
    walker.type("khai sinh")
    walker.look("Gõ không dấu cũng được. What it may mean appears with every letter.")
    walker.tap("line.1.001193", "procedure")
    walker.look("Giấy tờ cần có. The checklist, each paper with its form and its condition.")
    walker.tap("section.facts")
    walker.look("Phí, thời hạn, nơi làm. What is not known is said so.")
    walker.tap("section.steps")
    walker.look("Các bước. Plain words, one after another.")
    walker.tap("procedure.print")
    walker.wait_for_checklist()
    walker.look("Xin mời lấy danh mục. The checklist is a slip of its own.")
    walker.tap("procedure.ticket", "priority")
    walker.tap("priority.skip", "ticket")
    walker.wait_for_slip("printed")
    walker.look("Lấy số cho việc này. From the procedure straight to its number.")
    walker.tap("ticket.done", "welcome")


def ask_in_own_words(walker: Walker) -> None:
    """A question as people put it, in landscape."""
    walker.tap("door.guide", "guide")
    walker.tap("guide.search", "search")
    walker.type("vo toi moi sinh em be")
    walker.look("Own words, without marks; the keyboard stands beside the results.")
    walker.tap("key.search", "answer")
    walker.look("The answer: one sentence that is spoken too, and the way on.")
    walker.tap("bar.home", "welcome")


VISITS = (
    Visit("Một lượt lấy số · one visit, portrait", PORTRAIT, take_a_number),
    Visit("In English, with priority, landscape", LANDSCAPE, take_a_priority_number),
    Visit("Hết giấy · out of paper", PORTRAIT, out_of_paper),
    Visit("Tra cứu thủ tục · the guide, portrait", PORTRAIT, look_up_a_birth),
    Visit("In one's own words, landscape", LANDSCAPE, ask_in_own_words),
)
