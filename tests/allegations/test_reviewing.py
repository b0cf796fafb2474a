"""A case in hand, over HTTP: looked over, handed over, taken up again; and the figures of those concluded."""

import pytest
from factories import accounts, allegations, desks
from factories.desks import Desk, on, version_on
from flask import Flask
from sqlalchemy import text

from licensing import dates
from licensing.allegations import access
from licensing.allegations.changes import cases as changes
from licensing.allegations.queries import cases as queries
from licensing.allegations.words import Stage
from licensing.allegations.words_of_sharing import LookPurpose
from licensing.db import acting_as, db
from licensing.deadlines.rules import months_after
from licensing.permissions import Role
from licensing.setup import owner_session


@pytest.fixture
def desk(app: Flask) -> Desk:
    return desks.desk(app)


def sent(desk: Desk, part: str, status: int = 302, **typed: str) -> str:
    """Send a form as it was opened just now."""
    return desk.send(part, status, version=version_on(desk.page(part)), **typed)


def closed_on(day: str, case_id: object) -> None:
    """As if a case had been closed on a day."""
    with owner_session() as session:
        session.execute(text("ALTER TABLE lado_case DISABLE TRIGGER guard_closing"))
        done = "UPDATE lado_case SET stage = 'closed', closed_on = :day, referred_on = '2026-06-01' WHERE id = :id"
        session.execute(text(done), {"day": day, "id": case_id})
        session.execute(text("ALTER TABLE lado_case ENABLE TRIGGER guard_closing"))
        session.commit()


def test_a_review_says_what_was_found_and_when_the_next_one_is(desk: Desk) -> None:
    sent(desk, "/review", words="The police wait for the laboratory.", **on("review_on", 3, 6, 2100))
    page = desk.page()
    assert "Review. The police wait for the laboratory. Next review on 3 June 2100." in page
    assert "3 June 2100" in desk.client.get("/allegations").text


def test_a_review_without_a_date_is_due_by_the_period_of_the_office(desk: Desk) -> None:
    sent(desk, "/review", words="Nothing new")
    assert f"Next review on {dates.in_words(months_after(dates.today(), 1))}." in desk.page()


def test_a_case_is_handed_over_and_is_then_the_colleagues_own(app: Flask, desk: Desk) -> None:
    other = desks.colleague(app, desk)
    sent(desk, "/owner", owner=str(other.officer), words="I am away")
    assert other.client.get(desk.case).status_code == 200  # nobody is asked why they open their own
    assert "Handed over to" in other.page()
    assert "/purpose" in desk.client.get(desk.case).location


def test_a_case_is_not_handed_over_to_anybody_else(app: Flask, desk: Desk) -> None:
    other = desks.colleague(app, desk)
    stranger = accounts.user(Role.LICENSING_OFFICER, accounts.COUNTY)
    refused = sent(desk, "/owner", 422, owner=str(stranger), words="No")
    assert "Select whose it is from now on" in refused
    desk.send("/access/close", officer=str(other.officer), reason="Their neighbour")
    assert "No other designated officer" in desk.page("/owner")


def test_a_closed_case_is_taken_up_again_with_a_reason(desk: Desk) -> None:
    assert desk.client.get(f"{desk.case}/open-again").status_code == 404
    closed_on("2026-06-20", desk.case_id)
    assert desk.client.get(f"{desk.case}/review").status_code == 404
    sent(desk, "/open-again", words="A second child spoke.")
    page = desk.page()
    assert "Opened again. A second child spoke. Before: Closed, 20 June 2026." in page
    assert "Record a review" in page


def test_what_was_below_the_threshold_is_considered_anew(app: Flask) -> None:
    desk = desks.desk(app, considering=True)
    with acting_as(accounts.open_session(desk.officer)):
        access.look(desk.case_id, LookPurpose.OWN_CASE)
        case, today = queries.case(desk.case_id), dates.today()
        changes.decide_threshold(allegations.acting(), case, Stage.ADVICE_ONLY, today, "Not a limb.", None)
        db.session.commit()
    sent(desk, "/open-again", words="More is known.")
    page = desk.page()
    assert "Threshold being considered" in page
    assert "Below the threshold" in page
    assert "Decide on the threshold" in page


def test_figures_are_of_the_cases_that_were_concluded_in_the_last_year(app: Flask, desk: Desk) -> None:
    assert "Concluded in the last year" not in desk.client.get("/allegations").text
    closed_on("2026-06-20", desk.case_id)
    second = allegations.open_case(desk.officer)
    closed_on("2026-08-20", second)
    page = desk.client.get("/allegations").text
    assert "Within one month: 1 of 2, 50% (80% expected)" in page
    assert "Within three months: 2 of 2, 100% (90% expected)" in page


def test_the_case_says_how_it_stands_against_each_period(desk: Desk) -> None:
    closed_on("2026-08-20", desk.case_id)
    page = desk.page()
    assert "By 1 July 2026. Concluded after it." in page
    assert "By 1 September 2026. Concluded within it." in page


def test_a_legal_hold_is_set_with_its_reason_and_taken_off_again(desk: Desk) -> None:
    sent(desk, "/hold", words="Letter of the inquiry, 3 June 2026")
    page = desk.page()
    assert "Legal hold" in page
    assert "Letter of the inquiry" in page
    sent(desk, "/hold", words="The inquiry has reported")
    assert "Legal hold taken off. The inquiry has reported" in desk.page()
    assert "Take the legal hold off" not in desk.page()


def test_a_hold_is_set_on_a_case_that_is_over_too(desk: Desk) -> None:
    closed_on("2026-09-01", desk.case.rpartition("/")[2])
    sent(desk, "/hold", words="A claim is threatened")
    assert "A claim is threatened" in desk.page()


def test_handing_over_is_not_offered_where_nobody_else_can_take_it(app: Flask, desk: Desk) -> None:
    assert "Hand the case over" not in desk.page()
    assert "Ask an administrator" in desk.page("/owner")
    desks.colleague(app, desk)
    assert "Hand the case over" in desk.page()
