"""Concerns in every state, raised and answered by the room's own ways."""

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

from factories import accounts
from sqlalchemy import text

from licensing.accounts.acting import ActingUser, who_is_acting
from licensing.concerns.changes import following, raising, referring, staff
from licensing.concerns.changes.raising import Said
from licensing.concerns.changes.staff import SaidOfStaff
from licensing.concerns.rules import About
from licensing.db import acting_as, db
from licensing.permissions import Role
from licensing.setup import owner_session

WORDS = "A silver car with two men waited by the school gate."
SEEN = Said(About.DRIVER, True, "Mohammed Khan, badge 417", WORDS, "On Friday", "01865 000000", "CASE/1")
OF_STAFF = SaidOfStaff("A badge was given without the checks.", "In May", "", unnamed=False)


def raise_one(user_id: UUID, said: Said = SEEN, to: str = accounts.OXFORD) -> UUID:
    """Somebody raises a concern with a council."""
    concern_id, council = uuid4(), accounts.authority_id(to)
    with acting_as(accounts.open_session(user_id)):
        assert raising.raise_concern(_user(), concern_id, said, council, council_known=True)
        db.session.commit()
    return concern_id


def raise_of_staff(user_id: UUID, said: SaidOfStaff = OF_STAFF, to: str = accounts.OXFORD) -> tuple[UUID, str]:
    """Somebody raises a concern about staff; its id and reference."""
    concern_id, council = uuid4(), accounts.authority_id(to)
    with acting_as(accounts.open_session(user_id)):
        reference = staff.raise_staff_concern(concern_id, said, council)
        db.session.commit()
    assert reference
    return concern_id, reference


def name_contact(user_id: UUID, code: str = accounts.OXFORD) -> None:
    """An administrator names who receives concerns about staff."""
    with acting_as(accounts.open_session(accounts.user(Role.ADMINISTRATOR, code))):
        staff.name_contact(_user(), user_id)
        db.session.commit()


def concerned(code: str, officer: UUID, person_id: UUID, contact: UUID) -> dict[str, UUID]:
    """One concern raised by an officer, acknowledged and referred to the own council's designated officers; one about
    staff; and who the contact is. The ids by the names of the routes."""
    concern_id = raise_one(officer, replace(SEEN, in_danger=False), code)
    with owner_session() as session:
        reference = session.scalar(text("SELECT reference FROM person WHERE id = :id"), {"id": person_id})
    with acting_as(accounts.open_session(officer)):
        user = _user()
        following.acknowledge(user, concern_id, "Thank you. We look into it.")
        following.link(user, concern_id, str(reference))
        following.refer_to_mash(user, concern_id, db.session.scalar(text("SELECT current_date")), "Rang", "MASH/1")  # pyright: ignore[reportArgumentType]
        referring.refer_to_lado(user, concern_id, accounts.authority_id(accounts.COUNTY), "He drives for a school.")
        db.session.commit()
    with owner_session() as session:  # as where one council does all of it
        to_own = "UPDATE concern SET lado_authority_id = authority_id WHERE id = :id"
        session.execute(text(to_own), {"id": concern_id})
        session.commit()
    name_contact(contact, code)
    about_staff, _ = raise_of_staff(officer, to=code)
    with acting_as(accounts.open_session(contact)):
        staff.note_look(about_staff)
        staff.note(about_staff, "To be asked about.")
        db.session.commit()
    return {
        "concern_id": concern_id,
        "raised_id": concern_id,
        "referred_id": concern_id,
        "staff_concern_id": about_staff,
    }


def linked(user_id: UUID, record_id: UUID, on: date, *, table: str = "person", passed_from: UUID | None = None) -> UUID:
    """A concern that somebody raised on a day and linked with a record of the register."""
    made = raise_one(user_id)
    with owner_session() as session:
        found = text(f"SELECT reference FROM {table} WHERE id = :id")
        reference = session.scalar(found, {"id": record_id})
    with acting_as(accounts.open_session(user_id)):
        following.link(_user(), made, str(reference))
        db.session.commit()
    with owner_session() as session:
        raised = "UPDATE concern SET raised_on = :on, passed_from_id = :passed_from WHERE id = :id"
        session.execute(text(raised), {"on": on, "passed_from": passed_from, "id": made})
        session.commit()
    return made


def lead_to_complaint(concern_id: UUID) -> None:
    """It came to the one complaint that there is."""
    led_to = (
        "INSERT INTO concern_step (id, authority_id, concern_id, kind, on_day, object_kind, object_id, by_id)"
        " SELECT gen_random_uuid(), n.authority_id, n.id, 'complaint', n.raised_on, 'complaint', c.id, n.raised_by"
        " FROM concern n CROSS JOIN complaint c WHERE n.id = :id"
    )
    with owner_session() as session:
        session.execute(text(led_to), {"id": concern_id})
        session.commit()


def _user() -> ActingUser:
    db.session.rollback()
    user = who_is_acting()
    assert user is not None
    return user
