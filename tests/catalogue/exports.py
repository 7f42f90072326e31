"""Portal exports as a site would have them: JSON lines, CSV, a spreadsheet."""

import json
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

BIRTH = {
    "code": "1.001193",
    "name": "Thủ tục đăng ký khai sinh",
    "field": "Hộ tịch",
    "level": "Cấp xã",
    "agency": "Ủy ban nhân dân cấp xã",
    "steps": "1. Nộp hồ sơ.\n2. Nhận kết quả.",
    "documents": [{"name": "Tờ khai", "original": "1"}, {"name": "Lưu ý:", "original": "0"}],
    "fee": "Trực tuyến: Miễn phí; Trực tiếp: Miễn phí",
    "time": "Trực tuyến: 1 ngày; Trực tiếp: 1 ngày",
    "ward": True,
}


def procedure(number: int, **changes):
    """A row that no shipped procedure has."""
    return {
        "code": f"9.{number:06}",
        "name": f"Cấp giấy phép thả diều số {number}",
        "field": "Thả diều",
        "level": "Cấp xã",
        "fee": "Trực tiếp: 20.000 đồng",
        "time": "3 ngày",
        "ward": True,
    } | changes


def jsonl(folder: Path, rows, name="export.jsonl") -> Path:
    """The rows as JSON lines; a str goes in as it stands."""
    path = folder / name
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def xlsx(folder: Path, rows, name="export.xlsx", *, doctype="") -> Path:
    """The rows of texts as a spreadsheet; the first cell of each is a shared text."""
    shared = [row[0] for row in rows]
    cells = [
        f'<row r="{place}"><c r="A{place}" t="s"><v>{place - 1}</v></c>'
        + "".join(
            f'<c r="{chr(65 + at)}{place}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'
            for at, text in enumerate(row[1:], start=1)
        )
        + "</row>"
        for place, row in enumerate(rows, start=1)
    ]
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    path = folder / name
    with zipfile.ZipFile(path, "w") as book:
        book.writestr(
            "xl/worksheets/sheet1.xml",
            f"{doctype}<worksheet {space}><sheetData>{''.join(cells)}</sheetData></worksheet>",
        )
        texts = "".join(f"<si><t>{escape(text)}</t></si>" for text in shared)
        book.writestr("xl/sharedStrings.xml", f"<sst {space}>{texts}</sst>")
    return path
