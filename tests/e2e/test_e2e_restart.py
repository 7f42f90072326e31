"""kill -9 between commit and paper: the number is on the screen again and its slip is offered."""

import pytest

from kiosk.words import AnswerSlip, AskState, EndVisit, IssueTicket, SimulateFault, SlipChanged


def issue(client, request_id: str = "request-1"):
    return client.ask(IssueTicket(request_id=request_id, service="land")).card


def until_slip(client, *states: str) -> None:
    """Until some slip is told to be in one of these states."""
    for event in client.wait_for_events(20):
        if isinstance(event, SlipChanged) and event.slip.state in states:
            return
    pytest.fail(f"no slip became {states}")


def test_killed_while_the_slip_was_being_sent(start_core):
    core = start_core()
    with core.client("screen") as screen:
        until_ready(screen)
        screen.ask(SimulateFault(device="printer", fault="slow:2000"))
        card = issue(screen)
        until_slip(screen, "sending")
    core.kill()

    with start_core().client("screen") as screen:
        (back,) = screen.welcome_state.unfinished
        assert back.ticket == card.ticket
        assert (back.slip.state, back.slip.reason) == ("unknown", "restart")
        assert issue(screen).ticket == card.ticket  # the screen asks again: the same number
        again = screen.ask(AnswerSlip(ticket_id=card.ticket.id, answer="reprint")).card
        assert again.slip.reprint
        until_slip(screen, "printed")
        screen.ask(EndVisit(ticket_id=card.ticket.id))
        assert screen.ask(AskState()).state.unfinished == ()


def test_killed_right_after_the_reply(start_core):
    core = start_core()
    with core.client("screen") as screen:
        card = issue(screen)
        core.kill()

    core = start_core()
    with core.client("screen") as screen:
        (back,) = screen.welcome_state.unfinished
        assert back.ticket == card.ticket
        assert back.slip.state in ("pending", "sending", "printed", "unknown")
        if back.slip.state in ("pending", "sending"):
            until_slip(screen, "printed")
    slips = list(core.data.slips.glob("*.png"))
    assert len(slips) <= 1 or back.slip.state == "unknown"


def test_killed_while_the_printer_was_away(start_core):
    core = start_core()
    with core.client("screen") as screen:
        until_ready(screen)
        screen.ask(SimulateFault(device="printer", fault="paper_out"))
        card = issue(screen)
        until_slip(screen, "refused")
    core.kill()
    with start_core().client("screen") as screen:  # the new machine has paper
        assert [one.ticket for one in screen.welcome_state.unfinished] == [card.ticket]
        state = screen.ask(AskState()).state.unfinished[0].slip.state
        if state != "printed":
            until_slip(screen, "printed")


def test_a_visit_that_was_ended_does_not_come_back(start_core):
    core = start_core()
    with core.client("screen") as screen:
        card = issue(screen)
        screen.ask(EndVisit(ticket_id=card.ticket.id))
    core.kill()
    with start_core().client("screen") as screen:
        assert screen.welcome_state.unfinished == ()


def test_a_damaged_store_is_told_to_the_faces(start_core):
    core = start_core()
    with core.client() as client:
        for number in range(3):
            issue(client, f"request-{number}")
    assert core.stop() == 0
    core.data.database.write_bytes(b"")
    core = start_core()
    with core.client() as client:
        store = next(one for one in client.welcome_state.devices if one.name == "store")
        assert (store.state, store.reason) == ("ready", "restored")
        assert "3 tickets put back from the journal" in store.detail
        assert issue(client, "request-new").ticket.number == "D101"
    assert core.log.count("core E kiosk.store.recovery: the store was damaged") == 1


def until_ready(client) -> None:
    """Until the printer is ready."""

    def ready(state) -> bool:
        return any(one.name == "printer" and one.state == "ready" for one in state.devices)

    if ready(client.ask(AskState()).state):
        return
    for event in client.wait_for_events(20):
        if ready(getattr(event, "state", client.welcome_state)):
            return
    pytest.fail("the printer is not ready")
