"""A case about somebody who has died is run like any other: only they themselves are told nothing."""

from dataclasses import replace
from uuid import UUID

import pytest
from factories import accounts, allegations, desks, register, shared_cases
from factories.desks import on
from flask import Flask
from sqlalchemy import text

from licensing import dates
from licensing.allegations.changes import cases as changes
from licensing.allegations.changes import closing, duties, reviewing
from licensing.allegations.changes.closing import Closing
from licensing.allegations.queries import cases as queries
from licensing.allegations.rules import PENSION_AGE, owed_always
from licensing.allegations.subject import Subject
from licensing.allegations.words import Outcome, StrandState
from licensing.allegations.words_of_sharing import DutyKind, DutyState
from licensing.dates import years_after
from licensing.setup import owner_session


@pytest.fixture
def lado(app: Flask) -> UUID:
    accounts.agree(accounts.OXFORD)
    return allegations.officer()


@pytest.fixture
def deceased(lado: UUID) -> UUID:
    person = register.add(register.PLAIN, accounts.OXFORD)
    with owner_session() as session:
        session.execute(text("UPDATE person SET deceased_on = '2026-05-30' WHERE id = :id"), {"id": person})
        session.commit()
    return person


def owed(lado: UUID, case_id: UUID) -> dict[DutyKind, DutyState]:
    with shared_cases.opened(lado, case_id):
        return {one.kind: one.state for one in queries.duties(case_id)}


def test_nobody_is_told_of_a_case_after_their_death() -> None:
    assert [one for one in DutyKind if one in {*owed_always(died=False)} - {*owed_always(died=True)}] == [
        DutyKind.PERSON
    ]


def test_a_case_about_somebody_deceased_is_run_to_its_end_and_kept_as_long_as_any(lado: UUID, deceased: UUID) -> None:
    today = dates.today()
    case_id, born = allegations.open_case(lado, deceased), register.PLAIN.date_of_birth
    assert born
    with shared_cases.opened(lado, case_id) as case:
        changes.name_subject(allegations.acting(), case, Subject("Petra Sampleová", deceased, born))
    kinds = set(owed(lado, case_id))
    assert DutyKind.PERSON not in kinds
    assert {DutyKind.LICENSING_AUTHORITY, DutyKind.REFERRER, DutyKind.DBS, DutyKind.LEARNING} <= kinds
    shared_cases.end_allegations(lado, case_id, Outcome.SUBSTANTIATED)
    settle(lado, case_id)
    with shared_cases.opened(lado, case_id) as case:
        closing.close(allegations.acting(), case, Closing("Ended.", today))
    with shared_cases.opened(lado, case_id) as case:
        assert case.retain_until == years_after(born, PENSION_AGE)
        reviewing.open_again(allegations.acting(), case, "More came to be known.", today)
    assert DutyKind.PERSON not in owed(lado, case_id)


def settle(lado: UUID, case_id: UUID) -> None:
    with shared_cases.opened(lado, case_id) as case:
        for row in queries.duties(case_id):
            duties.settle(allegations.acting(), case, row, **shared_cases.told("Told by telephone."))
        for strand in queries.strands(case_id):
            strand.state = StrandState.FINISHED


def test_somebody_who_is_only_described_is_recorded_as_having_died(app: Flask) -> None:
    desk = desks.desk(app)
    part = "/person/described"
    refused = desk.send(part, 422, name="Sample Subject", **on("died_on", 3, 6, 2099))
    assert "The date of death must be today or in the past" in refused
    desk.send(part, name="Sample Subject", described="Drives a white vehicle", **on("died_on", 3))
    page = desk.page()
    assert "Died" in page
    assert "3 June 2026" in page
    assert "They have died." in page
    assert owed(desk.officer, desk.case_id)[DutyKind.PERSON] is DutyState.NOT_NEEDED
    assert owed(desk.officer, desk.case_id)[DutyKind.REFERRER] is DutyState.OWED
    shown = desk.page(part)
    assert 'value="2026"' in shown


def test_that_they_died_is_kept_where_they_are_found_on_a_register_afterwards(app: Flask, lado: UUID) -> None:
    person = register.add(replace(register.PLAIN, family_name="Foundová"), accounts.OXFORD)
    desk = desks.desk(app)
    desk.send("/person/described", name="Petra Foundová", died="y")
    found = desk.send("/person", name="Petra Example Foundová").removeprefix(desk.case)
    desk.send(found, person=str(person))
    assert "Yes, the day is not known" in desk.page()


def test_they_are_owed_a_message_again_once_it_shows_that_they_live(app: Flask) -> None:
    desk = desks.desk(app)
    for sent, state in (({"died": "y"}, DutyState.NOT_NEEDED), ({}, DutyState.OWED), ({}, DutyState.OWED)):
        desk.send("/person/described", name="Sample Subject", **sent)
        assert owed(desk.officer, desk.case_id)[DutyKind.PERSON] is state
    desk.send("/person/described", name="Sample Subject", died="y")
    with shared_cases.opened(desk.officer, desk.case_id) as case:
        # What an officer settled themselves stays settled.
        row = next(one for one in queries.duties(case.id) if one.kind is DutyKind.REFERRER)
        duties.settle(allegations.acting(), case, row, **shared_cases.told("Told by telephone."))
    desk.send("/person/described", name="Sample Subject")
    assert owed(desk.officer, desk.case_id)[DutyKind.PERSON] is DutyState.OWED
    assert owed(desk.officer, desk.case_id)[DutyKind.REFERRER] is DutyState.DONE
    with shared_cases.opened(desk.officer, desk.case_id) as case:
        kept = [one.state for one in queries.every_duty(case.id) if one.kind is DutyKind.PERSON]
    assert kept == [DutyState.NOT_NEEDED, DutyState.NOT_NEEDED, DutyState.OWED]


def test_a_namesake_who_is_dead_takes_nothing_from_whom_it_is_about(lado: UUID, deceased: UUID) -> None:
    living = register.add(register.KHAN, accounts.OXFORD)
    case_id = allegations.open_case(lado, deceased)
    assert DutyKind.PERSON not in owed(lado, case_id)
    with shared_cases.opened(lado, case_id) as case:
        changes.name_subject(allegations.acting(), case, Subject("Mohammed Aslam Khan", living))
    assert owed(lado, case_id)[DutyKind.PERSON] is DutyState.OWED


def test_a_case_closes_at_once_where_only_somebody_who_died_since_is_owed_a_message(app: Flask) -> None:
    accounts.agree(accounts.OXFORD)
    person_id = register.add(register.PLAIN, accounts.OXFORD)
    desk = desks.desk(app, person_id=person_id)
    shared_cases.end_allegations(desk.officer, desk.case_id, Outcome.UNFOUNDED)
    with shared_cases.opened(desk.officer, desk.case_id) as case:
        for row in queries.duties(case.id):
            if row.kind is not DutyKind.PERSON:
                duties.settle(allegations.acting(), case, row, **shared_cases.told("Told by telephone."))
        for strand in queries.strands(case.id):
            strand.state = StrandState.FINISHED
    with owner_session() as session:
        session.execute(text("UPDATE person SET deceased_on = '2026-05-30' WHERE id = :id"), {"id": person_id})
        session.commit()
    today, version = dates.today(), desks.version_on(desk.page("/person/described"))
    desk.send("/close", version=version, words="Ended.", **on("closed_on", today.day, today.month, today.year))
    assert "They have died." in desk.page()
