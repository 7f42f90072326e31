"""`kiosk catalogue` and `kiosk ask` as a technician types them, without a core."""

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from kiosk.__main__ import kiosk
from kiosk.config import load_config
from kiosk.paths import DEFAULT_CONFIG
from tests.catalogue.exports import BIRTH, jsonl, procedure


@pytest.fixture
def run(tmp_path):
    """`run("catalogue", "list")` in a data folder of its own."""

    def typed(*words, status=0, **more):
        result = CliRunner().invoke(kiosk, ["--data", str(tmp_path / "var"), *words], **more)
        assert result.exit_code == status, result.output
        return result

    return typed


def answers(result):
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_import_list_show_and_the_board(run, tmp_path):
    first = jsonl(tmp_path, [BIRTH, procedure(1), procedure(2), "{", procedure(3, ward=False)])
    report = json.loads(run("catalogue", "import", str(first), "--ward-only", "--json").stdout)
    assert report["added"] == ["9.000001", "9.000002"]
    assert report["changed"] == ["1.001193"]
    assert report["removed"] == []
    assert (report["rows"], report["imported"], report["left_out"]) == (5, 3, 1)
    assert report["bad_rows"][0]["line"] == 4
    assert "9.000001" in report["incomplete"]

    listed = json.loads(run("catalogue", "list", "--json").stdout)
    assert len(listed) == report["procedures"]
    shown = json.loads(run("catalogue", "show", "1.001193", "--json").stdout)
    assert "vợ mới sinh" in shown["aliases"]
    assert shown["portal"].endswith("ma_thu_tuc=1.001193")
    assert "Đăng ký khai sinh" in run("catalogue", "show", "1.001193").stdout
    assert "unknown_procedure" in run("catalogue", "show", "1.999999", status=1).stderr

    second = jsonl(tmp_path, [BIRTH, procedure(2)])
    told = run("catalogue", "import", str(second)).stdout
    assert "0 added, 0 changed, 1 removed" in told
    board = json.loads(run("catalogue", "board", "--field", "tha dieu", "--json").stdout)
    assert [one["code"] for one in board["in_force"][0]["lines"]] == ["9.000002"]
    assert [one["code"] for one in board["abolished"][0]["lines"]] == ["9.000001"]
    assert "9.000002" in run("catalogue", "board", "--words", "giấy phép thả diều").stdout


def test_a_broken_file_leaves_the_catalogue_as_it_was(run, tmp_path):
    run("catalogue", "import", str(jsonl(tmp_path, [procedure(1)])))
    before = run("catalogue", "list", "--json").stdout
    broken = tmp_path / "broken.jsonl"
    broken.write_bytes(b"\x00\x01 nothing")
    refused = run("catalogue", "import", str(broken), status=1)
    assert "catalogue: broken.jsonl: no row can be used" in refused.stderr
    assert run("catalogue", "list", "--json").stdout == before


def test_a_dry_run_keeps_nothing(run, tmp_path):
    run("catalogue", "import", "--dry-run", str(jsonl(tmp_path, [procedure(1)])))
    assert not (tmp_path / "var").exists()


def test_ask_answers_in_order_and_keeps_the_topic(run):
    asked = [
        "Làm giấy khai sinh cho con",
        "thế phí bao nhiêu?",
        "nhà vệ sinh ở đâu",
        "",
        "🙂",
        "cảm ơn",
    ]
    found = answers(run("ask", "--json", "-", input="\n".join(asked) + "\n"))
    assert [one["question"] for one in found] == asked
    assert [one["intent"] for one in found] == [
        "procedure", "procedure", "facility", "out_of_scope", "out_of_scope", "goodbye",
    ]  # fmt: skip
    assert found[0]["procedures"][0]["code"] == "1.001193"
    assert (found[1]["answer"]["procedure"], found[1]["aspect"]) == ("1.001193", "fee")
    assert found[2]["slots"] == {"place": "toilet"}
    assert all(one["answer"]["spoken"] and one["answer"]["next"] for one in found)


def test_ask_over_an_export_leaves_the_own_catalogue_alone(run, tmp_path):
    file = jsonl(tmp_path, [procedure(1, name="Cấp giấy phép thả diều sáo")])
    question = "xin giấy phép thả diều sáo"
    over = answers(run("ask", "--json", "--catalogue", str(file), question))[0]
    assert over["procedures"][0]["code"] == "9.000001"
    own = answers(run("ask", "--json", question))[0]
    assert "9.000001" not in [one["code"] for one in own["procedures"]]
    assert not (tmp_path / "var").exists()


def test_ask_takes_bytes_that_are_no_text(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "kiosk", "--data", str(tmp_path), "ask", "--json", "-"],
        input=b"\xff\xfe\n\x00\n' OR 1=1; --\n$(reboot)\n",
        capture_output=True,
        check=True,
        timeout=60,
    )
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(found) == 4
    assert all(one["answer"]["kind"] in {"no_match", "choices", "answer"} for one in found)


def test_ask_for_people(run):
    told = run("ask", "đăng ký kết hôn cần giấy tờ gì").stdout
    assert "Giấy tờ cần có" in told
    assert "kết hôn" in told


