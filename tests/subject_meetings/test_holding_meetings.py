"""A meeting from its plan to its decisions, over HTTP, and who knows of it."""

from uuid import UUID, uuid4

import pytest
from accounts import browsers
from factories import accounts, register, signals
from factories.disruption import ADULT, GUESTHOUSE, agency, as_user, consider, officer_of
from flask import Flask
from journeys.reading import boxes, pdf_text, words
from sealed_columns import columns_with, places_of, sealed_columns
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from licensing import dates
from licensing.db import db
from licensing.disruption import queries as disruption
from licensing.disruption.models import PartnerTask
from licensing.disruption.words import AgencyKind
from licensing.errors import RuleBroken
from licensing.permissions import Role
from licensing.register.events import RecordKind
from licensing.register.models import Person
from licensing.subject_meetings.changes import Owner
from licensing.subject_meetings.words import SubjectKind
from licensing.tasks.models import Task


@pytest.fixture
def officer(app: Flask) -> UUID:
    agency(AgencyKind.LICENSING)
    return accounts.user(Role.LICENSING_OFFICER)


def test_a_signal_is_talked_about_and_what_was_decided_becomes_tasks(app: Flask, officer: UUID) -> None:
    fire = agency(AgencyKind.FIRE_AND_RESCUE)
    fire_officer, apart = officer_of(fire), officer_of(agency(AgencyKind.HOUSING))
    person = register.add(register.PLAIN, accounts.OXFORD)
    signals.complain(officer, RecordKind.PERSON, person, 1, 2)
    [signal] = signals.seen_by(officer)
    meeting = signals.meet(officer, [fire])
    browser, today = browsers.of_user(app, officer), dates.today()

    put = browser.post(f"/signals/{signal.id}/agenda", data={"meeting": str(meeting), "why": "Two in a week."})
    page = put.location
    assert page.endswith(f"/meetings/{meeting}")
    said = browser.post(f"{page}/held", data={"minute": signals.MINUTE})
    assert said.status_code == 302, said.text
    with as_user(officer):
        mine = disruption.acting_agencies()[0].id
    due = boxes("due_on", today.day, today.month, today.year + 1)
    asked = {"what": "Look at the exits.", "mine": str(mine), "whom": f"agency:{fire}", **due}
    assert browser.post(f"{page}/decisions", data=asked).status_code == 302
    signals.decide(officer, meeting, Owner(mine, colleague_id=officer))

    own = words(browser.get(page).text)
    assert "Petra Example Sampleová" in own
    assert "Seven came" in own
    papers = browser.get(f"{page}/papers/pdf")
    assert "2 complaints in 30 days" in pdf_text(papers.data)
    # Whoever is invited reads what it is about, and of the register nothing.
    theirs = browsers.of_user(app, fire_officer)
    assert "Two in a week" in words(theirs.get(page).text)
    told = pdf_text(theirs.get(f"{page}/papers/pdf").data)
    assert "Petra Example" in told
    assert "2 complaints in 30 days" not in told
    for address in (page, f"{page}/papers", f"{page}/papers/pdf", f"{page}/held", f"{page}/decisions"):
        hidden = browsers.of_user(app, apart).get(address)
        assert hidden.status_code == 404
        assert browsers.of_user(app, apart).get(address.replace(str(meeting), str(uuid4()))).status_code == 404
    with as_user(fire_officer):
        assert db.session.scalar(select(func.count()).select_from(PartnerTask)) == 1
    with as_user(officer):
        [task] = db.session.scalars(select(Task))
        assert "Visit" not in task.why
    assert columns_with("Seven came", sealed_columns("subject_meetings")) == {("subject_meeting", "minute_sealed")}
    for typed in ("Seven came", "Two in a week", "Look at the exits"):
        assert places_of(typed) == [], typed


def test_what_is_over_takes_nothing_more_and_what_is_to_come_is_not_held(app: Flask, officer: UUID) -> None:
    later = signals.meet(officer, in_days=3)
    browser = browsers.of_user(app, officer)
    assert "Record it then" in browser.post(f"/meetings/{later}/held", data={"minute": "x"}).text
    signals.talk_about(officer, later)
    assert browser.post(f"/meetings/{later}/call-off").status_code == 302
    with pytest.raises(RuleBroken, match="called off"):
        signals.talk_about(officer, later, "Night Kitchen")


