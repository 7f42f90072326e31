"""The slip that the device tests print, and how long they wait."""

from pathlib import Path

from hardware.printer.conversation import Waits
from hardware.printer.slip import Gap, Mark, Number, Qr, Rule, Slip, Text

FONTS = Path(__file__).parents[2] / "assets" / "fonts"
TOKEN = "LT1.kq3v9x2m7p8w4h6t"

SLIP = Slip(
    (
        Text("UBND PHƯỜNG HOÀN KIẾM", "large", bold=True),
        Text("Trung tâm Phục vụ hành chính công"),
        Rule(),
        Text("PHIẾU SỐ THỨ TỰ", "title", bold=True),
        Number("A042"),
        Mark("ƯU TIÊN"),
        Gap(2),
        Text("Chứng thực bản sao từ bản chính", "large", bold=True),
        Text("Mời chờ tại: Quầy số 3 – tầng 1"),
        Text("Còn 5 người phía trước"),
        Text("Chờ khoảng 20 phút"),
        Rule(),
        Text("Thứ Bảy, 21/11/2026 14:05", "small"),
        Qr(TOKEN),
        Text("Xin cảm ơn ông bà. Xin giữ phiếu đến khi xong việc.", "small"),
    )
)

QUICK = Waits(answer_s=0.6, probe_s=1.5, printing_s=5.0, poll_s=0.1)
