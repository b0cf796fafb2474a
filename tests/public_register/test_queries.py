"""What the database tells of the public registers to whoever asks, with nobody signed in."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from factories import accounts, register
from flask import Flask, current_app
from public_register.registers import GRANTED, TODAY, add_company, by_owner, canary, entries, fill, person
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from licensing.accounts.rules import DISTRICT_FUNCTIONS
from licensing.db import acting_as, db
from licensing.permissions import Role
from licensing.public_register import queries
from licensing.public_register.rules import REGISTERS, PublicRegister
from licensing.register.catalogue import LicenceKind
from licensing.register.details import LicenceDetails, VehicleDetails
from licensing.register.events import Event, EventKind, LicenceStatus
from licensing.register.parts import PositionKind
from licensing.register.rows import Rows

DRIVERS = PublicRegister.PRIVATE_HIRE_DRIVERS
HACKNEYS, VEHICLES = PublicRegister.HACKNEY_CARRIAGES, PublicRegister.PRIVATE_HIRE_VEHICLES


def add_vehicle(owners: list[dict[str, object]], **holder: object) -> None:
    """A hackney carriage HCV2 at Oxford with these proprietors."""
    with acting_as(accounts.open_session(accounts.user(Role.LICENSING_OFFICER))):
        db.session.rollback()
        rows = Rows(accounts.authority_id(accounts.OXFORD), current_app.config["KEYS"])
        company = rows.add_organisation(add_company("Sample Cabs Ltd"))
        vehicle = rows.add_vehicle(VehicleDetails("CO12 PNY"))
        plated = LicenceDetails(LicenceKind.HACKNEY_CARRIAGE_VEHICLE, "HCV2", "2", (GRANTED,))
        rows.add_licence(None, plated, vehicle_id=vehicle, organisation_id=company)
        for owner in owners:
            rows.add_position(PositionKind.PROPRIETOR, owner, {"of_vehicle_id": vehicle})
        rows.write()
        db.session.commit()


def test_each_function_returns_the_columns_of_its_register_and_no_others(app: Flask) -> None:
    for one in PublicRegister:
        found = db.session.execute(text(f"SELECT * FROM {one.function}('none', NULL, NULL, NULL, 1)"))
        assert tuple(found.keys()) == ("place", *REGISTERS[one].keys)


def test_nothing_is_published_until_an_authority_chooses_it(app: Flask) -> None:
    fill()
    assert queries.published() == []
    for one in PublicRegister:
        asked = f"SELECT * FROM {one.function}(:code, NULL, NULL, NULL, 100)"
        assert db.session.execute(text(asked), {"code": accounts.OXFORD}).all() == []

    register.publish(accounts.OXFORD, DRIVERS)

    assert [(one.code, one.register) for one in queries.published()] == [(accounts.OXFORD, DRIVERS)]
    assert [one["number"] for one in entries(DRIVERS)] == ["PHD1"]
    asked = f"SELECT * FROM {HACKNEYS.function}(:code, NULL, NULL, NULL, 100)"
    assert db.session.execute(text(asked), {"code": accounts.OXFORD}).all() == []


def test_every_register_has_its_entry_when_it_is_published(app: Flask) -> None:
    fill()
    register.publish(accounts.OXFORD)

    numbers = {one: [entry["number"] for entry in entries(one)] for one in PublicRegister}

    assert all(len(found) == 1 for found in numbers.values()), numbers


def test_another_councils_registers_are_not_among_them(app: Flask) -> None:
    fill()
    register.publish(accounts.CHERWELL)
    assert entries(DRIVERS, code=accounts.CHERWELL) == []


def test_an_authority_that_has_ended_publishes_nothing(app: Flask) -> None:
    fill()
    register.publish(accounts.OXFORD)
    by_owner("UPDATE authority SET valid_to = :day", day=TODAY - timedelta(days=2))
    assert queries.published() == []
    asked = f"SELECT * FROM {DRIVERS.function}(:code, NULL, NULL, NULL, 100)"
    assert db.session.execute(text(asked), {"code": accounts.OXFORD}).all() == []


@pytest.mark.parametrize("status", LicenceStatus)
def test_a_licence_is_listed_while_it_lasts_and_in_force_as_the_rules_say(app: Flask, status: LicenceStatus) -> None:
    register.add(person("PHD1", LicenceKind.PRIVATE_HIRE_DRIVER), accounts.OXFORD)
    register.publish(accounts.OXFORD)
    by_owner("UPDATE licence_period SET status = :status", status=status.value)

    told = [entry["in_force"] for entry in entries(DRIVERS)]

    is_listed = not status.has_ended and status is not LicenceStatus.APPLIED
    assert told == ([status.is_in_force] if is_listed else [])


def test_a_revocation_that_has_not_taken_effect_leaves_the_licence_in_force(app: Flask) -> None:
    revoked = Event(EventKind.REVOKED, decided_on=TODAY, notified_on=TODAY)
    register.add(person("PHD1", LicenceKind.PRIVATE_HIRE_DRIVER, revoked), accounts.OXFORD)
    register.publish(accounts.OXFORD)
    assert [entry["in_force"] for entry in entries(DRIVERS)] == [True]


def test_of_a_document_for_two_licences_the_private_hire_one_alone_counts(app: Flask) -> None:
    lost = Event(EventKind.REVOKED, decided_on=TODAY, notified_on=TODAY, immediate=True)
    kept = replace(lost, entitlement=LicenceKind.HACKNEY_CARRIAGE_DRIVER)
    register.add(person("KEEPS", LicenceKind.DUAL_DRIVER, kept), accounts.OXFORD)
    gone = replace(lost, entitlement=LicenceKind.PRIVATE_HIRE_DRIVER)
    register.add(person("LOSES", LicenceKind.DUAL_DRIVER, gone), accounts.OXFORD)
    register.publish(accounts.OXFORD)

    assert [entry["number"] for entry in entries(DRIVERS)] == ["KEEPS"]


def test_registrations_and_addresses_of_individuals_are_shown_only_where_chosen(app: Flask) -> None:
    fill()
    register.publish(accounts.OXFORD)
    [vehicle], [hackney] = entries(VEHICLES), entries(HACKNEYS)
    assert (vehicle["plate"], vehicle["registration"]) == ("PlatePHV1", None)
    assert (hackney["registration"], hackney["holder_address"]) == (None, None)

    register.publish(accounts.OXFORD, marks=True)
    [hackney] = entries(HACKNEYS)
    assert (hackney["registration"], hackney["holder_address"]) == ("HC12 ATE", None)

    register.publish(accounts.OXFORD, addresses=True)
    [hackney] = entries(HACKNEYS)
    assert hackney["registration"] is None
    assert hackney["holder_address"] == f"{canary(2)} Home Street, OX99 9QQ"


def test_a_companys_vehicle_is_shown_with_registration_and_address(app: Flask) -> None:
    add_vehicle([])
    register.publish(accounts.OXFORD)
    [hackney] = entries(HACKNEYS)
    assert hackney["registration"] == "CO12 PNY"
    assert hackney["holder_address"] == "4 Company Road, OX99 2ZZ"


def test_one_individual_among_the_proprietors_hides_the_registration(app: Flask) -> None:
    add_vehicle([{"written_name": "Jan Příklad"}])
    register.publish(accounts.OXFORD)
    [hackney] = entries(HACKNEYS)
    assert hackney["registration"] is None
    assert hackney["holder"] == "Jan Příklad; Sample Cabs Ltd"


def test_a_record_that_was_merged_away_stands_under_the_name_of_the_one_that_remains(app: Flask) -> None:
    away = register.add(person("PHD1", LicenceKind.PRIVATE_HIRE_DRIVER, given="Away"), accounts.OXFORD)
    remains = replace(person("PHD2", LicenceKind.PRIVATE_HIRE_DRIVER, given="Remains"), source_id=str(uuid4()))
    kept = register.add(remains, accounts.OXFORD)
    add_vehicle([{"person_id": away}, {"person_id": kept}])
    by_owner("UPDATE person SET merged_into_id = :kept WHERE id = :away", kept=kept, away=away)
    register.publish(accounts.OXFORD)

    assert {entry["holder"] for entry in entries(DRIVERS)} == {"Remains Holder2DHP"}
    assert [entry["holder"] for entry in entries(HACKNEYS)] == ["Remains Holder2DHP; Sample Cabs Ltd"]
    assert entries(DRIVERS, "away") == []
    assert len(entries(DRIVERS, "remains")) == 2


def test_nothing_is_told_of_another_councils_record_whatever_a_record_was_merged_into(app: Flask) -> None:
    """The foreign key refuses such a merge; the functions, which see every council's rows, do not rest on it."""
    ours = register.add(person("PHD1", LicenceKind.PRIVATE_HIRE_DRIVER, given="Ours"), accounts.OXFORD)
    theirs = register.add(person("PHD1", LicenceKind.PRIVATE_HIRE_DRIVER, given="Theirs"), accounts.CHERWELL)
    add_vehicle([{"person_id": ours}])
    by_owner("ALTER TABLE person DROP CONSTRAINT fk_person_merged_into_id_authority_id")
    by_owner("UPDATE person SET merged_into_id = :theirs WHERE id = :ours", theirs=theirs, ours=ours)
    register.publish(accounts.OXFORD, addresses=True)

    for one in (DRIVERS, HACKNEYS):
        assert len(entries(one)) == len(entries(one, "ours")) == 1
        assert entries(one, "theirs") == []
    [hackney] = entries(HACKNEYS)
    assert hackney["holder"] == "Ours Holder1DHP; Sample Cabs Ltd"


