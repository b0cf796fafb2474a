"""What two designated officers do at once about one referred concern."""

from uuid import UUID

import pytest
from factories import accounts, allegations, concerns
from flask import Flask

from licensing.concerns import queries
from licensing.concerns.changes import referring
from licensing.concerns.rules import StepKind
from licensing.db import acting_as, db
from licensing.errors import RuleBroken
from licensing.permissions import Role


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
