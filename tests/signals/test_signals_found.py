"""What counts as happening again and again, and within how many days: asked of the database."""

from datetime import timedelta
from uuid import UUID

import pytest
from factories import accounts, concerns, disruption, operations, register, signals
from factories.disruption import agency, as_user
from flask import Flask
from sqlalchemy import text

from licensing import dates
from licensing.concerns.changes import following
from licensing.db import db
from licensing.disruption.targets import Aim
from licensing.disruption.words import AgencyKind, TargetKind
from licensing.operations.words import TestKind
from licensing.permissions import Role
from licensing.register.events import Event, EventKind, RecordKind
from licensing.register.places import PremisesKind
from licensing.setup import owner_session

OXFORD, CHERWELL = accounts.OXFORD, accounts.CHERWELL


@pytest.fixture
def officer(app: Flask) -> UUID:
    agency(AgencyKind.LICENSING)
    return accounts.user(Role.LICENSING_OFFICER)


@pytest.fixture
def neighbour(app: Flask) -> UUID:
    agency(AgencyKind.LICENSING, CHERWELL)
    return accounts.user(Role.LICENSING_OFFICER, CHERWELL)


@pytest.fixture
def person(app: Flask) -> UUID:
    return register.add(register.PLAIN, OXFORD)


def test_complaints_count_up_to_the_last_day_of_the_window_and_no_further(officer: UUID, person: UUID) -> None:
    signals.complain(officer, RecordKind.PERSON, person, 0, 89)
    signals.complain(officer, RecordKind.PERSON, person, 90)
    assert "complaints-person-90" not in signals.codes_seen_by(officer)
    signals.complain(officer, RecordKind.PERSON, person, 89)
    [one] = [one for one in signals.seen_by(officer) if one.rule.code == "complaints-person-90"]
    assert (one.name, one.record_id, len(one.rows)) == ("Petra Example Sampleová", person, 3)
    assert one.newest_on == dates.today()


def test_a_concern_that_led_to_a_complaint_is_one_report_and_so_is_one_that_was_passed_on(
    officer: UUID, person: UUID
) -> None:
    with owner_session() as session:
        reference = str(session.scalar(text("SELECT reference FROM person WHERE id = :id"), {"id": person}))
    raised = [concerns.raise_one(officer) for _ in range(2)]
    with as_user(officer) as user:
        for one in raised:
            following.link(user, one, reference)
        db.session.commit()
    assert "reports-person-30" in signals.codes_seen_by(officer)
    [complaint] = signals.complain(officer, RecordKind.PERSON, person, 0)
    led_to = (
        "INSERT INTO concern_step (id, authority_id, concern_id, kind, on_day, object_kind, object_id, by_id)"
        " SELECT gen_random_uuid(), authority_id, id, 'complaint', raised_on, 'complaint', :complaint, raised_by"
        " FROM concern"
    )
    with owner_session() as session:  # both came to this one complaint
        session.execute(text(led_to), {"complaint": complaint})
        session.commit()
    assert "reports-person-30" not in signals.codes_seen_by(officer)


def test_what_a_person_did_in_two_councils_counts_together_once_both_say_it_is_one_person(
    officer: UUID, neighbour: UUID, person: UUID
) -> None:
    accounts.agree(OXFORD, CHERWELL)
    there = register.add(register.PLAIN, CHERWELL)
    signals.complain(officer, RecordKind.PERSON, person, 1)
    signals.complain(neighbour, RecordKind.PERSON, there, 2, 3)
    assert signals.seen_by(officer) == []
    register.link(person, there)
    for who, record in ((officer, person), (neighbour, there)):
        [one] = [one for one in signals.seen_by(who) if one.rule.code == "complaints-person-90"]
        assert (one.record_id, len(one.rows)) == (record, 3)
    # A third council, whose person it is not, hears of nobody.
    assert signals.seen_by(accounts.user(Role.LICENSING_OFFICER, accounts.COUNTY)) == []


