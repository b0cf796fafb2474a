"""From what was typed on a form to what a change asks for; RuleBroken where the answers do not fit together."""

from datetime import date
from typing import Any, Protocol
from uuid import UUID

import wtforms

from licensing import dates
from licensing.accounts.acting import signed_in_user
from licensing.accounts.models import Authority
from licensing.errors import RuleBroken
from licensing.matching.identifiers import IdentifierKind
from licensing.register import queries as register
from licensing.register.identifiers import LABELS, shown_identifiers
from licensing.register.models import Person
from licensing.register.presenting import on_one_line
from licensing.sharing.changes.disclosures import Told
from licensing.sharing.changes.exchanges import ToWhom
from licensing.sharing.models import RequestOut
from licensing.sharing.queries import exchanges as queries
from licensing.sharing.rules import Method
from licensing.sharing.sealing import particulars_of


class Addressed(Protocol):
    """A form that asks which authority, whom there and how."""

    @property
    def partner(self) -> wtforms.Field: ...
    @property
    def body(self) -> wtforms.Field: ...
    @property
    def contact(self) -> wtforms.Field: ...
    @property
    def method(self) -> wtforms.Field: ...


def to_whom(form: Addressed) -> ToWhom:
    """The authority that was chosen or typed: one of the two."""
    partners = {str(one.id): one for one in queries.partners(signed_in_user().authority.id, dates.today())}
    partner: Authority | None = partners.get(form.partner.data or "")
    body = form.body.data or ""
    if bool(partner) == bool(body):
        raise RuleBroken("Select a council, or enter an authority: one of the two", "partner")
    if form.method.data is Method.SERVICE and partner is None:
        raise RuleBroken("An authority outside this service is written to in another way", "method")
    return ToWhom(partner, body, form.contact.data or "", form.method.data)


def day_it_went(method: Method, typed: date | None, field: str = "sent_on") -> date:
    """Today where it goes in this service; else the day that was typed."""
    if method is Method.SERVICE:
        return dates.today()
    if typed is None:
        raise RuleBroken("Enter the day", field)
    return typed


def sending(row: RequestOut, authorised_by: str) -> Told:
    """What the log keeps of sending a request or a report."""
    kinds = ", ".join(kind.label for kind in particulars_of(row))
    return Told(
        fields=f"{kinds}, and what is written beside them",
        to_body=row.to_body,
        to_name=row.to_contact or "The licensing team",
        purpose=row.kind.label,
        authorised_by=UUID(authorised_by),
    )


def particulars_from(person: Person) -> dict[str, Any]:
    """What the register knows of a person, as the form offers it."""
    known = dict(shown_identifiers(person))
    address = person.addresses[0] if person.addresses else None
    return {
        "full_name": person.name,
        "date_of_birth": person.date_of_birth,
        "address": on_one_line(address.lines, address.postcode) if address else None,
        "ni_number": known.get(LABELS[IdentifierKind.NI_NUMBER]),
        "driver_number": known.get(LABELS[IdentifierKind.DRIVER_NUMBER]),
    }


def person_of_reference(reference: str | None, field: str) -> UUID | None:
    """The person of this reference on one's own register; None where nothing was typed."""
    if not reference:
        return None
    holder = register.holder_of_reference(reference)
    if not isinstance(holder, Person):
        raise RuleBroken("There is no person of this reference on your register", field)
    return holder.id
