"""A marker that a policy calls permanent: told to whoever meets its holder, considered, and no refusal by itself."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from accounts import browsers
from factories import accounts, jobs, register
from flask import Flask
from journeys.reading import pdf_text
from sqlalchemy import text
from suitability.conftest import TODAY, acting, day_boxes, licence_of

from licensing import dates
from licensing.db import db
from licensing.matching.identifiers import IdentifierKind
from licensing.permissions import Role
from licensing.register.catalogue import LicenceKind
from licensing.register.details import LicenceDetails
from licensing.setup import owner_session
from licensing.suitability.applying import ApplicationKind
from licensing.suitability.changes import applications as changes
from licensing.suitability.jobs import seek_markers
from licensing.suitability.queries import application, unconsidered_markers
from licensing.suitability.readiness import readiness

PRIVATE = "PRIVATE REASON"
APPLIED = LicenceDetails(LicenceKind.PRIVATE_HIRE_DRIVER, "OX/PH/500", events=(register.GRANTED,))
SPELT_OTHERWISE = replace(
    register.KHAN, given_names="M. A.", address="9 Other Street", postcode="OX99 9ZZ", licences=(APPLIED,)
)
NUMBERED = ((IdentifierKind.NI_NUMBER, "QQ123456C"),)


def marked(code: str = accounts.CHERWELL, **more: object) -> UUID:
    """Somebody revoked whose council's policy marks that for good."""
    person_id = register.add(replace(register.KHAN, identifiers=NUMBERED, **more), code)  # type: ignore[arg-type]
    with owner_session() as session:
        session.execute(
            text("UPDATE licence_event SET permanent = true WHERE kind = 'revoked' AND licence_id = :id"),
            {"id": licence_of(person_id)},
        )
        session.commit()
    return person_id


@pytest.fixture
def theirs(app: Flask) -> UUID:
    accounts.agree(accounts.CHERWELL, accounts.OXFORD)
    return marked()


@pytest.fixture
def ours(theirs: UUID) -> UUID:
    return register.add(replace(SPELT_OTHERWISE, identifiers=NUMBERED), accounts.OXFORD)


def tasks_open() -> list[tuple[str, str, UUID]]:
    with owner_session() as session:
        found = "SELECT a.code, t.for_team, t.object_id FROM task t JOIN authority a ON a.id = t.authority_id"
        return [
            (row.code, row.for_team, row.object_id)
            for row in session.execute(text(f"{found} WHERE t.kind = 'consider_marker' AND done_at IS NULL ORDER BY 1"))
        ]


def councils_asking(person_id: UUID, code: str = accounts.OXFORD) -> list[str]:
    with acting(code=code):
        return [one.code for one in unconsidered_markers(person_id)]


def test_the_job_finds_the_holder_elsewhere_and_tells_that_councils_managers_once(app: Flask, ours: UUID) -> None:
    assert councils_asking(ours) == []
    jobs.do(app, seek_markers)
    jobs.do(app, seek_markers)
    assert tasks_open() == [(accounts.OXFORD, "licensing_manager", ours)]
    assert councils_asking(ours) == [accounts.CHERWELL]


def test_somebody_else_is_not_taken_for_the_holder(app: Flask, theirs: UUID) -> None:
    other = register.add(register.numbered(3), accounts.OXFORD)
    jobs.do(app, seek_markers)
    assert tasks_open() == []
    assert councils_asking(other) == []


def test_a_link_tells_at_once_and_its_end_takes_it_back(app: Flask, theirs: UUID) -> None:
    linked = register.add(register.numbered(4), accounts.OXFORD)
    link = register.link(linked, theirs)
    assert tasks_open() == [(accounts.OXFORD, "licensing_manager", linked)]
    assert councils_asking(linked) == [accounts.CHERWELL]
    register.unlink(link)
    assert councils_asking(linked) == []


