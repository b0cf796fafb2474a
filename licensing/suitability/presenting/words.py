"""What the other modules of this folder share: links, holders, colleagues' names, a form's answers."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import url_for
from markupsafe import Markup

from licensing.dates import in_words
from licensing.register.models import Licence
from licensing.register.names import licence_name
from licensing.tasks.queries import names_of

LINK = Markup('<a class="govuk-link" href="{}">{}</a>')
Row = tuple[str, Any]


def holder_name(licence: Licence) -> str:
    """Whose a licence is, or what it is called where nobody's record holds it."""
    holder = licence.person or licence.organisation
    return holder.name if holder else licence_name(licence)


def licence_link(licence: Licence) -> Markup:
    return LINK.format(url_for("register.show_licence", licence_id=licence.id), licence_name(licence))


def holder_link(licence: Licence) -> Markup | str:
    if licence.person:
        return LINK.format(url_for("register.show_person", person_id=licence.person_id), licence.person.name)
    if licence.organisation:
        address = url_for("register.show_organisation", organisation_id=licence.organisation_id)
        return LINK.format(address, licence.organisation.name)
    return "Nobody is recorded"


def day(on: date | None) -> str | None:
    return in_words(on) if on else None


def colleague(user_id: UUID | None) -> str:
    """The name of a colleague."""
    if user_id is None:
        return "Nobody"
    return names_of({user_id}).get(user_id, "A former colleague")
