"""A real core is rehearsed beside the one that works, with a copy of its data."""


def test_the_one_that_works_notices_nothing(core):
    first = core.json("ticket", "issue", "--service", "land")
    done = core.run_with(core.data.root, "upgrade", "rehearse")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("ready after ")
    second = core.json("ticket", "issue", "--service", "land")
    assert (first["number"], second["number"]) == ("D001", "D002")
