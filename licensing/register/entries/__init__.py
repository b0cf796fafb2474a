"""Everything an officer keeps by hand: which form, on which record, and what becomes of its answers.

Each entry is asked, checked and kept by the same pages (views/entries.py). To add one, declare it here.
"""

from functools import partial
from typing import Any

from licensing.register import queries
from licensing.register.changes import events, licences, people, positions, things
from licensing.register.entries.entry import Entry, adds, adds_licence, corrects, does, nothing
from licensing.register.entries.offers import offer_correction, offer_ending, offer_events_of, offer_kinds, offer_parts
from licensing.register.entries.standing import (
    events_state,
    licence_answers,
    organisation_answers,
    person_answers,
    positions_state,
    premises_answers,
    vehicle_answers,
)
from licensing.register.events import RecordKind
from licensing.register.forms import licences as licence_forms
from licensing.register.forms import people as people_forms
from licensing.register.forms import positions as position_forms
from licensing.register.forms import things as thing_forms
from licensing.register.forms.entries import EntryForm

PERSON, ORGANISATION, VEHICLE, PREMISES, LICENCE = (
    RecordKind.PERSON,
    RecordKind.ORGANISATION,
    RecordKind.VEHICLE,
    RecordKind.PREMISES,
    RecordKind.LICENCE,
)


_PLURALS = {
    PERSON: "people",
    ORGANISATION: "organisations",
    VEHICLE: "vehicles",
    PREMISES: "premises",
    LICENCE: "licences",
}
_SAYS = {PERSON: "person", ORGANISATION: "organisation", VEHICLE: "vehicle", PREMISES: "premises", LICENCE: "licence"}


def _correction_entry(on: RecordKind, form: type[EntryForm], keep: Any, initial: Any, state: Any, offer: Any) -> Entry:
    return Entry(
        f"correct_{_SAYS[on]}",
        "correct",
        f"Correct this {_SAYS[on]}’s details" if on is not PREMISES else "Correct this place’s details",
        "Correct the record",
        form,
        corrects(on, keep),
        on,
        initial=initial,
        state=state,
        offer=offer,
    )


