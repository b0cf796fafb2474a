"""The page of a quarter, what is aimed at and by whom, and the owner's words."""

from dataclasses import replace
from datetime import timedelta

import pytest
from accounts import browsers
from factories import accounts, briefings, register, training
from factories.disruption import as_user
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from licensing import dates
from licensing.db import db
from licensing.errors import RuleBroken
from licensing.figures.aims import Aim, Standing
from licensing.figures.words import Better
from licensing.measures import changes, queries
from licensing.measures.rules import quarter_of
from licensing.permissions import Role

CODE = "training.in_date_percent"
PAGE = f"/measures/{CODE}"


def trained(code: str, drivers: int, of_them: int) -> None:
    people = register.add_all([register.numbered(one) for one in range(1, drivers + 1)], code)
    for person_id in people[:of_them]:
        training.record(code, person_id)


def typed(office: briefings.Office, **more: object) -> dict[str, object]:
    today = dates.today()
    day = {f"valid_from-{part}": str(getattr(today, part)) for part in ("day", "month", "year")}
    given = {"target": "70", "tolerance": "5", "better": "more", "owner": str(office.author), "reason": "One step."}
    return {**given, **day, **more}


def test_a_quarter_has_each_measure_with_its_standing_in_words_and_the_same_line_as_a_table(app: Flask) -> None:
    office = briefings.office(accounts.OXFORD)
    trained(accounts.OXFORD, 40, 39)
    page = browsers.of_user(app, office.author).get("/measures").text
    assert "so far, as recorded now" in page
    assert "Within tolerance" in page
    assert "98%" in page
    assert "Nobody named yet (Licensing managers of the districts)" in page
    assert 'class="govuk-tag govuk-tag--yellow">Within tolerance' in page
    assert "Too few to say" in page
    assert "Days from allegation" not in page  # the county's alone
    assert page.count("<svg") == page.count('id="measure-') / 3


def test_the_county_is_told_of_no_small_number(app: Flask) -> None:
    office, today = briefings.office(), dates.today()
    trained(accounts.OXFORD, 30, 28)
    with as_user(office.author) as author:
        found = queries.measured(author.authority.id, quarter_of(today), today)
        [one] = [each for each in found if each.definition.code == CODE]
        assert (one.now.told.value, one.now.standing) == (None, Standing.NOT_TOLD)
        [days] = [each for each in found if each.definition.code == "lado.days_to_consideration"]
        assert days.now.standing is Standing.NOT_TOLD


def test_what_is_aimed_at_is_changed_from_a_day_on_by_an_approver_with_a_reason(app: Flask) -> None:
    office = briefings.office(accounts.OXFORD)
    author, approver = (browsers.of_user(app, one) for one in (office.author, office.approver))
    trained(accounts.OXFORD, 40, 29)
    assert author.post(f"{PAGE}/target", data=typed(office)).status_code == 403
    assert approver.post(f"{PAGE}/target", data=typed(office)).status_code == 302
    assert f'value="{office.author}" selected' in approver.get(f"{PAGE}/target").text
    history = author.get(PAGE).text
    assert "70% or more, within 5" in history
    assert "One step." in history
    with as_user(office.author) as user:
        today = dates.today()
        [one] = [
            each
            for each in queries.measured(user.authority.id, quarter_of(today), today)
            if each.definition.code == CODE
        ]
        assert one.now.standing is Standing.ON_TARGET
        assert one.values[-2].aim.target == 100


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"target": ""}, "Enter the target"),
        ({"target": "1001"}, "between 0 and 1,000"),
        ({"target": "101"}, "A target in a hundred is 100 at most"),
        ({"reason": ""}, "Enter why"),
        ({"valid_from-year": "2020"}, "quarters that are over"),
        ({"owner": "5f0c3c1e-0000-4000-8000-000000000000"}, "Select"),
    ],
)
def test_a_wrong_choice_is_said_beside_its_box_and_nothing_is_lost(
    app: Flask, wrong: dict[str, object], says: str
) -> None:
    office = briefings.office(accounts.OXFORD)
    answer = browsers.of_user(app, office.approver).post(f"{PAGE}/target", data=typed(office, **wrong))
    assert answer.status_code == 422
    assert says in answer.text
    assert 'value="5"' in answer.text


