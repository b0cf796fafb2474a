"""Opening a person's sealed identifiers for a page of their own authority."""

from flask import current_app

from licensing.matching.identifiers import IdentifierKind
from licensing.register.models import Person

LABELS = {
    IdentifierKind.NI_NUMBER: "National Insurance number",
    IdentifierKind.DRIVER_NUMBER: "Driving licence number",
    IdentifierKind.REGISTRATION_MARK: "Vehicle registration",
}


def shown_identifiers(person: Person) -> list[tuple[str, str]]:
    """(what it is, its value) for each identifier of the person, in a fixed order."""
    keys = current_app.config["KEYS"]
    return [
        (LABELS[one.kind], keys.open(one.sealed, "person_identifier", "sealed", one.id).decode())
        for one in sorted(person.identifiers, key=lambda one: list(LABELS).index(one.kind))
    ]
