"""The flag: what an officer reads where they meet somebody of whom the designated officer asks to be spoken to first.

Only for the authorities for which it is set; met is noted for the designated officer's log, and committed, before it is
told. Every page asks in the same statements, whether or not there is a flag.
"""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import text

from licensing.allegations import finding
from licensing.allegations.subject import key_of_record_alone, keys_of
from licensing.audit.rules import ObjectKind
from licensing.db import db
from licensing.register.warnings import warns_of_people

_KEYS = "CAST(:keys AS bytea[]), :through, :object"


@warns_of_people
def warning_of(people: Collection[UUID], through: ObjectKind, object_id: UUID) -> dict[UUID, str]:
    """For each of these records whose person is flagged, whom to speak to. Commits; nobody's records, no statement."""
    if not people:
        return {}
    same = finding.same_records(list(people))
    keys = {one: {*keys_of(records), key_of_record_alone(one)} for one, records in same.items()}
    given = {"keys": sorted(set().union(*keys.values())), "through": through.value, "object": object_id}
    db.session.execute(text(f"CALL meet_flags({_KEYS})"), given)
    db.session.commit()
    rows = db.session.execute(text(f"SELECT met, council, contact FROM flags_met({_KEYS})"), given)
    met = [(bytes(row.met), _sentence(row.council, row.contact)) for row in rows]
    told = {one: dict.fromkeys(words for key, words in met if key in own) for one, own in keys.items()}
    return {one: " ".join(sentences) for one, sentences in told.items() if sentences}


def _sentence(council: str, contact: str) -> str:
    at = f"{council} ({contact})" if contact else council
    return f"Contact the designated officer at {at} before any decision on this person."
