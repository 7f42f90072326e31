"""Two kiosks and the centre, each a process of its own, and cables that somebody pulls.

The kiosks give numbers all the time. Whatever dies or is cut, each number arrives once, in order.
"""

import itertools
import json
import threading
import time

import pytest
from centre_process import CityProcess

from kiosk.errors import LinkError
from kiosk.words import IssueTicket
from tests.e2e.processes import CoreProcess, wait_until
from tools.cable import Cable

QUICK = {
    "centre.send_s": "1",
    "centre.health_s": "10",
    "centre.pull_s": "10",
    "centre.answer_s": "3",
}
LONG_S = 90.0
SERVICES = """
[[counter]]
number = "1"

[[service]]
code = "land"
name_vi = "Đất đai"
name_en = "Land"
series = "L"
counters = ["1"]
"""


class Kiosk:
    """A core process, its cable, and a crowd before it."""

    def __init__(self, name, root, config, centre):
        self.name, self.root, self.config = name, root / name, config
        self.cable = Cable(int(centre.url.rpartition(":")[2]))
        self.numbers = []
        self._ended = threading.Event()
        self._can_issue = threading.Event()
        self._crowd = threading.Thread(target=self._stand_in_line)
        self.start()
        self._crowd.start()

    def start(self):
        self.core = CoreProcess(self.config, self.root)
        self._can_issue.set()

    def kill(self):
        self._can_issue.clear()
        self.core.kill()

    def _stand_in_line(self):
        requests = itertools.count()
        wanted = None
        while not self._ended.is_set():
            if not self._can_issue.wait(0.1):
                continue
            wanted = wanted or IssueTicket(
                request_id=f"{self.name}-{next(requests):06}", service="land"
            )
            try:
                with self.core.client() as client:
                    self.numbers.append(client.ask(wanted).card.ticket.number)
            except (LinkError, OSError):
                assert not self._can_issue.is_set(), "only a dead core gives no number"
                continue  # the same request again, from the next core
            wanted = None
            time.sleep(0.05)

    def everybody_has_gone(self):
        self._ended.set()
        self._crowd.join()

    def close(self):
        self.everybody_has_gone()
        self.core.kill()
        self.cable.close()


@pytest.fixture
def centre(tmp_path):
    with CityProcess(tmp_path / "centre") as made:
        yield made


@pytest.fixture
def kiosks(tmp_path, write_config, centre):
    made = []
    for name in ("ba-dinh", "tay-ho"):
        (tmp_path / name).mkdir()
        config = tmp_path / name / "config.toml"
        write_config(QUICK).rename(config)
        centre.run("site", "add", name, "Phường", "Ward")
        made.append(Kiosk(name, tmp_path, config, centre))
    yield made
    for one in made:
        one.close()


def numbers_told(centre, site):
    found = centre.rows(
        "SELECT body FROM event WHERE site = ? AND kind = 'ticket_issued' ORDER BY rowid", site
    )
    return [json.loads(body)["number"] for (body,) in found]


