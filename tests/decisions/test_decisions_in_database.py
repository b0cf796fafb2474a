"""What a statement of its own choice may not do either: decide without the right to, or be both of the two people."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from factories import accounts, decisions, register, suitability
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from licensing import dates
from licensing.accounts.acting import ActingUser, who_is_acting
from licensing.db import acting_as, db
from licensing.decisions import arrangements, changes
from licensing.permissions import Role
from licensing.setup import owner_session
from licensing.suitability.changes import considerations, recommendations
from licensing.suitability.recommending import DecisionType
from licensing.suitability.rules import Ground, Source

DECIDE = """
    INSERT INTO decision (id, authority_id, reference, licence_id, consideration_id, kind, maker, relevant_information,
        immediate, permanent, new_information, legal_agreed, elsewhere, decided_on, decided_by)
    VALUES (gen_random_uuid(), :authority, :reference, :licence, :consideration, 'warning', :maker, 'no',
        :immediate, false, false, false, false, :day, :decider)
"""
REVIEW = """
    INSERT INTO decision_review (id, authority_id, decision_id, kind, verdict, reviewed_on, words_sealed, reviewed_by)
    VALUES (gen_random_uuid(), :authority, :decision, 'immediate', 'stands', :day, :words, :reviewer)
"""


@pytest.fixture
def licence(app: Flask) -> UUID:
    person = register.add(register.numbered(1), accounts.OXFORD)
    with owner_session() as session:
        found = text("SELECT id FROM licence WHERE person_id = :id")
        return session.execute(found, {"id": person}).scalar_one()


def decide(user: ActingUser, licence: UUID, maker: str, consideration: UUID | None = None, **more: object) -> None:
    given = {"authority": user.authority.id, "reference": str(uuid4()), "licence": licence, "maker": maker}
    given |= {"immediate": False, "day": dates.today(), "decider": user.id, "consideration": consideration, **more}
    db.session.execute(text(DECIDE), given)


def acting(user_id: UUID) -> ActingUser:
    user = who_is_acting()
    assert user is not None
    assert user.id == user_id
    return user


def test_an_officer_decides_nothing_alone_but_by_a_delegation_and_at_once(licence: UUID) -> None:
    officer = accounts.user(Role.LICENSING_OFFICER)
    with acting_as(accounts.open_session(officer)):
        user = acting(officer)
        for maker, immediate in (("manager", False), ("officer", False), ("officer", True)):
            with pytest.raises(ProgrammingError, match="row-level security"), db.session.begin_nested():
                decide(user, licence, maker, immediate=immediate)
        with db.session.begin_nested():
            decide(user, licence, "sub_committee")
        db.session.rollback()
    manager = accounts.user(Role.LICENSING_MANAGER)
    with acting_as(accounts.open_session(manager)):
        arrangements.delegate(acting(manager), officer, "Scheme 4.1", dates.today() - timedelta(days=1), None)
        db.session.commit()
    with acting_as(accounts.open_session(officer)):
        decide(acting(officer), licence, "officer", immediate=True)
        with pytest.raises(ProgrammingError, match="row-level security"), db.session.begin_nested():
            decide(acting(officer), licence, "officer")


def test_nobody_decides_in_anothers_name(licence: UUID) -> None:
    manager, colleague = (accounts.user(Role.LICENSING_MANAGER) for _ in range(2))
    with acting_as(accounts.open_session(manager)):
        user = acting(manager)
        with pytest.raises(ProgrammingError, match="row-level security"), db.session.begin_nested():
            decide(user, licence, "manager", decider=colleague)


def test_whoever_recommended_does_not_decide(licence: UUID) -> None:
    manager = accounts.user(Role.LICENSING_MANAGER)
    with acting_as(accounts.open_session(manager)):
        user = acting(manager)
        day, words = suitability.DAY, "Words"
        opened = (Source.OWN_ENQUIRY, Ground.OTHER_REASONABLE_CAUSE, day, words)
        consideration = considerations.open_consideration(user, licence, *opened)
        told = suitability.recommended(DecisionType.WARNING)
        recommendations.recommend_on_consideration(user, consideration, told, day)
        db.session.commit()
        with pytest.raises(ProgrammingError, match="row-level security"), db.session.begin_nested():
            decide(user, licence, "manager", consideration)
    colleague = accounts.user(Role.LICENSING_MANAGER)
    with acting_as(accounts.open_session(colleague)):
        decide(acting(colleague), licence, "manager", consideration)


def test_whoever_acted_at_once_does_not_review_it(licence: UUID) -> None:
    manager, colleague = (accounts.user(Role.LICENSING_MANAGER) for _ in range(2))
    with acting_as(accounts.open_session(manager)):
        user = acting(manager)
        decision = changes.decide(user, changes.About(licence), decisions.suspension())
        db.session.commit()
        given = {"authority": user.authority.id, "decision": decision, "day": dates.today(), "words": b"x"}
        with pytest.raises(ProgrammingError, match="row-level security"), db.session.begin_nested():
            db.session.execute(text(REVIEW), {**given, "reviewer": manager})
    with acting_as(accounts.open_session(colleague)):
        db.session.execute(text(REVIEW), {**given, "reviewer": colleague})
