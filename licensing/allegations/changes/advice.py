"""Advice below the threshold, settings and visits to them; each kept once, or put right by another."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert

from licensing.accounts.acting import ActingUser
from licensing.allegations.models import AssuredSetting, Consultation, ReportWords, SettingVisit
from licensing.allegations.queries import advice as queries
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.deadlines import queries as deadlines
from licensing.deadlines.codes import ClockCode
from licensing.errors import RuleBroken
from licensing.references import new_reference
from licensing.sealing import seal, sealed


def record_consultation(
    user: ActingUser,
    *,
    question: str,
    advice: str,
    employer: str | None,
    asked_on: date,
    instead_of: Consultation | None = None,
    **counted: Any,
) -> UUID:
    """Keep a consultation, as long as records are. `counted`: referrer_kind, sector, category, minutes."""
    row_id = uuid4()
    row = {
        "id": row_id,
        "authority_id": user.authority.id,
        "reference": instead_of.reference if instead_of else new_reference("LC"),
        "supersedes_id": instead_of.id if instead_of else None,
        "asked_on": asked_on,
        "employer_sealed": sealed(Consultation, "employer_sealed", row_id, employer),
        "question_sealed": seal(Consultation, "question_sealed", row_id, question),
        "advice_sealed": seal(Consultation, "advice_sealed", row_id, advice),
        "keep_until": deadlines.due(ClockCode.LADO_KEEP, user.authority.id, asked_on).due_on,
        "recorded_by": user.id,
        **counted,
    }
    # Plain, since RETURNING would read the row before a look is committed.
    db.session.execute(insert(Consultation).inline(), [row])
    audit.record(Action.ADDED, ObjectKind.CONSULTATION, row_id)
    return row_id


def correct_consultation(user: ActingUser, row: Consultation, **said: Any) -> UUID | None:
    """What takes its place; the one before stays as it was. None where a colleague was quicker, maybe just now."""
    queries.hold_consultation(row.id)
    if queries.consultation_after(row.id):
        return None
    after = record_consultation(user, instead_of=row, **said)
    audit.record(Action.CHANGED, ObjectKind.CONSULTATION, row.id, details={"superseded_by": str(after)})
    return after


def add_setting(user: ActingUser, kind: Any, **words: str | None) -> UUID:
    """Begin to assure a setting. `words`: name, place, contact."""
    row_id = uuid4()
    row = {
        "id": row_id,
        "authority_id": user.authority.id,
        "reference": new_reference("LS"),
        "kind": kind,
        "changed_by": user.id,
        "recorded_by": user.id,
        **_sealed(row_id, words),
    }
    db.session.execute(insert(AssuredSetting).inline(), [row])
    audit.record(Action.ADDED, ObjectKind.SETTING, row_id)
    return row_id


def change_setting(setting: AssuredSetting, kind: Any, ended_on: date | None, **words: str | None) -> None:
    """Put its name, place or contact right, or say when it ended: it is not visited then, and kept as records are."""
    kept = deadlines.due(ClockCode.LADO_KEEP, setting.authority_id, ended_on).due_on if ended_on else None
    setting.kind, setting.ended_on, setting.keep_until = kind, ended_on, kept
    for column, value in _sealed(setting.id, words).items():
        setattr(setting, column, value)
    details = {"ended_on": ended_on.isoformat()} if ended_on else None
    audit.record(Action.CHANGED, ObjectKind.SETTING, setting.id, details=details)
    db.session.flush()


def record_visit(user: ActingUser, setting: AssuredSetting, words: str | None, **found: Any) -> None:
    """What a visit found, and when the next is. RuleBroken where that is not after this one."""
    if found["next_on"] <= found["visited_on"]:
        raise RuleBroken("The next visit comes after this one", "next_on")
    row = SettingVisit(
        id=uuid4(), authority_id=setting.authority_id, setting_id=setting.id, recorded_by=user.id, **found
    )
    row.words_sealed = sealed(SettingVisit, "words_sealed", row.id, words)
    db.session.add(row)
    audit.record(Action.ADDED, ObjectKind.SETTING, setting.id, details={"part": "visit"})
    db.session.flush()


def _sealed(row_id: UUID, words: dict[str, str | None]) -> dict[str, bytes | None]:
    return {f"{name}_sealed": sealed(AssuredSetting, f"{name}_sealed", row_id, one) for name, one in words.items()}


def write_report(user: ActingUser, year: int, before: ReportWords | None, **words: str | None) -> None:
    """Keep what is written of a year beside its figures: themes, training, planned."""
    row_id = uuid4()
    row = {
        "id": row_id,
        "authority_id": user.authority.id,
        "year": year,
        "version": before.version + 1 if before else 1,
        **{f"{name}_sealed": sealed(ReportWords, f"{name}_sealed", row_id, said) for name, said in words.items()},
        "changed_by": user.id,
    }
    db.session.execute(insert(ReportWords).inline(), [row])
    audit.record(Action.CHANGED, ObjectKind.ALLEGATION, details={"report": year})
