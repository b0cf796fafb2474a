"""Two records of one person made one, and made two again exactly as they were.

Nothing is deleted or copied: the rows of the merged record are pointed at the kept one, what the kept one said before
is sealed with the merge, and the audit trail is left alone. What is not the authority's own, as other councils' links
and verdicts, the database points at the record that stands (migration 0016). A second person approves both.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from flask import current_app
from sqlalchemy import select, text, update

from licensing.approvals import changes as approvals
from licensing.approvals.kinds import ProposalKind
from licensing.approvals.models import Proposal
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.dates import parse_written
from licensing.db import db
from licensing.errors import RuleBroken
from licensing.register import queries, rederive, states
from licensing.register.changes.people import person_state
from licensing.register.events import RecordKind
from licensing.register.models import (
    Licence,
    Merge,
    Person,
    PersonAddress,
    PersonIdentifier,
    PersonName,
    Position,
)
from licensing.register.rules import sort_name

_PLACE = ("merge", "sealed")
# The fields of which one record's answer is chosen; names and identifiers of both stay findable.
CHOSEN = ("name", "date_of_birth", "deceased_on", "source_id")
MERGED_ALREADY = "One of these records was merged in between. Look at them again."
CHANGED_SINCE = "One of these records changed since this was asked for. Refuse it, and ask again from the records."


@dataclass(frozen=True)
class Moves:
    """A table whose rows go with a person, and the column that says whose they are."""

    model: Any
    column: str = "person_id"


_MOVES = [
    Moves(PersonName),
    Moves(PersonAddress),
    Moves(PersonIdentifier),
    Moves(Licence),
    Moves(Position),
]


def moves_with_person(moves: Moves) -> None:
    """Declares that rows of a later feature go with a person when records are merged."""
    _MOVES.append(moves)


def propose_merge(kept_id: UUID, merged_id: UUID, chosen: dict[str, str], reason: str) -> Proposal:
    """Ask a second person to agree. `chosen` says of each field whether the "kept" or "merged" record has it right."""
    if kept_id == merged_id:
        raise RuleBroken("Choose another record: this is the same one.")
    payload = {"merged": str(merged_id), "chosen": chosen, "states": _states(kept_id, merged_id)}
    kind = ProposalKind.MERGE
    return approvals.propose(kind, ObjectKind.PERSON, kept_id, payload, reason, code=str(merged_id))


def _states(*person_ids: UUID) -> list[states.State]:
    return [person_state(queries.person(person_id)) for person_id in person_ids]


def merge(proposal: Proposal) -> None:
    """Once agreed: one record of two. RuleBroken when either changed or was merged since it was asked for."""
    kept_id, merged_id = proposal.object_id, UUID(proposal.payload["merged"])
    for person_id in sorted((kept_id, merged_id)):
        states.lock(RecordKind.PERSON, person_id)
    kept, merged = queries.person(kept_id), queries.person(merged_id)
    if kept.merged_into_id or merged.merged_into_id:
        raise RuleBroken(MERGED_ALREADY)
    if _states(kept_id, merged_id) != proposal.payload["states"]:
        raise RuleBroken(CHANGED_SINCE)
    before = _fields(kept)
    source_of_merged = merged.source_id
    moved = {_table(moves): _move(moves, merged_id, kept_id) for moves in _MOVES}
    merged.merged_into_id = kept_id
    if proposal.payload["chosen"].get("source_id") == "merged":
        merged.source_id = None  # one record at a time has the key
        db.session.flush()
    _take(kept, _fields(merged) | {"source_id": source_of_merged}, proposal.payload["chosen"])
    undoing = {
        "before": before,
        "moved": moved,
        "source_of_merged": source_of_merged,
        "chosen": proposal.payload["chosen"],
    }
    _keep(kept, merged_id, proposal, undoing)
    _follow(proposal)
    _derive_anew(kept_id, merged_id, moved)
    audit.record(Action.MERGED, ObjectKind.PERSON, kept_id, details={"merged": str(merged_id)})


def _follow(proposal: Proposal) -> None:
    """What other authorities hold of either record goes to the one that stands for it now."""
    db.session.flush()
    db.session.execute(text("CALL follow_merge(:id)"), {"id": proposal.id})


def _derive_anew(kept_id: UUID, merged_id: UUID, moved: dict[str, list[str]]) -> None:
    """What rests on whose the rows are: the periods of licences, and what the driver check compares."""
    db.session.flush()
    db.session.expire_all()
    rederive.licences([UUID(one) for one in moved.get(Licence.__tablename__, [])])
    rederive.match_records([kept_id, merged_id], current_app.config["KEYS"])


def _table(moves: Moves) -> str:
    return moves.model.__tablename__


def _move(moves: Moves, from_id: UUID, to_id: UUID, only: Iterable[str] | None = None) -> list[str]:
    """Point a person's rows at another; returns the keys of those that moved.

    An identifier that both records have stays where it is.
    """
    owner, key = getattr(moves.model, moves.column), moves.model.id
    found = select(key).where(owner == from_id)
    if moves.model is PersonIdentifier:
        held = select(PersonIdentifier.lookup).where(PersonIdentifier.person_id == to_id)
        found = found.where(PersonIdentifier.lookup.not_in(held))
    if only is not None:
        found = found.where(key.in_([UUID(one) for one in only]))
    keys = list(dict.fromkeys(db.session.scalars(found.order_by(key))))
    if keys:
        db.session.execute(
            update(moves.model).where(key.in_(keys), owner == from_id).values({moves.column: to_id}),
            execution_options={"synchronize_session": False},
        )
    return [str(one) for one in keys]


def _fields(person: Person) -> dict[str, Any]:
    """What a merge may choose of a record, as JSON can hold it."""
    days = {name: getattr(person, name) for name in ("date_of_birth", "deceased_on")}
    return {
        "given_names": person.given_names,
        "family_name": person.family_name,
        "source_id": person.source_id,
        **{name: day.isoformat() if day else None for name, day in days.items()},
    }


def _take(person: Person, fields: dict[str, Any], chosen: dict[str, str]) -> None:
    """Give the record the fields in which the other was chosen."""
    for field in CHOSEN:
        if chosen.get(field) != "merged":
            continue
        if field == "name":
            person.given_names, person.family_name = fields["given_names"], fields["family_name"]
            person.sort_name = sort_name(person.given_names, person.family_name)
        elif field == "source_id":
            person.source_id = fields["source_id"]
        else:
            setattr(person, field, parse_written(fields[field]) if fields[field] else None)


def _keep(kept: Person, merged_id: UUID, proposal: Proposal, undoing: dict[str, Any]) -> None:
    row_id = uuid4()
    sealed = current_app.config["KEYS"].seal(json.dumps(undoing).encode(), *_PLACE, row_id)
    db.session.add(
        Merge(
            id=row_id,
            authority_id=kept.authority_id,
            kept_id=kept.id,
            merged_id=merged_id,
            sealed=sealed,
            proposal_id=proposal.id,
        )
    )


@dataclass(frozen=True, slots=True)
class Before:
    """What a record said when it and another were made one."""

    given_names: str
    family_name: str
    date_of_birth: date | None
    source_id: str | None


def said_before_merging() -> Iterator[tuple[UUID, Before]]:
    """For each record that others are merged into, itself or through others: what they and it said before."""
    standing = list(db.session.scalars(select(Merge).where(Merge.undone_at.is_(None)).order_by(Merge.id)))
    into = {one.merged_id: one.kept_id for one in standing}
    merged = {one.id: one for one in db.session.scalars(select(Person).where(Person.id.in_(into)))}
    for one in standing:
        undoing = json.loads(current_app.config["KEYS"].open(one.sealed, *_PLACE, one.id))
        kept_id = one.kept_id
        while kept_id in into:
            kept_id = into[kept_id]
        yield kept_id, _before(undoing["before"])
        yield kept_id, _before(_fields(merged[one.merged_id]) | {"source_id": undoing["source_of_merged"]})


def _before(fields: dict[str, Any]) -> Before:
    born = fields["date_of_birth"]
    return Before(
        fields["given_names"], fields["family_name"], parse_written(born) if born else None, fields["source_id"]
    )


def propose_unmerge(merge_id: UUID, reason: str) -> Proposal:
    """Ask a second person to agree that two records were wrongly made one."""
    done = db.session.get_one(Merge, merge_id)
    return approvals.propose(
        ProposalKind.UNMERGE, ObjectKind.PERSON, done.kept_id, {"merge": str(merge_id)}, reason, code=str(merge_id)
    )


def unmerge(proposal: Proposal) -> None:
    """Once agreed: both records as they were; what was recorded of the kept one since stays with it."""
    done = db.session.get_one(Merge, UUID(proposal.payload["merge"]))
    for person_id in sorted((done.kept_id, done.merged_id)):
        states.lock(RecordKind.PERSON, person_id)
    kept, merged = queries.person(done.kept_id), queries.person(done.merged_id)
    later = [one for one in queries.merges_of(done.kept_id) if one.merged_at > done.merged_at]
    if done.undone_at or merged.merged_into_id != done.kept_id:
        raise RuleBroken("This merge was undone in between.")
    if later:
        raise RuleBroken("Another record was merged into this one later. Undo that merge first.")
    undoing = json.loads(current_app.config["KEYS"].open(done.sealed, *_PLACE, done.id))
    for moves in _MOVES:
        _move(moves, done.kept_id, done.merged_id, undoing["moved"].get(_table(moves), []))
    _take(kept, undoing["before"], undoing["chosen"])
    merged.merged_into_id = None
    db.session.flush()
    merged.source_id = undoing["source_of_merged"]
    done.undone_at, done.undone_by_proposal_id = db.func.now(), proposal.id
    _follow(proposal)
    _derive_anew(done.kept_id, done.merged_id, undoing["moved"])
    audit.record(Action.UNMERGED, ObjectKind.PERSON, done.kept_id, details={"merged": str(done.merged_id)})
