"""What a slip says, in both languages, and that it can be drawn on both papers."""

import unicodedata
from dataclasses import replace

import pytest
from ward import service, ticket

from hardware.printer.paper import PAPERS
from hardware.printer.slip import Gap, Mark, Number, Qr, Rule, Text
from hardware.printer.slip_image import draw_slip
from hardware.scanner.forms import TicketForm, form_of
from kiosk.paths import ASSETS
from kiosk.queueing.slip import SlipFacts, compose_slip, qr_text
from kiosk.texts import Texts

TEXTS = Texts(ASSETS / "i18n", "slip")
NAMES = {
    "vi": ("UBND phường Hoàn Kiếm", "Điểm phục vụ hành chính công"),
    "en": ("Hoan Kiem Ward People's Committee", "Public Administrative Service Point"),
}
LONGEST = "Chứng thực chữ ký và hợp đồng, giao dịch"


def facts(language="vi", *, counters=("4",), priority_name="", reprint=False, **told):
    site, centre = NAMES[language]
    return SlipFacts(
        site_name=site,
        centre_name=centre,
        ticket=replace(ticket(), language=language, **told),
        service=service("land", *counters),
        priority_name=priority_name,
        reprint=reprint,
    )


def composed(slip_facts, used=None):
    """The slip of these facts; `used` collects the keys of the texts that it takes."""

    def wording(key, **values):
        if used is not None:
            used.add(key)
        return TEXTS.get(key, slip_facts.ticket.language, **values)

    return compose_slip(slip_facts, wording)


def lines(slip_facts):
    """The slip's words from top to bottom, the code as its data."""
    said = []
    for block in composed(slip_facts).blocks:
        match block:
            case Text(text=words) | Mark(text=words) | Number(text=words) | Qr(data=words):
                said.append(words)
            case Rule() | Gap():
                pass
    return said


def test_an_ordinary_slip():
    assert lines(facts(ahead=5, estimate_minutes=20)) == [
        "UBND PHƯỜNG HOÀN KIẾM",
        "Điểm phục vụ hành chính công",
        "PHIẾU SỐ THỨ TỰ",
        "D007",
        "Đất đai, xây dựng",
        "Mời ông bà chờ tại",
        "Quầy số 4 – tầng 1",
        "Còn 5 người phía trước",
        "Chờ khoảng 20 phút",
        "Thứ Bảy, 21/11/2026 lúc 07:37",
        "LT1.kq3v9x2m7p8w4h6t",
        "Xin cảm ơn ông bà!",
        "Xin giữ phiếu đến khi xong việc.",
    ]


def test_an_english_reprint_of_a_priority_number():
    favoured = facts("en", priority_name="Aged 75 or over", reprint=True, ahead=1)
    assert lines(favoured) == [
        "HOAN KIEM WARD PEOPLE'S COMMITTEE",
        "Public Administrative Service Point",
        "QUEUE NUMBER",
        "REPRINT",
        "D007",
        "PRIORITY",
        "Aged 75 or over",
        "Land and building",
        "Please wait at",
        "Counter 4 – ground floor",
        "1 person ahead of you",
        "Saturday, 21/11/2026 at 07:37",
        "LT1.kq3v9x2m7p8w4h6t",
        "Thank you!",
        "Please keep this slip until you are done.",
    ]
    marks = [block.text for block in composed(favoured).blocks if isinstance(block, Mark)]
    assert marks == ["REPRINT", "PRIORITY"]


def test_the_place_stands_large_and_without_a_counter_it_is_the_hall():
    blocks = composed(facts()).blocks
    assert Text("Quầy số 4 – tầng 1", size="large", bold=True) in blocks
    assert "Sảnh chờ" in lines(facts(counters=()))


@pytest.mark.parametrize(
    ("ahead", "minutes", "said"),
    [
        (0, None, ["Nobody is ahead of you"]),
        (0, 0, ["Nobody is ahead of you"]),
        (2, None, ["2 people ahead of you"]),
        (2, 0, ["2 people ahead of you"]),
        (1, 1, ["1 person ahead of you", "About 1 minute to wait"]),
        (2, 15, ["2 people ahead of you", "About 15 minutes to wait"]),
    ],
)
def test_the_wait_is_said_only_where_it_is_known(ahead, minutes, said):
    told = lines(facts("en", ahead=ahead, estimate_minutes=minutes))
    assert told[told.index("Counter 4 – ground floor") + 1 : -4] == said


