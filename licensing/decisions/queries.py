"""Decisions in the sight of the acting authority, and what each needs next."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, text
from sqlalchemy.orm import selectinload

from licensing.accounts.models import User
from licensing.db import db
from licensing.deadlines import queries as clocks
from licensing.deadlines.codes import ClockCode
from licensing.decisions.models import Appeal, Decision, Delegation, TemplateReview
from licensing.decisions.notices import VERSIONS, Template
from licensing.decisions.powers import ADVERSE, POWERS, DecisionKind, Power
from licensing.decisions.states import DecisionState, Verdict
from licensing.register.models import Licence

PER_PAGE = 25
OWED_NOTICE = (*ADVERSE, DecisionKind.SUSPEND_UNFIT)
OF_COURTS = [one.code for one in POWERS if one.by_court]
OWES_NOTICE = and_(Decision.kind.in_(OWED_NOTICE), func.coalesce(Decision.power_code, "").not_in(OF_COURTS))


@dataclass(frozen=True)
class DecisionsFilter:
    """What the list is narrowed to; empty means all."""

    state: DecisionState | None = None
    kind: DecisionKind | None = None


@dataclass(frozen=True)
class AppealWindow:
    """Both counts of the time for an appeal, from the day of the notice.

    `earlier_until` is what holders are warned of; nothing takes effect before `later_until` has passed.
    """

    earlier_until: date
    later_until: date

    @property
    def effect_from(self) -> date:
        return self.later_until + timedelta(days=1)


def appeal_window(authority_id: UUID, given_on: date, power: Power | None) -> AppealWindow:
    """By every count that the power has; without a power, by those of the 1976 Act.

    1976 Act s.61(2A) counts the day of the notice, the 1936 Act s.300 does not; the 2003 Act has one count.
    """
    return appeal_windows(authority_id)(given_on, power)


def appeal_windows(authority_id: UUID) -> Callable[[date, Power | None], AppealWindow]:
    """The same for any number of days, with the rules read once."""
    due_from = clocks.reckoner({code for one in POWERS for code in one.appeal_clocks}, authority_id)

    def window(given_on: date, power: Power | None) -> AppealWindow:
        ends = [due_from(code, given_on).due_on for code in (power.appeal_clocks if power else _COUNTS)]
        return AppealWindow(min(ends), max(ends))

    return window


_COUNTS = (ClockCode.S61_EFFECT, ClockCode.MAG_APPEAL_1976)


def standing_interim_steps(licence_id: UUID) -> Decision | None:
    """The last interim steps of a licence that nobody has ended or found to be changed (2003 Act s.53B, s.53D)."""
    found = decisions_of([licence_id])
    steps = next((one for one in found if one.power and one.power.is_interim), None)
    if steps is None or any(one.verdict is Verdict.TO_CHANGE for one in steps.reviews):
        return None
    since = [one for one in found if one.recorded_at > steps.recorded_at and one.decided_on >= steps.decided_on]
    ended = any(one.kind is DecisionKind.END_SUSPENSION for one in since)
    return None if ended else steps


def determination_after(steps: Decision) -> Decision | None:
    """The decision by which the review ended in which these interim steps were taken; None while it goes on."""
    later = [one for one in decisions_of([steps.licence_id]) if one.recorded_at > steps.recorded_at]
    return next((one for one in reversed(later) if one.power and one.power.determines_review), None)


# What a list shows of each, in a statement for each kind of record.
_SHOWN = (
    selectinload(Decision.appeals),
    selectinload(Decision.reviews),
    selectinload(Decision.licence).options(
        selectinload(Licence.person),
        selectinload(Licence.organisation),
        selectinload(Licence.vehicle),
        selectinload(Licence.premises),
    ),
)


def decision_exists(decision_id: UUID) -> bool:
    return bool(db.session.scalar(select(exists().where(Decision.id == decision_id))))


def decision(decision_id: UUID) -> Decision:
    return db.session.get_one(Decision, decision_id)


def decision_for_update(decision_id: UUID) -> Decision:
    """The decision, locked and read anew."""
    found = select(Decision).where(Decision.id == decision_id).with_for_update()
    return db.session.scalars(found.execution_options(populate_existing=True)).one()


def hold_licence(licence_id: UUID) -> None:
    """Until the transaction ends nobody else decides about this licence."""
    lock = text("SELECT pg_advisory_xact_lock(hashtextextended(:id, 25))")
    db.session.execute(lock, {"id": str(licence_id)})


def decided_already(application_id: UUID | None, consideration_id: UUID | None) -> Decision | None:
    """The decision of the same question, if somebody was quicker."""
    same = or_(
        and_(Decision.application_id == application_id, Decision.application_id.is_not(None)),
        and_(Decision.consideration_id == consideration_id, Decision.consideration_id.is_not(None)),
    )
    return db.session.scalars(select(Decision).where(same).order_by(Decision.recorded_at, Decision.id)).first()


def decisions_of(licence_ids: list[UUID]) -> list[Decision]:
    """The decisions about these licences, the last first."""
    found = select(Decision).where(Decision.licence_id.in_(licence_ids)).options(*_SHOWN)
    return list(
        db.session.scalars(found.order_by(Decision.decided_on.desc(), Decision.recorded_at.desc(), Decision.id))
    )


def revocation_of(licence_id: UUID) -> Decision | None:
    """The last decision to revoke a licence."""
    return next((one for one in decisions_of([licence_id]) if one.kind is DecisionKind.REVOKE), None)


def decisions_page(authority_id: UUID, wanted: DecisionsFilter, today: date, page: int) -> Pagination:
    """Decisions, the last first."""
    found = select(Decision).where(Decision.authority_id == authority_id)
    if wanted.kind:
        found = found.where(Decision.kind == wanted.kind)
    if wanted.state:
        found = _in_state(found, wanted.state, _may_be_appealed(authority_id, today))
    found = found.options(*_SHOWN)
    found = found.order_by(Decision.decided_on.desc(), Decision.recorded_at.desc(), Decision.id)
    return db.paginate(found, page=page, per_page=PER_PAGE, error_out=False)


def _may_be_appealed(authority_id: UUID, today: date) -> ColumnElement[bool]:
    """That the time for an appeal runs, which each power counts in its own way."""
    window = appeal_windows(authority_id)
    since = {one.code: today - (window(today, one).later_until - today) for one in POWERS}
    # What was recorded without its power is counted as the 1976 Act has it.
    since[""] = today - (window(today, None).later_until - today)
    power = func.coalesce(Decision.power_code, "")
    within = [
        and_(power.in_(code for code in since if since[code] == first), Decision.notified_on >= first)
        for first in sorted(set(since.values()))
    ]
    appealable = power.not_in(one.code for one in POWERS if not one.appeal_to)
    return and_(or_(*within), appealable, ~exists().where(Appeal.decision_id == Decision.id))


def _in_state(found: Select[Any], state: DecisionState, in_time: ColumnElement[bool]) -> Select[Any]:
    under_appeal = exists().where(Appeal.decision_id == Decision.id, Appeal.outcome.is_(None))
    to_notify = and_(OWES_NOTICE, Decision.notified_on.is_(None))
    may_be_appealed = and_(Decision.kind.in_(ADVERSE), OWES_NOTICE, in_time)
    conditions = {
        DecisionState.TO_NOTIFY: and_(to_notify, ~under_appeal),
        DecisionState.UNDER_APPEAL: under_appeal,
        DecisionState.APPEAL_OPEN: may_be_appealed,
        DecisionState.SETTLED: and_(~to_notify, ~under_appeal, ~may_be_appealed),
    }
    return found.where(conditions[state])


@dataclass(frozen=True)
class Waiting:
    """How many decisions wait for something."""

    to_notify: int
    under_appeal: int


def waiting(authority_id: UUID) -> Waiting:
    """What the home page counts."""
    under_appeal = exists().where(Appeal.decision_id == Decision.id, Appeal.outcome.is_(None))
    row = db.session.execute(
        select(
            func.count().filter(OWES_NOTICE, Decision.notified_on.is_(None), ~under_appeal),
            func.count().filter(under_appeal),
        ).where(Decision.authority_id == authority_id)
    ).one()
    return Waiting(*row)


def appeal_exists(appeal_id: UUID) -> bool:
    return bool(db.session.scalar(select(exists().where(Appeal.id == appeal_id))))


def appeal(appeal_id: UUID) -> Appeal:
    return db.session.get_one(Appeal, appeal_id)


def decision_of_appeal(appeal_id: UUID) -> UUID:
    return appeal(appeal_id).decision_id


def delegation_of(user_id: UUID, day: date, *, ordinary: bool) -> Delegation | None:
    """The delegation by which somebody may decide alone on a day: immediate action, or `ordinary` decisions too."""
    found = select(Delegation).where(Delegation.user_id == user_id)
    if ordinary:
        found = found.where(Delegation.ordinary)
    ordered = found.order_by(Delegation.from_on.desc(), Delegation.id)
    return next((one for one in db.session.scalars(ordered) if one.holds_on(day)), None)


def delegations(authority_id: UUID) -> list[tuple[Delegation, str]]:
    """Every delegation with its holder's name, the last first."""
    found = select(Delegation, User.name).join(User, User.id == Delegation.user_id)
    found = found.where(Delegation.authority_id == authority_id)
    order = (Delegation.until_on.is_not(None), Delegation.from_on.desc(), Delegation.id)
    return [(row.Delegation, row.name) for row in db.session.execute(found.order_by(*order))]


def one_delegation(delegation_id: UUID, authority_id: UUID) -> Delegation | None:
    found = select(Delegation).where(Delegation.id == delegation_id, Delegation.authority_id == authority_id)
    return db.session.scalars(found).first()


def review_of_template(template: Template) -> TemplateReview | None:
    """That the present version of a template was reviewed here; None where it was not."""
    found = select(TemplateReview).where(
        TemplateReview.template == template.value, TemplateReview.version == VERSIONS[template]
    )
    return db.session.scalars(found).first()
