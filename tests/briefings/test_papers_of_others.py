"""Papers of different councils and answers to the public, none of which gives back what another withholds."""

import re
from datetime import date, timedelta
from uuid import UUID

import pytest
from accounts import browsers
from factories import accounts, briefings, signals
from factories.disruption import as_user
from flask import Flask

from licensing import dates
from licensing.briefings import changes, queries
from licensing.briefings.content import from_json
from licensing.db import db
from licensing.errors import RuleBroken
from licensing.figures.gathering import Figure
from licensing.figures.rules import Period
from licensing.figures.words import WITHHELD, Audience
from licensing.permissions import Role
from licensing.returns import changes as returns
from licensing.returns.gathering import Line
from licensing.returns.queries import answers

REVOKED = "decisions.revoked"
PUBLIC = "/returns/figures/freedom-of-information"


def lately() -> Period:
    return Period(dates.today().replace(day=1) - 30 * date.resolution, dates.today())


def revoke(code: str, first: int, number: int, days_ago: int = 0) -> None:
    for one in range(first, first + number):
        signals.revoked_driver(one, code, days_ago)


def figure_of(at: briefings.Office, made: UUID) -> Figure:
    with as_user(at.author):
        found = from_json(queries.briefing(made).content).figure(REVOKED)
    assert found is not None
    return found


def three_councils(days_ago: int = 0) -> None:
    """Oxford's five may be told alone; of the twelve of all three the other seven may not be told beside it."""
    for number, (code, revoked) in enumerate(((accounts.OXFORD, 5), (accounts.CHERWELL, 3), (accounts.SOUTH, 4))):
        revoke(code, 100 * number, revoked, days_ago)


def test_a_districts_own_paper_takes_the_countys_exact_total_with_it(app: Flask) -> None:
    three_councils()
    county, oxford = briefings.office(), briefings.office(accounts.OXFORD)
    before = briefings.approved(county, Audience.SCRUTINY, lately())
    assert figure_of(county, before).value == 12
    theirs = briefings.published(oxford, Audience.SCRUTINY, lately())
    assert figure_of(oxford, theirs).value == 5
    with as_user(county.approver), pytest.raises(RuleBroken, match="published meanwhile"):
        changes.publish(queries.briefing(before), [county.reader])
    after = briefings.published(county, Audience.DIRECTOR, lately())
    now = figure_of(county, after)
    assert (now.shown, now.by_place[accounts.OXFORD]) == ("about 10", WITHHELD)
    assert "to the nearest 5" in browsers.of_user(app, county.reader).get(f"/briefings/{after}").text


def test_what_the_county_withholds_of_a_district_the_district_does_not_tell(app: Flask) -> None:
    three_councils()
    county, oxford = briefings.office(), briefings.office(accounts.OXFORD)
    first = figure_of(county, briefings.published(county, Audience.SCRUTINY, lately()))
    assert (first.value, first.by_place[accounts.OXFORD]) == (12, WITHHELD)
    assert figure_of(oxford, briefings.drafted(oxford, Audience.SCRUTINY, lately())).shown == WITHHELD
    longer = Period(lately().from_on - timedelta(days=30), lately().until_on)
    assert figure_of(oxford, briefings.drafted(oxford, Audience.SCRUTINY, longer)).shown == "about 5"
    # Those who lead it are told everything of their own council, and nothing is held against that.
    assert figure_of(oxford, briefings.published(oxford, Audience.CHIEF_EXECUTIVES, lately())).value == 5
    again = figure_of(county, briefings.drafted(county, Audience.DIRECTOR, lately()))
    assert (again.value, again.by_place[accounts.OXFORD]) == (12, WITHHELD)


