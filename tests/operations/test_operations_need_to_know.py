"""Who knows of an operation or a test purchase: by agency, in the database and on the pages."""

from uuid import UUID, uuid4

import pytest
from accounts import browsers
from factories import accounts, operations
from factories.disruption import agency, as_user, officer_of
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from licensing.db import db
from licensing.disruption.targets import Aim
from licensing.disruption.words import AgencyKind, TargetKind
from licensing.permissions import Permission, Role, permissions_of
from licensing.setup import owner_session

TABLES = ("operation", "operation_agency", "operation_place", "operation_finding", "operation_follow_up")
CHERWELL = accounts.CHERWELL


@pytest.fixture
def made(app: Flask) -> dict[str, UUID]:
    """An operation that licensing at Oxford leads and its community safety joins; the ids of those around it."""
    agency(AgencyKind.LICENSING)
    agency(AgencyKind.LICENSING, CHERWELL)
    joins, apart = agency(AgencyKind.COMMUNITY_SAFETY), agency(AgencyKind.HOUSING)
    officer = accounts.user(Role.LICENSING_OFFICER)
    stop = operations.plan(officer, partners=[joins])
    operations.begin(officer, stop)
    finding = operations.find(officer, stop)
    operations.give(officer, stop, finding)
    return {
        "operation": stop,
        "finding": operations.find(officer, stop),
        "officer": officer,
        "joins": officer_of(joins),
        "apart": officer_of(apart),
        "purchase": operations.try_place(officer, operation_id=stop),
    }


def seen(user_id: UUID, table: str) -> int:
    with as_user(user_id):
        return int(db.session.scalar(text(f'SELECT count(*) FROM "{table}"')) or 0)


@pytest.mark.parametrize("table", TABLES)
def test_those_that_lead_or_join_see_every_row_and_nobody_else_any(made: dict[str, UUID], table: str) -> None:
    with owner_session() as session:
        every = session.scalar(text(f'SELECT count(*) FROM "{table}"'))
    assert every
    assert seen(made["officer"], table) == seen(made["joins"], table) == every
    outside = [made["apart"], *(accounts.user(role) for role in Role if role not in OFFICE)]
    outside += [accounts.user(role, CHERWELL) for role in Role]
    assert [seen(one, table) for one in outside] == [0] * len(outside)


OFFICE = (Role.LICENSING_OFFICER, Role.LICENSING_MANAGER)
PAGES = ("", "/places", "/agencies", "/brief", "/begin", "/call-off", "/night", "/counts", "/debrief")


def test_every_page_is_nothing_to_whoever_does_not_join(app: Flask, made: dict[str, UUID]) -> None:
    stop, finding = made["operation"], made["finding"]
    addresses = [f"/operations/{stop}{page}" for page in PAGES]
    addresses += [f"/operations/{stop}/findings/{finding}/follow-up", f"/test-purchases/record?operation={stop}"]
    unheard = [one.replace(str(stop), str(uuid4())).replace(str(finding), str(uuid4())) for one in addresses]
    for who, status in ((made["joins"], 200), (made["apart"], 404), (made["officer"], 200)):
        browser = browsers.of_user(app, who)
        assert {browser.get(one).status_code for one in addresses} == {status}
        assert {browser.get(one).status_code for one in unheard} == {404}
        listed = browser.get("/operations").text
        assert ("Lamplight" in listed) is (status == 200)
    for role in Role:
        if Permission.DISRUPT not in permissions_of({role}):
            browser = browsers.of_user(app, accounts.user(role))
            assert {browser.get(one).status_code for one in [*addresses, *unheard, "/operations"]} == {403}, role


def test_a_finding_of_another_operation_is_not_reached_through_ones_own(app: Flask, made: dict[str, UUID]) -> None:
    own = operations.plan(made["apart"])
    browser = browsers.of_user(app, made["apart"])
    assert browser.get(f"/operations/{own}/findings/{made['finding']}/follow-up").status_code == 404


def test_a_test_is_known_to_who_made_it_to_its_operation_and_to_those_whose_area_the_place_is_in(
    app: Flask, made: dict[str, UUID]
) -> None:
    place = Aim(TargetKind.PREMISES, "Inn", "1 Road", "OX1", uuid4(), accounts.authority_id(CHERWELL))
    operations.try_place(made["apart"], place=place)
    there = accounts.user(Role.LICENSING_OFFICER, CHERWELL)
    assert seen(there, "test_purchase") == 1
    assert seen(made["apart"], "test_purchase") == 1
    assert seen(made["joins"], "test_purchase") == 1  # of its operation
    assert seen(accounts.user(Role.LICENSING_OFFICER), "test_purchase") == 1


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO operation_agency (id, authority_id, operation_id, agency_id, part)"
        " SELECT gen_random_uuid(), :council, :operation, id, 'partner' FROM agency WHERE kind = 'housing'",
        "UPDATE operation SET name = 'Other' WHERE id = :operation",
        "DELETE FROM operation_finding WHERE id = :finding",
        "UPDATE operation_finding SET needs_follow_up = false WHERE id = :finding",
        "UPDATE test_purchase SET result = 'passed'",
    ],
)
def test_nobody_lets_themselves_in_or_rewrites_what_was_found(made: dict[str, UUID], statement: str) -> None:
    given = {
        "operation": made["operation"],
        "finding": made["finding"],
        "council": accounts.authority_id(accounts.OXFORD),
    }
    who = made["apart"] if statement.startswith("INSERT") else made["officer"]
    with pytest.raises(DBAPIError) as refused, as_user(who):
        db.session.execute(text(statement), given)
    assert getattr(refused.value.orig, "sqlstate", "") == "42501"


def test_what_is_closed_is_not_opened_again(made: dict[str, UUID]) -> None:
    with owner_session() as session:
        session.execute(text("UPDATE operation SET closed_at = now()"))
        session.commit()
    with pytest.raises(DBAPIError, match="settled before"), as_user(made["officer"]):
        db.session.execute(text("UPDATE operation SET closed_at = NULL"))
    with pytest.raises(DBAPIError) as refused, as_user(made["officer"]):
        db.session.execute(
            text(
                "INSERT INTO operation_finding (id, authority_id, operation_id, number, kind, name, seen_sealed,"
                " needs_follow_up, by_id) SELECT gen_random_uuid(), authority_id, id, 9, 'vehicle', 'X', ''::bytea,"
                " false, acting_user() FROM operation"
            )
        )
    assert getattr(refused.value.orig, "sqlstate", "") == "42501"
