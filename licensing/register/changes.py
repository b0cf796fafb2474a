"""Changing the registers. Each verb writes its audit entry beside the change; the view commits."""

from uuid import UUID

from flask import current_app
from sqlalchemy.exc import IntegrityError

from licensing.accounts.acting import ActingUser
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.errors import RuleBroken
from licensing.matching.identifiers import normalise
from licensing.register import queries
from licensing.register.details import LicenceDetails, PersonDetails
from licensing.register.rows import Rows

# Town Police Clauses Act 1847 s.46 and Local Government (Miscellaneous Provisions) Act 1976 s.51: districts issue.
NOT_ISSUED_HERE = "{} does not issue drivers’ licences: the district or unitary council of the area does."


def add_person(user: ActingUser, details: PersonDetails) -> UUID:
    """Add a person with a licence to the acting authority's register. RuleBroken when the number is taken."""
    if details.licences and not queries.licenses_drivers(user.authority.id):
        raise RuleBroken(NOT_ISSUED_HERE.format(user.authority.name))
    for licence in details.licences:
        _check_licence(licence)
    rows = Rows(user.authority.id, current_app.config["KEYS"])
    person_id = rows.add_person(details)
    try:
        rows.write()
    except IntegrityError as error:  # sent twice at once: the other one was first
        raise _taken(details.licences[0]) from error
    audit.record(
        Action.ADDED,
        ObjectKind.PERSON,
        person_id,
        details={"licences": [licence.kind.value for licence in details.licences]},
    )
    return person_id


def _check_licence(licence: LicenceDetails) -> None:
    if queries.licence_number_is_taken(licence.kind, normalise(licence.number)):
        raise _taken(licence)


def _taken(licence: LicenceDetails) -> RuleBroken:
    return RuleBroken(
        f"{licence.kind.label} licence {licence.number} is on your register already. Check the number, "
        "or open that record.",
        "number",
    )
