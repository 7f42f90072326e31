"""Staff and bookings from the command line, against a running core."""

import subprocess
from datetime import datetime, timedelta

from processes import CoreProcess, kiosk

from kiosk.queueing.hours import HANOI


def with_pin(core: CoreProcess, pin: str, *words: str) -> tuple[int, str]:
    """`kiosk staff …` with a PIN piped in; its status and what it said."""
    done = subprocess.run(
        kiosk(core.config, core.data.root, "staff", *words, "--pin-stdin"),
        input=pin,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_staff_are_added_changed_and_removed(core: CoreProcess):
    assert with_pin(core, "2580\n", "add", "lan", "Nguyễn Thị Lan") == (
        0,
        "lan (Nguyễn Thị Lan) can log in\n",
    )
    assert with_pin(core, "1379\n", "add", "minh", "Minh", "--manager")[0] == 0
    for words, pin, said in (
        (("add", "lan", "Lan"), "2580", "is there already"),
        (("add", "Lan B", "Lan"), "2580", "a code is a-z"),
        (("add", "hoa", "Hoa"), "1234", "no plain run"),
        (("pin", "hoa"), "2580", "unknown_staff"),
    ):
        status, told = with_pin(core, pin, *words)
        assert (status, said in told) == (1, True), told
    assert with_pin(core, "9731", "pin", "lan")[0] == 0
    assert "last_manager" in core.run("staff", "remove", "minh", expect=1)
    core.run("staff", "remove", "lan")
    assert core.json("staff", "list") == [{"code": "minh", "name": "Minh", "role": "manager"}]
    assert "2580" not in core.log
    assert "9731" not in core.log


def test_bookings_come_from_a_file(core: CoreProcess, tmp_path):
    at = (datetime.now(HANOI) + timedelta(days=1)).replace(hour=9, minute=0).isoformat()
    rows = [
        f"AAAA{n},land,{at},{at},{person},Nguyễn Văn A"
        for n, person in enumerate(("001", "001", "001"))
    ]
    table = tmp_path / "bookings.csv"
    table.write_text("\n".join(["code,service,at,registered_at,person,name", *rows]) + "\n")
    told = core.run("bookings", "import", str(table), expect=1)
    assert told == "booking 3: booking_too_many\n"

    lines = tmp_path / "bookings.jsonl"
    lines.write_text(
        f'{{"code": "BBBB1", "service": "land", "at": "{at}", "registered_at": "{at}"}}\n'
    )
    assert core.json("bookings", "import", str(lines)) == {"kept": 1, "known": 0, "refused": []}
    lines.write_text("[1, 2]\n")
    assert "line 1 is no object" in core.run("bookings", "import", str(lines), expect=1)
    assert not any(
        "Nguyễn Văn A".encode() in path.read_bytes() for path in core.data.root.rglob("*.db*")
    )