ENTRIES: tuple[Entry, ...] = (
    Entry(
        "add_organisation",
        "add",
        "Add an organisation",
        "Add to the register",
        thing_forms.OrganisationForm,
        adds(ORGANISATION, things.add_organisation, "The organisation is on your register."),
    ),
    Entry(
        "add_vehicle",
        "add",
        "Add a vehicle",
        "Add to the register",
        thing_forms.VehicleForm,
        adds(VEHICLE, things.add_vehicle, "The vehicle is on your register. Now add its licence."),
    ),
    Entry(
        "add_premises",
        "add",
        "Add a place",
        "Add to the register",
        thing_forms.PremisesForm,
        adds(PREMISES, things.add_premises, "The place is on your register."),
    ),
    _correction_entry(
        PERSON,
        people_forms.PersonCorrectionForm,
        people.correct_person,
        person_answers,
        lambda record_id: people.person_state(queries.person(record_id)),
        nothing,
    ),
    _correction_entry(
        ORGANISATION,
        thing_forms.OrganisationCorrectionForm,
        things.correct_organisation,
        organisation_answers,
        lambda record_id: things.organisation_state(queries.organisation(record_id)),
        nothing,
    ),
    _correction_entry(
        VEHICLE,
        thing_forms.VehicleCorrectionForm,
        things.correct_vehicle,
        vehicle_answers,
        lambda record_id: things.vehicle_state(queries.vehicle(record_id)),
        nothing,
    ),
    _correction_entry(
        PREMISES,
        thing_forms.PremisesCorrectionForm,
        things.correct_premises,
        premises_answers,
        lambda record_id: things.premises_state(queries.premises(record_id)),
        nothing,
    ),
    _correction_entry(
        LICENCE,
        licence_forms.LicenceCorrectionForm,
        licences.correct_licence,
        licence_answers,
        lambda record_id: licences.licence_state(queries.licence(record_id)),
        offer_correction,
    ),
    Entry(
        "record_name",
        "name",
        "Record another name",
        "Record the name",
        people_forms.NameForm,
        does(PERSON, people.record_name, "The name is recorded."),
        PERSON,
        state=lambda record_id: people.person_state(queries.person(record_id)),
    ),
    Entry(
        "record_address",
        "address",
        "Record a new address",
        "Record the address",
        people_forms.AddressForm,
        does(PERSON, people.record_address, "The address is recorded."),
        PERSON,
    ),
    Entry(
        "record_death",
        "death",
        "Record that this person died",
        "Record the death",
        people_forms.DeathForm,
        does(PERSON, people.record_death, "The death is recorded, and what ended by it."),
        PERSON,
        warning="Licences of their own end by it, and premises licences lapse. Stop letters to them; speak to the "
        "estate about vehicles.",
    ),
    Entry(
        "record_mark",
        "registration",
        "Record a new registration",
        "Record the registration",
        thing_forms.NewMarkForm,
        does(
            VEHICLE, things.give_new_mark, "The new registration is recorded. The former one still finds the vehicle."
        ),
        VEHICLE,
        state=lambda record_id: things.vehicle_state(queries.vehicle(record_id)),
    ),
    Entry(
        "record_obligation",
        "obligation",
        "Record that an obligation was checked",
        "Record the check",
        thing_forms.ObligationForm,
        does(PREMISES, things.record_obligation, "The check is recorded."),
        PREMISES,
    ),
    *(
        Entry(
            f"add_licence_of_{_SAYS[on]}",
            "licence",
            "Add a licence or authorisation",
            "Add to the register",
            licence_forms.LicenceForm,
            adds_licence(on),
            on,
            offer=offer_kinds(on),
        )
        for on in (PERSON, ORGANISATION, VEHICLE, PREMISES)
    ),
    Entry(
        "record_event",
        "event",
        "Record what happened",
        "Record this",
        licence_forms.EventForm,
        does(LICENCE, events.record_event, "It is recorded, and the status follows from it."),
        LICENCE,
        state=events_state,
        offer=offer_events_of,
        first="event",
    ),
    Entry(
        "void_licence",
        "void",
        "Declare this licence void",
        "Ask for approval",
        licence_forms.VoidForm,
        does(LICENCE, events.propose_void, "A second person has been asked to agree. Until then it stays as it is."),
        LICENCE,
        state=events_state,
        warning="For a licence that was issued by mistake. It is void once a second person agrees.",
    ),
    Entry(
        "record_number",
        "number",
        "Record a new badge or plate",
        "Record the number",
        licence_forms.NewNumberForm,
        does(LICENCE, licences.give_new_number, "The new number is recorded. The former one still finds the licence."),
        LICENCE,
        state=lambda record_id: licences.licence_state(queries.licence(record_id)),
    ),
    Entry(
        "transfer_licence",
        "transfer",
        "Transfer this licence",
        "Transfer it",
        position_forms.TransferForm,
        does(LICENCE, positions.transfer, "The licence is transferred. Its former holder stays in its history."),
        LICENCE,
        state=events_state,
    ),
    *(
        Entry(
            f"add_part_in_{_SAYS[on]}",
            "part",
            "Record who is involved",
            "Record this",
            position_forms.PositionForm,
            does(on, partial(positions.add_position, on), "That they are involved is recorded."),
            on,
            state=positions_state(on),
            offer=offer_parts(on),
        )
        for on in (ORGANISATION, VEHICLE, PREMISES, LICENCE)
    ),
    *(
        Entry(
            f"end_part_in_{_SAYS[on]}",
            "part-ended",
            "Record that somebody is no longer involved",
            "Record the end",
            position_forms.PositionEndForm,
            does(on, partial(positions.end_position, on), "The end is recorded."),
            on,
            state=positions_state(on),
            offer=offer_ending(on),
        )
        for on in (ORGANISATION, VEHICLE, PREMISES, LICENCE)
    ),
)
BY_NAME = {entry.name: entry for entry in ENTRIES}
ADDS = {"add_organisation": ORGANISATION, "add_vehicle": VEHICLE, "add_premises": PREMISES}


def address_of(entry: Entry) -> str:
    """The route of an entry's form."""
    on = entry.on or ADDS[entry.name]
    middle = f"<uuid:{argument_of(on)}>/" if entry.on else ""
    return f"/{_PLURALS[on]}/{middle}{entry.path}"


def argument_of(kind: RecordKind) -> str:
    """What the id of a record of this kind is called in addresses."""
    return f"{kind.value}_id"