def test_entries_are_found_by_whole_number_plate_or_words_of_what_is_shown(app: Flask) -> None:
    fill()
    register.publish(accounts.OXFORD)
    for words in ("phd 1", "holder1dhp", "ada HOLDER", "ada"):
        assert [one["number"] for one in entries(DRIVERS, words)] == ["PHD1"], words
    for words in ("PHD", "ada nobody", canary(3), canary(2), "QQ654321C", "%", "3 2 1961"):
        assert entries(DRIVERS, words) == [], words
    assert [one["number"] for one in entries(HACKNEYS, "plateHCV1")] == ["HCV1"]
    for words in ("HC12 ATE", canary(9), canary(10), canary(11)):
        assert entries(HACKNEYS, words) == [], words
    assert [one["number"] for one in entries(PublicRegister.PREMISES_LICENCES, "placeprem1 ada")] == ["PREM1"]
    for words in (canary(14), canary(15), "Public Street"):
        assert entries(PublicRegister.PREMISES_LICENCES, words) == [], words


def test_nobody_is_found_by_a_badge_that_the_register_does_not_show(app: Flask) -> None:
    fill()
    register.publish(accounts.OXFORD)
    by_owner("UPDATE licence SET badge_no = 'Hidden 7', badge_key = 'HIDDEN7'")
    found = {one for one in PublicRegister for words in ("hidden 7", "HIDDEN7") if entries(one, words)}
    assert found == {one for one in PublicRegister if "plate" in REGISTERS[one].keys} == {HACKNEYS, VEHICLES}


