"""What officers said of the people whom a check found, and whether it still holds.

A verdict stands for the result it was given of. It is also met again when the same question finds the same person,
unless what was asked could mean many people; and it is overtaken when that person's date of birth or identifiers
have changed, which the database tells and nothing more (migration 0013).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from flask import current_app
from sqlalchemy import ColumnElement, and_, or_, select, text
from sqlalchemy.dialects.postgresql import insert

from licensing.accounts.acting import ActingUser
from licensing.accounts.models import User
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.driver_check.asking import Asked
from licensing.driver_check.models import DriverCheck, Verdict
from licensing.driver_check.presenting import is_telling
from licensing.driver_check.rules import Judgement
from licensing.errors import RuleBroken
from licensing.matching.identifiers import normalise
from licensing.matching.names import match_name, tokens_of


@dataclass(frozen=True)
class Said:
    """One verdict, opened for its own authority's officers."""

    id: UUID
    judgement: Judgement
    reason: str
    by_id: UUID
    by: str
    at: datetime
    of_this_check: bool = True
    overtaken: bool = False

    @property
    def holds(self) -> bool:
        return not self.overtaken

    @property
    def sets_aside(self) -> bool:
        """Whether it moves the person behind the others."""
        return self.holds and self.judgement is Judgement.DIFFERENT


def standing(check: DriverCheck, asked: Asked, results: dict[int, UUID]) -> dict[int, Said]:
    """By the place of the result: the verdict on it, or the last one on the same person for the same question."""
    question = question_hash(asked)
    here = Verdict.check_id == check.id
    again = and_(Verdict.question_hash == question, Verdict.person_id.in_(results.values()))
    rows = _said(or_(here, again) if question else here)
    overtaken = _overtaken(row.id for row, _ in rows)
    found: dict[int, Said] = {}
    for rank, person_id in results.items():
        of_result = [pair for pair in rows if pair[0].check_id == check.id and pair[0].rank == rank]
        of_person = [pair for pair in rows if pair[0].person_id == person_id and pair[0].check_id != check.id]
        if last := (of_result or of_person)[-1:]:
            row, name = last[0]
            found[rank] = _opened(row, name, of_this_check=row.check_id == check.id, overtaken=row.id in overtaken)
    return found


def history(check_id: UUID, rank: int) -> list[Said]:
    """Everything that was said of one result, the last first."""
    rows = _said(and_(Verdict.check_id == check_id, Verdict.rank == rank))
    return [_opened(row, name) for row, name in reversed(rows)]


def judge(
    user: ActingUser, check: DriverCheck, asked: Asked, result: tuple[int, UUID], said: tuple[Judgement, str], seen: str
) -> None:
    """Keep what an officer says of a result (place, person). `said` is (judgement, reason), `seen` what stood before.

    Raises RuleBroken without a reason where one is needed, and where a colleague was quicker.
    """
    (rank, person_id), (judgement, reason) = result, said
    if judgement.needs_reason and not reason:
        raise RuleBroken("Say how you know", "reason")
    before = history(check.id, rank)
    last = str(before[0].id) if before else ""
    verdict_id = uuid4()
    row = {
        "id": verdict_id,
        "authority_id": user.authority.id,
        "check_id": check.id,
        "number": 0,
        "rank": rank,
        "person_id": person_id,
        "question_hash": question_hash(asked),
        "judgement": judgement,
        "reason_sealed": _sealed(verdict_id, reason) if reason else None,
        "judged_by": user.id,
        "supersedes_id": before[0].id if before else None,
    }
    if last != seen or not _kept_first(row):
        raise RuleBroken("A colleague has said something of this person meanwhile: see below, then save again")
    audit.record(
        Action.JUDGED,
        ObjectKind.DRIVER_CHECK,
        check.id,
        reference=check.reference,
        details={"judgement": judgement, "result": rank},
    )


def _kept_first(row: dict[str, Any]) -> bool:
    """Whether this verdict was kept: of two that follow the same one, the database keeps the first."""
    kept = insert(Verdict).values(row).on_conflict_do_nothing().returning(Verdict.id)
    return db.session.scalar(kept) is not None


def question_hash(asked: Asked) -> bytes | None:
    """The question, whatever order, case and spacing it was typed in; None where many people could be meant."""
    if not is_telling(asked):
        return None
    names = sorted(tokens_of(match_name(asked.given_names, asked.family_name)))
    born = asked.date_of_birth.isoformat() if asked.date_of_birth else ""
    numbers = (asked.nino, asked.driving_licence_no, asked.licence_no, asked.vrm)
    parts = [" ".join(names), born, *map(normalise, numbers)]
    return current_app.config["KEYS"].digest("verdict question", "|".join(parts))


def _said(condition: ColumnElement[bool]) -> list[tuple[Verdict, str]]:
    """The acting authority's verdicts with who gave each, the last at the end."""
    found = select(Verdict, User.name).outerjoin(User, User.id == Verdict.judged_by).where(condition)
    rows = db.session.execute(found.order_by(Verdict.judged_at, Verdict.id))
    return [(row, name or "A former user") for row, name in rows]


def _overtaken(verdict_ids: Iterable[UUID]) -> set[UUID]:
    ids = list(verdict_ids)
    asked = text("SELECT overtaken_verdicts(CAST(:ids AS uuid[]))")
    return set(db.session.scalars(asked, {"ids": ids})) if ids else set()


def _opened(row: Verdict, name: str, *, of_this_check: bool = True, overtaken: bool = False) -> Said:
    keys = current_app.config["KEYS"]
    reason = keys.open(row.reason_sealed, "verdict", "reason_sealed", row.id).decode() if row.reason_sealed else ""
    return Said(row.id, row.judgement, reason, row.judged_by, name, row.judged_at, of_this_check, overtaken)


def _sealed(verdict_id: UUID, reason: str) -> bytes:
    return current_app.config["KEYS"].seal(reason.encode(), "verdict", "reason_sealed", verdict_id)
