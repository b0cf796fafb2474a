"""The frequencies of names and dates on all registers, read once by each process and again when they were renewed."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from time import monotonic
from typing import Any

from flask import current_app
from sqlalchemy import select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from licensing.db import db
from licensing.keys import FieldKeys
from licensing.matching.records import Record
from licensing.matching.statistics import Statistics
from licensing.register.models import MatchStatistics, PersonMatch

_ONLY_ROW = 1
_AT_ONCE = 5_000
_ASK_EVERY_SECONDS = 30


class _Kept:
    """The statistics this process last read, when they were gathered, and when that was last asked."""

    gathered_at: datetime | None = None
    statistics: Statistics | None = None
    asked_at = float("-inf")


def current() -> Statistics:
    """The latest gathered; before any were, those of an empty register, which assume what is usual.

    A process asks for newer ones once in a while: a stale table shifts the weights a little and hides nobody.
    """
    if _Kept.statistics is None or monotonic() - _Kept.asked_at > _ASK_EVERY_SECONDS:
        gathered_at = db.session.scalar(select(MatchStatistics.gathered_at).where(MatchStatistics.id == _ONLY_ROW))
        if _Kept.statistics is None or _Kept.gathered_at != gathered_at:
            kept = db.session.scalar(select(MatchStatistics.kept).where(MatchStatistics.id == _ONLY_ROW))
            secret = current_app.config["KEYS"].matching_secret
            _Kept.statistics = Statistics.load(kept, secret) if kept else Statistics(secret)
            _Kept.gathered_at = gathered_at
        _Kept.asked_at = monotonic()
    return _Kept.statistics


def gather(session: Session, keys: FieldKeys) -> int:
    """Count every authority's people anew, as the owner; returns how many."""
    rows = session.execute(
        select(
            PersonMatch.person_id,
            PersonMatch.names,
            PersonMatch.date_of_birth,
            PersonMatch.postcodes,
            PersonMatch.identifiers,
        ).execution_options(yield_per=_AT_ONCE)
    )
    gathered = _counted(rows, keys)
    kept = {"kept": gathered.dump()}
    renewed = insert(MatchStatistics).values(id=_ONLY_ROW, **kept)
    session.execute(
        renewed.on_conflict_do_update(index_elements=[MatchStatistics.id], set_={**kept, "gathered_at": db.func.now()})
    )
    _Kept.asked_at = float("-inf")  # this process, at least, uses them at once
    return gathered.people


def gather_in_job(keys: FieldKeys) -> int:
    """The same in the job that was made for it, which has no owner's rights: through its own two routines."""
    rows = db.session.execute(text("SELECT * FROM people_to_count()").execution_options(yield_per=_AT_ONCE))
    gathered = _counted(rows, keys)
    db.session.execute(text("CALL keep_statistics(:kept)"), {"kept": gathered.dump()})
    return gathered.people


def _counted(rows: Iterable[Sequence[Any]], keys: FieldKeys) -> Statistics:
    # A record that was merged into another has no names left to count.
    records = (Record(str(row[0]), tuple(row[1]), row[2], tuple(row[3]), tuple(row[4])) for row in rows if row[1])
    return Statistics.gather(records, keys.matching_secret)