def test_ask_knows_the_hours_the_places_and_the_counters(run, tmp_path):
    where = {one.kind: one.where_vi for one in load_config(DEFAULT_CONFIG).place}["toilet"]
    asked = "mấy giờ mở cửa\nnhà vệ sinh ở đâu\nđăng ký kết hôn ở đâu\nnói lại\n"
    told = answers(run("ask", "--json", "-", input=asked))
    hours, toilet, marriage, again = (one["answer"] for one in told)
    assert hours["cards"][0]["lines"] == ["Mở cửa cả ngày, tất cả các ngày trong tuần."]
    assert where in toilet["spoken"]
    assert marriage["cards"][0]["lines"] == ["Quầy số 1 – tầng 1"]
    assert (again["spoken"], told[3]["intent"]) == (marriage["spoken"], "repeat")
    assert marriage["service"] == "civil-status"
    config = tmp_path / "config.toml"
    shipped = DEFAULT_CONFIG.read_text("utf-8")
    config.write_text(shipped.replace("always_open = true", "always_open = false"), "utf-8")
    kept = answers(run("--config", str(config), "ask", "--json", "mấy giờ mở cửa"))[0]
    assert "Thứ Hai – Thứ Sáu" in kept["answer"]["cards"][0]["lines"][0]


def test_a_slip_has_one_field_and_needs_a_core(run):
    assert "Hộ tịch" in run("catalogue", "board", "--print", status=1).stderr
    away = run("catalogue", "board", "--print", "--field", "ho tich", status=1)
    assert "core" in away.stderr


def document_of(folder):
    """What a centre would give: the Kept of an import made elsewhere."""
    return (folder / "current.json").read_bytes().partition(b"\n")[2]


def codes(run):
    return {one["code"] for one in json.loads(run("catalogue", "list", "--json").stdout)}


def test_the_citys_catalogue_takes_the_place_of_the_own_one_and_gives_it_back(run, tmp_path):
    run(
        "--data",
        str(tmp_path / "city"),
        "catalogue",
        "import",
        str(jsonl(tmp_path, [procedure(7)])),
    )
    given = tmp_path / "catalogue-3.json"
    given.write_bytes(document_of(tmp_path / "city" / "catalogue"))
    run("catalogue", "import", str(jsonl(tmp_path, [procedure(1)])))

    assert "1 procedures: it can be used" in run("catalogue", "use", str(given), "--dry-run").stdout
    assert "9.000001" in codes(run)
    run("catalogue", "use", str(given))
    run("catalogue", "use", str(given))
    assert "9.000007" in codes(run)
    assert "9.000001" not in codes(run)
    run("catalogue", "use", "--own")
    run("catalogue", "use", "--own")
    assert "9.000001" in codes(run)
    assert "9.000007" not in codes(run)


def test_without_an_own_one_the_shipped_catalogue_comes_back(run, tmp_path):
    before = codes(run)
    run(
        "--data",
        str(tmp_path / "city"),
        "catalogue",
        "import",
        str(jsonl(tmp_path, [procedure(7)])),
    )
    given = tmp_path / "catalogue-3.json"
    given.write_bytes(document_of(tmp_path / "city" / "catalogue"))
    run("catalogue", "use", str(given))
    assert "9.000007" in codes(run)
    run("catalogue", "use", "--own")
    assert codes(run) == before


@pytest.mark.parametrize(
    "body", [b"", b"{}", b"[1]", b'{"rows": [{}]}', b"\xff" * 90, b"[" * 90_000]
)
def test_a_catalogue_that_is_none_changes_nothing(run, tmp_path, body):
    run("catalogue", "import", str(jsonl(tmp_path, [procedure(1)])))
    given = tmp_path / "catalogue-3.json"
    given.write_bytes(body)
    assert "catalogue: " in run("catalogue", "use", str(given), status=1).stderr
    assert "9.000001" in codes(run)
    assert "a FILE, or --own" in run("catalogue", "use", status=2).stderr


def test_the_search_is_taught_what_citizens_here_say(run, tmp_path):
    run("catalogue", "import", str(jsonl(tmp_path, [BIRTH, procedure(1)])))
    said = "nhà có lính mới đầu quân vào nôi"
    own = tmp_path / "var" / "catalogue" / "questions.jsonl"
    own.write_text(json.dumps({"code": "1.001193", "question": said}) + "\n")
    before = first_of(run("ask", said, "--json"))
    taught = json.loads(run("catalogue", "train", "--json").stdout)
    assert taught["path"].startswith(str(tmp_path))
    after = first_of(run("ask", said, "--json"))
    assert after["code"] == "1.001193"
    assert after["score"] > (before["score"] if before["code"] == "1.001193" else 0)

    own.write_text('{"code": "1.001193"}\n')
    told = run("catalogue", "train", status=1).stderr
    assert "questions.jsonl" in told
    assert first_of(run("ask", said, "--json")) == after  # what was learnt stays


def first_of(result):
    """The likeliest procedure of an answer."""
    return json.loads(result.stdout)["procedures"][0]