def test_pages_follow_one_another_without_a_gap_across_the_kinds_of_a_register(app: Flask) -> None:
    for number in range(60):
        kind = LicenceKind.DUAL_DRIVER if number % 2 else LicenceKind.PRIVATE_HIRE_DRIVER
        licence = LicenceDetails(kind, f"N{number // 2:03d}", events=(GRANTED,))
        register.add(replace(register.numbered(number), licences=(licence,)), accounts.OXFORD)
    register.publish(accounts.OXFORD)
    asked = queries.one_published(accounts.OXFORD, DRIVERS.value)
    assert asked is not None

    first = queries.page(asked, "", None)
    second = queries.page(asked, "", first.next_after)

    places = [entry.place for entry in [*first.entries, *second.entries]]
    assert len(first.entries) == queries.PER_PAGE
    assert places == sorted(places)
    assert len(set(places)) == 60
    assert second.next_after is None
    assert len(list(queries.all_entries(asked))) == 60


def test_the_tables_stay_closed_to_whoever_is_not_signed_in(app: Flask) -> None:
    fill()
    register.publish(accounts.OXFORD)
    for table in ("person", "licence", "licence_period", "vehicle", "premises", "public_register_settings"):
        assert db.session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one() == 0
    with pytest.raises(ProgrammingError):
        db.session.execute(text("SELECT * FROM public_request"))
    db.session.rollback()


def test_the_registers_are_those_the_catalogue_has_a_law_for(app: Flask) -> None:
    from licensing.public_register.rules import registers_of
    from licensing.register.catalogue import CATALOGUE

    by_law = {kind for kind, one in CATALOGUE.items() if one.register_law} - {LicenceKind.GAMBLING_PREMISES}
    assert {kind for one in REGISTERS.values() for kind in one.kinds} == by_law
    issued = [kind for kind, one in CATALOGUE.items() if one.issued_by in DISTRICT_FUNCTIONS]
    assert registers_of(issued) == tuple(PublicRegister)
    assert registers_of([LicenceKind.COUNTY_TRANSPORT_BADGE]) == ()