def test_story_16_an_operator_with_several_drivers_revoked_in_a_year(officer: UUID, person: UUID) -> None:
    company = register.add_things(OXFORD, person, officer).organisation_id
    today = dates.today()
    for number, until in ((1, None), (2, today - timedelta(days=100)), (3, today - timedelta(days=300))):
        signals.drives_for(officer, signals.revoked_driver(number, OXFORD, 40), company, until)
    assert "revoked-operator-365" not in signals.codes_seen_by(officer)
    signals.drives_for(officer, signals.revoked_driver(4, OXFORD, 200), company)
    [one] = [one for one in signals.seen_by(officer) if one.rule.code == "revoked-operator-365"]
    assert (one.name, len(one.rows)) == ("Sample Cars Ltd", 3)  # the third left long before


def test_a_revocation_that_a_court_undid_counts_against_nobody(officer: UUID, person: UUID) -> None:
    company = register.add_things(OXFORD, person, officer).organisation_id
    undone = Event(EventKind.REINSTATED_BY_COURT, decided_on=dates.today())
    for number, more in ((1, ()), (2, ()), (3, (undone,))):
        signals.drives_for(officer, signals.revoked_driver(number, OXFORD, 40, *more), company)
    assert "revoked-operator-365" not in signals.codes_seen_by(officer)


def test_a_place_that_fails_twice_and_places_that_fail_at_one_address(officer: UUID) -> None:
    place = register.add_premises(OXFORD, "Harbour Hotel", PremisesKind.HOTEL)
    known = Aim(TargetKind.PREMISES, "Harbour Hotel", "Sample Street", "OX99 1AA", place, accounts.authority_id(OXFORD))
    for _ in range(2):
        operations.try_place(officer, TestKind.ALCOHOL, place=known, accepted=True)
    assert signals.codes_seen_by(officer) == {"tests-premises-365"}
    for name in ("Night Kitchen", "Corner Shop"):
        other = Aim(TargetKind.PREMISES, name, "4 Sample Wharf, Sampleton", "OX99 1ZZ")
        operations.try_place(officer, TestKind.ALCOHOL, place=other, accepted=True)
    [one] = [one for one in signals.seen_by(officer) if one.rule.code == "tests-address-365"]
    assert (one.name, one.place) == ("4 Sample Wharf, OX99 1ZZ", "Corner Shop, Night Kitchen")


def test_an_operator_whose_places_fail_is_a_signal_where_no_single_place_is(officer: UUID, person: UUID) -> None:
    council, company = accounts.authority_id(OXFORD), register.add_things(OXFORD, person, officer).organisation_id
    names = ("Harbour Hotel", "Wharf Rooms", "Mill Inn")
    places = [register.add_premises(OXFORD, name, PremisesKind.HOTEL) for name in names]
    register.operate(OXFORD, company, *places[:2])
    register.operate(OXFORD, company, places[2], until=dates.today() - timedelta(days=1))  # sold before the test
    for one in (places[0], places[2]):
        aim = Aim(TargetKind.PREMISES, "Harbour Hotel", "Sample Street", "OX99 1AA", one, council)
        operations.try_place(officer, TestKind.ALCOHOL, place=aim, accepted=True)
    assert "tests-operator-365" not in signals.codes_seen_by(officer)
    aim = Aim(TargetKind.PREMISES, "Wharf Rooms", "Sample Street", "OX99 1AA", places[1], council)
    operations.try_place(officer, TestKind.ALCOHOL, place=aim, accepted=True)
    [one] = [one for one in signals.seen_by(officer) if one.rule.code == "tests-operator-365"]
    assert (one.name, len(one.rows), one.rule.label) == (
        "Sample Cars Ltd",
        2,
        "Operator or other organisation: failed test purchases, 2 or more in 365 days",
    )


