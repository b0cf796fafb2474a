"""Court proceedings: defendants by number, verdicts and sentences; a holder who is one of them is looked at again."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from licensing import dates
from licensing.accounts.acting import ActingUser
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.errors import RuleBroken
from licensing.permissions import Role
from licensing.references import new_reference
from licensing.suitability.models import CourtCase, CourtDefendant, CourtSentence
from licensing.suitability.queries import courts as queries
from licensing.suitability.rules import check_days
from licensing.suitability.sentences import SentenceKind, Verdict
from licensing.tasks import changes as tasks
from licensing.tasks.rules import For, TaskKind

_LOOK_WITHIN = timedelta(days=5)
OUT_OF_ORDER = "The proceedings must end on or after the day they began"


def record_case(
    user: ActingUser,
    court: str,
    started_on: date,
    *,
    ended_on: date | None = None,
    witnesses: int | None = None,
    source_id: str | None = None,
) -> UUID:
    """Record proceedings; witnesses are a number and nothing else."""
    if ended_on:
        check_days(started_on, ended_on, OUT_OF_ORDER, "ended_on")
    case_id = uuid4()
    db.session.add(
        CourtCase(
            id=case_id,
            authority_id=user.authority.id,
            reference=new_reference("CT"),
            source_id=source_id,
            court=court,
            started_on=started_on,
            ended_on=ended_on,
            witnesses=witnesses,
            by_id=user.id,
        )
    )
    db.session.flush()
    audit.record(Action.ADDED, ObjectKind.COURT_CASE, case_id)
    return case_id


def change_case(_user: ActingUser, case_id: UUID, ended_on: date | None, witnesses: int | None) -> None:
    """When the proceedings ended and how many witnesses were heard, as is known now."""
    case = queries.court_case(case_id)
    if ended_on:
        check_days(case.started_on, ended_on, OUT_OF_ORDER, "ended_on")
    before = {"ended_on": str(case.ended_on), "witnesses": case.witnesses}
    case.ended_on, case.witnesses = ended_on, witnesses
    db.session.flush()
    after = {"ended_on": str(ended_on), "witnesses": witnesses}
    audit.record(Action.CHANGED, ObjectKind.COURT_CASE, case_id, details={"before": before, "after": after})


def add_defendant(
    user: ActingUser,
    case_id: UUID,
    verdict: Verdict,
    licence_id: UUID | None = None,
    *,
    key_digest: bytes | None = None,
) -> UUID:
    """One more defendant, by number. A holder on the own register is linked by the licence, and looked at again."""
    defendant_id = uuid4()
    db.session.add(
        CourtDefendant(
            id=defendant_id,
            authority_id=user.authority.id,
            case_id=case_id,
            number=queries.next_number(case_id),
            key_digest=key_digest,
            verdict=verdict,
            licence_id=licence_id,
        )
    )
    db.session.flush()
    audit.record(Action.CHANGED, ObjectKind.COURT_CASE, case_id, details={"defendant": verdict})
    if licence_id:
        _look_again(user, licence_id)
    return defendant_id


def change_verdict(user: ActingUser, defendant_id: UUID, verdict: Verdict, licence_id: UUID | None) -> None:
    """What the court found, and the licence of whoever it is, as is known now."""
    defendant = queries.defendant(defendant_id)
    before = {"verdict": defendant.verdict, "licence": str(defendant.licence_id)}
    changed = (defendant.verdict, defendant.licence_id) != (verdict, licence_id)
    defendant.verdict, defendant.licence_id = verdict, licence_id
    db.session.flush()
    told = {"before": before, "after": {"verdict": verdict, "licence": str(licence_id)}}
    audit.record(Action.CHANGED, ObjectKind.COURT_CASE, defendant.case_id, details=told)
    if licence_id and changed:
        _look_again(user, licence_id)


def pass_sentences(_user: ActingUser, defendant_id: UUID, passed: Sequence[tuple[SentenceKind, int | None]]) -> None:
    """The sentences for a defendant's convictions in their order, in place of what stood. RuleBroken if not guilty."""
    defendant = queries.defendant(defendant_id)
    if passed and defendant.verdict is not Verdict.GUILTY:
        raise RuleBroken("A sentence is for a defendant who was found guilty.", "sentences")
    standing: list[CourtSentence] = list(defendant.sentences)
    if [(one.kind, one.months) for one in standing] == list(passed):
        return
    for one in standing:
        one.superseded_at = db.func.now()
    db.session.flush()
    db.session.add_all(_rows(defendant, passed))
    db.session.flush()
    db.session.expire(defendant)
    told: list[Any] = [[kind, months] for kind, months in passed]
    audit.record(Action.CHANGED, ObjectKind.COURT_CASE, defendant.case_id, details={"after": {"sentences": told}})


def _rows(defendant: CourtDefendant, passed: Sequence[tuple[SentenceKind, int | None]]) -> list[CourtSentence]:
    return [
        CourtSentence(
            id=uuid4(),
            authority_id=defendant.authority_id,
            defendant_id=defendant.id,
            number=number,
            kind=kind,
            months=months,
        )
        for number, (kind, months) in enumerate(passed, 1)
    ]


def _look_again(user: ActingUser, licence_id: UUID) -> None:
    tasks.open_task(
        user,
        TaskKind.COURT_OUTCOME,
        For(team=Role.LICENSING_OFFICER),
        dates.today() + _LOOK_WITHIN,
        "A holder is a defendant in court proceedings. Consider whether they are still fit and proper.",
        about=(ObjectKind.LICENCE, licence_id),
    )