def test_the_owner_alone_comments_and_earlier_words_stay(app: Flask) -> None:
    office, today = briefings.measured(accounts.OXFORD), dates.today()
    author, approver = (browsers.of_user(app, one) for one in (office.author, office.approver))
    quarter = quarter_of(today).key
    assert "Two courses were held." in author.get("/measures").text
    given = {"quarter": quarter, "words": "A third course is booked."}
    assert author.post(f"{PAGE}/comment", data=given).status_code == 302
    assert "Two courses" not in author.get("/measures").text
    assert all(words in author.get(PAGE).text for words in ("Two courses were held.", "A third course is booked."))
    refused = approver.post(f"{PAGE}/comment", data=given)
    assert (refused.status_code, "Only whoever owns" in refused.text) == (422, True)
    assert author.post(f"{PAGE}/comment", data=given | {"quarter": "2099-01"}).status_code == 422
    with as_user(office.approver):
        said = "INSERT INTO measure_comment (id, authority_id, code, quarter_on, words, by_id)"
        row = {"own": accounts.authority_id(accounts.OXFORD), "code": CODE, "by": office.approver}
        with pytest.raises(DBAPIError):
            db.session.execute(text(f"{said} VALUES (gen_random_uuid(), :own, :code, now(), 'Mine', :by)"), row)
        db.session.rollback()


def test_another_council_knows_nothing_of_it(app: Flask) -> None:
    briefings.measured(accounts.OXFORD)
    theirs = browsers.of_user(app, briefings.office(accounts.CHERWELL).author)
    assert "Two courses" not in theirs.get("/measures").text + theirs.get(PAGE).text


def test_quarters_to_come_are_not_asked_for_and_those_before_are(app: Flask) -> None:
    author = browsers.of_role(app, Role.BRIEFING_AUTHOR, accounts.OXFORD)
    assert author.get("/measures?quarter=2099-01").status_code == 422
    before = quarter_of(dates.today()).up_to(2)[0]
    page = author.get(f"/measures?quarter={before.key}").text
    assert f"{before.words}, as recorded now" in page
    assert author.get("/measures/decisions.revoked").status_code == 404


def test_somebody_of_another_council_owns_nothing_here(app: Flask) -> None:
    office, other = briefings.office(accounts.OXFORD), briefings.office(accounts.CHERWELL)
    today = dates.today()
    with as_user(office.approver) as user, pytest.raises(RuleBroken, match="Select somebody of your council"):
        changes.choose(user, CODE, Aim(90, 5, Better.MORE), other.author, today, "One step.", today=today)


def test_a_driver_more_or_less_leaves_a_quarter_that_is_over_as_it_was(app: Flask) -> None:
    """A gap where a quarter has nobody, and nought is drawn where training is recorded and none is in date."""
    office, today = briefings.office(accounts.OXFORD), dates.today()
    recent = replace(register.GRANTED, decided_on=today, starts_on=today, expires_on=today + timedelta(days=900))
    people = [register.numbered(one) for one in range(1, 31)]
    made = register.add_all(
        [replace(one, licences=(replace(one.licences[0], events=(recent,)),)) for one in people], accounts.OXFORD
    )
    training.record(accounts.OXFORD, made[0], training.EXPIRED)
    with as_user(office.author) as user:
        found = queries.measured(user.authority.id, quarter_of(today), today)
        [one] = [each for each in found if each.definition.code == CODE]
    assert one.now.told.value == 0
    assert [each.told.value for each in one.values[:-1]] == [None] * 7
