"""A case in hand, over HTTP: looked over, handed over, taken up again; and the figures of those concluded."""

from datetime import date, timedelta
from typing import cast

import pytest
from factories import accounts, allegations, desks, shared_cases
from factories.desks import Desk, on, version_on
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from licensing import dates
from licensing.allegations import access, presenting
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


def ended(desk: Desk) -> date:
    """Close the case; the day until which the law asks that its record is kept."""
    shared_cases.close(desk.officer, desk.case_id)
    with owner_session() as session:
        until = session.scalar(text("SELECT retain_until FROM lado_case WHERE id = :id"), {"id": desk.case_id})
    assert until is not None
    return cast(date, until)


def day(name: str, on_day: date) -> dict[str, str]:
    return on(name, on_day.day, on_day.month, on_day.year)


def test_a_record_is_kept_longer_than_the_law_asks_and_what_was_chosen_before_stays(desk: Desk) -> None:
    assert desk.client.get(f"{desk.case}/keep").status_code == 404  # while it goes on nobody knows until when
    by_law = ended(desk)
    assert f'href="{desk.case}/keep"' in desk.page()
    first, second = by_law.replace(year=by_law.year + 20), by_law.replace(year=by_law.year + 5)
    sent(desk, "/keep", words="A claim is threatened.", **day("until", first))
    sent(desk, "/keep", words="The claim was settled.", **day("until", second))
    page = desk.page()
    assert f"The law and local procedures ask for {dates.in_words(by_law)}" in desk.page("/keep")
    for said in ("A claim is threatened.", "The claim was settled."):
        assert page.count(said) >= 2  # as it was chosen, and in the chronology
    with shared_cases.opened(desk.officer, desk.case_id) as case:
        assert case.retain_until == by_law
        rows = dict(presenting.case_rows(case, "", dates.today()))
    assert rows["Kept, and then reviewed, until"] == dates.in_words(second)
    assert rows["As the law and local procedures ask, until"] == dates.in_words(by_law)
    with owner_session() as session:
        told = (
            "SELECT details ->> 'until' FROM restricted_entry WHERE details ->> 'part' = 'kept longer' ORDER BY number"
        )
        assert session.scalars(text(told)).all() == [first.isoformat(), second.isoformat()]


def test_a_record_is_not_kept_for_less_than_the_law_asks(desk: Desk) -> None:
    by_law = ended(desk)
    early = day("until", by_law - timedelta(days=1))
    refused = sent(desk, "/keep", 422, words="Tidying up.", **early)
    assert "enter that day or a later one" in refused
    assert "Tidying up." in refused
    assert 'id="words-error"' in sent(desk, "/keep", 422, **day("until", by_law))
    insert = text(
        "INSERT INTO case_kept_longer (id, authority_id, case_id, keep_until, reason_sealed, decided_by) SELECT"
        " gen_random_uuid(), authority_id, id, CAST(:until AS date), '', owner_id FROM lado_case WHERE id = :id"
    )
    with shared_cases.opened(desk.officer, desk.case_id):
        db.session.execute(insert, {"until": by_law, "id": desk.case_id})
        with pytest.raises(DBAPIError, match="kept as long as the law asks"), db.session.begin_nested():
            db.session.execute(insert, {"until": by_law - timedelta(days=1), "id": desk.case_id})
        with pytest.raises(DBAPIError, match="permission denied"), db.session.begin_nested():
            db.session.execute(text("UPDATE case_kept_longer SET keep_until = current_date"))


def test_a_record_whose_day_has_come_is_looked_at_on_the_day_that_was_chosen(desk: Desk) -> None:
    ended(desk)
    sent(desk, "/keep", words="A claim is threatened.", **on("until", 3, 6, 2099))
    with owner_session() as session:
        session.execute(text("UPDATE lado_case SET retain_until = current_date - 1"))
        session.commit()
    waits = "Review whether the record is kept any longer"
    assert waits not in desk.client.get("/allegations").text
    with owner_session() as session:
        session.execute(text("UPDATE case_kept_longer SET keep_until = current_date"))
        session.commit()
    assert waits in desk.client.get("/allegations").text


def test_two_who_choose_until_when_a_record_is_kept_see_each_other(app: Flask, desk: Desk) -> None:
    by_law = ended(desk)
    opened = desk.page("/keep").split('name="version"')[1].split('value="')[1].split('"')[0]
    sent(desk, "/keep", words="A claim is threatened.", **day("until", by_law))
    second = desk.send("/keep", 422, version=opened, words="Another reason.", **day("until", by_law))
    assert "A claim is threatened." in second.split("What your colleague saved")[1]