def test_what_is_told_is_the_council_the_day_and_the_contact_and_nothing_else(app: Flask, ours: UUID) -> None:
    jobs.do(app, seek_markers)
    page = browsers.of_role(app, Role.LICENSING_OFFICER).get(f"/people/{ours}/markers").text
    assert "A council asks you to speak to it before deciding: Cherwell" in page
    assert "14 May 2025" in page
    for hidden in ("CHE/DD/0417", "Mohammed Aslam", "1 Sample Street", "immediate effect"):
        assert hidden not in page


def test_a_marker_of_a_council_without_an_agreement_is_not_told(app: Flask) -> None:
    marked()
    ours = register.add(replace(SPELT_OTHERWISE, identifiers=NUMBERED), accounts.OXFORD)
    jobs.do(app, seek_markers)
    assert tasks_open() == []
    assert councils_asking(ours) == []


def test_a_court_that_restores_the_licence_takes_the_marker_away(app: Flask, theirs: UUID, ours: UUID) -> None:
    jobs.do(app, seek_markers)
    assert councils_asking(ours) == [accounts.CHERWELL]
    with owner_session() as session:
        session.execute(
            text(
                "INSERT INTO licence_event (id, authority_id, licence_id, kind, decided_on, relevant_information,"
                " immediate) SELECT gen_random_uuid(), authority_id, id, 'reinstated_by_court', '2025-09-01',"
                " 'not_recorded', false FROM licence WHERE id = :id"
            ),
            {"id": licence_of(theirs)},
        )
        session.commit()
    assert councils_asking(ours) == []


def test_another_council_asks_in_vain_about_a_person_that_is_not_its_own(app: Flask, theirs: UUID, ours: UUID) -> None:
    jobs.do(app, seek_markers)
    assert councils_asking(ours, accounts.WEST) == []
    assert councils_asking(theirs, accounts.OXFORD) == []


def test_story_1_an_application_waits_until_a_manager_considered_and_is_refused_by_nothing(
    app: Flask, ours: UUID
) -> None:
    with acting() as user:
        kind = ApplicationKind.RENEWAL
        application_id = changes.receive(user, licence_of(ours), kind, date(2026, 1, 5))
        db.session.commit()
    jobs.do_all(app)  # the application itself asks for the search

    officer = browsers.of_role(app, Role.LICENSING_OFFICER)
    page = officer.get(f"/applications/{application_id}").text
    assert "Speak to Cherwell" in page
    assert "the marker decides nothing by itself" in page
    assert officer.get(f"/people/{ours}/markers/consider?council={accounts.CHERWELL}").status_code == 403

    manager = browsers.of_role(app, Role.LICENSING_MANAGER)
    said = {"asked_whom": "Their licensing lead", "asked_what": "What it rested on", "words": f"Weighed. {PRIVATE}"}
    address = f"/people/{ours}/markers/consider?council={accounts.CHERWELL}"
    assert manager.post(address, data={**said, **day_boxes("asked_on", TODAY)}).status_code == 302

    assert "Speak to Cherwell" not in officer.get(f"/applications/{application_id}").text
    assert PRIVATE in officer.get(f"/people/{ours}/markers").text
    with acting():
        ready = readiness(application(application_id), TODAY)
    assert [words for words in ready.stops_decision if "Cherwell" in words] == []
    with owner_session() as session:
        kept = session.scalars(text("SELECT words_sealed FROM marker_considered")).all()
    assert not any(PRIVATE.encode() in bytes(one) for one in kept)


def test_a_later_application_asks_to_speak_to_the_council_again(app: Flask, ours: UUID) -> None:
    jobs.do(app, seek_markers)
    manager = browsers.of_role(app, Role.LICENSING_MANAGER)
    said = {"asked_whom": "Their licensing lead", "asked_what": "What it rested on", "words": "Weighed"}
    asked_on = day_boxes("asked_on", date(2025, 6, 2))
    manager.post(f"/people/{ours}/markers/consider?council={accounts.CHERWELL}", data={**said, **asked_on})
    with acting():
        assert unconsidered_markers(ours) == []
        assert [one.code for one in unconsidered_markers(ours, date(2026, 1, 5))] == [accounts.CHERWELL]


