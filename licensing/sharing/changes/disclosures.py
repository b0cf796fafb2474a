"""The log of disclosures: an entry for everything that was told to somebody outside."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from licensing.accounts.acting import ActingUser
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.references import new_reference
from licensing.sharing.models import Disclosure
from licensing.sharing.rules import Basis, Method, check_not_before


@dataclass(frozen=True)
class Told:
    """What was told to whom, why, and on whose word; the law and the way are known from what it belongs to."""

    fields: str
    to_body: str
    to_name: str
    purpose: str
    authorised_by: UUID
    conditions: str | None = None
    review_on: date | None = None


def log_disclosure(
    user: ActingUser,
    told: Told,
    basis: Basis,
    method: Method,
    disclosed_on: date,
    *,
    person_id: UUID | None = None,
    request_in_id: UUID | None = None,
    request_out_id: UUID | None = None,
) -> Disclosure:
    """Add an entry to the log. RuleBroken for a review before the day itself."""
    if told.review_on:
        check_not_before(told.review_on, disclosed_on, "The review comes after the disclosure,", "review_on")
    row = Disclosure(
        id=uuid4(),
        authority_id=user.authority.id,
        reference=new_reference("ND"),
        person_id=person_id,
        request_in_id=request_in_id,
        request_out_id=request_out_id,
        fields=told.fields,
        to_body=told.to_body,
        to_name=told.to_name,
        purpose=told.purpose,
        basis=basis,
        authorised_by=told.authorised_by,
        method=method,
        disclosed_on=disclosed_on,
        conditions=told.conditions,
        review_on=told.review_on,
    )
    db.session.add(row)
    db.session.flush()
    audit.record(Action.ADDED, ObjectKind.NR3S_REQUEST, row.id, details={"disclosed_to": told.to_body, "basis": basis})
    return row
