"""Finding, on the other councils' registers, the few people whom a council's policy marks for good.

The search starts from those few, and compares as the driver check does; only what is certain or strong is kept.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy import text

from licensing.db import db
from licensing.matching.bands import Band
from licensing.matching.keys import asking_keys
from licensing.matching.records import Enquiry, Record
from licensing.matching.scoring import Candidate, rank
from licensing.register import statistics

_LIKE = text("SELECT * FROM people_like_marked(:person, CAST(:keys AS bigint[]), CAST(:caps AS int[]))")
_KEEP = text("CALL keep_marker_matches(:person, CAST(:people AS uuid[]))")


def seek() -> None:
    """Compare everybody who is marked with the other registers, keep who is likely them, and tell their managers."""
    for marked in db.session.execute(text("SELECT * FROM marked_people()")).all():
        if found := likely(marked):
            db.session.execute(_KEEP, {"person": marked.person_id, "people": found})
    db.session.execute(text("CALL tell_of_markers(NULL)"))


def likely(marked: Any) -> Sequence[UUID]:
    """Who on another register is certainly or strongly the person of this match row."""
    known, secret = statistics.current(), current_app.config["KEYS"].matching_secret
    enquiry = Enquiry(tuple(marked.names), marked.date_of_birth, tuple(marked.postcodes), tuple(marked.identifiers))
    keys = asking_keys(enquiry, known, secret)
    asked = {"person": marked.person_id, "keys": [key for key, _ in keys], "caps": [cap for _, cap in keys]}
    candidates = [
        Candidate(
            Record(
                str(row.person_id),
                tuple(row.names),
                row.date_of_birth,
                tuple(row.postcodes),
                tuple(row.identifiers),
            ),
            register=str(row.authority_id),
        )
        for row in db.session.execute(_LIKE, asked)
    ]
    matches = rank(enquiry, candidates, known)
    return [UUID(match.ref) for match in matches if match.band in (Band.CERTAIN, Band.STRONG)]