def test_the_code_holds_the_token_and_nothing_of_the_visit():
    abc = replace(ticket(), token="abc")
    assert qr_text(abc) == "LT1.abc"
    assert qr_text(abc, "http://10.0.0.5:8080/") == "http://10.0.0.5:8080/t/abc"


@pytest.mark.parametrize("site_url", ["", "http://10.0.0.5:8080/", "https://tiep.dan"])
def test_the_kiosks_scanner_knows_its_own_slip(site_url):
    mine = ticket()
    assert form_of(qr_text(mine, site_url)) == TicketForm(mine.token)


def test_the_slip_from_above_to_below():
    """What is large, what is small, what stands in black, and the paper left free between."""
    told = facts(priority_name="Người cao tuổi", reprint=True, ahead=3, estimate_minutes=1)
    assert composed(told).blocks == (
        Text("UBND PHƯỜNG HOÀN KIẾM", bold=True),
        Text("Điểm phục vụ hành chính công", size="small"),
        Rule(),
        Text("PHIẾU SỐ THỨ TỰ", size="large", bold=True),
        Gap(1.0),
        Mark("BẢN IN LẠI"),
        Gap(1.0),
        Gap(1.5),
        Number("D007"),
        Gap(1.5),
        Gap(1.0),
        Mark("ƯU TIÊN"),
        Gap(1.0),
        Text("Người cao tuổi"),
        Gap(1.5),
        Text("Đất đai, xây dựng", size="large", bold=True),
        Gap(1.5),
        Text("Mời ông bà chờ tại"),
        Text("Quầy số 4 – tầng 1", size="large", bold=True),
        Gap(1.5),
        Text("Còn 3 người phía trước"),
        Text("Chờ khoảng 1 phút"),
        Rule(),
        Text("Thứ Bảy, 21/11/2026 lúc 07:37", size="small"),
        Gap(1),
        Qr("LT1.kq3v9x2m7p8w4h6t"),
        Gap(1),
        Text("Xin cảm ơn ông bà!", size="small"),
        Text("Xin giữ phiếu đến khi xong việc.", size="small"),
    )


def test_a_phone_on_the_sites_network_opens_the_tickets_page():
    told = replace(facts(), site_url="http://10.0.0.5:8080")
    assert "http://10.0.0.5:8080/t/kq3v9x2m7p8w4h6t" in lines(told)


def test_the_moment_on_the_slip_is_hanois():
    told = lines(facts(issued_at="2026-11-20T23:05:00+00:00"))
    assert "Thứ Bảy, 21/11/2026 lúc 06:05" in told


def variants(language):
    """Slips that among them say all that a slip can say."""
    for weekday in range(7):
        yield facts(language, issued_at=f"2026-11-{16 + weekday}T08:05:00+07:00")
    for ahead, minutes in ((0, None), (1, 1), (9, 45)):
        yield facts(language, ahead=ahead, estimate_minutes=minutes)
    yield facts(language, counters=(), priority_name="x", reprint=True)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_text_of_the_book_is_used_and_all_is_composed_vietnamese(language):
    used = set()
    for slip_facts in variants(language):
        composed(slip_facts, used)
        assert all(unicodedata.is_normalized("NFC", words) for words in lines(slip_facts))
    others = ("checklist.", "list.")  # slips of the guide
    assert used == {key for key in set(TEXTS.keys()) if not key.startswith(others)}


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("width_mm", [58, 80])
def test_the_fullest_slip_fits_on_paper(language, width_mm):
    full = facts(
        language,
        counters=("2", "4"),
        priority_name="Người có công với cách mạng",
        reprint=True,
        number="M1000",
        ahead=120,
        estimate_minutes=175,
    )
    longest = replace(full, service=replace(full.service, name_vi=LONGEST, name_en=LONGEST))
    paper = PAPERS[width_mm]
    drawn = draw_slip(composed(longest), paper, ASSETS / "fonts")
    assert drawn.image.width == paper.dots
    edges = [drawn.image.crop((x, 0, x + 1, drawn.image.height)) for x in (0, paper.dots - 1)]
    for edge in edges:  # only the two rules reach the edge of the paper
        assert edge.convert("L").histogram()[0] == 4
    assert drawn.image.height < 180 * 8  # 18 cm