def test_only_the_agency_that_planned_a_meeting_invites_holds_or_calls_off(app: Flask, officer: UUID) -> None:
    fire, housing = agency(AgencyKind.FIRE_AND_RESCUE), agency(AgencyKind.HOUSING)
    guest, meeting = officer_of(fire), signals.meet(officer, [fire])
    browser, page = browsers.of_user(app, guest), f"/meetings/{meeting}"
    ways = {"agencies": {"agency": str(housing)}, "held": {"minute": "x"}, "call-off": {}}
    for way, sent in ways.items():
        refused = browser.post(f"{page}/{way}", data=sent)
        assert refused.status_code == 422, way
        assert "Only the agency that planned the meeting" in refused.text
    shown, own = browser.get(page).text, browsers.of_user(app, officer).get(page).text
    assert [f"{page}/{way}" in shown for way in (*ways, "subjects", "decisions")] == [False] * 3 + [True] * 2
    assert all(f"{page}/{way}" in own for way in ways)
    # Whoever is invited adds to it all the same.
    signals.talk_about(guest, meeting)
    with as_user(guest):
        mine = disruption.acting_agencies()[0].id
    signals.decide(guest, meeting, Owner(mine, colleague_id=guest))
    assert browsers.of_user(app, officer).post(f"{page}/agencies", data=ways["agencies"]).status_code == 302


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO subject_meeting_agency (id, authority_id, meeting_id, agency_id)"
        " SELECT gen_random_uuid(), m.authority_id, m.id, a.id FROM subject_meeting m, agency a"
        " WHERE a.kind = 'housing'",
        "UPDATE subject_meeting SET called_off_at = now()",
        "UPDATE subject_meeting SET minute_sealed = 'x', held_at = now()",
    ],
)
def test_by_sql_whoever_is_only_invited_takes_no_meeting_over(officer: UUID, statement: str) -> None:
    fire = agency(AgencyKind.FIRE_AND_RESCUE)
    agency(AgencyKind.HOUSING)
    guest = officer_of(fire)
    signals.meet(officer, [fire])
    with pytest.raises(DBAPIError) as refused, as_user(guest):
        db.session.execute(text(statement))
    assert getattr(refused.value.orig, "sqlstate", "") == "42501"
    with as_user(officer):
        db.session.execute(text(statement))


def test_an_agenda_tells_the_agencies_invited_no_more_than_the_planner_typed(app: Flask, officer: UUID) -> None:
    fire = agency(AgencyKind.FIRE_AND_RESCUE)
    person, second = register.add_all([register.numbered(one) for one in range(2)], accounts.OXFORD)
    signals.complain(officer, RecordKind.PERSON, person, 1, 2)
    [signal] = signals.seen_by(officer)
    meeting, browser = signals.meet(officer, [fire]), browsers.of_user(app, officer)
    asked = words(browser.get(f"/signals/{signal.id}/agenda").text)
    assert "2 complaints" not in asked
    assert "Every agency that is invited reads" in asked
    with as_user(officer):
        [one, two] = [db.session.get_one(Person, found) for found in (person, second)]
        (first, first_name), (other, other_name) = (one.reference, one.name), (two.reference, two.name)
    sent = {"kind": "person", "why": "Named by two agencies."}
    for more in ({"name": first}, {"name": other, "name_for_all": "The driver of Friday"}):
        assert browser.post(f"/meetings/{meeting}/subjects", data={**sent, **more}).status_code == 302
    guest = browsers.of_user(app, officer_of(fire))
    for told in (
        words(guest.get(f"/meetings/{meeting}").text),
        pdf_text(guest.get(f"/meetings/{meeting}/papers/pdf").data),
    ):
        assert first in told
        assert "The driver of Friday" in told
        assert not [hidden for hidden in (first_name, other, other_name) if hidden in told]
    # The papers of whoever reads the register say what hangs on the record all the same.
    assert "2 complaints in 30 days" in words(browser.get(f"/meetings/{meeting}/papers").text)


def test_an_action_on_a_person_is_named_to_those_alone_who_lead_or_join_it(app: Flask, officer: UUID) -> None:
    police, fire = agency(AgencyKind.POLICE, is_partner=True), agency(AgencyKind.FIRE_AND_RESCUE)
    action_id = consider(officer, "CAWN", ADULT, police)
    with as_user(officer):
        reference = disruption.action(action_id).reference
    browser, sent = browsers.of_user(app, officer), {"kind": "action", "name": reference, "why": "It is not kept to."}
    mixed, joined = signals.meet(officer, [police, fire]), signals.meet(officer, [police])
    refused = browser.post(f"/meetings/{mixed}/subjects", data=sent)
    assert refused.status_code == 422
    assert "Not every agency that is invited leads or joins" in refused.text
    assert "It is not kept to" in refused.text
    assert browser.post(f"/meetings/{joined}/subjects", data=sent).status_code == 302
    late = browser.post(f"/meetings/{joined}/agencies", data={"agency": str(fire)})
    assert late.status_code == 422
    assert "neither leads nor joins" in late.text
    # One on a place may be named.
    with as_user(officer):
        on_place = disruption.action(consider(officer, "PREMVISIT", GUESTHOUSE, police)).reference
    assert browser.post(f"/meetings/{mixed}/subjects", data={**sent, "name": on_place}).status_code == 302


def test_the_papers_follow_whoever_is_talked_about_through_a_merge_and_back(app: Flask, officer: UUID) -> None:
    merged, kept = register.add_all([register.numbered(one) for one in range(2)], accounts.OXFORD)
    meeting = signals.meet(officer)
    signals.talk_about(officer, meeting, "Petra Sampleová", kind=SubjectKind.PERSON, record_id=merged)
    signals.complain(officer, RecordKind.PERSON, kept, 1, 2)
    browser, papers = browsers.of_user(app, officer), f"/meetings/{meeting}/papers"
    assert "2 complaints in 30 days" not in words(browser.get(papers).text)
    merge = register.merge(accounts.OXFORD, kept, merged, officer)
    assert "2 complaints in 30 days" in words(browser.get(papers).text)
    with pytest.raises(RuleBroken, match="on the agenda"):
        signals.talk_about(officer, meeting, "Again", kind=SubjectKind.PERSON, record_id=kept)
    register.unmerge(accounts.OXFORD, merge)
    assert "2 complaints in 30 days" not in words(browser.get(papers).text)
