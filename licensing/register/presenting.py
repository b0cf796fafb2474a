"""People and premises as rows for tables and summary cards."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from flask import url_for
from markupsafe import Markup

from licensing.dates import in_words
from licensing.register.catalogue import CATALOGUE, Family, Held
from licensing.register.changes.corrections import differences_of
from licensing.register.details import LicenceDetails, PersonDetails
from licensing.register.duplicates import Like, Pair
from licensing.register.events import LicenceStatus, RecordKind
from licensing.register.identifiers import LABELS, shown_identifiers
from licensing.register.likeness import Likely
from licensing.register.models import Correction, Licence, ObligationCheck, Organisation, Person, Premises, Vehicle
from licensing.register.names import address_of_record, licence_name
from licensing.register.places import Activity, Obligation
from licensing.register.queries import Holding
from licensing.register.rules import entitlement_status
from licensing.tags import status_tag

Row = tuple[str, str | Markup | None]
Address = Callable[[str], str]

_LINK = Markup('<a class="govuk-link" href="{}">{}</a>')
_REFERRED = Markup('{}, <span class="unbroken">{}</span>')
_NOT_CHECKED = Markup('<strong class="govuk-tag govuk-tag--grey">Not checked</strong>')
NO_LICENCE = "No licence recorded. Not required unless licensable activity"

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
            on_one_line(address.lines, address.postcode) if address else None,
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
        ("Home address", on_one_line(details.address, details.postcode)),
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
        "licences": _all_held(person.licences, day),
        "reference": person.reference,
    }


def _all_held(licences: Sequence[Licence], day: date) -> str | Markup:
    """Each licence and its status on a day, on a line of its own."""
    held = ((licence_name(one), one.status_on(day)) for one in licences)
    return Markup("<br>").join(Markup("{} {}").format(name, status_tag(s, s.label)) for name, s in held) or "None"


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


def organisation_rows(organisation: Organisation) -> list[Row]:
    """The organisation's summary card."""
    return [
        ("Name", organisation.name),
        ("Kind", organisation.kind.label),
        ("Company number", organisation.company_no),
        ("Address", on_one_line(organisation.address_lines, organisation.postcode)),
        *([("Dissolved or wound up", in_words(organisation.ended_on))] if organisation.ended_on else []),
        ("Key in your own system", organisation.source_id),
    ]


def organisations_rows(
    found: Sequence[Organisation], held: Mapping[UUID | None, Sequence[Holding]], address: Address = str
) -> list[dict[str, Any]]:
    """A list of organisations, with what they hold."""
    return [
        {
            "name": _LINK.format(address(url_for("register.show_organisation", organisation_id=one.id)), one.name),
            "kind": one.kind.label,
            "licences": _counted(held[one.id]),
            "reference": one.reference,
        }
        for one in found
    ]


def _counted(held: Sequence[Holding]) -> str | Markup:
    """A single licence by its number, several by how many they are; each with its status, on a line of its own."""
    lines = (
        Markup("{} {} {}").format(
            one.kind.label if one.count == 1 else f"{one.count:,} × {one.kind.label.lower()}",
            one.number if one.count == 1 else "",
            status_tag(one.status, one.status.label),
        )
        for one in held
    )
    return Markup("<br>").join(lines) or "None"


def vehicle_rows(vehicle: Vehicle) -> list[Row]:
    """The vehicle's summary card."""
    return [
        ("Registration", vehicle.vrm),
        ("Make and model", " ".join(part for part in (vehicle.make, vehicle.model) if part)),
        ("Colour", vehicle.colour),
        ("Wheelchair accessible", {True: "Yes", False: "No", None: None}[vehicle.wheelchair_accessible]),
        ("Former registrations", "; ".join(_former(one.vrm, one.until_on) for one in vehicle.marks)),
        ("Key in your own system", vehicle.source_id),
    ]


def _former(number: str, until_on: date | None) -> str:
    return f"{number} until {in_words(until_on)}" if until_on else number


def vehicles_rows(found: Sequence[Vehicle], day: date, address: Address = str) -> list[dict[str, Any]]:
    """A list of vehicles, with their licences and status on a day."""
    return [
        {
            "vrm": _LINK.format(address(url_for("register.show_vehicle", vehicle_id=one.id)), one.vrm),
            "vehicle": " ".join(part for part in (one.colour, one.make, one.model) if part),
            "licences": _all_held(one.licences, day),
            "reference": one.reference,
        }
        for one in found
    ]


def licence_facts(licence: Licence, day: date) -> list[Row]:
    """The licence's summary card: its status on a day first."""
    entry = CATALOGUE[licence.kind]
    marks = "; ".join(_former(one.number, one.until_on) for one in licence.marks)
    numbered: list[Row] = [(licence.kind.number_label, licence.badge_no)] if licence.kind.number_label else []
    numbered += [(f"Former {licence.kind.number_label.lower()}s", marks)] if marks else []
    allowed = ", ".join(Activity(one).label for one in licence.activities)
    return [
        ("Number", licence.number),
        *numbered,
        *([("Activities", allowed)] if licence.kind.held is Held.PREMISES else []),
        ("First day", in_words(licence.starts_on) if licence.starts_on else None),
        ("Last day", _last_day(licence)),
        ("Law", entry.law if entry.is_licence else f"{entry.law}. It is not a licence."),
    ]


def _last_day(licence: Licence) -> str | None:
    if licence.expires_on:
        return in_words(licence.expires_on)
    return None if licence.kind.has_term else "Lasts until it is ended"


