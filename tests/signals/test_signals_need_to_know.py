"""A signal tells nobody of what they may not know: not by a name, a number, nor by its being there."""

import re
from uuid import UUID

import pytest
from accounts import browsers
from factories import accounts, allegations, concerns, disruption, operations, register, signals
from factories.disruption import agency, as_user, officer_of
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from licensing.db import db
from licensing.disruption.targets import Aim
from licensing.disruption.words import AgencyKind, TargetKind
from licensing.errors import RuleBroken
from licensing.permissions import Permission, Role, permissions_of
from licensing.register.events import RecordKind
from licensing.register.places import PremisesKind
from licensing.setup import owner_session
from licensing.signals import queries

OXFORD, CHERWELL = accounts.OXFORD, accounts.CHERWELL


@pytest.fixture
def officer(app: Flask) -> UUID:
    agency(AgencyKind.LICENSING)
    return accounts.user(Role.LICENSING_OFFICER)


@pytest.fixture
def person(officer: UUID) -> UUID:
    """Somebody about whom there are two complaints: enough for reports in 30 days."""
    made = register.add(register.PLAIN, OXFORD)
    signals.complain(officer, RecordKind.PERSON, made, 1, 2)
    return made


def pages(app: Flask, user_id: UUID) -> list[str]:
    """The list and each signal, without what differs from one answer to the next."""
    browser = browsers.of_user(app, user_id)
    shown = [browser.get("/signals?dismissed=y").text]
    shown += [browser.get(f"/signals/{one.id}").text for one in signals.seen_by(user_id)]
    return [re.sub(r'nonce="[^"]+"|name="csrf_token" value="[^"]+"', "", one) for one in shown]


def test_hidden_records_leave_every_page_as_it_was(app: Flask, officer: UUID, person: UUID) -> None:
    police = agency(AgencyKind.POLICE, is_partner=True)
    inspector = officer_of(police)
    before = pages(app, officer)
    assert len(before) > 1
    allegations.open_case(allegations.officer(), person)
    concerns.raise_of_staff(officer)
    aim = Aim(TargetKind.PERSON, "Petra", "", "", person, accounts.authority_id(OXFORD))
    for _ in range(2):
        disruption.consider(inspector, "CAWN", aim, police)
    unshared = register.add(register.PLAIN, CHERWELL)
    signals.complain(accounts.user(Role.LICENSING_OFFICER, CHERWELL), RecordKind.PERSON, unshared, 1, 2, 3)
    assert pages(app, officer) == before
    # The negative control: what the officer may know does change them.
    signals.complain(officer, RecordKind.PERSON, person, 0)
    assert pages(app, officer) != before


def test_a_person_is_shown_to_their_council_s_licensing_alone(app: Flask, officer: UUID, person: UUID) -> None:
    [one] = signals.seen_by(officer)
    outside = [officer_of(agency(AgencyKind.COMMUNITY_SAFETY)), officer_of(agency(AgencyKind.POLICE, is_partner=True))]
    outside += [accounts.user(Role.LICENSING_OFFICER, CHERWELL), accounts.user(Role.DISRUPTION_OFFICER)]
    for who in outside:
        assert signals.seen_by(who) == []
        assert browsers.of_user(app, who).get(f"/signals/{one.id}").status_code == 404
    for role in Role:
        if Permission.DISRUPT not in permissions_of({role}):
            assert signals.seen_by(accounts.user(role)) == []


def test_what_is_dismissed_comes_back_with_a_new_fact(officer: UUID, person: UUID) -> None:
    [one] = signals.seen_by(officer)
    signals.dismiss(officer, one)
    colleague = accounts.user(Role.LICENSING_MANAGER)
    for who in (officer, colleague):
        with as_user(who):
            assert queries.signals(queries.SignalsFilter()) == []
            [(again, gone)] = queries.signals(queries.SignalsFilter(dismissed=True))
            assert again == one
            assert gone is not None
    signals.complain(officer, RecordKind.PERSON, person, 60)  # too old for these 30 days
    with as_user(officer):
        assert one.id not in {found.id for found, _ in queries.signals(queries.SignalsFilter())}
    signals.complain(officer, RecordKind.PERSON, person, 29)
    with as_user(officer):
        assert one.id in {found.id for found, _ in queries.signals(queries.SignalsFilter())}
    with pytest.raises(RuleBroken, match="Something new"):
        signals.dismiss(officer, one)  # as it was shown before


def test_what_an_operation_tries_is_no_signal_in_the_area_before_it_is_over(app: Flask, officer: UUID) -> None:
    council, operation_id = accounts.authority_id(OXFORD), operations.plan(officer)
    operations.begin(officer, operation_id)
    names = ("Harbour Hotel", "Wharf Rooms")
    hotel, rooms = (register.add_premises(OXFORD, name, PremisesKind.HOTEL) for name in names)
    for one in (hotel, hotel, rooms):
        place = Aim(TargetKind.PREMISES, "Harbour Hotel", "1 Sample Street", "OX99 1AA", one, council)
        operations.try_place(officer, place=place, operation_id=operation_id, accepted=True)
    found = signals.seen_by(officer)
    assert {one.rule.code for one in found} == {"tests-premises-365", "tests-address-365"}
    for one in found:
        signals.dismiss(officer, one)
    apart = officer_of(agency(AgencyKind.HOUSING))
    rows = [row for one in found for row in one.row_ids]
    told = {}
    for over in (False, True):
        if over:
            close(operation_id)
        with as_user(apart):
            told[over] = (
                len(queries.every_signal()),
                db.session.scalar(text("SELECT knows_counted(:rows)"), {"rows": rows}),
                db.session.scalar(text("SELECT count(*) FROM signal_dismissal")),
            )
    assert told == {False: (0, False, 0), True: (2, True, 2)}


def close(operation_id: UUID) -> None:
    with owner_session() as session:
        session.execute(text("UPDATE operation SET closed_at = now() WHERE id = :id"), {"id": operation_id})
        session.commit()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE signal_rule SET threshold = 2",
        "INSERT INTO signal_rule (id, authority_id, code, subject, counted, days, threshold, in_use, valid_from)"
        " VALUES (gen_random_uuid(), acting_authority(), 'x', 'person', 'reports', 30, 2, true, current_date)",
        "DELETE FROM signal_dismissal",
        "UPDATE signal_dismissal SET row_ids = '{}'",
    ],
)
def test_by_sql_an_officer_changes_no_threshold_and_no_dismissal(officer: UUID, person: UUID, statement: str) -> None:
    signals.dismiss(officer, signals.seen_by(officer)[0])
    with pytest.raises(DBAPIError) as refused, as_user(officer):
        db.session.execute(text(statement))
    assert getattr(refused.value.orig, "sqlstate", "") == "42501"
