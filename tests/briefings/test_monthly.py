"""The month's briefings: drafted once by a job on the council's day, and read by nobody before people have approved."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from accounts import browsers
from factories import accounts, briefings, jobs, register
from factories.disruption import as_user
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from licensing import dates
from licensing.briefings import content as contents
from licensing.briefings import monthly, queries
from licensing.briefings.jobs import draft_briefings
from licensing.briefings.models import Briefing
from licensing.briefings.rules import month_before
from licensing.db import db
from licensing.figures.words import Audience
from licensing.jobs.running import JobFailed
from licensing.mail.rules import WORDS, MailKind
from licensing.permissions import Role
from licensing.setup import owner_session
from licensing.tasks.models import Task
from licensing.tasks.rules import TaskKind

FIRST, THIRD = date(2026, 10, 1), date(2026, 10, 3)
EVERY = {one.value for one in Audience}


def run(app: Flask, day: date) -> None:
    jobs.do_as(app, replace(draft_briefings, work=lambda: monthly.draft_due(day)))


def drafted(code: str) -> list[Briefing]:
    with owner_session() as session:
        wanted = select(Briefing).where(Briefing.authority_id == accounts.authority_id(code))
        found = list(session.scalars(wanted.order_by(Briefing.audience)))
        session.expunge_all()
        return found


def choose(approver: UUID, day: int, *audiences: Audience) -> None:
    with as_user(approver) as user:
        monthly.set_schedule(user, day, audiences, "The committee meets late in the month.")
        db.session.commit()


def test_every_council_with_authors_has_each_audience_drafted_once(app: Flask) -> None:
    county, oxford = briefings.office(), briefings.office(accounts.OXFORD)
    choose(oxford.approver, 1, Audience.SCRUTINY)
    for _ in range(2):
        run(app, FIRST)
        made = drafted(accounts.COUNTY)
        assert {one.audience for one in made} == EVERY
        assert len(made) == len(EVERY)
        assert [one.audience for one in drafted(accounts.OXFORD)] == [Audience.SCRUTINY]
        assert not drafted(accounts.CHERWELL)
    assert all((one.from_on, one.until_on) == (date(2026, 9, 1), date(2026, 9, 30)) for one in made)
    assert not any(one.authors or one.approved_at or one.published_at for one in made)
    with owner_session() as session:
        tasks = list(session.scalars(select(Task).where(Task.kind == TaskKind.BRIEFINGS_DRAFTED)))
        assert {(one.authority_id, one.for_team) for one in tasks} == {
            (accounts.authority_id(code), Role.BRIEFING_AUTHOR) for code in (accounts.COUNTY, accounts.OXFORD)
        }
        trail = "SELECT count(*) FROM audit_entry WHERE object_kind = 'briefing' AND actor_id IS NULL"
        assert session.scalar(text(trail)) == len(EVERY) + 1
    told = [one for one in jobs.mail_of(app) if WORDS[MailKind.BRIEFINGS_DRAFTED].text in one]
    assert len(told) == 2
    assert county.author


def test_before_its_day_nothing_is_drafted_and_after_it_what_is_missing(app: Flask) -> None:
    oxford = briefings.office(accounts.OXFORD)
    choose(oxford.approver, 3, Audience.SCRUTINY, Audience.DIRECTOR)
    run(app, FIRST)
    assert not drafted(accounts.OXFORD)
    briefings.drafted(oxford, Audience.DIRECTOR, month_before(FIRST))
    run(app, THIRD)
    assert sorted(one.audience for one in drafted(accounts.OXFORD)) == [Audience.DIRECTOR, Audience.SCRUTINY]
    run(app, date(2026, 11, 5))
    assert len(drafted(accounts.OXFORD)) == 4


def test_a_job_that_failed_leaves_nothing_and_is_done_again(app: Flask) -> None:
    briefings.office(accounts.OXFORD)

    def broken() -> None:
        monthly.draft_due(FIRST)
        raise RuntimeError

    with pytest.raises(JobFailed):
        jobs.do_as(app, replace(draft_briefings, work=broken))
    assert not drafted(accounts.OXFORD)
    run(app, FIRST)
    assert len(drafted(accounts.OXFORD)) == len(EVERY)


def test_a_council_is_drafted_its_own_numbers_and_the_county_what_everybody_may_have(app: Flask) -> None:
    briefings.office()
    oxford = briefings.office(accounts.OXFORD)
    register.add_all([register.numbered(one) for one in range(3)], accounts.OXFORD)
    register.add_all([register.numbered(one) for one in range(100, 120)], accounts.CHERWELL)
    run(app, FIRST)
    code = "licences.private_hire_driver.in_force"
    told = {}
    for place, audience in (
        (accounts.COUNTY, Audience.SCRUTINY),
        (accounts.OXFORD, Audience.SCRUTINY),
        (accounts.OXFORD, Audience.LEAD_MEMBER),
    ):
        [one] = [one for one in drafted(place) if one.audience == audience]
        told[place] = contents.from_json(one.content)
        if audience is Audience.SCRUTINY and place == accounts.OXFORD:
            own = told[place].figure(code)
            assert own
            assert own.shown.startswith("fewer than 5")
    own, theirs = told[accounts.OXFORD].figure(code), told[accounts.COUNTY].figure(code)
    assert own
    assert theirs
    assert (own.shown, dict(own.by_place)) == ("3", {accounts.OXFORD: "3"})
    assert theirs.by_place[accounts.OXFORD] not in {"3"}
    assert [code for code, _ in told[accounts.OXFORD].places] == [accounts.OXFORD]
    with as_user(oxford.author) as author:
        made = briefings.changes.draft(author, Audience.LEAD_MEMBER, month_before(FIRST), briefings.WORDS)
        by_hand = contents.from_json(queries.briefing(made).content)
        assert by_hand.figure(code) == own


def test_nobody_approves_what_nobody_wrote_of(app: Flask) -> None:
    oxford = briefings.office(accounts.OXFORD)
    run(app, FIRST)
    briefing_id = drafted(accounts.OXFORD)[0].id
    author, approver = (browsers.of_user(app, one) for one in (oxford.author, oxford.approver))
    page = f"/briefings/{briefing_id}"
    refused = approver.post(f"{page}/approve", data={"sure": "y"})
    assert refused.status_code == 422
    assert "An author writes the headline" in refused.text
    freeze = (
        "UPDATE briefing SET approved_at = now(), pdf = '\\x00', sha256 = encode(sha256('\\x00'::bytea), 'hex')"
        " WHERE id = :id"
    )
    with as_user(oxford.approver):
        with pytest.raises(DBAPIError, match="a second person"):
            db.session.execute(text(freeze), {"id": briefing_id})
        db.session.rollback()
    author.post(f"{page}/words", data={"headline": "More drivers are trained."})
    assert approver.post(f"{page}/approve", data={"sure": "y"}).status_code == 302


def test_an_author_has_the_month_drafted_now_and_sees_how_far_it_has_come(app: Flask) -> None:
    oxford = briefings.office(accounts.OXFORD)
    author, reader = (browsers.of_user(app, one) for one in (oxford.author, oxford.reader))
    assert "On day 1 of each month" in author.get("/briefings").text
    assert "On day 1" not in reader.get("/briefings").text
    for _ in range(2):
        assert author.post("/briefings/draft-month").status_code == 302
        assert "waits for its turn" in author.get("/briefings").text
        jobs.do_all(app)
    assert "Drafted last on" in author.get("/briefings").text
    made = drafted(accounts.OXFORD)
    assert {one.audience for one in made} == EVERY
    assert len(made) == len(EVERY)
    assert all(one.authors == [oxford.author] and one.until_on < dates.today() for one in made)


def test_the_routines_of_the_job_are_for_the_job_alone(app: Flask) -> None:
    oxford = briefings.office(accounts.OXFORD)
    for statement in (
        "SELECT * FROM briefings_due(current_date, 1, '{scrutiny}')",
        "SELECT briefings_published((SELECT acting_authority()))",
        "CALL draft_briefing_of_month('{}')",
        "SELECT tell_of_monthly_drafts((SELECT acting_authority()), gen_random_uuid(), current_date)",
    ):
        with as_user(oxford.author):
            with pytest.raises(DBAPIError, match="only the job"):
                db.session.execute(text(statement))
            db.session.rollback()


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"day_of_month": "31"}, "between 1 and 28"),
        ({"day_of_month": ""}, "Enter the day of the month"),
        ({"audiences": []}, "Select for whom"),
        ({"reason": ""}, "Enter why"),
    ],
)
def test_when_they_are_drafted_is_chosen_with_a_reason(app: Flask, typed: dict[str, object], says: str) -> None:
    right = {"day_of_month": "5", "audiences": ["director"], "reason": "Members meet then."}
    approver = browsers.of_role(app, Role.BRIEFING_APPROVER, accounts.OXFORD)
    wrong = approver.post("/briefings/schedule", data={**right, **typed})
    assert wrong.status_code == 422
    assert says in wrong.text
    assert approver.post("/briefings/schedule", data=right).status_code == 302
    assert "On day 5 of each month" in approver.get("/briefings").text
    assert "Members meet then." in approver.get("/briefings/schedule").text
