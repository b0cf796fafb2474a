"""Records of the own register that may be one person: asked of the identifiers and names that two of them share."""

from dataclasses import dataclass
from uuid import UUID

from flask import current_app
from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from licensing.db import db
from licensing.matching.identifiers import IdentifierKind
from licensing.matching.keys import asking_keys
from licensing.matching.records import Enquiry
from licensing.matching.scoring import Candidate, Match, rank
from licensing.register import queries, statistics
from licensing.register.identifiers import LABELS
from licensing.register.models import Person, PersonIdentifier, PersonMatch

MOST_PAIRS = 200


@dataclass(frozen=True)
class Pair:
    """Two records that may be one person, and why."""

    one: Person
    other: Person
    reasons: tuple[str, ...]


def suggested_pairs() -> list[Pair]:
    """Pairs that share a number of identity, or a name and date of birth; at most MOST_PAIRS, by name."""
    reasons: dict[tuple[UUID, UUID], list[str]] = {}
    for first, second, kind in db.session.execute(_sharing_a_number()):
        reasons.setdefault((first, second), []).append(f"{LABELS[kind]} agrees")
    for first, second in db.session.execute(_sharing_name_and_birth()):
        reasons.setdefault((first, second), []).append("Name and date of birth agree")
    found = queries.people(list({person_id for pair in reasons for person_id in pair}))
    pairs = [Pair(found[a], found[b], tuple(dict.fromkeys(why))) for (a, b), why in reasons.items()]
    return sorted(pairs, key=lambda pair: (pair.one.sort_name, pair.one.id))[:MOST_PAIRS]


def _sharing_a_number() -> Select[UUID, UUID, IdentifierKind]:
    one, other = aliased(PersonIdentifier), aliased(PersonIdentifier)
    first, second = aliased(Person), aliased(Person)
    return (
        select(one.person_id, other.person_id, one.kind)
        .join(other, (other.authority_id == one.authority_id) & (other.lookup == one.lookup) & (other.kind == one.kind))
        .join(first, (first.id == one.person_id) & first.merged_into_id.is_(None))
        .join(second, (second.id == other.person_id) & second.merged_into_id.is_(None))
        .where(one.person_id < other.person_id, one.superseded_at.is_(None), other.superseded_at.is_(None))
        .where(one.kind.in_(list(LABELS)[:2]))
        .order_by(one.person_id, other.person_id, one.kind)
        .limit(MOST_PAIRS)
    )


def _sharing_name_and_birth() -> Select[UUID, UUID]:
    one, other = aliased(Person), aliased(Person)
    same = (
        (other.authority_id == one.authority_id)
        & (other.sort_name == one.sort_name)
        & (other.date_of_birth == one.date_of_birth)
    )
    return (
        select(one.id, other.id)
        .join(other, same)
        .where(one.id < other.id, one.merged_into_id.is_(None), other.merged_into_id.is_(None))
        .order_by(one.id, other.id)
        .limit(MOST_PAIRS)
    )


@dataclass(frozen=True)
class Like:
    """A record like another, and how the two compare."""

    person: Person
    match: Match


def records_like(person_id: UUID) -> list[Like]:
    """The own register's other records that may be of the same person, likeliest first."""
    kept = db.session.get(PersonMatch, person_id)
    if kept is None:
        return []
    enquiry = Enquiry(tuple(kept.names), kept.date_of_birth, tuple(kept.postcodes), tuple(kept.identifiers))
    known = statistics.current()
    records = queries.own_candidates(asking_keys(enquiry, known, current_app.config["KEYS"].matching_secret))
    others = [Candidate(record) for record in records if record.ref != str(person_id)]
    matches = rank(enquiry, others, known)
    people = queries.people([UUID(match.ref) for match in matches])
    return [Like(people[UUID(match.ref)], match) for match in matches]
