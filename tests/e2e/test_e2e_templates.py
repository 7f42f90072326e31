"""A kiosk made of a template: it starts and gives a number, with no printer at all."""

from processes import CoreProcess, wait_until

from kiosk.paths import ASSETS
from kiosk.words import AskHall, AskState


def test_a_mobile_office_gives_numbers_without_a_printer(tmp_path):
    config = tmp_path / "config.toml"
    text = (ASSETS / "templates" / "mobile-office.toml").read_text(encoding="utf-8")
    silent = (
        "[site_server]\nserve = false\n\n[speech]\nenabled = false\n\n[voice]\nenabled = false\n"
    )
    config.write_text(f"{text}\n{silent}")
    core = CoreProcess(config, tmp_path / "data")
    try:

        def printer():
            with core.client("face") as client:
                devices = client.ask(AskState()).state.devices
            return next(one for one in devices if one.name == "printer")

        wait_until("the printer's absence", lambda: printer().reason == "none")
        assert core.json("ticket", "issue", "--service", "general")["number"] == "A001"
        wait_until("the slip", lambda: "refused" in core.run("printer", "slips"))
        with core.client("site") as client:
            assert client.ask(AskHall()).hall.missing_slips == ()  # nobody waits for paper here
        assert "Traceback" not in core.log
    finally:
        core.kill()
