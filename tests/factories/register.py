"""People on a register, invented, by the product's own way of adding them."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from factories import accounts

from licensing.accounts.acting import who_is_acting
from licensing.db import acting_as, db
from licensing.permissions import Role
from licensing.register import changes
from licensing.register.catalogue import LicenceKind
from licensing.register.details import LicenceDetails, PersonDetails
from licensing.register.rules import Event, EventKind, RelevantInformation

GRANTED = Event(
    EventKind.GRANTED, decided_on=date(2024, 3, 1), starts_on=date(2024, 3, 1), expires_on=date(2027, 2, 28)
)
REVOKED = Event(
    EventKind.REVOKED,
    decided_on=date(2025, 5, 14),
    notified_on=date(2025, 5, 14),
    immediate=True,
    relevant_information=RelevantInformation.WHOLLY,
)
KHAN = PersonDetails(
    given_names="Mohammed Aslam",
    family_name="Khan",
    date_of_birth=date(1980, 3, 4),
    address="1 Sample Street, Sampleton",
    postcode="OX99 1AA",
    licences=(LicenceDetails(LicenceKind.DUAL_DRIVER, "CHE/DD/0417", "417", (GRANTED, REVOKED)),),
)
PLAIN = PersonDetails(
    given_names="Petra Example",
    family_name="Sampleová",
    date_of_birth=date(1991, 7, 23),
    licences=(LicenceDetails(LicenceKind.PRIVATE_HIRE_DRIVER, "PHD0001", events=(GRANTED,)),),
)


def numbered(number: int) -> PersonDetails:
    """One of many different people."""
    licence = replace(PLAIN.licences[0], number=f"PHD{number:05}")
    return replace(PLAIN, given_names=f"Sample{number}", family_name=f"Person{number}", licences=(licence,))


def add(details: PersonDetails, code: str) -> UUID:
    """Put somebody on an authority's register; returns the id."""
    officer = accounts.user(Role.LICENSING_OFFICER, code)
    with acting_as(accounts.open_session(officer)):
        db.session.rollback()
        user = who_is_acting()
        assert user is not None
        person_id = changes.add_person(user, details)
        db.session.commit()
        return person_id
