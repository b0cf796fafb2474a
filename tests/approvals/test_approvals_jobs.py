"""Writing to those who may approve: every one of them, in each council concerned, and nobody else."""

from collections import Counter
from uuid import UUID, uuid4

import pytest
from approvals.proposals import KIND, REFUSED, Done, acting, note_what_is_done, propose, sqlstate_of
from factories import accounts
from flask import Flask
from mail.conftest import SentMail
from sqlalchemy import text

from licensing.approvals import changes
from licensing.audit.rules import ObjectKind
from licensing.db import db
from licensing.permissions import Role
from licensing.setup import owner_session


@pytest.fixture
def done(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Done:
    return note_what_is_done(monkeypatch)


def user(name: str, role: Role, code: str = accounts.OXFORD) -> UUID:
    return accounts.user(role, code, email=f"{name}@example.org")


def close(user_id: UUID) -> None:
    with owner_session() as session:
        session.execute(text("UPDATE user_account SET status = 'closed' WHERE id = :id"), {"id": user_id})
        session.commit()


def written_to(sent: SentMail) -> Counter[str]:
    return Counter(str(one["To"]).partition("@")[0] for one in sent())


def test_everybody_who_may_decide_is_written_to_once_and_nobody_else(done: Done, sent: SentMail) -> None:
    officer = user("officer", Role.LICENSING_OFFICER)
    for name in ("first", "second"):
        user(name, Role.LICENSING_MANAGER)
    close(user("gone", Role.LICENSING_MANAGER))
    user("auditor", Role.AUDITOR)
    user("theirs", Role.LICENSING_MANAGER, accounts.CHERWELL)
    user("elsewhere", Role.LICENSING_MANAGER, accounts.WEST)
    propose(officer)
    assert written_to(sent) == {"first": 1, "second": 1}
    propose(officer, accounts.CHERWELL)
    assert written_to(sent) == {"first": 2, "second": 2, "theirs": 1}
    (mail, *_) = sent()
    assert "https://licensing.example.org/approvals\n" in mail.get_content()
    assert "Petra" not in mail.get_content()
    assert "court" not in mail.get_content()


def test_neither_the_proposer_nor_whom_it_is_about_is_written_to(done: Done, sent: SentMail) -> None:
    manager, about = user("manager", Role.LICENSING_MANAGER), user("about", Role.LICENSING_MANAGER)
    user("other", Role.LICENSING_MANAGER)
    propose(manager, object_id=about)
    assert written_to(sent) == {"other": 1}


def test_nobody_is_written_to_about_what_was_rolled_back_or_taken_back(done: Done, sent: SentMail) -> None:
    officer = user("officer", Role.LICENSING_OFFICER)
    user("manager", Role.LICENSING_MANAGER)
    with acting(officer):
        changes.propose(KIND, ObjectKind.PERSON, uuid4(), {"of": ""}, "Asked for by the court")
        db.session.rollback()
    proposal_id = propose(officer)
    with acting(officer):
        changes.withdraw(proposal_id)
        db.session.commit()
    assert written_to(sent) == {}


@pytest.mark.parametrize("role", [Role.LICENSING_MANAGER, Role.ADMINISTRATOR])
def test_who_may_approve_is_told_to_the_job_alone(app: Flask, role: Role) -> None:
    with acting(accounts.user(role)):
        assert sqlstate_of("SELECT * FROM approvers_to_tell()") == REFUSED
