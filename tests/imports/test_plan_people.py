"""Comparing a file of drivers with the register."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from licensing.imports.existing import KnownLicence, KnownPeople, KnownPerson
from licensing.imports.mapping import AS_WRITTEN
from licensing.imports.person_steps import PersonSteps
from licensing.imports.plan import Plan
from licensing.imports.plan_people import plan_people
from licensing.imports.rows_drivers import driver_rows
from licensing.imports.tables import Table
from licensing.keys import FieldKeys, new_keys
from licensing.matching.hashes import identifier_key
from licensing.matching.identifiers import IdentifierKind
from licensing.register.catalogue import LicenceKind
from licensing.register.details import PersonDetails
from licensing.register.events import EventKind, LicenceStatus
from licensing.register.rules import status_as_at

TODAY = date(2026, 6, 1)
KEYS = FieldKeys.parse(new_keys())
HOLDER, LICENCE = uuid4(), uuid4()

Known = Callable[..., KnownPeople]
PlanRows = Callable[..., Plan]


def row(**changed: str) -> dict[str, str]:
    """A row of a file, by our column names."""
    return {
        "source_id": "A1",
        "given_names": "Anna",
        "family_name": "Sample",
        "date_of_birth": "01/02/1990",
        "postcode": "OX99 1AA",
        "licence_no": "PHD1",
        "licence_type": "private hire",
        "status": "granted",
        "starts_on": "01/03/2025",
        "expires_on": "29/02/2028",
        **changed,
    }


def nobody() -> KnownPeople:
    return KnownPeople(TODAY, {}, {}, {})


def anna(**changed: Any) -> KnownPeople:
    """A register with Anna Sample and her licence, as `row()` has them."""
    person = KnownPerson(HOLDER, "P-1", "A1", "Anna", "Sample", date(1990, 2, 1), "", "OX99 1AA")
    licence = KnownLicence(
        badge_no="",
        starts_on=date(2025, 3, 1),
        expires_on=date(2028, 2, 29),
        status=LicenceStatus.IN_FORCE,
        events=frozenset(),
        id=LICENCE,
        person_id=HOLDER,
    )
    for name, value in changed.items():
        setattr(person if hasattr(person, name) else licence, name, value)
    by_source = {person.source_id: person} if person.source_id else {}
    return KnownPeople(TODAY, {HOLDER: person}, by_source, {(LicenceKind.PRIVATE_HIRE_DRIVER, "PHD1"): licence})


@pytest.fixture
def plan(drivers_table: Callable[..., Table]) -> PlanRows:
    """`plan(known, row(), …)`: what these rows, numbered from 2, would do."""

    def make(known: KnownPeople, *rows: dict[str, str]) -> Plan:
        return plan_people(driver_rows(drivers_table(*rows), AS_WRITTEN, TODAY), known, KEYS, UUID(int=1))

    return make


def outcomes(made: Plan) -> list[tuple[str, str]]:
    return [(one.outcome.value, one.what) for one in made.outcomes]


def steps(made: Plan) -> PersonSteps:
    assert isinstance(made.steps, PersonSteps)
    return made.steps


def new_people(made: Plan) -> list[PersonDetails]:
    return steps(made).new


def test_nobody_on_the_register_makes_everybody_new(plan: PlanRows) -> None:
    made = plan(nobody(), row(), row(source_id="B2", given_names="Boris", licence_no="PHD2"))
    assert outcomes(made) == [("new", ""), ("new", "")]
    assert [one.given_names for one in new_people(made)] == ["Anna", "Boris"]


def test_what_the_register_knows_already_is_unchanged(plan: PlanRows) -> None:
    made = plan(anna(), row())
    assert outcomes(made) == [("unchanged", "")]
    assert steps(made).changes == []


@pytest.mark.parametrize(
    ("changed", "what"),
    [
        ({"family_name": "Married"}, "name"),
        ({"date_of_birth": "02/02/1990"}, "date of birth"),
        ({"postcode": "OX99 2BB"}, "address"),
        ({"address": "2 Sample Street"}, "address"),
        ({"nino": "QQ123456C"}, "ni number"),
        ({"driving_licence_no": "SAMPL902010A99AB"}, "driver number"),
        ({"badge_no": "7"}, "badge number"),
        ({"expires_on": "28/02/2031"}, "renewed"),
        ({"status": "suspended"}, "suspended"),
        ({"status": "revoked"}, "revoked"),
        ({"licence_no": "PHD9"}, "licence PHD9 added"),
        ({"nino": "QQ123456C", "family_name": "Married"}, "name; ni number"),
    ],
)
def test_a_change_is_said_in_words(plan: PlanRows, changed: dict[str, str], what: str) -> None:
    made = plan(anna(), row(**changed))
    assert outcomes(made) == [("changed", what)]
    assert len(steps(made).changes) == 1


@pytest.mark.parametrize(
    "column",
    ["date_of_birth", "postcode", "address", "nino", "status", "starts_on", "expires_on", "badge_no", "source_id"],
)
def test_a_blank_cell_changes_nothing(plan: PlanRows, column: str) -> None:
    known = anna(address="1 Sample Street", badge_no="7")
    assert outcomes(plan(known, row(**{"address": "1 Sample Street", "badge_no": "7", column: ""}))) == [
        ("unchanged", "")
    ]


def test_a_key_of_the_councils_own_is_taken_up_where_there_was_none(plan: PlanRows) -> None:
    assert outcomes(plan(anna(source_id=None), row())) == [("changed", "key in your own system")]


def test_a_number_is_known_however_it_is_written(plan: PlanRows) -> None:
    known = anna(lookups={identifier_key(IdentifierKind.NI_NUMBER, "QQ123456C", KEYS.matching_secret)})
    assert outcomes(plan(known, row(nino="qq 12 34 56 c", licence_no="phd-1"))) == [("unchanged", "")]


def test_a_number_of_somebody_else_is_rejected(plan: PlanRows) -> None:
    made = plan(anna(), row(source_id="B2", given_names="Boris", date_of_birth="03/04/1985"))
    assert made.outcomes == []
    [rejected] = made.rejected
    assert (rejected.row, rejected.column, rejected.value) == (2, "licence_no", "***")
    assert "for another person (P-1)" in rejected.reason


def test_a_holder_is_known_by_the_number_where_the_file_has_no_key(plan: PlanRows) -> None:
    assert outcomes(plan(anna(), row(source_id=""))) == [("unchanged", "")]
    assert outcomes(plan(anna(), row(source_id="", family_name="Married"))) == [("changed", "name")]
    made = plan(anna(), row(source_id="", family_name="Married", date_of_birth=""))
    assert "for another person" in made.rejected[0].reason


def test_rows_of_one_person_are_one_person(plan: PlanRows) -> None:
    made = plan(
        nobody(),
        row(date_of_birth="", nino="QQ123456C"),
        row(licence_no="HCD1", licence_type="hackney carriage", driving_licence_no="SAMPL902010A99AB"),
    )
    [person] = new_people(made)
    assert [licence.number for licence in person.licences] == ["PHD1", "HCD1"]
    assert person.date_of_birth == date(1990, 2, 1)  # the second row fills in what the first left out
    assert [kind for kind, _ in person.identifiers] == [IdentifierKind.NI_NUMBER, IdentifierKind.DRIVER_NUMBER]
    assert not any("believed" in warning for warning in made.warnings)


def test_where_rows_of_one_person_contradict_each_other_the_first_is_believed(plan: PlanRows) -> None:
    other = row(licence_no="HCD1", licence_type="hackney carriage", given_names="Ann", postcode="OX99 2BB")
    for known in (nobody(), anna()):
        made = plan(known, row(), other)
        assert "Row 3: it gives another name than row 2, which speaks of the same one and is believed." in made.warnings
        assert any(warning.startswith("Row 3: it gives another postcode than row 2") for warning in made.warnings)
    [person] = new_people(plan(nobody(), row(), other))
    assert (person.given_names, person.postcode) == ("Anna", "OX99 1AA")
    assert outcomes(plan(anna(), row(), other)) == [("unchanged", ""), ("changed", "licence HCD1 added")]


def test_a_file_that_lists_every_term_of_a_licence_gives_it_the_last(plan: PlanRows) -> None:
    terms = [row(starts_on="01/03/2022", expires_on="28/02/2025", status="expired"), row()]
    for order in (terms, terms[::-1]):
        made = plan(nobody(), *order)
        [person] = new_people(made)
        [licence] = person.licences
        assert status_as_at(licence.events, TODAY) is LicenceStatus.IN_FORCE
        assert outcomes(plan(anna(), *order)) == [("unchanged", ""), ("unchanged", "")]


def test_a_renewal_in_a_further_row_is_a_renewal(plan: PlanRows) -> None:
    later = row(starts_on="01/03/2028", expires_on="28/02/2031")
    assert outcomes(plan(anna(), row(), later)) == [("unchanged", ""), ("changed", "renewed")]
    brought = plan(anna(), row(licence_no="PHD9"), row(licence_no="PHD9", **_term("01/03/2028", "28/02/2031")))
    assert outcomes(brought) == [("changed", "licence PHD9 added"), ("changed", "renewed")]
    [added] = [licence for change in steps(brought).changes for licence in change.new_licences]
    assert [event.kind for event in added.events] == [EventKind.GRANTED, EventKind.RENEWED]


def _term(starts: str, expires: str) -> dict[str, str]:
    return {"starts_on": starts, "expires_on": expires}


def test_a_further_row_of_the_same_term_cannot_change_the_status_but_by_revoking(plan: PlanRows) -> None:
    suspended = row(status="suspended", badge_no="8")
    made = plan(anna(), row(badge_no="7"), suspended)
    assert [what for _, what in outcomes(made)] == ["badge number", ""]
    assert any("another term or status than row 2" in warning for warning in made.warnings)
    assert any("another badge number than row 2" in warning for warning in made.warnings)
    assert [what for _, what in outcomes(plan(anna(), row(), row(status="revoked")))] == ["", "revoked"]
    [person] = new_people(plan(nobody(), row(), row(status="revoked")))
    assert status_as_at(person.licences[0].events, TODAY) is LicenceStatus.REVOKED


def test_one_number_under_two_keys_of_the_council_is_rejected(plan: PlanRows) -> None:
    made = plan(nobody(), row(), row(source_id="A2", badge_no="8"))
    assert [one.row for one in made.outcomes] == [2]
    assert made.rejected[0].reason.startswith("Row 2 gives this number to another person of your own system")


def test_a_row_said_again_in_the_same_words_changes_nothing(plan: PlanRows) -> None:
    assert outcomes(plan(nobody(), row(), row())) == [("new", ""), ("unchanged", "")]


@pytest.mark.parametrize("status", [LicenceStatus.REVOKED, LicenceStatus.REVOCATION_PENDING])
def test_a_file_cannot_restore_what_was_revoked(plan: PlanRows, status: LicenceStatus) -> None:
    made = plan(anna(status=status), row())
    assert outcomes(made) == [("unchanged", "")]
    assert "Only a court can restore it" in made.warnings[0]


def test_a_licence_in_force_again_ends_a_suspension(plan: PlanRows) -> None:
    assert outcomes(plan(anna(status=LicenceStatus.SUSPENDED), row())) == [("changed", "suspension ended")]
    assert outcomes(plan(anna(status=LicenceStatus.SUSPENDED), row(status="suspended"))) == [("unchanged", "")]


def test_a_licence_that_is_over_is_not_suspended_again(plan: PlanRows) -> None:
    events = frozenset({EventKind.SUSPENDED})
    expired = {"status": LicenceStatus.EXPIRED, "expires_on": date(2026, 2, 28), "events": events}
    assert outcomes(plan(anna(**expired), row(status="suspended", expires_on="28/02/2026"))) == [("unchanged", "")]
    renewed = row(status="suspended", starts_on="01/03/2026", expires_on="28/02/2029")
    assert outcomes(plan(anna(**expired), renewed)) == [("changed", "renewed; suspended")]


def test_a_licence_that_expired_on_an_unknown_day_is_not_renewed_by_its_own_grant(plan: PlanRows) -> None:
    known = anna(status=LicenceStatus.EXPIRED, starts_on=None, expires_on=None, filed_on=date(2025, 3, 1))
    assert outcomes(plan(known, row(status="expired", expires_on=""))) == [("unchanged", "")]
    assert outcomes(plan(known, row(starts_on="01/03/2026"))) == [("changed", "renewed")]


def test_a_returned_badge_is_recorded_once_and_ends_nothing(plan: PlanRows) -> None:
    surrendered = row(status="surrendered")
    made = plan(anna(), surrendered)
    assert outcomes(made)[0][1].startswith("badge or plate returned")
    assert "cannot be surrendered" in made.warnings[0]
    known = anna(events=frozenset({EventKind.BADGE_RETURNED}))
    assert outcomes(plan(known, surrendered)) == [("unchanged", "")]


def test_every_row_is_accounted_for(plan: PlanRows) -> None:
    made = plan(anna(), row(), row(licence_no="", family_name=""), {"source_id": "Total: 2"})
    receipt = made.receipt("drivers.csv", "0" * 64, "drivers", "E07000178")
    assert (receipt["rows"], receipt["accepted"], receipt["left_out"]) == (3, 1, 1)
    assert {one["row"] for one in receipt["rejected"]} == {3}


def test_two_plans_differ_when_they_would_do_something_else(plan: PlanRows) -> None:
    assert plan(anna(), row()).fingerprint() == plan(anna(), row()).fingerprint()
    assert plan(anna(), row()).fingerprint() != plan(anna(), row(badge_no="7")).fingerprint()
    assert plan(anna(), row()).fingerprint() != plan(nobody(), row()).fingerprint()