def test_a_driver_check_says_that_a_council_asks_to_be_spoken_to_and_no_more(app: Flask, theirs: UUID) -> None:
    officer = browsers.of_role(app, Role.LICENSING_OFFICER)
    asked = {"name": "Mohammed Aslam Khan", "purpose": "new_application", "case_reference": "A/1"}
    born = day_boxes("date_of_birth", register.KHAN.date_of_birth)
    page = officer.get(officer.post("/checks/new", data={**asked, **born}).location).text
    assert "A council asks you to speak to it before deciding: Cherwell" in page
    namesake = officer.get(officer.post("/checks/new", data=asked).location).text
    assert "asks you to speak to it" not in namesake
    assert tasks_open() == []  # nobody of that name is on the own register


def test_a_driver_check_that_meets_a_holder_of_ones_own_asks_its_managers_and_says_so_on_the_receipt(
    app: Flask, ours: UUID
) -> None:
    officer = browsers.of_role(app, Role.LICENSING_OFFICER)
    asked = {"name": "Mohammed Aslam Khan", "nino": "QQ 12 34 56 C", "purpose": "renewal", "case_reference": "A/1"}
    born = day_boxes("date_of_birth", register.KHAN.date_of_birth)
    made, again = (officer.post("/checks/new", data={**asked, **born}).location for _ in range(2))
    assert made != again
    assert tasks_open() == [(accounts.OXFORD, "licensing_manager", ours)]
    assert councils_asking(ours) == [accounts.CHERWELL]
    receipt = pdf_text(officer.get(f"{made}/receipt.pdf").data)
    assert "A council asks you to speak to it before deciding: Cherwell" in receipt
    for hidden in ("1 Sample Street", "permanent", "marker"):
        assert hidden not in receipt


def test_a_check_of_somebody_else_meets_no_marker(app: Flask, ours: UUID) -> None:
    officer = browsers.of_role(app, Role.LICENSING_OFFICER)
    asked = {"name": "Petra Sampleova", "purpose": "renewal", "case_reference": "A/1"}
    officer.post("/checks/new", data={**asked, **day_boxes("date_of_birth", register.PLAIN.date_of_birth)})
    assert tasks_open() == []


def test_a_decision_too_old_to_be_told_is_neither_on_the_page_nor_on_the_receipt(app: Flask, theirs: UUID) -> None:
    with owner_session() as session:
        old = "UPDATE licence_event SET decided_on = '2010-05-14' WHERE kind = 'revoked' AND licence_id = :id"
        session.execute(text(old), {"id": licence_of(theirs)})
        session.commit()
    officer = browsers.of_role(app, Role.LICENSING_OFFICER)
    asked = {"name": "Mohammed Aslam Khan", "purpose": "renewal", "case_reference": "A/1"}
    born = day_boxes("date_of_birth", register.KHAN.date_of_birth)
    made = officer.post("/checks/new", data={**asked, **born}).location
    assert "A council asks you to speak to it" not in officer.get(made).text
    assert "A council asks you" not in pdf_text(officer.get(f"{made}/receipt.pdf").data)


def test_another_councils_marker_is_told_as_long_as_that_council_keeps_it(app: Flask, theirs: UUID, ours: UUID) -> None:
    jobs.do(app, seek_markers)
    last = dates.years_after(TODAY, -11)
    for marked_on, told in ((last + timedelta(days=1), [accounts.CHERWELL]), (last, [])):
        with owner_session() as session:
            moved = "UPDATE licence_event SET decided_on = :on WHERE kind = 'revoked' AND licence_id = :id"
            session.execute(text(moved), {"on": marked_on, "id": licence_of(theirs)})
            session.commit()
        assert councils_asking(ours) == told
    assert len(tasks_open()) == 1
    jobs.do(app, seek_markers)
    assert tasks_open() == []
