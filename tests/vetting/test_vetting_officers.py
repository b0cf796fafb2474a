"""Directors, partners and secretaries of an organisation that holds a licence: counted, listed and shown."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from accounts import browsers
from factories import accounts, register, vetting
from flask import Flask, current_app

from licensing import dates
from licensing.permissions import Role
from licensing.register.catalogue import LicenceKind
from licensing.register.details import LicenceDetails, OrganisationDetails
from licensing.register.parts import PositionKind
from licensing.register.rows import Rows
from licensing.vetting import coverage, holders, queries
from licensing.vetting.asked import Bucket, Wanted
from licensing.vetting.rules import CheckKind

TODAY = dates.today()
OXFORD, OPERATOR, BASIC = accounts.OXFORD, LicenceKind.PRIVATE_HIRE_OPERATOR, CheckKind.BASIC_DBS
WANTED = Wanted(OPERATOR, BASIC)


@pytest.fixture
def company(app: Flask) -> UUID:
    """An organisation with an operator's licence in force."""
    with written() as rows:
        company_id = rows.add_organisation(OrganisationDetails("Example Cars Ltd"))
        rows.add_licence(None, LicenceDetails(OPERATOR, "PHO1", events=(register.GRANTED,)), organisation_id=company_id)
        return company_id


@contextmanager
def written() -> Iterator[Rows]:
    """Rows of Oxford's, written at the end."""
    with vetting.officer(OXFORD) as user:
        rows = Rows(user.authority.id, current_app.config["KEYS"])
        yield rows
        rows.write()


def person(number: int = 1, *, driver: bool = False) -> UUID:
    details = register.numbered(number)
    return register.add(details if driver else replace(details, licences=()), OXFORD)


def direct(company: UUID, person_id: UUID, kind: PositionKind = PositionKind.DIRECTOR, **days: date) -> None:
    with written() as rows:
        rows.add_position(kind, {"person_id": person_id}, {"of_organisation_id": company}, **days)


def listed() -> list[UUID]:
    with vetting.officer(OXFORD):
        lines = coverage.lines(queries.policies(), TODAY, WANTED)
        rows = list(holders.all_holders(queries.policies(), WANTED, TODAY))
    assert sum(line.holders for line in lines) == len(rows)
    return [row.person_id for row in rows]


@pytest.mark.parametrize("kind", [PositionKind.DIRECTOR, PositionKind.PARTNER, PositionKind.SECRETARY])
def test_who_directs_a_company_that_holds_a_licence_is_asked_for_a_basic_dbs(company: UUID, kind: PositionKind) -> None:
    director = person()
    direct(company, director, kind)
    assert listed() == [director]
    vetting.record(OXFORD, director, vetting.satisfied(BASIC, TODAY))
    with vetting.officer(OXFORD):
        (line,) = coverage.lines(queries.policies(), TODAY, WANTED)
        (row,) = holders.all_holders(queries.policies(), WANTED, TODAY)
    assert line.counts[Bucket.IN_DATE] == 1
    assert row.organisation == "Example Cars Ltd"


def test_nothing_else_of_the_licence_is_asked_of_a_director(company: UUID) -> None:
    direct(company, person())
    with vetting.officer(OXFORD):
        lines = coverage.lines(queries.policies(), TODAY)
    assert [(line.licence, line.policy.check) for line in lines] == [(OPERATOR, BASIC)]


def test_managers_drivers_and_those_who_left_are_not_asked(company: UUID) -> None:
    direct(company, person(1), PositionKind.MANAGER)
    direct(company, person(2), until_on=TODAY - timedelta(days=1))
    direct(company, person(3), from_on=TODAY + timedelta(days=1))
    direct(company, person(4, driver=True))
    assert listed() == []
    last_day = person(5)
    direct(company, last_day, until_on=TODAY)
    assert listed() == [last_day]


def test_the_pages_of_the_company_and_of_its_director_show_the_check(app: Flask, company: UUID) -> None:
    director = person()
    direct(company, director)
    officer = browsers.of_role(app, Role.LICENSING_OFFICER)
    shown = officer.get(f"/organisations/{company}").text.partition("Vetting of those who direct it")[2]
    assert f"/people/{director}/vetting/new?check=basic_dbs" in shown
    assert "Not started" in shown
    assert "Private hire operator of Example Cars Ltd" in officer.get(f"/people/{director}").text
    assert officer.get(f"/people/{director}/vetting/new?check=basic_dbs").status_code == 200


def test_a_company_without_a_licence_has_no_such_section(app: Flask) -> None:
    with written() as rows:
        organisation_id = rows.add_organisation(OrganisationDetails("Example Cars Ltd"))
    page = browsers.of_role(app, Role.LICENSING_OFFICER).get(f"/organisations/{organisation_id}").text
    assert "Vetting of those who direct it" not in page