def entitlement_rows(licence: Licence, day: date) -> list[tuple[str, LicenceStatus]]:
    """Where one document stands for two licences: the status of each."""
    events = [event.as_event() for event in licence.standing_events]
    return [(one.label, entitlement_status(events, one, day)) for one in licence.kind.entitlements]


def whose(licence: Licence) -> list[tuple[str, str, str]]:
    """What the licence is for and who holds it: (words, name, address)."""
    holder = licence.person or licence.organisation
    found = [("Held by", RecordKind.PERSON if licence.person else RecordKind.ORGANISATION, holder)]
    found += [("For", RecordKind.VEHICLE, licence.vehicle), ("For", RecordKind.PREMISES, licence.premises)]
    return [
        (words, one.vrm if isinstance(one, Vehicle) else one.name, address_of_record(kind, one.id))
        for words, kind, one in found
        if one
    ]


def correction_entries(corrections: Sequence[tuple[Correction, str]]) -> list[dict[str, Any]]:
    """What was corrected, for the record's page: each with who, when, why and what."""
    return [
        {
            "at": correction.recorded_at,
            "by": name,
            "reason": correction.reason,
            "differences": differences_of(correction),
            "approved": correction.proposal_id is not None,
        }
        for correction, name in corrections
    ]


def pair_rows(pairs: Sequence[Pair]) -> list[dict[str, Any]]:
    """Pairs of records that may be one person, each leading to their comparison."""
    compare = Markup(
        '<a class="govuk-link" href="{}">Compare the two<span class="govuk-visually-hidden">: {} and {}</span></a>'
    )
    return [
        {
            "one": _REFERRED.format(pair.one.name, pair.one.reference),
            "other": _REFERRED.format(pair.other.name, pair.other.reference),
            "reasons": Markup("<br>").join(pair.reasons),
            "compare": compare.format(
                _comparison(pair.one.id, pair.other.id),
                pair.one.reference,
                pair.other.reference,
            ),
        }
        for pair in pairs
    ]


def _comparison(person_id: UUID, other_id: UUID) -> str:
    """The address of two records side by side; `with` is a word of the language."""
    query: dict[str, Any] = {"with": other_id}
    return url_for("register.merge_people", person_id=person_id, **query)


def like_rows(person_id: UUID, likes: Sequence[Like], day: date) -> list[dict[str, Any]]:
    """Records like one, with what agrees and what differs."""
    compare = Markup(
        '<a class="govuk-link" href="{}">Compare the two<span class="govuk-visually-hidden">, with {}</span></a>'
    )
    return [
        {
            **_person_row(like.person, day),
            "band": like.match.band.capitalize(),
            "why": _compared_words(like),
            "compare": compare.format(_comparison(person_id, like.person.id), like.person.reference),
        }
        for like in likes
    ]


def _compared_words(like: Like) -> str:
    told = (f"{field.replace('_', ' ')} {word}" for field, word in like.match.words.items())
    return "; ".join(words for words in told if not words.endswith("not asked")).capitalize()


def compared_rows(kept: Person, merged: Person) -> list[dict[str, Any]]:
    """Two records side by side, field by field."""

    def days(person: Person, name: str) -> str:
        day = getattr(person, name)
        return in_words(day) if day else "Not recorded"

    fields = [("name", "Name", kept.name, merged.name)]
    fields += [
        (name, label, days(kept, name), days(merged, name))
        for name, label in (("date_of_birth", "Date of birth"), ("deceased_on", "Date of death"))
    ]
    fields.append(
        ("source_id", "Key in your own system", kept.source_id or "Not recorded", merged.source_id or "Not recorded")
    )
    return [{"key": key, "field": label, "kept": one, "merged": other} for key, label, one, other in fields]


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
    if premises.kind.takes_guests or premises.obligation_checks:
        found.append(("Obligations checked or not checked", [_obligation(premises, one) for one in Obligation]))
    return found


def _obligation(premises: Premises, obligation: Obligation) -> Row:
    """A duty of a place of the register: its food registration and its licences stand above."""
    without = None
    if obligation is Obligation.FOOD_REGISTRATION and premises.food_registration:
        without = "Registered: see the food hygiene rating above"
    if obligation is Obligation.LICENSABLE_ACTIVITY:
        held = any(licence.kind.family is Family.PREMISES for licence in premises.licences)
        without = "Licence held: see above" if held else NO_LICENCE
    return obligation_row(obligation, premises.obligation_checks, without)


def obligation_row(obligation: Obligation, checks: Sequence[ObligationCheck], without: str | None) -> Row:
    """What the last check of a duty found, of checks newest first, or what is known without one.

    Never a breach for want of a licence.
    """
    last = next((one for one in checks if one.obligation is obligation), None)
    if last is None:
        return (obligation.label, without or _NOT_CHECKED)
    told = f"checked on {in_words(last.checked_on)} by {last.checked_by}"
    told = f"{told} ({last.reference})" if last.reference else told
    return (obligation.label, Markup("{} {}").format(status_tag(last.result, last.result.label), told))


def on_one_line(lines: str | None, postcode: str | None) -> str:
    """An address that was kept on several lines, with commas between them."""
    return ", ".join([*(lines or "").splitlines(), *([postcode] if postcode else [])])


def _address(premises: Premises) -> str:
    return on_one_line(premises.address_lines, premises.postcode)


def _rating(premises: Premises) -> str | None:
    food = premises.food_registration
    if not food or not food.ratings:
        return None
    latest = food.ratings[0]
    return f"{latest.rating}, {in_words(latest.rated_on)}" if latest.rated_on else latest.rating
