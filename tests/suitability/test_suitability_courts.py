"""Court proceedings: defendants as numbers, sentences together, and a holder who is looked at again."""

from datetime import date

import pytest
from accounts import browsers
from factories import accounts, register
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from suitability.conftest import acting, day_boxes, driver

from licensing.db import db
from licensing.permissions import Role
from licensing.setup import owner_session
from licensing.suitability.changes import courts as changes
from licensing.suitability.forms.concerns import sentences_in
from licensing.suitability.queries.courts import all_cases, totals_of
from licensing.suitability.sentences import Sentence, SentenceKind, Verdict, in_years, months_together

CONSECUTIVE, CONCURRENT = SentenceKind.CONSECUTIVE, SentenceKind.CONCURRENT
PASSED = st.builds(Sentence, st.sampled_from((CONSECUTIVE, CONCURRENT)), st.integers(0, 400))


def test_the_figures_of_a_trial_are_those_of_its_defendants(app: Flask) -> None:
    """Nine defendants, seven guilty, 95 years, six witnesses."""
    years = [(20, 7), (20, 5), (15, 0), (14, 0), (12, 0), (7, 0), (7, 0)]
    with acting() as user:
        case_id = changes.record_case(user, "Sample Crown Court", date(2013, 1, 14), witnesses=6)
        for number, (first, at_once) in enumerate(years):
            defendant = changes.add_defendant(user, case_id, Verdict.GUILTY)
            whole, part = (CONSECUTIVE, CONCURRENT) if number % 2 else (CONCURRENT, CONCURRENT)
            passed = [(whole, first * 12), *([(part, at_once * 12)] if at_once and whole is CONCURRENT else [])]
            changes.pass_sentences(user, defendant, passed)
        for _ in range(2):
            changes.add_defendant(user, case_id, Verdict.NOT_GUILTY)
        db.session.commit()
        db.session.expire_all()
        totals = totals_of(all_cases())
    assert totals.words == "9 defendants, 7 guilty, 95 years in all, 6 witnesses, 0 awaiting verdict or sentence"


def test_sentences_served_at_once_count_as_the_longest_and_others_after_it() -> None:
    passed = [Sentence(CONCURRENT, 60), Sentence(CONCURRENT, 84), Sentence(CONSECUTIVE, 12)]
    assert months_together(passed) == 96
    assert months_together([Sentence(SentenceKind.AWAITED, None)]) == 0
    assert (in_years(96), in_years(18), in_years(1), in_years(0)) == (
        "8 years",
        "1 year 6 months",
        "1 month",
        "0 years",
    )


@given(st.lists(PASSED), PASSED)
def test_another_conviction_never_shortens(passed: list[Sentence], another: Sentence) -> None:
    assert months_together([*passed, another]) >= months_together(passed)


def test_the_lines_of_a_form_are_sentences() -> None:
    assert sentences_in("60 consecutive\n\n 12  Concurrent \nawaited") == [
        (CONSECUTIVE, 60),
        (CONCURRENT, 12),
        (SentenceKind.AWAITED, None),
    ]
    for wrong in ("consecutive", "60", "60 awaited", "life"):
        with pytest.raises(ValueError, match=wrong):
            sentences_in(wrong)


def test_a_defendant_is_named_by_a_licence_on_the_own_register_alone(app: Flask) -> None:
    licence_id = driver()
    with owner_session() as session:
        number = session.scalars(text("SELECT number FROM licence WHERE id = :id"), {"id": licence_id}).one()
    browser = browsers.of_role(app, Role.LICENSING_OFFICER)
    began = {"court": "Sample Crown Court", "witnesses": "6", **day_boxes("started_on", date(2026, 1, 12))}
    case = browser.post("/courts/new", data=began).location
    unknown = browser.post(f"{case}/defendant", data={"verdict": "guilty", "licence_no": "NOBODY/1"})
    assert unknown.status_code == 422
    guilty = {"verdict": "guilty", "licence_no": number, "sentences": "60 consecutive\nawaited"}
    assert browser.post(f"{case}/defendant", data=guilty).status_code == 302
    page = browser.get(case).text
    assert "Sample1 Person1" in page
    assert "5 years in all (60 months consecutive; awaited)" in page
    assert "Open a consideration" in page
    with owner_session() as session:
        found = session.execute(text("SELECT kind, object_id FROM task")).all()
    assert [tuple(row) for row in found] == [("court_outcome", licence_id)]

    ground = {"source": "court", "ground": "convicted_since_grant", "concern": "Convicted"}
    address = f"/licences/{licence_id}/consideration?from=court_case:{case.rpartition('/')[2]}"
    opened = browser.post(address, data={**ground, **day_boxes("opened_on", date(2026, 3, 1))})
    assert "The court proceedings" in browser.get(opened.location).text


def test_a_sentence_is_for_the_guilty_and_a_later_one_stands_in_its_place(app: Flask) -> None:
    browser = browsers.of_role(app, Role.LICENSING_OFFICER)
    register.add(register.numbered(1), accounts.OXFORD)
    began = {"court": "Sample Crown Court", **day_boxes("started_on", date(2026, 1, 12))}
    case = browser.post("/courts/new", data=began).location
    wrong = browser.post(f"{case}/defendant", data={"verdict": "not_guilty", "sentences": "60 consecutive"})
    assert wrong.status_code == 422
    assert "found guilty" in wrong.text
    browser.post(f"{case}/defendant", data={"verdict": "guilty", "sentences": "awaited"})
    assert "1 awaiting" in browser.get("/courts").text
    with owner_session() as session:
        defendant = session.scalars(text("SELECT id FROM court_defendant")).one()
    later = browser.post(f"/defendants/{defendant}", data={"verdict": "guilty", "sentences": "120 consecutive"})
    assert later.status_code == 302
    assert "10 years in all, 0 witnesses, 0 awaiting" in browser.get("/courts").text
    with owner_session() as session:
        assert session.scalar(text("SELECT count(*) FROM court_sentence")) == 2


def test_the_list_is_of_the_days_on_which_proceedings_began_and_says_what_is_wrong_with_them(app: Flask) -> None:
    with acting() as user:
        for court, began in (
            ("Sampleton Crown Court", date(2013, 3, 31)),
            ("Sampleford Crown Court", date(2013, 4, 1)),
        ):
            changes.record_case(user, court, began)
        db.session.commit()
    browser = browsers.of_role(app, Role.LICENSING_OFFICER)
    first = "/courts?from_on-day=1&from_on-month=4&from_on-year=2013"
    since = browser.get(first).text
    assert ("Sampleford" in since, "Sampleton" in since) == (True, False)
    assert "Began from 1 April 2013" in since
    wrong = browser.get(f"{first}&until_on-day=1&until_on-month=3&until_on-year=2013").text
    assert "The last day must be on or after the first day" in wrong
    assert 'value="3"' in wrong