def orders(centre, site):
    """The seqs of each order of a site, as they came."""
    found = {}
    question = "SELECT device, epoch, seq FROM event WHERE site = ? ORDER BY rowid"
    for device, epoch, seq in centre.rows(question, site):
        found.setdefault((device, epoch), []).append(seq)
    return list(found.values())


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_every_number_arrives_once_and_in_order_whatever_is_pulled_or_killed(centre, kiosks):
    for one in kiosks:
        said = one.core.run("enrol", centre.code(one.name), "--url", one.cable.url)
        assert f"of site {one.name} is known at {one.cable.url}" in said
    first, second = kiosks

    def all_told():
        return all(numbers_told(centre, one.name) for one in kiosks)

    wait_until("the first numbers", all_told, within_s=LONG_S)
    first.cable.pull()
    second.cable.cut_after = 100
    time.sleep(2.0)
    given = len(first.numbers)
    for one in kiosks:
        one.cable.plug_in()
    centre.kill()
    first.kill()
    time.sleep(1.0)
    first.start()
    centre.start()
    wait_until(
        "what was given while the cable was out",
        lambda: len(numbers_told(centre, first.name)) > given,
        within_s=LONG_S,
    )
    notice = first.root / "notices.toml"
    notice.write_text('[[notice]]\ntext_vi = "Hôm nay nhận hồ sơ đến 16 giờ"\n')
    centre.run("document", "publish", "notices", str(notice))
    for one in kiosks:
        wait_until(
            "the notice",
            lambda one=one: "16 giờ" in json.dumps(_state(one), ensure_ascii=False),
            within_s=LONG_S,
        )
    for one in kiosks:
        one.everybody_has_gone()
        wait_until(
            "every number",
            lambda one=one: len(numbers_told(centre, one.name)) >= len(one.numbers),
            within_s=LONG_S,
        )
        assert len(one.numbers) > 50
        assert len(set(one.numbers)) == len(one.numbers)
        assert numbers_told(centre, one.name) == one.numbers
        for seqs in orders(centre, one.name):
            assert seqs == list(range(seqs[0], seqs[0] + len(seqs)))
        found = one.core.json("centre", "status")
        assert (found["site"], found["state"], found["url"]) == (one.name, "ready", one.cable.url)
        wait_until(
            "an empty outbox", lambda one=one: not one.core.json("centre", "status")["outbox"]
        )
        done = one.core.run_with(
            one.root, "doctor", "--json", *_only("enrolment", "centre", "outbox")
        )
        codes = {check["check"]: check["code"] for check in json.loads(done.stdout)["checks"]}
        assert codes == {
            "enrolment": "enrolled",
            "centre": "centre_heard",
            "outbox": "outbox_empty",
        }


def _state(one):
    with one.core.client() as client:
        return [notice.text_vi for notice in client.welcome_state.notices]


def _only(*checks):
    return [word for check in checks for word in ("--only", check)]


@pytest.mark.slow
def test_a_code_by_hand_a_wrong_one_and_a_new_key(centre, tmp_path, write_config):
    centre.run("site", "add", "ba-dinh", "Phường", "Ward")
    core = CoreProcess(write_config(QUICK), tmp_path / "kiosk")
    url = centre.url
    try:
        assert "8 letters and figures" in core.run("enrol", "hello", expect=1)
        assert "which centre?" in core.run("enrol", "ABCDEFGH", expect=1)
        assert "code: " in core.run("enrol", "ABCDEFGH", "--url", url, expect=1)
        assert core.json("centre", "status")["device"] == ""
        code = centre.code("ba-dinh")
        core.run("enrol", f" {code.lower()} ", "--name", "Cửa chính")
        before = core.json("centre", "status")
        assert "the key that begins with" in core.run("centre", "new-key")
        after = core.json("centre", "status")
        assert after["device"] == before["device"]
        assert after["key"] != before["key"]
        number = json.loads(core.run("ticket", "issue", "--service", "land", "--json"))["number"]
        wait_until("the number", lambda: numbers_told(centre, "ba-dinh") == [number])
        assert "code: " in core.run("enrol", code, expect=1), "it holds once"
        shown = core.run("centre", "status")
        assert "known as" in shown
        assert "0 entries wait" in shown
        mode = (core.data.centre / "key").stat().st_mode & 0o777
        assert mode == 0o600
    finally:
        core.kill()


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_services_of_the_city_count_after_a_restart_that_the_core_makes_itself(
    centre, tmp_path, write_config
):
    centre.run("site", "add", "ba-dinh", "Phường", "Ward")
    config = write_config(QUICK)
    core = CoreProcess(config, tmp_path / "kiosk")
    try:
        core.run("enrol", centre.code("ba-dinh"), "--url", centre.url)
        services = tmp_path / "services.toml"
        services.write_text(SERVICES)
        centre.run("document", "publish", "services", str(services))
        assert core.process.wait(LONG_S) == 0, "it ended by itself, as nobody was there"
        before = core
        core = CoreProcess(config, tmp_path / "kiosk")
        before.kill()
        assert [one["series"] for one in core.json("services")] == ["L"]
        assert core.json("ticket", "issue", "--service", "land")["number"] == "L001"
        (found,) = core.json("centre", "status")["documents"]
        assert (found["name"], found["in_use"], found["on_trial"]) == ("services", 1, True)
    finally:
        core.kill()
