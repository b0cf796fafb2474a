"""A driver of Oxford asks what the council holds on them; nothing is decided yet."""

from datetime import date, timedelta

from sqlalchemy import select

from licensing.accounts.commands import on_behalf_of
from licensing.db import db
from licensing.permissions import Role
from licensing.register.models import Person
from licensing.sample.councils import OXFORD
from licensing.sample.users import SampleUser, licensing_officer
from licensing.subject_access import changes, queries
from licensing.subject_access.changes import Received
from licensing.suitability.models import Complaint

_WAITED = timedelta(days=20)


def ask(today: date) -> None:
    """One request about somebody of whom there is more than a licence; commits."""
    with on_behalf_of(licensing_officer(OXFORD).email):
        about = select(Person.reference).join(Complaint, Complaint.person_id == Person.id)
        reference = db.session.scalars(about.order_by(Person.reference).limit(1)).first()
        db.session.rollback()
    if reference is None:
        return
    with on_behalf_of(SampleUser(OXFORD, Role.INFORMATION_OFFICER).email) as officer:
        person = queries.people_found("", None, reference).shown[0]
        changes.record(officer, person, Received(today - _WAITED, proof_asked=False))
        db.session.commit()
