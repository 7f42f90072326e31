"""Browsing: what stands on which shelf, and in which order."""

from kiosk.guide.catalogue import Catalogue
from kiosk.guide.procedure import Field, Procedure
from kiosk.guide.shelves import Shelves

FIELDS = (
    Field(code="land", name_vi="Đất đai"),
    Field(code="empty", name_vi="Trống"),
    Field(code="merit", name_vi="Người có công"),
)


def procedure(code, field="land", **more):
    return Procedure(code=code, official=code, short=code, field=field, **more)


def shelves(*procedures):
    return Shelves(Catalogue(fields=FIELDS, procedures=procedures))


def test_plain_and_checked_stand_before_rare_and_imported():
    shelf = shelves(
        procedure("imported"),
        procedure("rare", variant="foreign", checked="2026-11-21"),
        procedure("first", checked="2026-11-20"),
        procedure("second", checked="2026-11-21"),
    )
    assert [one.code for one in shelf.browse()] == ["first", "second", "imported", "rare"]
    assert shelf.checked == "2026-11-21"


def test_empty_fields_and_what_the_ward_does_not_receive_are_not_shown():
    shelf = shelves(
        procedure("1", life_events=("house", "death")),
        procedure("2", "merit", life_events=("house",)),
        procedure("3", "empty", ward=False, life_events=("birth",)),
    )
    assert [(field.code, count) for field, count in shelf.fields()] == [("land", 1), ("merit", 1)]
    assert shelf.life_events() == [("house", 2), ("death", 1)]
    assert [one.code for one in shelf.browse(field="merit", life_event="house")] == ["2"]
    assert shelf.browse(field="merit", life_event="death") == []
    assert shelf.browse(life_event="no such event") == []
    assert shelf.count == 2


def test_nothing_is_no_fault():
    shelf = shelves()
    assert (shelf.browse(), shelf.fields(), shelf.life_events()) == ([], [], [])
    assert (shelf.count, shelf.checked) == (0, "")