def test_reports_about_vehicles_and_people_count_over_each_window(officer: UUID, person: UUID) -> None:
    vehicle = register.add_things(OXFORD, person, officer).vehicle_id
    for kind, record in ((RecordKind.VEHICLE, vehicle), (RecordKind.PERSON, person)):
        signals.complain(officer, kind, record, 31, 40, 50)
    assert not {one for one in signals.codes_seen_by(officer) if one.startswith("reports")}
    concerns.linked(officer, vehicle, dates.today() - timedelta(days=60), table="vehicle")
    concerns.linked(officer, person, dates.today() - timedelta(days=60))
    assert {"reports-vehicle-90", "reports-person-90"} <= signals.codes_seen_by(officer)
    for kind, record in ((RecordKind.VEHICLE, vehicle), (RecordKind.PERSON, person)):
        signals.complain(officer, kind, record, 200, 300)
    found = signals.codes_seen_by(officer)
    assert {"reports-vehicle-365", "reports-person-365"} <= found
    assert not {"reports-vehicle-30", "reports-person-30"} & found


def test_reports_about_places_at_one_address_count_together(officer: UUID) -> None:
    day = dates.today() - timedelta(days=45)
    for name in ("Harbour Hotel", "Wharf Rooms", "Mill Inn"):
        concerns.linked(officer, register.add_premises(OXFORD, name, PremisesKind.HOTEL), day, table="premises")
    [one] = [one for one in signals.seen_by(officer) if one.rule.code == "reports-address-90"]
    assert len(one.rows) == 3
    assert "reports-address-30" not in signals.codes_seen_by(officer)


def test_complaints_about_premises_count_and_a_concern_that_led_to_one_is_no_second_report(officer: UUID) -> None:
    place = register.add_premises(OXFORD, "Harbour Hotel", PremisesKind.HOTEL)
    [_] = signals.complain(officer, RecordKind.PREMISES, place, 1)
    concerns.lead_to_complaint(concerns.linked(officer, place, dates.today(), table="premises"))
    assert signals.codes_seen_by(officer) == set()
    signals.complain(officer, RecordKind.PREMISES, place, 90)  # too old for either
    assert signals.codes_seen_by(officer) == set()
    signals.complain(officer, RecordKind.PREMISES, place, 89)
    [one] = [one for one in signals.seen_by(officer) if one.rule.code == "complaints-premises-90"]
    assert (one.name, one.record_id, len(one.rows)) == ("Harbour Hotel", place, 2)
    assert "reports-premises-30" not in signals.codes_seen_by(officer)
    signals.choose("complaints-premises-90", 3)
    assert "complaints-premises-90" not in signals.codes_seen_by(officer)


def test_actions_count_where_they_are_known_and_not_where_the_power_was_not_used(officer: UUID, person: UUID) -> None:
    company = register.add_things(OXFORD, person, officer).organisation_id
    with as_user(officer):
        lead = disruption.queries.acting_agencies()[0].id
    aim = Aim(
        TargetKind.ORGANISATION, "Sample Cars Ltd", record_id=company, of_authority_id=accounts.authority_id(OXFORD)
    )
    made = [disruption.consider(officer, "S56", aim, lead) for _ in range(2)]
    assert signals.codes_seen_by(officer) == {"actions-operator-365"}
    disruption.tell(officer, made[0], disruption.Event(disruption.EventKind.NOT_USED, dates.today()), words="Not met.")
    assert signals.codes_seen_by(officer) == set()


def test_a_council_chooses_its_own_threshold_and_may_look_away(officer: UUID, neighbour: UUID, person: UUID) -> None:
    signals.complain(officer, RecordKind.PERSON, person, 1, 2)
    signals.choose("complaints-person-90", 2)
    assert "complaints-person-90" in signals.codes_seen_by(officer)
    signals.choose("complaints-person-90", 2, in_use=False)
    assert "complaints-person-90" not in signals.codes_seen_by(officer)
    signals.choose("complaints-person-90", 2, CHERWELL)  # another council's choice is its own
    assert "complaints-person-90" not in signals.codes_seen_by(officer)
