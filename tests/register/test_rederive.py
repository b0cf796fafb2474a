"""What the driver check compares is made with a person, and made anew when an import changes what it rests on."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from factories import accounts, register
from flask import Flask
from sqlalchemy import select

from licensing.accounts.acting import who_is_acting
from licensing.db import act_as, db
from licensing.imports.person_steps import LicenceChange, PersonChange, PersonSteps
from licensing.matching.hashes import identifier_key
from licensing.matching.identifiers import IdentifierKind
from licensing.permissions import Role
from licensing.register import likeness, rederive
from licensing.register.events import Event, EventKind, LicenceStatus
from licensing.register.models import Licence, LicencePeriod, MatchKey, PersonMatch
from licensing.register.rows import Rows
from licensing.setup import owner_session

DETAILS = replace(register.KHAN, identifiers=((IdentifierKind.NI_NUMBER, "QQ123456C"),))


@pytest.fixture
def person_id(app: Flask) -> UUID:
    added = register.add(DETAILS, accounts.OXFORD)
    act_as(accounts.open_session(accounts.user(Role.LICENSING_OFFICER)))
    return added


@pytest.fixture
def change(app: Flask, person_id: UUID):
    """Carry out a change of the person as an import does."""

    def run(**what: object) -> None:
        user = who_is_acting()
        assert user is not None
        steps = PersonSteps(user.authority.id, app.config["KEYS"])
        steps.change(PersonChange(person_id, **what))
        steps.apply()
        db.session.commit()

    return run


def compared(person_id: UUID) -> PersonMatch:
    return db.session.get_one(PersonMatch, person_id, populate_existing=True)


def keys_of(person_id: UUID) -> set[int]:
    """The keys, which the application itself cannot read."""
    with owner_session() as session:
        return set(session.scalars(select(MatchKey.key).where(MatchKey.person_id == person_id)))


def found(given: str, family: str) -> list[str]:
    typed = {"given_names": given, "family_name": family, "date_of_birth": date(1980, 3, 4)}
    return [one.person.name for one in likeness.people_like(typed)]


def test_the_record_and_its_keys_are_made_with_the_person(app: Flask, person_id: UUID) -> None:
    record, secret = compared(person_id), app.config["KEYS"].matching_secret
    assert record.names == ["mohammed aslam/khan"]
    assert (record.date_of_birth, record.postcodes) == (date(1980, 3, 4), ["OX991AA"])
    expected = {
        identifier_key(IdentifierKind.NI_NUMBER, "QQ123456C", secret),
        identifier_key(IdentifierKind.BADGE_NUMBER, "CHEDD0417", secret),
        identifier_key(IdentifierKind.BADGE_NUMBER, "417", secret),
    }
    assert set(record.identifiers) == expected
    assert expected < keys_of(person_id)


def test_a_new_name_is_compared_and_the_old_one_still_found(person_id: UUID, change) -> None:
    change(name=("Aslam", "Sampleton"), former_name=("Mohammed Aslam", "Khan"))
    assert compared(person_id).names == ["aslam/sampleton", "mohammed aslam/khan"]
    assert found("Aslam", "Sampleton") == ["Aslam Sampleton"]
    assert found("Mohd. Aslam", "Kahn") == ["Aslam Sampleton"]


def test_a_new_identifier_date_and_address_are_compared_beside_the_old(app: Flask, person_id: UUID, change) -> None:
    before = keys_of(person_id)
    change(
        identifiers=[(IdentifierKind.DRIVER_NUMBER, "KHAN9803040MA9AB")],
        date_of_birth=date(1980, 4, 3),
        address=("2 Sample Street", "OX99 2BB"),
    )
    record = compared(person_id)
    key = identifier_key(IdentifierKind.DRIVER_NUMBER, "KHAN9803040MA9AB", app.config["KEYS"].matching_secret)
    assert key in record.identifiers
    assert key in keys_of(person_id) - before
    assert record.date_of_birth == date(1980, 4, 3)
    assert sorted(record.postcodes) == ["OX991AA", "OX992BB"]


def test_a_further_event_makes_periods_and_term_anew(person_id: UUID, change) -> None:
    licence = db.session.scalars(select(Licence).where(Licence.person_id == person_id)).one()
    later = Event(EventKind.RENEWED, starts_on=date(2027, 3, 1), expires_on=date(2030, 2, 28))
    allowed = Event(EventKind.REINSTATED_BY_COURT, decided_on=date(2025, 11, 3))
    change(licences=[LicenceChange(licence.id, [allowed, later], badge_no="900")])
    licence = db.session.get_one(Licence, licence.id, populate_existing=True)
    assert (licence.starts_on, licence.expires_on, licence.badge_no) == (date(2027, 3, 1), date(2030, 2, 28), "900")
    assert licence.status_on(date(2025, 6, 1)) is LicenceStatus.REVOKED
    assert licence.status_on(date(2029, 1, 1)) is LicenceStatus.IN_FORCE
    assert licence.status_on(date(2030, 3, 1)) is LicenceStatus.EXPIRED


def test_nothing_to_make_anew_is_nothing(app: Flask) -> None:
    rederive.licences([])
    rederive.match_records([], app.config["KEYS"])


def test_many_people_are_written_at_once_as_one_would_be(app: Flask) -> None:
    act_as(accounts.open_session(accounts.user(Role.LICENSING_OFFICER)))
    user = who_is_acting()
    assert user is not None
    rows = Rows(user.authority.id, app.config["KEYS"])
    ids = [rows.add_person(register.numbered(number)) for number in range(300)]
    rows.write()
    db.session.commit()
    assert rows.tables[Licence] == []
    assert db.session.scalar(select(db.func.count(LicencePeriod.licence_id))) == 3 * 300
    assert all(keys_of(one) for one in ids[::50])


def test_nobody_renews_the_keys_of_another_councils_people(app: Flask, person_id: UUID) -> None:
    act_as(accounts.open_session(accounts.user(Role.LICENSING_OFFICER, accounts.CHERWELL)))
    before = keys_of(person_id)
    rederive.match_records([person_id], app.config["KEYS"])
    assert keys_of(person_id) == before
