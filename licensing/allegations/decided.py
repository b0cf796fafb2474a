"""What a council decided of its own, as its answer to a release names it and as it stands today.

Licensing chooses among its own decisions and considerations about the person. The designated officer reads of each its
kind, its reference, its day and what became of an appeal; never the reasons.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Self
from uuid import UUID

from sqlalchemy import text

from licensing.allegations.models import NamedDecision, Release
from licensing.allegations.queries import sharing as queries
from licensing.allegations.relied import Decided
from licensing.audit.rules import ObjectKind
from licensing.dates import in_words
from licensing.db import db
from licensing.decisions.appeal_rules import AppealOutcome
from licensing.decisions.powers import DecisionKind
from licensing.sealing import opened

_STANDING = text("SELECT * FROM decisions_named(CAST(:named AS uuid[]), CAST(:objects AS uuid[]))")
NOT_YET = "No decision yet"
MAY_BE_NAMED = (ObjectKind.CONSIDERATION, ObjectKind.DECISION)


@dataclass(frozen=True)
class Named:
    """A decision or a consideration, and what it was called when it was named."""

    kind: ObjectKind
    id: UUID
    words: str

    def as_kept(self) -> str:
        return json.dumps({**asdict(self), "id": str(self.id)})

    @classmethod
    def of(cls, row: NamedDecision) -> Self:
        kept: dict[str, Any] = json.loads(opened(row, "object_sealed"))
        return cls(ObjectKind(kept["kind"]), UUID(kept["id"]), kept["words"])


@dataclass(frozen=True)
class Standing:
    """How a decision stands, or a consideration that has led to none yet: `kind` is empty then."""

    named: UUID
    reference: str
    kind: str | None
    on_day: date
    ended_on: date | None
    corrected: bool
    void: bool
    appealed_on: date | None
    appeal: str | None
    appeal_ended_on: date | None

    def words(self, council: str) -> str:
        """In a line or a few: what, whose, when, and what became of it."""
        if self.kind is None:
            ended = f"ended without a decision on {in_words(self.ended_on)}" if self.ended_on else "not decided yet"
            return f"Consideration {self.reference}, {council}, opened on {in_words(self.on_day)}: {ended}."
        decided = f"{DecisionKind(self.kind).label}: {self.reference}, {council}, decided on {in_words(self.on_day)}."
        return " ".join(filter(None, (decided, self._correction(), self._appeal())))

    def _correction(self) -> str:
        if self.void:
            return "It was corrected since: the entry counts for nothing."
        return "It was corrected since." if self.corrected else ""

    def _appeal(self) -> str:
        if self.appealed_on is None:
            return ""
        if self.appeal is None or self.appeal_ended_on is None:
            return f"Under appeal since {in_words(self.appealed_on)}."
        outcome = AppealOutcome(self.appeal).label.lower()
        return f"Appeal of {in_words(self.appealed_on)}: {outcome}, {in_words(self.appeal_ended_on)}."


def may_be_named(about: Sequence[Decided]) -> list[Decided]:
    """Of what is open or was decided about the person, what an answer may name."""
    return [one for one in about if one.kind in MAY_BE_NAMED]


def words_of(rows: Sequence[NamedDecision]) -> dict[UUID, str]:
    """How each of these stands today, in words; as it was named, where it stands no longer."""
    named, councils = {one.id: Named.of(one) for one in rows}, queries.authorities()
    given = {"named": list(named), "objects": [one.id for one in named.values()]}
    standing = {row.named: Standing(**row._asdict()) for row in db.session.execute(_STANDING, given)}
    return {
        one.id: standing[one.id].words(councils[one.for_authority_id]) if one.id in standing else named[one.id].words
        for one in rows
    }


def said_in(case_id: UUID) -> dict[UUID, list[str]]:
    """For each release of a case that is answered, how what was named stands; or that there is no decision yet."""
    rows = queries.named_decisions(case_id)
    stands = words_of(rows)
    answered = [one for one in queries.releases(case_id) if one.answered_at]
    return {one.id: [stands[row.id] for row in rows if row.release_id == one.id] or [NOT_YET] for one in answered}


def said_by_council(case_id: UUID) -> dict[UUID, list[str]]:
    """The same for each council that answered: everything that it named, once."""
    said, found = said_in(case_id), dict[UUID, list[str]]()
    for one in queries.releases(case_id):
        found.setdefault(one.for_authority_id, []).extend(said.get(one.id, ()))
    told = {council: [one for one in dict.fromkeys(words) if one != NOT_YET] for council, words in found.items()}
    return {council: told[council] or [NOT_YET] for council, words in found.items() if words}


def waits_to_be_taken(row: Release, named: Sequence[NamedDecision]) -> bool:
    """Whether an answer, or what its council decided since, is not on the strand yet."""
    if row.answered_at is None or row.taken_at is None:
        return row.answered_at is not None
    return any(one.named_at > row.taken_at for one in named)


def to_be_taken(case_id: UUID) -> set[UUID]:
    """The releases of a case of which that is so."""
    named = queries.named_decisions(case_id)
    return {
        one.id
        for one in queries.releases(case_id)
        if waits_to_be_taken(one, [row for row in named if row.release_id == one.id])
    }
