"""Concerns in each state, raised with the councils of the samples, and one about staff with its contact."""

from uuid import UUID, uuid4

from sqlalchemy import select

from licensing import dates
from licensing.accounts.acting import ActingUser
from licensing.accounts.commands import on_behalf_of
from licensing.accounts.models import User
from licensing.concerns import queries, staff_queries
from licensing.concerns.changes import following, raising, referring, staff
from licensing.concerns.changes.raising import Said
from licensing.concerns.changes.staff import SaidOfStaff
from licensing.concerns.rules import About
from licensing.db import db
from licensing.permissions import Role
from licensing.register.models import Person
from licensing.sample.councils import OXFORD, Council
from licensing.sample.users import SampleUser, licensing_officer

_WHEN, _CONTACT = "Last Friday at about 10pm", "01865 000000 (sample)"
_SAID = (
    Said(About.PREMISES, False, "A guesthouse (sample)", "Young people come and go at night.", _WHEN, _CONTACT, ""),
    Said(About.VEHICLE, False, "A silver saloon (sample)", "It waits by the school gate.", _WHEN, _CONTACT, ""),
    Said(About.DRIVER, True, "A driver, badge 417 (sample)", "He offered a girl cigarettes.", _WHEN, _CONTACT, "S/1"),
    Said(About.OPERATOR, False, "A booking office (sample)", "Nobody asks who books for a child.", _WHEN, "", ""),
)
_STAFF = SaidOfStaff("A badge was handed over before the checks were back.", "In spring", "", unnamed=False)


def raise_concerns(council: Council) -> None:
    """One to be acknowledged, one acknowledged, one referred to the MASH and the LADO, one closed; commits."""
    with on_behalf_of(licensing_officer(council).email) as officer:
        made = [_raise(officer, said) for said in _SAID]
        _, acknowledged, referred, closed = made
        # Each step is of its own moment, as when somebody takes it.
        db.session.commit()
        for one in (acknowledged, referred, closed):
            following.acknowledge(officer, one, "Thank you for telling us. We look into it and write here again.")
            db.session.commit()
        if person := db.session.scalars(select(Person.reference).order_by(Person.reference).limit(1)).first():
            following.link(officer, referred, person)
            db.session.commit()
        following.refer_to_mash(officer, referred, dates.today(), "The duty officer rang the hub", "MASH/SAMPLE/1")
        db.session.commit()
        for one, _ in queries.with_designated_officers(dates.today())[:1]:
            referring.refer_to_lado(officer, referred, one, "The driver carries children to school.")
        following.take_no_action(officer, closed, "The office was visited: bookings for children are asked about.")
        db.session.commit()
    if council is OXFORD:
        _about_staff(council)


def _raise(officer: ActingUser, said: Said) -> UUID:
    concern_id = uuid4()
    raising.raise_concern(officer, concern_id, said, officer.authority.id, council_known=True)
    return concern_id


def _about_staff(council: Council) -> None:
    """The information officer is the contact, and one concern waits for them."""
    contact = SampleUser(council, Role.INFORMATION_OFFICER).email
    with on_behalf_of(SampleUser(council, Role.ADMINISTRATOR).email) as administrator:
        if not staff_queries.has_contact(administrator.authority.id):
            found = db.session.scalars(select(User.id).where(User.email == contact)).one()
            staff.name_contact(administrator, found)
        db.session.commit()
    with on_behalf_of(SampleUser(council, Role.BRIEFING_READER).email) as reader:
        staff.raise_staff_concern(uuid4(), _STAFF, reader.authority.id)
        db.session.commit()
