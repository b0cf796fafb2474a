"""Proposals for the tests: a kind that notes that it was carried out, proposed by an officer."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

import pytest
from factories import accounts
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from licensing.approvals import changes, kinds
from licensing.approvals.kinds import ProposalKind, Registered, Shown
from licensing.approvals.models import Proposal
from licensing.audit.rules import ObjectKind
from licensing.db import acting_as, db
from licensing.errors import RuleBroken
from licensing.permissions import Permission

KIND = ProposalKind.EXPORT
CHANGED_SINCE = "The record was changed since this was asked for."


class Done(list[UUID]):
    """What was carried out; `refuses` makes carrying out find the record changed."""

    refuses = False

    def carry_out(self, proposal: Proposal) -> None:
        if self.refuses:
            raise RuleBroken(CHANGED_SINCE)
        self.append(proposal.id)


def note_what_is_done(monkeypatch: pytest.MonkeyPatch) -> Done:
    """Register the kind for one test."""
    done = Done()

    def shows(proposal: Proposal) -> Shown:
        return Shown("Download the whole register", [("Of", proposal.payload["of"])])

    entry = Registered(Permission.CHANGES_APPROVE, done.carry_out, shows)
    monkeypatch.setitem(kinds._registry, KIND, entry)
    return done


@contextmanager
def acting(user_id: UUID) -> Iterator[None]:
    """Whatever is done within is done by this user, in a transaction of its own."""
    with acting_as(accounts.open_session(user_id)):
        db.session.rollback()
        yield


def propose(by: UUID, *codes: str, object_id: UUID | None = None) -> UUID:
    """A committed proposal that also these other authorities must agree to."""
    with acting(by):
        proposal = changes.propose(
            KIND,
            ObjectKind.PERSON,
            object_id or uuid4(),
            {"of": "Petra Sampleová"},
            "Asked for by the court",
            authorities=[accounts.authority_id(code) for code in codes],
        )
        db.session.commit()
        return proposal.id


REFUSED = "42501"


def sqlstate_of(statement: str, **values: Any) -> str:
    """PostgreSQL's reason for refusing a statement of whoever acts; '' when it does not. Nothing is kept."""
    try:
        db.session.execute(text(statement), values)
    except DBAPIError as error:
        return str(getattr(error.orig, "sqlstate", ""))
    finally:
        db.session.rollback()
    return ""
