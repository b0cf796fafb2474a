"""Comparing files of vehicles, operators and places with the register: which one a row means, and whom to believe."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from licensing.imports.existing import KnownLicence
from licensing.imports.known_things import Holder, KnownThings, PartPlayed, Thing, ThingLicence
from licensing.imports.plan import Plan
from licensing.imports.plan_things import plan_things
from licensing.imports.subjects import PREMISES, VEHICLES, Subject
from licensing.imports.thing_rows import Part, ThingRow
from licensing.imports.thing_steps import ThingSteps
from licensing.keys import FieldKeys, new_keys
from licensing.register.catalogue import LicenceKind
from licensing.register.events import LicenceStatus
from licensing.register.parts import PositionKind

TODAY = date(2026, 11, 14)
KEYS = FieldKeys.parse(new_keys())
SUPERVISOR = PositionKind.PREMISES_SUPERVISOR


def register(subject: Subject, *things: Thing) -> KnownThings:
    known = KnownThings(TODAY, subject)
    for thing in things:
        known.file(thing)
    return known


def vehicle(vrm: str, source_id: str | None = None) -> Thing:
    facts = {"vrm": vrm, "make": "", "model": "", "colour": "", "wheelchair_accessible": None}
    return Thing(facts, source_id, uuid4(), f"V-{vrm}")


def place(name: str, uprn: int | None = None, source_id: str | None = None, postcode: str = "OX99 1AA") -> Thing:
    facts = {"name": name, "kind": None, "address": "", "postcode": postcode, "uprn": uprn}
    return Thing(facts, source_id, uuid4(), f"L-{name}-{uprn}")


def row(number: int, facts: dict[str, Any], **more: Any) -> ThingRow:
    return ThingRow(**{"row": number, "source_id": "", "facts": facts, "licence_no": "", "licence_type": None, **more})


def vehicle_row(number: int, vrm: str, **more: Any) -> ThingRow:
    return row(number, vehicle(vrm).facts, **more)


def place_row(number: int, name: str, uprn: int | None = None, postcode: str = "OX99 1AA", **more: Any) -> ThingRow:
    return row(number, place(name, uprn, postcode=postcode).facts, **more)


def planned(known: KnownThings, *rows: ThingRow) -> Plan:
    return plan_things(rows, known, KEYS, UUID(int=1))


def outcomes(made: Plan) -> list[tuple[int, str, str]]:
    return [(one.row, one.outcome.value, one.what) for one in made.outcomes]


def test_a_row_without_the_kind_of_licence_is_of_that_which_a_later_row_brings() -> None:
    kind = {"licence_no": "N1", "licence_type": LicenceKind.PRIVATE_HIRE_VEHICLE}
    made = planned(register(VEHICLES), vehicle_row(2, "AB12 CDE", licence_no="N1"), vehicle_row(3, "AB12 CDE", **kind))
    assert outcomes(made) == [(2, "unchanged", ""), (3, "new", "")]


def test_a_mark_that_another_vehicle_has_is_rejected_wherever_that_one_comes_from() -> None:
    known = register(VEHICLES, vehicle("AB12 CDE", "V1"), vehicle("XY99 ZZZ"))
    [rejected] = planned(known, vehicle_row(2, "XY99 ZZZ", source_id="V1")).rejected
    assert "is on your register (V-XY99 ZZZ) for another vehicle" in rejected.reason
    known = register(VEHICLES, vehicle("AB12 CDE", "V1"))
    [rejected] = planned(known, vehicle_row(2, "XY99 ZZZ"), vehicle_row(3, "XY99 ZZZ", source_id="V1")).rejected
    assert "is in row 2 for another vehicle" in rejected.reason


def test_a_uprn_that_another_place_has_is_not_taken_up() -> None:
    known = register(PREMISES, place("Sample Inn", source_id="1"), place("Sample Hotel", 199356))
    made = planned(known, place_row(2, "Sample Inn", 199356, source_id="1"))
    assert outcomes(made) == [(2, "unchanged", "")]
    assert "the UPRN is on your register (L-Sample Hotel-199356) for another place" in made.warnings[0]


def test_of_several_places_with_one_name_none_is_meant() -> None:
    known = register(PREMISES, place("Sample Inn", 1), place("Sample Inn", 2))
    [rejected] = planned(known, place_row(2, "Sample Inn")).rejected
    assert (rejected.column, rejected.row) == ("name", 2)
    assert "Several places are known by this name and postcode" in rejected.reason
    assert outcomes(planned(known, place_row(2, "Sample Inn", 2))) == [(2, "unchanged", "")]
    assert outcomes(planned(known, place_row(2, "Sample Inn", 3))) == [(2, "new", "")]


def test_a_row_that_says_less_of_where_a_place_is_means_it_still() -> None:
    known = register(PREMISES, place("Sample Inn", 1))
    assert outcomes(planned(known, place_row(2, "sample inn", postcode=""))) == [(2, "unchanged", "")]


def test_a_further_key_of_one_place_is_that_places_in_the_whole_file() -> None:
    known = register(PREMISES, place("Sample Inn", source_id="1"))
    rows = place_row(2, "Sample Inn", source_id="2"), place_row(3, "Another", postcode="OX99 1AB", source_id="2")
    made = planned(known, *rows)
    assert outcomes(made) == [(2, "unchanged", ""), (3, "unchanged", "")]
    assert any("another name than row 2" in warning for warning in made.warnings)


def test_a_new_supervisor_ends_the_one_before_and_the_same_one_does_not() -> None:
    def inn() -> tuple[KnownThings, PartPlayed]:
        known, before = register(PREMISES, place("Sample Inn")), PartPlayed(SUPERVISOR, Holder("Gus Example"), uuid4())
        state = KnownLicence("", None, None, LicenceStatus.IN_FORCE, frozenset(), uuid4())
        licence = ThingLicence(known.of_key(("name", "sample inn"))[0], state, parts=[before])
        known.licences[LicenceKind.PREMISES_LICENCE, "N1"] = licence
        return known, before

    of_licence = {"licence_no": "N1", "licence_type": LicenceKind.PREMISES_LICENCE}
    known, before = inn()
    made = planned(known, place_row(2, "Sample Inn", parts=(Part(SUPERVISOR, "Hal Example"),), **of_licence))
    assert outcomes(made) == [(2, "changed", "designated premises supervisor")]
    assert isinstance(made.steps, ThingSteps)
    assert made.steps.ended == [before]
    known, before = inn()
    made = planned(known, place_row(2, "Sample Inn", parts=(Part(SUPERVISOR, "Mr Gus Example"),), **of_licence))
    assert outcomes(made) == [(2, "unchanged", "")]
    assert not before.ended