def test_the_periods_beside_a_total_are_guarded_too(app: Flask) -> None:
    """The county's paper tells of the period before only all together, and a district does not tell its exact part."""
    month = Period(dates.today() - timedelta(days=29), dates.today())
    three_councils(40)
    county, oxford = briefings.office(), briefings.office(accounts.OXFORD)
    assert figure_of(oxford, briefings.drafted(oxford, Audience.SCRUTINY, month.before)).value == 5
    assert figure_of(county, briefings.published(county, Audience.SCRUTINY, month)).previous == 12
    assert figure_of(oxford, briefings.drafted(oxford, Audience.SCRUTINY, month.before)).shown == "about 5"
    assert figure_of(oxford, briefings.drafted(oxford, Audience.SCRUTINY, month)).previous_shown == "about 5"


def last_year() -> Period:
    year = dates.today().year - 1
    return Period(date(year, 1, 1), date(year, 12, 31))


def to_november() -> Period:
    return Period(last_year().from_on, date(last_year().from_on.year, 11, 30))


def revoked_last_year() -> None:
    """Seven in Oxford by November and two in December, and eight in Cherwell."""
    spring, winter = (dates.today() - date(last_year().from_on.year, month, 14) for month in (5, 12))
    revoke(accounts.OXFORD, 0, 7, spring.days)
    revoke(accounts.OXFORD, 50, 2, winter.days)
    revoke(accounts.CHERWELL, 100, 8, spring.days)


def answered(user_id: UUID) -> dict[str, Line]:
    """What an officer of the council answers the public of the last year."""
    with as_user(user_id) as user:
        told = returns.answer(user, last_year())
        db.session.commit()
    return {line.code: line for table in told for line in table.lines if line.code}


def kept(user_id: UUID) -> int:
    with as_user(user_id) as user:
        return len(answers(user.authority.id))


def test_an_answer_to_the_public_does_not_give_back_what_a_briefing_leaves_over(app: Flask) -> None:
    revoked_last_year()
    county = briefings.office()
    first = figure_of(county, briefings.published(county, Audience.SCRUTINY, to_november()))
    assert (first.by_place[accounts.OXFORD], first.by_place[accounts.CHERWELL]) == ("7", "8")
    oxford = answered(accounts.user(Role.LICENSING_OFFICER))
    parts = [line for code, line in oxford.items() if code.startswith(f"{REVOKED}.")]
    assert oxford[REVOKED].shown == "about 10"
    assert {line.shown for line in parts} == {"about 10", "0"}
    assert answered(accounts.user(Role.LICENSING_OFFICER, accounts.CHERWELL))[REVOKED].value == 8


def test_a_briefing_does_not_give_back_what_an_answer_leaves_over(app: Flask) -> None:
    revoked_last_year()
    officer = accounts.user(Role.LICENSING_OFFICER)
    assert answered(officer)[REVOKED].value == 9
    county = briefings.office()
    told = figure_of(county, briefings.drafted(county, Audience.SCRUTINY, to_november()))
    assert (told.value, set(told.by_place.values()) - {"not known"}) == (15, {WITHHELD})
    # Told again as it was told last, it is the same answer; moved by a few since, it would tell of those few.
    assert (answered(officer)[REVOKED].value, kept(officer)) == (9, 1)
    revoke(accounts.OXFORD, 70, 1, (dates.today() - last_year().until_on).days)
    assert (answered(officer)[REVOKED].shown, kept(officer)) == ("about 10", 2)


def test_nobody_reads_or_writes_an_answer_of_another_council(app: Flask) -> None:
    revoked_last_year()
    officer, other = (accounts.user(Role.LICENSING_OFFICER, code) for code in (accounts.OXFORD, accounts.CHERWELL))
    answered(officer)
    browser, theirs = browsers.of_user(app, officer), browsers.of_user(app, other)
    address = re.search(r'href="(/returns/answers/[^"]+)"', browser.get(PUBLIC).text)
    assert address
    page = browser.get(address[1])
    assert "As it was given on" in page.text
    assert theirs.get(address[1]).status_code == theirs.post(f"{address[1]}/file").status_code == 404
    assert "No file of an answer has been made yet" in theirs.get(PUBLIC).text
    file = browser.post(f"{address[1]}/file", data={"format": "csv"}).text
    assert '"Revocations, by kind of licence",All together,9' in file
    assert kept(officer) == 1
