"""A request for what a council holds on somebody, made and decided on by the room's own ways."""

from datetime import date
from typing import Any
from uuid import UUID

from factories import accounts
from factories.disruption import as_user
from sqlalchemy import text

from licensing import dates
from licensing.db import db
from licensing.permissions import Role
from licensing.setup import owner_session
from licensing.subject_access import changes, queries
from licensing.subject_access.changes import Received
from licensing.subject_access.rules import Weighed
from licensing.subject_access.words import Ruling

HOLD = Weighed(Ruling.HOLD, "CRIME", harm_test_by="A. Sample", reason="It would warn them of the enquiry")


def officer(code: str = accounts.OXFORD) -> UUID:
    return accounts.user(Role.INFORMATION_OFFICER, code)


def ask(officer_id: UUID, person_id: UUID, received_on: date | None = None, **more: Any) -> UUID:
    """Somebody of the council's register asks what is held on them."""
    with owner_session() as session:
        reference = session.scalar(text("SELECT reference FROM person WHERE id = :id"), {"id": person_id})
    with as_user(officer_id) as user:
        people = queries.people_found("", None, str(reference)).shown
        found = next(one for one in people if one.person_id == person_id)
        received = Received(received_on or dates.today(), more.pop("proof_asked", False), **more)
        made = changes.record(user, found, received)
        db.session.commit()
        return made


def decide(officer_id: UUID, request_id: UUID, record_id: UUID, weighed: Weighed | None = None) -> None:
    with as_user(officer_id) as user:
        changes.decide(user, request_id, record_id, weighed or Weighed(Ruling.GIVE))
        db.session.commit()


def answer(officer_id: UUID, request_id: UUID) -> None:
    """Hold what nothing was decided about, and answer."""
    with as_user(officer_id) as user:
        for one in queries.held(request_id):
            if one.ruling is None:
                changes.decide(user, request_id, one.record_id, HOLD)
        changes.answer(user, request_id, dates.today())
        db.session.commit()


def asked(code: str, person_id: UUID) -> dict[str, UUID]:
    """A request with one decision. The ids by the names of the routes."""
    one = officer(code)
    request_id = ask(one, person_id)
    decide(one, request_id, person_id)
    return {"subject_request_id": request_id, "held_id": person_id}
