"""The decision on the threshold, where something was told before it was made."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from accounts import browsers
from factories import accounts, allegations, register, shared_cases
from flask import Flask
from journeys.reading import boxes, version_in, words

from licensing import dates
from licensing.allegations.changes import cases as changes
from licensing.allegations.changes import duties, sharing
from licensing.allegations.queries import cases as queries
from licensing.allegations.queries import sharing as shared
from licensing.allegations.words import Stage
from licensing.allegations.words_of_sharing import DutyKind, DutyState, Level
from licensing.errors import RuleBroken
from licensing.permissions import Role


@pytest.fixture
def lado(app: Flask) -> UUID:
    accounts.agree(accounts.OXFORD)
    return allegations.officer()


@pytest.fixture
def person(app: Flask) -> UUID:
    return register.add(register.KHAN, accounts.OXFORD)


def levels(lado: UUID, case_id: UUID) -> dict[UUID, Level]:
    with shared_cases.opened(lado, case_id):
        return {one: share.level for one, share in shared.standing_shares(case_id).items()}


def on(name: str, day: date) -> dict[str, str]:
    return boxes(name, day.day, day.month, day.year)


@pytest.mark.parametrize("decision", [Stage.ADVICE_ONLY, Stage.PASSED_ON])
def test_a_case_below_the_threshold_or_of_another_area_keeps_no_flag_and_no_release(
    lado: UUID, person: UUID, decision: Stage
) -> None:
    """Domain story 12."""
    case_id, reader = allegations.refer(lado, person), accounts.user(Role.LICENSING_MANAGER)
    shared_cases.share(lado, case_id, accounts.OXFORD, level=Level.SUMMARY)
    shared_cases.release(lado, case_id, accounts.OXFORD, reader)
    given = (decision, dates.today(), "No limb is met.", None)
    with shared_cases.opened(lado, case_id) as case, pytest.raises(RuleBroken, match="A council was told of this"):
        changes.decide_threshold(allegations.acting(), case, *given)
    tell_the_councils(lado, case_id)
    with shared_cases.opened(lado, case_id) as case:
        changes.decide_threshold(allegations.acting(), case, *given)
    assert levels(lado, case_id) == {}
    with shared_cases.opened(lado, case_id):
        assert [one.ended_at is not None for one in shared.releases(case_id)] == [True]


def tell_the_councils(lado: UUID, case_id: UUID) -> None:
    with shared_cases.opened(lado, case_id) as case:
        [row] = [one for one in queries.duties(case_id) if one.state is DutyState.OWED]
        assert (row.kind, row.for_authority_id) == (
            DutyKind.LICENSING_AUTHORITY,
            accounts.authority_id(accounts.OXFORD),
        )
        duties.settle(allegations.acting(), case, row, **shared_cases.told("Told what is decided."))


def test_whoever_was_told_nothing_is_owed_nothing_below_the_threshold(lado: UUID, person: UUID) -> None:
    case_id = allegations.refer(lado, person)
    shared_cases.share(lado, case_id, accounts.OXFORD, level=Level.NOTHING)
    with shared_cases.opened(lado, case_id) as case:
        changes.decide_threshold(allegations.acting(), case, Stage.ADVICE_ONLY, dates.today(), "No limb is met.", None)
        assert queries.duties(case_id) == []


def test_the_flag_of_a_case_that_another_area_goes_on_with_stays_until_it_is_looked_at_again(
    app: Flask, lado: UUID, person: UUID
) -> None:
    case_id, today = allegations.refer(lado, person), dates.today()
    shared_cases.share(lado, case_id, accounts.OXFORD)
    again, later = today + timedelta(days=30), today + timedelta(days=60)
    browser, page = browsers.of_user(app, lado), f"/allegations/{case_id}"
    typed = {"decision": "passed_on", "words": "The county where they live.", **on("review_on", again)}
    typed |= on("decided_on", today) | {"version": version_in(browser.get(f"{page}/threshold").text)}
    refused = browser.post(f"{page}/threshold", data=typed)
    assert refused.status_code == 422
    assert "The county where they live." in refused.text
    assert "Settle: Tell the licensing authority: Oxford City Council" in words(refused.text)
    tell_the_councils(lado, case_id)
    assert browser.post(f"{page}/threshold", data=typed).status_code == 302
    assert levels(lado, case_id) == {accounts.authority_id(accounts.OXFORD): Level.CONTACT}
    typed = {"words": "Still open there.", **on("review_on", later)}
    typed |= {"version": version_in(browser.get(f"{page}/review").text)}
    assert browser.post(f"{page}/review", data=typed).status_code == 302
    assert dates.in_words(later) in words(browser.get(page).text)
    with shared_cases.opened(lado, case_id) as case:
        sharing.end_shares(allegations.acting(), case, "It is over there.")
    assert browser.get(f"{page}/review").status_code == 404
