"""Making anew what follows from the facts: a licence's periods and term, and what the driver check compares."""

from collections import defaultdict
from collections.abc import Sequence
from typing import TypeVar
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import aliased

from licensing.db import db, insert_many, update_many
from licensing.keys import FieldKeys
from licensing.matching.hashes import identifier_key
from licensing.matching.identifiers import IdentifierKind, normalise
from licensing.matching.names import match_name
from licensing.matching.records import Record
from licensing.register.catalogue import LicenceKind
from licensing.register.events import Event
from licensing.register.match_rows import Row, add_match_keys, forget_match_keys, match_columns
from licensing.register.models import (
    EntitlementPeriod,
    Licence,
    LicenceEvent,
    LicencePeriod,
    Person,
    PersonAddress,
    PersonIdentifier,
    PersonMatch,
    PersonName,
)
from licensing.register.rows import entitlement_rows, period_rows, term

_AT_ONCE = 2_000

Value = TypeVar("Value", str, int)


def licences(licence_ids: Sequence[UUID]) -> None:
    """Derive these licences' periods and terms from their events as they now are."""
    for start in range(0, len(licence_ids), _AT_ONCE):
        _derive_licences(licence_ids[start : start + _AT_ONCE])


def _derive_licences(licence_ids: Sequence[UUID]) -> None:
    found = select(LicenceEvent, Licence.person_id, Licence.kind).join(Licence, Licence.id == LicenceEvent.licence_id)
    found = found.where(LicenceEvent.licence_id.in_(licence_ids), LicenceEvent.superseded_at.is_(None))
    events: dict[UUID, list[Event]] = defaultdict(list)
    ids: dict[UUID, Row] = {}
    kinds: dict[UUID, LicenceKind] = {}
    for row, person_id, kind in db.session.execute(found.order_by(LicenceEvent.recorded_at, LicenceEvent.id)):
        events[row.licence_id].append(row.as_event())
        kinds[row.licence_id] = kind
        ids[row.licence_id] = {
            "licence_id": row.licence_id,
            "person_id": person_id,
            "authority_id": row.authority_id,
        }
    for model in (LicencePeriod, EntitlementPeriod):
        db.session.execute(delete(model).where(model.licence_id.in_(licence_ids)))
    derived = [row for one, happened in events.items() for row in period_rows(ids[one], kinds[one], happened)]
    insert_many(LicencePeriod, derived)
    apart = [row for one, happened in events.items() for row in entitlement_rows(ids[one], kinds[one], happened)]
    insert_many(EntitlementPeriod, apart)
    update_many(Licence, [{"id": licence_id, **term(happened)} for licence_id, happened in events.items()])


def match_records(person_ids: Sequence[UUID], keys: FieldKeys) -> None:
    """Renew what the driver check compares of these people, and the keys under which they are found."""
    for start in range(0, len(person_ids), _AT_ONCE):
        _renew_matches(person_ids[start : start + _AT_ONCE], keys)


def _renew_matches(person_ids: Sequence[UUID], keys: FieldKeys) -> None:
    records = _records(person_ids, keys.matching_secret)
    refs = [record.ref for record in records]
    gone = {str(person_id) for person_id in person_ids} - set(refs)  # merged into another: found no more
    forget_match_keys([*refs, *gone])
    update_many(PersonMatch, [match_columns(Record(ref), keys) for ref in sorted(gone)], key="person_id")
    update_many(PersonMatch, [match_columns(record, keys) for record in records], key="person_id")
    add_match_keys(refs)


def _records(person_ids: Sequence[UUID], secret: bytes) -> list[Record]:
    """The people as the matching wants them, from all their names, addresses, identifiers and numbers."""
    people = db.session.execute(
        select(Person.id, Person.given_names, Person.family_name, Person.date_of_birth)
        .where(Person.id.in_(person_ids), Person.merged_into_id.is_(None))
        .order_by(Person.id)
    ).all()
    names, postcodes, identifiers = _other_names(person_ids), _postcodes(person_ids), _identifiers(person_ids, secret)
    return [
        Record(
            str(one),
            _once([match_name(given, family), *names[one]]),
            born,
            _once(postcodes[one]),
            _once(identifiers[one]),
        )
        for one, given, family, born in people
    ]


def _other_names(person_ids: Sequence[UUID]) -> dict[UUID, list[str]]:
    """Besides the present one: those of records merged into theirs, by which they are found too, and other names."""
    merged = aliased(Person)
    of_merged = (
        select(Person.id, merged.given_names, merged.family_name)
        .join(merged, merged.merged_into_id == Person.id)
        .where(Person.id.in_(person_ids))
        .order_by(merged.id)
    )
    others = (
        select(PersonName.person_id, PersonName.given_names, PersonName.family_name)
        .where(PersonName.person_id.in_(person_ids), PersonName.superseded_at.is_(None))
        .order_by(PersonName.id)
    )
    names: dict[UUID, list[str]] = defaultdict(list)
    for found in (of_merged, others):
        for person_id, given, family in db.session.execute(found):
            names[person_id].append(match_name(given, family))
    return names


def _postcodes(person_ids: Sequence[UUID]) -> dict[UUID, list[str]]:
    lived = (PersonAddress.postcode != "", PersonAddress.superseded_at.is_(None))
    found = select(PersonAddress.person_id, PersonAddress.postcode)
    found = found.where(PersonAddress.person_id.in_(person_ids), *lived).order_by(PersonAddress.id)
    postcodes: dict[UUID, list[str]] = defaultdict(list)
    for person_id, postcode in db.session.execute(found):
        postcodes[person_id].append(normalise(postcode))
    return postcodes


def _identifiers(person_ids: Sequence[UUID], secret: bytes) -> dict[UUID, list[int]]:
    """The keys of their identifiers, and of the numbers of their licences and badges."""
    identifiers: dict[UUID, list[int]] = defaultdict(list)
    for person_id, lookup in db.session.execute(
        select(PersonIdentifier.person_id, PersonIdentifier.lookup)
        .where(PersonIdentifier.person_id.in_(person_ids), PersonIdentifier.superseded_at.is_(None))
        .order_by(PersonIdentifier.id)
    ):
        identifiers[person_id].append(lookup)
    for person_id, *numbers in db.session.execute(
        select(Person.id, Licence.number_key, Licence.badge_key)
        .join(Licence, Licence.person_id == Person.id)
        .where(Person.id.in_(person_ids))
        .order_by(Licence.id)
    ):
        identifiers[person_id] += [
            identifier_key(IdentifierKind.BADGE_NUMBER, number, secret) for number in numbers if number
        ]
    return identifiers


def _once(values: Sequence[Value]) -> tuple[Value, ...]:
    return tuple(dict.fromkeys(value for value in values if value))
