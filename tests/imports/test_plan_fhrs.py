"""Comparing a food hygiene file with the premises on the register."""

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest

from licensing.imports.existing import KnownPlace, PlaceName, Unregistered, place_name
from licensing.imports.plan import Plan
from licensing.imports.plan_fhrs import FhrsSteps, plan_fhrs
from licensing.imports.refused import FileRefused
from licensing.imports.rejections import LeftOut, reject
from licensing.imports.rows_fhrs import Establishment
from licensing.register.models import FoodRating, FoodRegistration, Premises
from licensing.register.places import PremisesKind

EXTRACTED = date(2026, 11, 14)
ROW = Establishment(
    row=1,
    fhrs_id=1001,
    authority_business_id="S/1",
    name="Sample Guesthouse",
    business_type=7842,
    address="1 Sample Street",
    postcode="OX99 1AA",
    rating="4",
    rated_on=date(2026, 1, 2),
    hygiene_score=5,
    structural_score=5,
    management_score=5,
    geocode=None,
    new_rating_pending=False,
    scheme="FHRS",
    authority_code="269",
    authority_name="Oxford City",
)
PLACE = KnownPlace(
    premises_id=uuid4(),
    registration_id=uuid4(),
    name=ROW.name,
    kind=PremisesKind.HOTEL_OR_GUESTHOUSE,
    address=ROW.address,
    postcode=ROW.postcode,
    business_type=7842,
    extracted_on=EXTRACTED,
    rating="4",
    rated_on=date(2026, 1, 2),
)

Places = dict[PlaceName, list[Unregistered]]


def plan(
    *rows: object,
    known: KnownPlace | None = None,
    council: str = "Oxford City Council",
    unregistered: Places | None = None,
) -> Plan:
    places = {1001: known} if known else {}
    return plan_fhrs(rows, places, unregistered or {}, UUID(int=1), council, EXTRACTED)  # type: ignore[arg-type]


def steps(made: Plan) -> FhrsSteps:
    assert isinstance(made.steps, FhrsSteps)
    return made.steps


def outcome(made: Plan) -> tuple[str, str]:
    [only] = made.outcomes
    return only.outcome.value, only.what


def test_a_new_place_comes_with_its_registration_and_rating() -> None:
    made = plan(ROW)
    assert outcome(made) == ("new", "")
    new = steps(made).new
    [premises], [registration], [rating] = new[Premises], new[FoodRegistration], new[FoodRating]
    assert (premises["name"], premises["sort_name"]) == ("Sample Guesthouse", "sample guesthouse")
    assert registration["premises_id"] == premises["id"]
    assert (rating["registration_id"], rating["rating"]) == (registration["id"], "4")


def test_the_same_extract_again_changes_nothing() -> None:
    made = plan(ROW, known=PLACE)
    assert outcome(made) == ("unchanged", "")
    assert not any([*steps(made).new.values(), *steps(made).changed.values()])


def test_a_later_extract_that_says_the_same_is_noted_as_seen() -> None:
    made = plan(ROW, known=replace(PLACE, extracted_on=date(2026, 10, 1)))
    assert outcome(made) == ("unchanged", "")
    assert [one["extracted_on"] for one in steps(made).changed[FoodRegistration]] == [EXTRACTED]


def test_an_older_extract_says_nothing_new() -> None:
    known = replace(PLACE, extracted_on=date(2026, 12, 1))
    assert outcome(plan(replace(ROW, rating="0", name="Old Name"), known=known)) == ("unchanged", "")


@pytest.mark.parametrize(
    ("changed", "what"),
    [
        ({"name": "Sample Hotel"}, "name"),
        ({"address": "2 Sample Street", "postcode": "OX99 2BB"}, "address; postcode"),
        ({"rating": "2"}, "rating now 2"),
        ({"rated_on": date(2026, 6, 1)}, "rating now 4"),
        ({"business_type": 7843}, "business type"),
    ],
)
def test_a_change_is_said_in_words(changed: dict[str, object], what: str) -> None:
    assert outcome(plan(replace(ROW, **changed), known=PLACE)) == ("changed", what)


