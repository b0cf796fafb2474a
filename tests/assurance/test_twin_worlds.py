"""Two worlds that differ in one hidden case, and nobody who is not entitled can tell which is which."""

from collections.abc import Callable
from uuid import UUID

import pytest
from accounts import two_councils
from accounts.two_councils import Council
from assurance import worlds
from doors import Visitor, visitor
from factories import accounts, allegations, shared_cases
from flask import Flask
from sqlalchemy import text
from telling import FULL, Tell

from licensing.allegations import access
from licensing.allegations.changes import cases as changes
from licensing.allegations.words import EntryKind
from licensing.allegations.words_of_sharing import Level, LookPurpose
from licensing.db import acting_as, db
from licensing.permissions import Role
from licensing.setup import owner_session

Setting = tuple[list[Visitor], tuple[Council, Council], UUID]
SAMPLE = (Role.LICENSING_MANAGER,)
EVERY = 1 if FULL else 5


def opened(lado: UUID, person_id: UUID) -> UUID:
    """The hidden case, of which a council other than those that are asked knows that it is to ring."""
    case_id = allegations.open_case(lado, person_id)
    shared_cases.share(lado, case_id, accounts.CHERWELL, level=Level.CONTACT)
    return case_id


def edited(lado: UUID, case_id: UUID) -> None:
    with acting_as(accounts.open_session(lado)):
        access.look(case_id, LookPurpose.OWN_CASE)
        changes.note(allegations.acting(), case_id, EntryKind.CALL, "The operator rang back.")
        db.session.commit()


@pytest.fixture
def visitors(fast: Flask) -> Setting:
    """Everybody who is not entitled, at a district and at the county, with sessions that stand in both worlds."""
    accounts.agree(accounts.OXFORD, accounts.CHERWELL, accounts.COUNTY)
    oxford, cherwell = two_councils.fill(accounts.OXFORD), two_councils.fill(accounts.CHERWELL)
    roles = [role for role in Role if role is not Role.DESIGNATED_OFFICER] if FULL else list(SAMPLE)
    people = [visitor(fast, role) for role in roles]
    people.append(visitor(fast, Role.LICENSING_OFFICER, oxford.officer))
    # The county's own reviewer reads in its trail that a case was looked at.
    of_county = [role for role in roles if role is not Role.INDEPENDENT_REVIEWER] if FULL else [Role.AUDITOR]
    people += [visitor(fast, role, accounts.user(role, accounts.COUNTY)) for role in of_county]
    return people, (oxford, cherwell), oxford.person_id


def test_no_answer_to_the_unentitled_differs_by_a_hidden_case(
    fast: Flask,
    visitors: Setting,
    tell: Tell,
) -> None:
    people, councils, subject = visitors
    lado = allegations.officer()
    accounts.open_session(lado)  # in both worlds the designated officer is at work today
    worlds.copy_world(fast)
    case_id: list[UUID] = []
    steps: list[Callable[[], object]] = [lambda: case_id.append(opened(lado, subject))]
    if FULL:
        steps += [lambda: edited(lado, case_id[0]), lambda: shared_cases.close(lado, case_id[0])]
    compared, found = 0, []
    for hide in steps:
        hide()
        here = worlds.answers(fast, people, councils, EVERY)
        with worlds.in_twin(fast):
            there = worlds.answers(fast, people, councils, EVERY)
        compared += len(here)
        found += worlds.differences(here, there)
    # The broken build: the trail no longer keeps a designated officer's entries apart.
    with owner_session() as session:
        session.execute(text("ALTER TABLE audit_entry DISABLE TRIGGER divert"))
        session.commit()
    with acting_as(accounts.open_session(lado)):
        access.look(case_id[0], LookPurpose.OWN_CASE)
    auditors = [one for one in people if one.role is Role.AUDITOR]
    broken = worlds.answers(fast, auditors, councils)
    with worlds.in_twin(fast):
        control = worlds.differences(broken, worlds.answers(fast, auditors, councils))
    tell(
        "Twin worlds: answers to the unentitled that differ by a hidden case",
        count=compared,
        unexpected=found,
        control=len(control),
    )
