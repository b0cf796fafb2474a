"""Concerns that go on: to another council, and to designated officers, two of whom may answer at once."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from conftest import SignIn
from factories import accounts, allegations, concerns
from flask import Flask
from sqlalchemy import select, text

from licensing import dates
from licensing.concerns import queries
from licensing.concerns.changes import following, referring
from licensing.concerns.models import Concern
from licensing.concerns.queries import ConcernsFilter
from licensing.concerns.rules import StepKind
from licensing.db import acting_as, db
from licensing.errors import RuleBroken
from licensing.permissions import Role
from licensing.setup import owner_session


@pytest.fixture
def referred(app: Flask) -> UUID:
    accounts.agree(accounts.OXFORD)
    officer = accounts.user(Role.LICENSING_OFFICER)
    concern_id = concerns.raise_one(officer)
    with acting_as(accounts.open_session(officer)):
        referring.refer_to_lado(allegations.acting(), concern_id, accounts.authority_id(accounts.COUNTY), "Why")
        db.session.commit()
    return concern_id


def advise(officer_id: UUID, concern_id: UUID, words: str) -> None:
    with acting_as(accounts.open_session(officer_id)):
        referring.advise(allegations.acting(), concern_id, words)
        db.session.commit()


def test_the_second_to_advise_is_told_that_theirs_was_not_sent(referred: UUID) -> None:
    first, second = allegations.officer(), allegations.officer()
    advise(first, referred, "Ring the operator")
    with pytest.raises(RuleBroken, match="Yours was not sent"):
        advise(second, referred, "Ring nobody")
    advise(first, referred, "Ring the operator")  # the same form, sent twice
    with acting_as(accounts.open_session(second)):
        kinds = [one.kind for one in queries.steps_of(referred)]
    assert kinds.count(StepKind.LADO_ADVICE) == 1


def test_what_is_passed_on_keeps_its_first_day_and_says_whence_it_came(app: Flask, signed_in: SignIn) -> None:
    accounts.agree(accounts.OXFORD, accounts.CHERWELL)
    officer = accounts.user(Role.LICENSING_OFFICER)
    concern_id = concerns.raise_one(officer)
    with owner_session() as session:
        earlier = (
            "UPDATE concern SET raised_on = raised_on - 4, raised_at = raised_at - interval '4 days' WHERE id = :id"
        )
        session.execute(text(earlier), {"id": concern_id})
        session.commit()
    with acting_as(accounts.open_session(officer)):
        following.pass_on(allegations.acting(), concern_id, accounts.authority_id(accounts.CHERWELL), "Theirs")
        db.session.commit()
    with owner_session() as session:
        passed = session.scalars(select(Concern).where(Concern.passed_from_id == concern_id)).one()
        assert passed.raised_on == dates.today() - timedelta(days=4)
        address = f"/concerns/{passed.id}"
    page = signed_in(Role.LICENSING_OFFICER, accounts.CHERWELL).get(address).text
    assert f"{dates.in_words(dates.today())}, Oxford City Council" in page


def test_a_child_in_danger_is_first_however_old_until_the_concern_is_closed(app: Flask) -> None:
    officer = accounts.user(Role.LICENSING_OFFICER)
    danger = concerns.raise_one(officer)
    calm = concerns.raise_one(officer, replace(concerns.SEEN, in_danger=False))
    with owner_session() as session:
        old = "UPDATE concern SET raised_on = raised_on - 9, acknowledged_on = current_date, acknowledged_by = :who"
        session.execute(text(f"{old} WHERE id = :id"), {"id": danger, "who": officer})
        session.commit()
    with acting_as(accounts.open_session(officer)):
        assert [one.id for one in queries.concerns_page(ConcernsFilter(), 1).items] == [danger, calm]
