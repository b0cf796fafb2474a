"""Entries on NR3S: due once a driver is notified, confirmed by a manager, put right when something changes."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from accounts.signing_in import as_owner
from clients import CheckingClient
from conftest import SignIn
from factories import accounts, register
from flask import Flask
from journeys.keeping import fill_in, id_in
from journeys.reading import links
from sharing.exchanging import NOTIFIED, REVOKED, TODAY, acting, adverse_event, days, driver, watch
from sqlalchemy import text

from licensing.audit.rules import ObjectKind
from licensing.deadlines import changes as closing
from licensing.deadlines import queries as deadlines
from licensing.deadlines.codes import ClockCode
from licensing.matching.identifiers import IdentifierKind
from licensing.permissions import Role
from licensing.register.catalogue import LicenceKind
from licensing.register.details import LicenceDetails
from licensing.register.events import Event, EventKind, RelevantInformation
from licensing.setup import owner_session
from licensing.sharing import changes
from licensing.sharing.rules import UpdateReason

EARLIER = NOTIFIED - timedelta(days=40)


def entries() -> list[tuple[Any, ...]]:
    return [tuple(row) for row in as_owner("SELECT state, notified_on FROM nr3s_entry ORDER BY notified_on")]


def updates() -> list[tuple[Any, ...]]:
    return [tuple(row) for row in as_owner("SELECT reason, action FROM nr3s_update ORDER BY recorded_at, reason")]


def clocks_running() -> list[tuple[Any, ...]]:
    found = "SELECT code, started_on, due_on, for_team FROM clock WHERE met_on IS NULL AND ceased_at IS NULL"
    return [tuple(row) for row in as_owner(found)]


def add(*events: Event, **more: Any) -> UUID:
    return register.add(replace(driver(*events), **more), accounts.OXFORD)


def expected(person_id: UUID) -> UUID:
    """The entry of the one adverse decision about a person, as the room of decisions asks for it."""
    with acting(Role.LICENSING_MANAGER) as user:
        entry = changes.expect_entry(user, adverse_event(person_id))
        assert entry is not None
        return entry.id


def confirm(manager: CheckingClient, entry: UUID, keyed_on: date = TODAY) -> Any:
    typed = {"nr3s_reference": "NR3S-77", **days("keyed_on", keyed_on)}
    return manager.post(f"/nr3s/entries/{entry}/confirm", data=typed)


@pytest.fixture
def manager(app: Flask, signed_in: SignIn) -> CheckingClient:
    return signed_in(Role.LICENSING_MANAGER)


def test_a_notified_decision_on_relevant_information_is_due_once_with_its_clock(app: Flask) -> None:
    person = add(REVOKED)
    entry = expected(person)
    assert expected(person) == entry
    assert entries() == [("due", NOTIFIED)]
    with acting(Role.LICENSING_MANAGER):
        assert len(deadlines.clocks_about(ObjectKind.NR3S_ENTRY, entry)) == 1


@pytest.mark.parametrize(
    "event",
    [
        replace(REVOKED, relevant_information=RelevantInformation.NO),
        replace(REVOKED, relevant_information=RelevantInformation.NOT_RECORDED),
        replace(REVOKED, notified_on=None),
    ],
)
def test_without_relevant_information_or_before_the_notice_no_entry_is_due(app: Flask, event: Event) -> None:
    person = add(event)
    with acting(Role.LICENSING_MANAGER) as user:
        assert changes.expect_entry(user, adverse_event(person)) is None
    watch(app)
    assert entries() == []


def test_a_vehicles_or_operators_decision_is_none_of_nr3s(app: Flask) -> None:
    licence = LicenceDetails(LicenceKind.PRIVATE_HIRE_OPERATOR, "PHO1", events=(register.GRANTED, REVOKED))
    person = add(licences=(licence,))
    with acting(Role.LICENSING_MANAGER) as user:
        assert changes.expect_entry(user, adverse_event(person)) is None
    watch(app)
    assert entries() == []


def test_the_page_shows_each_field_to_key_and_says_what_is_missing(manager: CheckingClient) -> None:
    entry = expected(add(REVOKED, identifiers=((IdentifierKind.NI_NUMBER, "QQ123456C"),)))
    page = manager.get(f"/nr3s/entries/{entry}").text
    for value in (
        "Mohammed Aslam Khan",
        "4 March 1980",
        "1 Sample Street, Sampleton, OX99 1AA",
        "QQ123456C",
        "Revoked",
    ):
        assert f'<span class="copied-whole">{value}</span>' in page, value
    assert "Oxford City Council" in page
    assert "Northern Ireland driver number" in page
    assert "Community licence number" in page
    assert "Not recorded here: GB driver number" in page
    assert "This is not NR3S" in page


def test_an_entry_confirmed_is_kept_for_eleven_years_and_confirmed_once(
    manager: CheckingClient, signed_in: SignIn
) -> None:
    entry = expected(add(REVOKED))
    assert confirm(signed_in(Role.LICENSING_OFFICER), entry).status_code == 403
    early = confirm(manager, entry, NOTIFIED - timedelta(days=1))
    assert early.status_code == 422
    assert "The person was notified on" in early.text

    assert confirm(manager, entry).status_code == 302

    page = manager.get(f"/nr3s/entries/{entry}").text
    assert "NR3S-77" in page
    assert str(TODAY.year + 11) in page.partition("Kept until")[2][:200]
    assert confirm(manager, entry).status_code == 422
    assert entries() == [("entered", NOTIFIED)]


def test_an_overdue_entry_says_so_in_the_list_and_among_the_figures(manager: CheckingClient) -> None:
    expected(add(replace(REVOKED, decided_on=EARLIER, notified_on=EARLIER)))
    assert "0 to be put right, 1 overdue" in " ".join(manager.get("/nr3s").text.split())
    assert "overdue under the 2022 Act" in manager.get("/").text


def test_that_no_entry_is_needed_has_a_reason_which_is_sealed(manager: CheckingClient) -> None:
    entry = expected(add(REVOKED))
    assert manager.post(f"/nr3s/entries/{entry}/not-needed", data={"reason": ""}).status_code == 422
    assert manager.post(f"/nr3s/entries/{entry}/not-needed", data={"reason": "Unpaid fee alone"}).status_code == 302
    assert "Unpaid fee alone" in manager.get(f"/nr3s/entries/{entry}").text
    [(sealed,)] = as_owner("SELECT reason_sealed FROM nr3s_entry")
    assert b"Unpaid" not in sealed
    assert entries() == [("not_needed", NOTIFIED)]


def test_the_daily_job_finds_a_decision_recorded_by_hand_or_brought_in_and_only_once(app: Flask) -> None:
    add(REVOKED)
    for _ in range(2):
        watch(app)
        assert entries() == [("due", NOTIFIED)]
        assert len(clocks_running()) == 1


def test_the_daily_job_finds_several_decisions_of_one_council_at_once(app: Flask) -> None:
    for number in range(3):
        register.add(driver(REVOKED, number=f"OX/DD/{number}"), accounts.OXFORD)
    watch(app)
    assert entries() == [("due", NOTIFIED)] * 3
    assert len(clocks_running()) == 3


def test_the_clock_of_what_the_job_finds_runs_by_the_councils_own_rule_and_closure_days(app: Flask) -> None:
    with acting(Role.LICENSING_MANAGER) as user:
        council = user.authority.id
        due = deadlines.due(ClockCode.NR3S_ENTRY, council, NOTIFIED).due_on
        closing.add_closure_day(user, due, "Election")
        due = deadlines.due(ClockCode.NR3S_ENTRY, council, NOTIFIED).due_on
    add(REVOKED)
    watch(app)
    assert clocks_running() == [("NR3S_ENTRY", NOTIFIED, due, "licensing_manager")]
    with owner_session() as session:
        assert session.scalars(text("SELECT kind FROM clock_change")).all() == ["started"]


def test_a_found_update_has_its_clock_which_the_confirmation_meets(manager: CheckingClient, app: Flask) -> None:
    entry = expected(add(REVOKED))
    confirm(manager, entry)
    as_owner(
        "INSERT INTO licence_event (id, authority_id, licence_id, kind, decided_on, relevant_information,"
        " immediate) SELECT gen_random_uuid(), authority_id, licence_id, 'reinstated_by_court', current_date,"
        " 'not_recorded', false FROM nr3s_entry"
    )
    watch(app)
    assert [(code, started) for code, started, _, _ in clocks_running()] == [("NR3S_UPDATE", TODAY)]
    address = next(one for one in links(manager.get(f"/nr3s/entries/{entry}").text) if "/updates/" in one)
    assert manager.post(address, data={"action": "removed", **days("done_on", TODAY)}).status_code == 302
    assert clocks_running() == []
    watch(app)
    assert clocks_running() == []


@pytest.mark.parametrize("notified", [date(2023, 4, 26), date(2010, 5, 14)])
def test_the_daily_job_leaves_what_is_long_past(app: Flask, notified: date) -> None:
    granted = replace(register.GRANTED, decided_on=date(2009, 1, 1), starts_on=date(2009, 1, 1))
    licence = LicenceDetails(
        LicenceKind.DUAL_DRIVER, "OX1", events=(granted, replace(REVOKED, decided_on=notified, notified_on=notified))
    )
    add(licences=(licence,))
    watch(app)
    assert entries() == []


def test_an_older_decision_is_entered_by_choice_28_days_after_writing_to_the_person(manager: CheckingClient) -> None:
    before = date(2023, 4, 26)
    person = add(replace(REVOKED, decided_on=before, notified_on=before))
    licence = next(one for one in links(manager.get(f"/people/{person}").text) if one.startswith("/licences/"))
    address = f"{licence}/nr3s-entry"
    assert address in links(manager.get(licence).text)
    event = as_owner("SELECT id FROM licence_event WHERE kind = 'revoked'")[0].id
    for written, told in ((None, "Enter the day on which you wrote"), (TODAY, "The person may answer until")):
        typed = {"event": str(event), **(days("notice_given_on", written) if written else {})}
        refused = manager.post(address, data=typed)
        assert refused.status_code == 422
        assert told in refused.text
    typed = {"event": str(event), **days("notice_given_on", TODAY - timedelta(days=29))}
    made = manager.post(address, data=typed)
    assert made.status_code == 302
    assert confirm(manager, UUID(id_in(made.location))).status_code == 302


def test_an_allowed_appeal_opens_an_update_and_a_removed_entry_can_be_reinstated(
    manager: CheckingClient, app: Flask
) -> None:
    person = add(REVOKED)
    entry = expected(person)
    with acting(Role.LICENSING_MANAGER) as user:
        for _ in range(2):
            changes.expect_update(user, adverse_event(person), UpdateReason.APPEAL_ALLOWED)
    assert updates() == [("appeal_allowed", None)]
    address = next(one for one in links(manager.get(f"/nr3s/entries/{entry}").text) if "/updates/" in one)
    removed = {"action": "removed", **days("done_on", TODAY)}
    early = manager.post(address, data=removed)
    assert early.status_code == 422
    assert "not confirmed yet" in early.text

    confirm(manager, entry)
    assert manager.post(address, data=removed).status_code == 302
    assert entries() == [("removed", NOTIFIED)]
    assert manager.post(address, data=removed).status_code == 422

    with acting(Role.LICENSING_MANAGER) as user:
        changes.expect_updates_of_person(user, person, UpdateReason.FURTHER_APPEAL)
    page = manager.get(f"/nr3s/entries/{entry}").text
    address = next(one for one in links(page) if "/updates/" in one)
    assert manager.post(address, data={"action": "removed", **days("done_on", TODAY)}).status_code == 422
    assert manager.post(address, data={"action": "reinstated", **days("done_on", TODAY)}).status_code == 302
    assert entries() == [("entered", NOTIFIED)]


def test_the_daily_job_finds_that_a_court_or_a_later_grant_changed_the_entry(app: Flask) -> None:
    decided = replace(REVOKED, decided_on=EARLIER, notified_on=EARLIER)
    back = Event(EventKind.REINSTATED_BY_COURT, decided_on=NOTIFIED)
    again = replace(register.GRANTED, decided_on=NOTIFIED, starts_on=NOTIFIED)
    other = LicenceDetails(LicenceKind.PRIVATE_HIRE_DRIVER, "OX/PH/9", events=(again,))
    add(licences=(*driver(decided, back).licences, other))
    for _ in range(2):
        watch(app)
        watch(app)
    assert entries() == [("due", EARLIER)]
    assert updates() == [("appeal_allowed", None), ("granted_later", None)]


def test_a_corrected_decision_opens_an_update_of_what_is_entered_and_moves_what_is_due(
    manager: CheckingClient, signed_in: SignIn, app: Flask
) -> None:
    entry = expected(add(REVOKED))
    confirm(manager, entry)
    officer = signed_in(Role.LICENSING_OFFICER)
    event = as_owner("SELECT id FROM licence_event WHERE kind = 'revoked'")[0].id
    corrected = {
        "event": "revoked",
        "immediate": "y",
        "relevant_information": "wholly",
        "reason": "The day was typed wrong",
        **days("decided_on", EARLIER),
        **days("notified_on", NOTIFIED),
    }
    fill_in(officer, f"/events/{event}/correct", **corrected)
    proposal = next(one for one in links(manager.get("/approvals").text) if one.startswith("/approvals/"))
    assert manager.post(f"{proposal}/approve", data={"checked": "y"}).status_code == 302

    watch(app)
    watch(app)

    assert updates() == [("corrected", None)]
    page = manager.get(f"/nr3s/entries/{entry}").text
    assert "The decision was corrected" in page
    assert f"{EARLIER.day} " in page.partition("Date of the decision")[2][:200]


def test_the_application_changes_nothing_that_was_settled_whoever_asks(app: Flask, manager: CheckingClient) -> None:
    from sqlalchemy import text
    from sqlalchemy.exc import DBAPIError

    from licensing.db import db

    entry = expected(add(REVOKED))
    confirm(manager, entry)
    for change in ("settled_on = settled_on + 1", "nr3s_reference = 'X'", "notified_on = notified_on - 1"):
        with acting(Role.LICENSING_MANAGER), pytest.raises(DBAPIError, match=r"settled before|permission denied"):
            db.session.execute(text(f"UPDATE nr3s_entry SET {change}"))
        db.session.rollback()
