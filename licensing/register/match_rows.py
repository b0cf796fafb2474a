"""What the driver check compares of a person, as rows; and the keys under which it finds them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import text

from licensing.db import db
from licensing.keys import FieldKeys
from licensing.matching.identifiers import IdentifierKind
from licensing.matching.keys import record_keys
from licensing.matching.records import Record
from licensing.register.details import PersonDetails

Row = dict[str, Any]


def match_record(person_id: UUID, details: PersonDetails, keys: FieldKeys) -> Record:
    """What the driver check compares of this person: names, date, postcode, identifiers, licence and badge numbers."""
    names = [(details.given_names, details.family_name)]
    names += [(name.given_names, name.family_name) for name in details.other_names]
    numbers = {number for licence in details.licences for number in (licence.number, licence.badge_no) if number}
    identifiers = [
        *details.identifiers,
        *((IdentifierKind.BADGE_NUMBER, number) for number in sorted(numbers)),
    ]
    postcodes = [details.postcode] if details.postcode else []
    return Record.of(str(person_id), names, details.date_of_birth, postcodes, identifiers, keys.matching_secret)


def add_match_keys(person_ids: Sequence[str]) -> None:
    """Let the driver check find these people under the keys in their match rows."""
    db.session.execute(text("CALL add_match_keys(:people)"), {"people": ",".join(person_ids)})


def forget_match_keys(person_ids: Sequence[str]) -> None:
    """Before their match rows change: take away the keys under which these people were found."""
    db.session.execute(text("CALL forget_match_keys(:people)"), {"people": ",".join(person_ids)})


def match_columns(record: Record, keys: FieldKeys) -> Row:
    """The record as its row in person_match."""
    return {
        "person_id": UUID(record.ref),
        "names": list(record.names),
        "date_of_birth": record.date_of_birth,
        "postcodes": list(record.postcodes),
        "identifiers": list(record.identifiers),
        "keys": record_keys(record, keys.matching_secret),
    }