def test_an_address_that_is_no_longer_published_is_kept() -> None:
    made = plan(replace(ROW, address="", postcode="", name="Sample Hotel"), known=PLACE)
    assert outcome(made) == ("changed", "name")
    [premises] = steps(made).changed[Premises]
    assert (premises["address_lines"], premises["postcode"]) == ("1 Sample Street", "OX99 1AA")


@pytest.mark.parametrize(
    ("business_type", "kind"),
    [(7842, PremisesKind.HOTEL_OR_GUESTHOUSE), (7843, PremisesKind.PUB), (1, PremisesKind.RESTAURANT)],
)
def test_a_business_type_is_a_kind_of_place(business_type: int, kind: PremisesKind) -> None:
    assert steps(plan(replace(ROW, business_type=business_type))).new[Premises][0]["kind"] is kind


def test_any_other_business_type_is_another_kind() -> None:
    assert steps(plan(replace(ROW, business_type=7845))).new[Premises][0]["kind"] is PremisesKind.OTHER


@pytest.mark.parametrize(
    ("council", "written"),
    [
        ("Oxford City Council", "Oxford City"),
        ("Oxford City Council", "Oxford"),
        ("Vale of White Horse District Council", "Vale of White Horse"),
        ("City of London", "London (City of)"),
        ("Stoke-on-Trent City Council", "Stoke-On-Trent"),
        ("Bristol, City of", "Bristol"),
        ("King's Lynn and West Norfolk Borough Council", "Kings Lynn & West Norfolk"),
    ],
)
def test_a_councils_own_file_is_known_whatever_it_calls_the_council(council: str, written: str) -> None:
    assert plan(replace(ROW, authority_name=written), council=council).outcomes


@pytest.mark.parametrize(
    ("council", "written"),
    [
        ("Oxford City Council", "South Oxfordshire"),
        ("South Oxfordshire District Council", "West Oxfordshire"),
        ("City of London", "London Borough of Camden"),
        ("City of London", "Greater London Authority"),
    ],
)
def test_another_councils_file_is_refused(council: str, written: str) -> None:
    with pytest.raises(FileRefused, match=f"This file is for {written}. You act for {council}, so nothing"):
        plan(replace(ROW, authority_name=written), council=council)


def test_what_is_left_out_or_rejected_is_counted() -> None:
    made = plan(ROW, LeftOut(2), reject(3, "FHRSID", "x", "This must be a number"))
    assert (made.rows, made.left_out, made.rejected_rows) == (3, 1, 1)


def by_hand(name: str = "The Sample Guesthouse", postcode: str = "ox991aa") -> Unregistered:
    return Unregistered(uuid4(), "L-1", name, PremisesKind.GUESTHOUSE, "1 Sample Street", postcode)


def by_name(*places: Unregistered) -> Places:
    found: Places = {}
    for place in places:
        found.setdefault(place_name(place.name, place.postcode), []).append(place)
    return found


def test_an_establishment_joins_the_place_that_the_register_has_by_that_name_and_postcode() -> None:
    place = by_hand()
    row = replace(ROW, name="THE SAMPLE GUESTHOUSE")
    made = plan(row, replace(row, row=2, fhrs_id=1002), unregistered=by_name(place))
    assert [one.outcome.value for one in made.outcomes] == ["changed", "new"]
    assert made.warnings == [
        "Row 1: it is L-1, which is on your register already with the same name and postcode, and was joined to it"
    ]
    assert made.units == {place.id}
    registrations = steps(made).new[FoodRegistration]
    assert registrations[0]["premises_id"] == place.id
    assert len(steps(made).new[Premises]) == 1


@pytest.mark.parametrize("places", [[by_hand(), by_hand()], [by_hand(postcode="OX99 1AB")], [by_hand(name="Another")]])
def test_it_joins_none_of_several_and_none_elsewhere(places: list[Unregistered]) -> None:
    row = replace(ROW, name="The Sample Guesthouse")
    assert outcome(plan(row, unregistered=by_name(*places))) == ("new", "")
    blank = replace(row, postcode="")
    assert outcome(plan(blank, unregistered=by_name(by_hand(postcode="")))) == ("new", "")
