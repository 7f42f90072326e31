"""What is printed to see whether a printer prints, and whether it cuts. Words alone."""

from hardware.printer.slip import Gap, Mark, Number, Qr, Rule, Slip, Text

TEST_SLIP = Slip(
    (
        Text("PHIẾU IN THỬ", "title", bold=True),
        Text("Ắ Ằ Ẳ Ẵ Ặ Ế Ề Ể Ễ Ệ Ố Ồ Ổ Ỗ Ộ Ớ Ờ Ở Ỡ Ợ Ứ Ừ Ử Ữ Ự Đ", "large"),
        Text("ắ ằ ẳ ẵ ặ ế ề ể ễ ệ ố ồ ổ ỗ ộ ớ ờ ở ỡ ợ ứ ừ ử ữ ự ỳ ý ỷ ỹ ỵ đ"),
        Rule(),
        Number("A042"),
        Mark("ƯU TIÊN"),
        Gap(2),
        Qr("LT-TEST"),
        Text("Đọc được cả ba phần trên là máy in tốt.", "small"),
    )
)
CUT_SLIP = Slip((Text("PHIẾU CẮT THỬ", "title", bold=True),))
