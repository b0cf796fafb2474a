"""People and premises as rows for tables and summary cards."""

from collections.abc import Callable, Sequence
from datetime import date

from flask import url_for
from markupsafe import Markup

from licensing.dates import in_words
from licensing.register.details import LicenceDetails, PersonDetails
from licensing.register.identifiers import LABELS, shown_identifiers
from licensing.register.likeness import Likely
from licensing.register.models import Licence, Person, Premises

Row = tuple[str, str | Markup | None]
Address = Callable[[str], str]

_LINK = Markup('<a class="govuk-link" href="{}">{}</a>')

FOOD_BUSINESS_TYPES = {
    1: "Restaurant, café or canteen",
    5: "Hospital, childcare or caring premises",
    7: "Distributor or transporter",
    14: "Importer or exporter",
    4613: "Other retailer",
    7838: "Farmer or grower",
    7839: "Manufacturer or packer",
    7840: "Supermarket or hypermarket",
    7841: "Other catering premises",
    7842: "Hotel, bed and breakfast or guest house",
    7843: "Pub, bar or nightclub",
    7844: "Takeaway or sandwich shop",
    7845: "School, college or university",
    7846: "Mobile caterer",
}


def person_rows(person: Person) -> list[Row]:
    """The person's summary card; the address is the last recorded."""
    address = person.addresses[0] if person.addresses else None
    others = "; ".join(f"{one.given_names} {one.family_name} ({one.kind})" for one in person.other_names)
    identifiers: list[Row] = list(shown_identifiers(person))
    return [
        ("Name", person.name),
        ("Other names", others),
        ("Date of birth", in_words(person.date_of_birth) if person.date_of_birth else None),
        (
            "Address",
            ", ".join(part for part in (address.lines, address.postcode) if part) if address else None,
        ),
        *identifiers,
        ("Key in your own system", person.source_id),
    ]


def details_rows(details: PersonDetails) -> list[Row]:
    """Answers about a person, to be checked."""
    others = "; ".join(f"{one.given_names} {one.family_name}" for one in details.other_names)
    return [
        ("Given names", details.given_names),
        ("Family name", details.family_name),
        ("Date of birth", in_words(details.date_of_birth) if details.date_of_birth else None),
        ("Another name", others),
        ("Home address", ", ".join(part for part in (details.address, details.postcode) if part)),
        *((LABELS[kind], value) for kind, value in details.identifiers),
    ]


def licence_rows(licence: LicenceDetails) -> list[Row]:
    """Answers about a licence, to be checked."""
    granted = licence.events[0]
    days = (
        ("Grant decided", granted.decided_on),
        ("First day", granted.starts_on),
        ("Last day", granted.expires_on),
    )
    return [
        ("Licence", licence.kind.label),
        ("Licence number", licence.number),
        ("Badge number", licence.badge_no),
        *((label, in_words(day) if day else None) for label, day in days),
    ]


def people_rows(people: Sequence[Person], day: date, address: Address = str) -> list[dict[str, str | Markup | None]]:
    """A list of people: what tells them apart, and what they hold on a day. `address` finishes each link's address."""
    return [_person_row(person, day, address) for person in people]


def likely_rows(found: Sequence[Likely], day: date) -> list[dict[str, str | Markup | None]]:
    return [{**_person_row(one.person, day), "band": one.match.band.capitalize()} for one in found]


def _person_row(person: Person, day: date, address: Address = str) -> dict[str, str | Markup | None]:
    return {
        "name": _LINK.format(address(url_for("register.show_person", person_id=person.id)), person.name),
        "born": in_words(person.date_of_birth) if person.date_of_birth else None,
        "licences": Markup("<br>").join(_held(licence, day) for licence in person.licences),
        "reference": person.reference,
    }


def _held(licence: Licence, day: date) -> str:
    return f"{licence.kind.label} {licence.number}: {licence.status_on(day).label.lower()}"


def premises_rows(premises: Sequence[Premises], address: Address = str) -> list[dict[str, str | Markup | None]]:
    """A list of places. `address` finishes each link's address."""
    return [
        {
            "name": _LINK.format(address(url_for("register.show_premises", premises_id=one.id)), one.name),
            "kind": one.kind.label,
            "address": _address(one),
            "rating": _rating(one),
        }
        for one in premises
    ]


def place_rows(premises: Premises) -> list[Row]:
    return [
        ("Kind", premises.kind.label),
        ("Address", _address(premises)),
        ("Unique property reference number (UPRN)", str(premises.uprn) if premises.uprn else None),
    ]


def layers(premises: Premises) -> list[tuple[str, list[Row]]]:
    """What a place is obliged to, layer by layer: what is known, and what nobody has checked here."""
    food = premises.food_registration
    found: list[tuple[str, list[Row]]] = []
    if food:
        kind = FOOD_BUSINESS_TYPES.get(food.business_type, f"Type {food.business_type}")
        found.append(
            (
                "Food business registration",
                [
                    ("Registered as", kind),
                    ("Rating", _rating(premises)),
                    ("Food Hygiene Rating Scheme number", str(food.fhrs_id)),
                    ("Council’s own number", food.council_key),
                    ("Last seen in the extract of", in_words(food.extracted_on)),
                ],
            )
        )
    if premises.kind.takes_guests:
        found.append(
            (
                "Alcohol and entertainment",
                [
                    (
                        "Licensing Act 2003 licence",
                        "None recorded. Not required unless there is a licensable activity",
                    )
                ],
            )
        )
        found.append(
            (
                "Other duties of a place that takes guests",
                [("Fire safety", "Not checked here"), ("Guest records", "Not checked here")],
            )
        )
    return found


def _address(premises: Premises) -> str:
    return ", ".join(part for part in (premises.address_lines, premises.postcode) if part)


def _rating(premises: Premises) -> str | None:
    food = premises.food_registration
    if not food or not food.ratings:
        return None
    latest = food.ratings[0]
    return f"{latest.rating}, {in_words(latest.rated_on)}" if latest.rated_on else latest.rating
