"""People on the own register who may be the one about to be added."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask import current_app

from licensing.matching.keys import asking_keys
from licensing.matching.records import Enquiry
from licensing.matching.scoring import Candidate, Match, rank
from licensing.register import queries, statistics
from licensing.register.models import Person


@dataclass(frozen=True)
class Likely:
    """Somebody already on the register, and how they compare."""

    person: Person
    match: Match


def people_like(typed: dict[str, Any]) -> list[Likely]:
    """The acting authority's people whom these given_names, family_name and date_of_birth may mean, likeliest first."""
    name = (typed.get("given_names") or "", typed.get("family_name") or "")
    matches = matches_like(name, typed.get("date_of_birth"))
    people = queries.people([UUID(match.ref) for match in matches])
    return [Likely(people[UUID(match.ref)], match) for match in matches]


def matches_like(name: tuple[str, str], born: date | None = None) -> list[Match]:
    """The same without the people: their ids and how they compare. `name` is (given names, family name)."""
    secret = current_app.config["KEYS"].matching_secret
    enquiry = Enquiry.of([name], born, [], [], secret)
    known = statistics.current()
    records = queries.own_candidates(asking_keys(enquiry, known, secret))
    return rank(enquiry, [Candidate(record) for record in records], known)
