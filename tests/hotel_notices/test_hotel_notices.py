"""A notice stands among all actions, is known to whoever knows its action, and its PDFs say what the law asks."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from accounts import browsers
from factories import accounts, jobs, operations, register
from factories.disruption import agency, as_user, officer_of
from flask import Flask
from journeys.reading import pdf_text
from sealed_columns import columns_with, places_of, sealed_columns
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from licensing import dates
from licensing.audit.rules import ObjectKind
from licensing.db import db
from licensing.deadlines import changes as deadlines
from licensing.deadlines.codes import ClockCode
from licensing.deadlines.queries import calendar_of, clocks_about, due
from licensing.deadlines.rules import FirstDay, Unit
from licensing.disruption import queries as disruption
from licensing.disruption.changes import acting
from licensing.disruption.presenting import days_that_follow
from licensing.disruption.rules import Event
from licensing.disruption.targets import Aim
from licensing.disruption.words import ActionState, AgencyKind, EventKind, Rank, TargetKind
from licensing.errors import RuleBroken
from licensing.hotel_notices import changes, queries
from licensing.hotel_notices.changes import Service
from licensing.hotel_notices.jobs import begin_hotel_notices
from licensing.hotel_notices.words import Capacity, NoticeState
from licensing.permissions import Role
from licensing.register.places import PremisesKind
from licensing.setup import owner_session

TABLES = ("hotel_notice", "hotel_notice_service", "hotel_requirement", "hotel_information_received")


@pytest.fixture
def police(app: Flask) -> UUID:
    agency(AgencyKind.LICENSING)
    return agency(AgencyKind.POLICE, is_partner=True)


@pytest.fixture
def officer(police: UUID) -> UUID:
    return accounts.user(Role.LICENSING_OFFICER)


@pytest.fixture
def today(app: Flask) -> date:
    return dates.today()


def test_serving_a_notice_puts_its_action_in_force_until_it_expires(officer: UUID, police: UUID, today: date) -> None:
    notice_id = operations.prepare(officer, police, today)
    operations.serve(officer, notice_id, today)
    with as_user(officer):
        action = queries.notice(notice_id).action
        assert action.power.code == "S116"
        assert action.state is ActionState.IN_FORCE
        assert (action.in_force_on, action.ends_on) == (today, today + timedelta(days=100))
        kinds = [one.kind.value for one in disruption.events_of(action.id)]
        assert kinds == ["considered", "authorised", "served", "in_force"]


def let_pass(days: int) -> None:
    """As if so many days had passed since the notices were given."""
    with owner_session() as session:
        earlier = "effective_on = effective_on - :days, authorised_on = authorised_on - :days"
        session.execute(text(f"UPDATE hotel_notice SET {earlier}"), {"days": days})
        session.execute(text("UPDATE disruption_event SET on_day = on_day - :days"), {"days": days})
        session.commit()


def test_on_its_day_a_notice_that_was_served_takes_effect_by_itself_and_no_other(
    app: Flask, officer: UUID, police: UUID, today: date
) -> None:
    begins = today + timedelta(days=3)
    served, prepared, appealed = (operations.prepare(officer, police, begins) for _ in range(3))
    for notice_id in (served, appealed):
        operations.serve(officer, notice_id, today)
    with as_user(officer) as user:
        actions = [queries.notice(one).action_id for one in (served, prepared, appealed)]
        acting.record_event(user, actions[2], Event(EventKind.APPEALED, today), officer="", words="")
        db.session.commit()
    jobs.do(app, begin_hotel_notices)
    with as_user(officer):
        states = [disruption.action(one).state for one in actions]
        assert states == [ActionState.SERVED, ActionState.AUTHORISED, ActionState.SERVED]
    let_pass(4)
    for _ in range(2):
        jobs.do(app, begin_hotel_notices)
        with as_user(officer):
            action = disruption.action(actions[0])
            assert (action.state, action.in_force_on) == (ActionState.IN_FORCE, begins - timedelta(days=4))
            assert action.ends_on == begins + timedelta(days=100)
            assert [one.kind.value for one in disruption.events_of(action.id)][-2:] == ["served", "in_force"]
            codes = {one.code: one.due_on for one in clocks_about(ObjectKind.DISRUPTION_ACTION, action.id)}
            assert codes[ClockCode.EFFECT_30] == begins + timedelta(days=26)
            assert ClockCode.EFFECT_90 in codes
            assert disruption.action(actions[1]).state is ActionState.AUTHORISED
            assert disruption.action(actions[2]).state is ActionState.SERVED
            for wanted in (NoticeState.IN_EFFECT, NoticeState.UNDER_APPEAL):
                shown = queries.notices_page(queries.NoticesFilter(wanted), dates.today(), 1).items
                assert {one.state_on(dates.today()) for one in shown} == {wanted}
    with pytest.raises(DBAPIError, match="only the job"), as_user(officer):
        db.session.execute(text("CALL let_hotel_notices_take_effect(current_date, NULL)"))


def test_the_looks_at_a_notice_that_took_effect_are_due_by_the_councils_own_working_days(
    app: Flask, officer: UUID, police: UUID, today: date
) -> None:
    begins = today + timedelta(days=3)
    notice_id = operations.prepare(officer, police, begins)
    operations.serve(officer, notice_id, today)
    began = begins - timedelta(days=4)
    with as_user(accounts.user(Role.LICENSING_MANAGER)) as manager:
        deadlines.set_own_rule(
            manager,
            ClockCode.EFFECT_30,
            length=20,
            unit=Unit.WORKING_DAYS,
            first_day=FirstDay.AFTER,
            valid_from=began - timedelta(days=1),
            source="Policy on disruption",
            reason="Officers look on working days.",
        )
        works, soon = calendar_of(manager.authority.id), (began + timedelta(days=one) for one in range(2, 20))
        closed = next(day for day in soon if not works.why_not(day))
        deadlines.add_closure_day(manager, closed, "The offices move")
        db.session.commit()
    let_pass(4)
    jobs.do(app, begin_hotel_notices)
    with as_user(officer) as user:
        action = queries.notice(notice_id).action
        [look] = [one for one in clocks_about(ObjectKind.DISRUPTION_ACTION, action.id) if one.code == "EFFECT_30"]
        assert look.started_on == began
        assert look.due_on == due(ClockCode.EFFECT_30, user.authority.id, began).due_on
        assert look.due_on > began + timedelta(days=28)


def test_a_notice_for_a_later_day_takes_effect_when_that_day_has_come(
    app: Flask, officer: UUID, police: UUID, today: date
) -> None:
    notice_id = operations.prepare(officer, police, today + timedelta(days=3))
    operations.serve(officer, notice_id, today)
    with as_user(officer):
        assert queries.notice(notice_id).action.state is ActionState.SERVED
    browser = browsers.of_user(app, officer)
    refused = browser.post(f"/hotel-notices/{notice_id}/effect")
    assert refused.status_code == 422
    assert "has not taken effect yet" in refused.text


def test_only_the_police_and_an_inspector_issue_one(officer: UUID, police: UUID, today: date) -> None:
    fire = agency(AgencyKind.FIRE_AND_RESCUE)
    with pytest.raises(RuleBroken, match=r"2014 ss\.116 to 118") as broken:
        operations.prepare(officer, fire, today)
    assert broken.value.field == "lead_agency"
    with pytest.raises(RuleBroken, match="inspector, or above") as broken:
        operations.prepare(officer, police, today, rank=Rank.SERGEANT)
    assert broken.value.field == "rank"
    operations.prepare(officer, police, today, rank=Rank.SUPERINTENDENT)


def test_nothing_is_required_of_somebody_who_was_not_served(officer: UUID, police: UUID, today: date) -> None:
    notice_id = operations.prepare(officer, police, today)
    with pytest.raises(RuleBroken, match="Serve the notice first"):
        operations.require(officer, notice_id, today)


def test_who_knows_a_notice_knows_its_action(app: Flask, officer: UUID, police: UUID, today: date) -> None:
    made = operations.operated(accounts.OXFORD, officer)
    inspector = officer_of(police)
    apart = officer_of(agency(AgencyKind.HOUSING))
    for user_id, knows in ((officer, True), (apart, False), (accounts.user(Role.AUDITOR), False), (inspector, True)):
        for table in TABLES:
            with as_user(user_id):
                found = db.session.scalar(text(f'SELECT count(*) FROM "{table}"'))
            assert bool(found) is knows, (table, user_id)
        browser = browsers.of_user(app, user_id)
        if user_id not in (officer, inspector, apart):
            continue
        addresses = [
            f"/hotel-notices/{made['hotel_notice_id']}{page}" for page in ("", "/pdf", "/serve", "/requirements/make")
        ]
        addresses += [
            f"/hotel-notices/requirements/{made['requirement_id']}{page}" for page in ("", "/pdf", "/receive")
        ]
        assert {browser.get(one).status_code for one in addresses} == {200 if knows else 404}


def test_whoever_only_has_the_hotel_in_their_area_reads_that_it_was_served_and_not_on_whom(
    app: Flask, officer: UUID, police: UUID, today: date
) -> None:
    place = register.add_premises(accounts.OXFORD, "Harbour Hotel", PremisesKind.HOTEL)
    council = accounts.authority_id(accounts.OXFORD)
    hotel = Aim(TargetKind.PREMISES, "Harbour Hotel", "1 Sample Street", "OX99 1AA", place, council)
    notice_id = operations.prepare(officer, police, today, hotel=hotel)
    operations.serve(officer, notice_id, today)
    page, in_area = f"/hotel-notices/{notice_id}", officer_of(agency(AgencyKind.HOUSING))
    for user_id, reads in ((officer, True), (officer_of(police), True), (in_area, False)):
        with as_user(user_id):
            assert bool(db.session.scalar(text("SELECT count(*) FROM hotel_notice_service"))) is reads
            assert queries.notice(notice_id).state_on(today) is NoticeState.IN_EFFECT
            shown = queries.notices_page(queries.NoticesFilter(NoticeState.IN_EFFECT), today, 1).items
            assert [one.id for one in shown] == [notice_id]
        shown_page = browsers.of_user(app, user_id).get(page).text
        assert ("Ash Sampleby" in shown_page) is reads
        assert ("PC 102" in shown_page) is reads
        assert ("To whom it was given" in shown_page) is not reads
    assert browsers.of_user(app, accounts.user(Role.DISRUPTION_OFFICER)).get(page).status_code == 404


def test_the_pdfs_say_what_the_law_asks(app: Flask, officer: UUID, police: UUID, today: date) -> None:
    made = operations.operated(accounts.OXFORD, officer)
    browser = browsers.of_user(app, officer)
    notice = pdf_text(browser.get(f"/hotel-notices/{made['hotel_notice_id']}/pdf").data)
    for words in ("Harbour Hotel", "Subsection (4)", "Subsection (5)", "section 117", "section 118", "Expires on"):
        assert words in notice
    required = pdf_text(browser.get(f"/hotel-notices/requirements/{made['requirement_id']}/pdf").data)
    for day in (today - timedelta(days=15), today - timedelta(days=8), today - timedelta(days=5)):
        assert dates.in_words(day) in required


def test_whoever_was_served_stands_sealed(officer: UUID, police: UUID, today: date) -> None:
    operations.operated(accounts.OXFORD, officer)
    assert places_of("Ash Sampleby") == []
    assert columns_with("Ash Sampleby", sealed_columns("hotel_notices")) == {("hotel_notice_service", "name_sealed")}


def service(on: date, name: str = "Ash Sampleby", officer: str = "PC 102") -> Service:
    return Service(on, Capacity.OWNER, name, officer)


def put_right(user_id: UUID, service_id: UUID, right: Service) -> None:
    with as_user(user_id) as user:
        changes.put_service_right(user, service_id, right, "The certificate says so.")
        db.session.commit()


def test_a_service_that_was_typed_wrong_is_put_right_and_the_action_with_it(
    app: Flask, officer: UUID, police: UUID, today: date
) -> None:
    began, right = today - timedelta(days=20), today - timedelta(days=22)
    notice_id = operations.prepare(officer, police, began, authorised_on=today - timedelta(days=30))
    operations.serve(officer, notice_id, began)
    operations.serve(officer, notice_id, today - timedelta(days=5), "Rowan Sampleton")
    required = operations.require(officer, notice_id, today - timedelta(days=15))
    first = operations.service_of(officer, notice_id)
    put_right(officer, first, service(right, "Ash Sampleby-Jones"))
    with as_user(officer):
        notice = queries.notice(notice_id)
        assert [one.served_on for one in notice.served] == [right, today - timedelta(days=5)]
        assert len(notice.services) == 3
        assert (notice.action.served_on, notice.action.in_force_on) == (right, began)
        assert notice.action.state is ActionState.IN_FORCE
        told = days_that_follow(notice.action)
        assert dates.in_words(right + timedelta(days=20)) in [one["until"] for one in told]  # 21 days, the first counts
        # What a requirement states in writing is due on its own day.
        assert queries.requirement(required).due_on == today - timedelta(days=5)
    page = browsers.of_user(app, officer).get(f"/hotel-notices/{notice_id}").text
    for words in (
        "Ash Sampleby-Jones",
        "The certificate says so.",
        f"Before: Ash Sampleby, manager, {dates.in_words(began)}",
    ):
        assert words in page
    with pytest.raises(RuleBroken, match="put right a moment ago"):
        put_right(officer, first, service(right))


def test_a_service_is_not_put_right_to_a_day_on_which_it_could_not_have_been(
    officer: UUID, police: UUID, today: date
) -> None:
    notice_id = operations.prepare(officer, police, today - timedelta(days=20))
    operations.serve(officer, notice_id, today - timedelta(days=20))
    first = operations.service_of(officer, notice_id)
    for days, said in ((21, "not served before"), (19, "before it is served"), (-1, "today or in the past")):
        with pytest.raises(RuleBroken, match=said):
            put_right(officer, first, service(today - timedelta(days=days)))
    with as_user(officer):
        assert [one.id for one in queries.notice(notice_id).served] == [first]


def test_the_page_begins_with_what_stands_and_loses_nothing(
    app: Flask, officer: UUID, police: UUID, today: date
) -> None:
    notice_id = operations.prepare(officer, police, today)
    operations.serve(officer, notice_id, today)
    first, browser = operations.service_of(officer, notice_id), browsers.of_user(app, officer)
    address = f"/hotel-notices/services/{first}/correct"
    assert 'value="Ash Sampleby"' in browser.get(address).text
    day = {"on-day": today.day, "on-month": today.month, "on-year": today.year}
    sent = {**day, "capacity": "owner", "name": "Ash Sampleby", "officer": "PC 7"}
    refused = browser.post(address, data=sent)
    assert refused.status_code == 422
    assert "Say why it is put right" in refused.text
    assert 'value="PC 7"' in refused.text
    assert browser.post(address, data={**sent, "why": "Another constable."}).status_code == 302
    with as_user(officer):
        action = queries.notice(notice_id).action
        assert [one.officer for one in action.told if one.kind is EventKind.SERVED] == ["PC 7"]
    assert browser.get(address).status_code == 302  # it stands no more
    assert browsers.of_user(app, officer_of(agency(AgencyKind.HOUSING))).get(address).status_code == 404


def test_by_sql_a_service_is_put_right_once_and_by_one_of_its_own_notice(
    officer: UUID, police: UUID, today: date
) -> None:
    notices = [operations.prepare(officer, police, today) for _ in range(2)]
    for one in notices:
        operations.serve(officer, one, today)
    first = operations.service_of(officer, notices[0])
    put_right(officer, first, service(today))
    add = (
        "INSERT INTO hotel_notice_service (id, authority_id, notice_id, served_on, capacity, name_sealed, officer,"
        " replaces_id, why_sealed, recorded_by) SELECT gen_random_uuid(), authority_id, :notice, served_on, capacity,"
        " name_sealed, officer, id, name_sealed, recorded_by FROM hotel_notice_service WHERE id = :first"
    )
    for notice_id in notices:
        with pytest.raises(IntegrityError), as_user(officer):
            db.session.execute(text(add), {"notice": notice_id, "first": first})


def test_no_table_has_room_for_what_a_hotel_says_of_its_guests(app: Flask) -> None:
    """Words fit only where the notice names its hotel and the officers, and where its recipient is sealed."""
    columns = (
        "SELECT column_name FROM information_schema.columns"
        " WHERE table_name = :table AND data_type IN ('text', 'bytea')"
    )
    with owner_session() as session:
        room = {table: set(session.scalars(text(columns), {"table": table})) for table in TABLES}
    assert room["hotel_notice"] == {"reference", "hotel", "address", "postcode", "officer"}
    assert room["hotel_notice_service"] == {"name_sealed", "officer", "why_sealed"}
    assert room["hotel_requirement"] == {"officer"}
    assert room["hotel_information_received"] == set()
