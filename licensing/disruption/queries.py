"""Powers, agencies, actions and partner tasks in the sight of whoever is acting; row-level security decides."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from uuid import UUID

from flask import abort
from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import ColumnElement, Row, Select, exists, func, or_, select, text
from sqlalchemy.orm import aliased, selectinload

from licensing.accounts.models import Authority, User
from licensing.accounts.rules import UserStatus
from licensing.db import db
from licensing.disruption.models import (
    Action,
    ActionAgency,
    ActionEvent,
    Agency,
    AgencyMember,
    PartnerTask,
    PowerRow,
    Target,
)
from licensing.disruption.powers import NOT_BEGUN
from licensing.disruption.rules import CLOSURE_ORDER, Span, order
from licensing.disruption.targets import key_of
from licensing.disruption.words import ActionState, TargetKind, TaskAnswer
from licensing.matching.identifiers import normalise

PER_PAGE = 25
_OVER = (ActionState.ENDED, ActionState.NOT_USED, ActionState.NOT_AVAILABLE, ActionState.RAN_OUT)


# Powers


def powers() -> list[PowerRow]:
    """Every version, by code and from when it holds."""
    return list(db.session.scalars(select(PowerRow).order_by(PowerRow.code, PowerRow.active_from)))


def powers_on(day: date) -> list[PowerRow]:
    """What is in force on a day, by name."""
    return sorted((row for row in powers() if row.as_power().holds_on(day)), key=lambda row: (row.name, row.code))


def power(power_id: UUID) -> PowerRow:
    return db.session.get(PowerRow, power_id) or abort(404)


def versions_of(code: str) -> list[PowerRow]:
    """The versions of one power, the newest first."""
    found = select(PowerRow).where(PowerRow.code == code).order_by(PowerRow.active_from.desc())
    return list(db.session.scalars(found))


def waiting() -> list[PowerRow]:
    """Those for which the catalogue has no beginning, by name."""
    found = select(PowerRow).where(PowerRow.active_from == NOT_BEGUN)
    return list(db.session.scalars(found.order_by(PowerRow.name, PowerRow.code)))


# Agencies


def agencies(*, open_only: bool = True) -> list[Agency]:
    """All that lead or join, by name."""
    found = select(Agency).options(selectinload(Agency.authority)).order_by(Agency.name, Agency.id)
    return list(db.session.scalars(found.where(Agency.closed_on.is_(None)) if open_only else found))


def agency(agency_id: UUID) -> Agency:
    return db.session.get(Agency, agency_id) or abort(404)


def agencies_kept(authority_id: UUID) -> list[Agency]:
    """Those whose details a council keeps."""
    found = select(Agency).where(Agency.authority_id == authority_id).order_by(Agency.name, Agency.id)
    return list(db.session.scalars(found))


def acting_agencies() -> list[Agency]:
    """For whom the acting user works."""
    mine = select(func.acting_agencies()).scalar_subquery()
    return list(db.session.scalars(select(Agency).where(Agency.id.in_(mine)).order_by(Agency.name, Agency.id)))


def members_of(agency_id: UUID) -> list[AgencyMember]:
    """Who works for an agency now; the administrator's list, by account."""
    found = select(AgencyMember).where(AgencyMember.agency_id == agency_id, AgencyMember.until_at.is_(None))
    return list(db.session.scalars(found.options(selectinload(AgencyMember.user)).order_by(AgencyMember.id)))


def people_of(agency_id: UUID) -> list[UUID]:
    """Whom to write to at an agency."""
    return list(db.session.scalars(text("SELECT * FROM agency_people(:agency)"), {"agency": agency_id}))


def colleagues(authority_id: UUID) -> list[User]:
    """Everybody of a council who can sign in, by name."""
    found = select(User).where(User.authority_id == authority_id, User.status == UserStatus.ACTIVE)
    return list(db.session.scalars(found.order_by(User.name, User.id)))


# Actions


@dataclass(frozen=True)
class ActionsFilter:
    """What the list is narrowed to; empty means whatever is not over."""

    state: ActionState | None = None
    code: str | None = None
    agency_id: UUID | None = None
    target: TargetKind | None = None
    every: bool = False


def _narrowed(wanted: ActionsFilter, today: date) -> Select[Any]:
    found = select(Action)
    if wanted.state is ActionState.RAN_OUT:
        found = found.where(_ran_out(today))
    elif wanted.state:
        found = found.where(Action.state == wanted.state, ~_ran_out(today))
    elif not wanted.every:
        found = found.where(Action.state.not_in(_OVER), ~_ran_out(today))
    if wanted.code:
        found = found.where(Action.power_id.in_(select(PowerRow.id).where(PowerRow.code == wanted.code)))
    if wanted.agency_id:
        joined = select(ActionAgency.action_id).where(ActionAgency.agency_id == wanted.agency_id)
        found = found.where(Action.id.in_(joined))
    return found.where(Action.directed_at == wanted.target) if wanted.target else found


def _ran_out(today: date) -> ColumnElement[bool]:
    """As rules.Standing.state_on says it."""
    return func.coalesce(Action.ends_on < today, False) & Action.in_force_on.is_not(None) & Action.state.not_in(_OVER)


_FOR_LISTS = (selectinload(Action.power), selectinload(Action.lead), selectinload(Action.targets))


def actions_page(wanted: ActionsFilter, today: date, page: int) -> Pagination:
    """The newest first."""
    found = _narrowed(wanted, today).options(*_FOR_LISTS)
    return db.paginate(found.order_by(Action.considered_on.desc(), Action.id), page=page, per_page=PER_PAGE)


def actions_of_powers(wanted: ActionsFilter, today: date) -> list[tuple[str, str, int]]:
    """How many of the actions that fit each power has: its code, its name, the number."""
    ids = _narrowed(wanted, today).with_only_columns(Action.power_id).subquery()
    counted = (
        select(PowerRow.code, func.min(PowerRow.name), func.count())
        .join(ids, ids.c.power_id == PowerRow.id)
        .group_by(PowerRow.code)
        .order_by(func.count().desc(), PowerRow.code)
    )
    return [(code, name, number) for code, name, number in db.session.execute(counted)]


def action(action_id: UUID, *, for_change: bool = False) -> Action:
    """One that the acting user may know of, or 404."""
    found = select(Action).where(Action.id == action_id)
    return db.session.scalars(_locked(found) if for_change else found).first() or abort(404)


def _locked(found: Select[Any]) -> Select[Any]:
    """Read anew under a lock: what the page read before may have changed since."""
    return found.with_for_update().execution_options(populate_existing=True)


def action_exists(action_id: UUID) -> bool:
    return bool(db.session.scalar(select(exists().where(Action.id == action_id))))


def works_on(action_id: UUID) -> bool:
    """Whether the acting user's agency leads or joins, and does not only have the place in its area."""
    return bool(db.session.scalar(text("SELECT :action IN (SELECT worked_actions())"), {"action": action_id}))


def events_of(action_id: UUID) -> list[ActionEvent]:
    """What happened, as it stands corrected, in the order of its days."""
    correction = aliased(ActionEvent)
    found = (
        select(ActionEvent)
        .where(
            ActionEvent.action_id == action_id,
            ActionEvent.withdrawn.is_(False),
            ~exists().where(correction.replaces_id == ActionEvent.id),
        )
        .order_by(ActionEvent.on_day, ActionEvent.place)
    )
    return sorted(db.session.scalars(found), key=lambda one: order(one.as_event(), one.place))


def next_number(kind: type[Target] | type[ActionEvent], action_id: UUID) -> int:
    counted = select(func.coalesce(func.max(kind.number), 0)).where(kind.action_id == action_id)
    return int(db.session.scalar(counted) or 0) + 1


def reports(action_id: UUID, after_days: int) -> tuple[int, int] | None:
    """How many complaints and concerns about its targets came in so many days before it took effect, and after.

    None where no target is linked with a record of a register: then nothing can be counted.
    """
    counted = text("SELECT earlier, later FROM reports_about(:action, :days)")
    row = db.session.execute(counted, {"action": action_id, "days": after_days}).one_or_none()
    return (row.earlier, row.later) if row else None


def reports_of_many(looks: Collection[tuple[UUID, int]]) -> dict[UUID, tuple[int, int]]:
    """The same of many actions, each with after how many days it is looked at; without those that cannot be counted."""
    counted = text(
        "SELECT g.id, r.earlier, r.later FROM unnest(CAST(:ids AS uuid[]), CAST(:days AS integer[])) AS g (id, days)"
        " CROSS JOIN LATERAL reports_about(g.id, g.days) r"
    )
    given = {"ids": [one for one, _ in looks], "days": [days for _, days in looks]}
    return {row.id: (row.earlier, row.later) for row in db.session.execute(counted, given)}


def lock_places(wanted: Action) -> None:
    """Until the transaction ends nobody else closes one of its places, by the record or by the name."""
    keys = {str(key) for one in wanted.targets for key in (one.record_id, one.name_key.hex()) if key}
    for one in sorted(keys):
        db.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(one, 0))))


def spans_of_same(wanted: Action) -> list[Span]:
    """When the same power was in force on the same premises by other actions."""
    places = [one for one in wanted.targets if one.kind is TargetKind.PREMISES]
    if not places:
        return []
    same = or_(*(_same_place(one) for one in places))
    others = (
        select(Action.in_force_on, func.least(Action.ended_on, Action.ends_on).label("last"))
        .join(Target, Target.action_id == Action.id)
        .where(same, Action.id != wanted.id, Action.power_id == wanted.power_id, Action.in_force_on.is_not(None))
        .order_by(Action.in_force_on, Action.id)
    )
    return [Span(cast(date, row.in_force_on), row.last) for row in db.session.execute(others)]


def _same_place(target: Target) -> ColumnElement[bool]:
    """The same record, or the same name and postcode: by either a place is known again, as when a file is read."""
    plain = func.regexp_replace(func.upper(Target.postcode), "[^A-Z0-9]", "", "g")
    written = (Target.name_key == target.name_key) & (plain == normalise(target.postcode))
    return written | (Target.record_id == target.record_id) if target.record_id else written


def actions_about(record_ids: Collection[UUID]) -> list[Action]:
    """The actions directed at a record of a register, the newest first."""
    directed = select(Target.action_id).where(Target.record_id.in_(record_ids))
    found = select(Action).where(Action.id.in_(directed)).options(*_FOR_LISTS)
    return list(db.session.scalars(found.order_by(Action.considered_on.desc(), Action.id)))


def actions_on(kind: TargetKind, name: str) -> list[Action]:
    """The actions on somebody or something of this name, as it was given."""
    directed = select(Target.action_id).where(Target.name_key == key_of(kind, name))
    found = select(Action).where(Action.id.in_(directed)).options(*_FOR_LISTS)
    return list(db.session.scalars(found.order_by(Action.considered_on.desc(), Action.id)))


def places_found(words: str) -> Sequence[Row[Any]]:
    """Premises of any council by a part of the name, or the postcode: id, authority_id, name, address, postcode."""
    found = text("SELECT * FROM places_found(:words, 25)")
    return db.session.execute(found, {"words": " ".join(words.casefold().split())}).all()


def names_of_authorities() -> dict[UUID, str]:
    return {row.id: row.name for row in db.session.execute(select(Authority.id, Authority.name).order_by(Authority.id))}


# What partners are asked


def partner_task(task_id: UUID, *, for_change: bool = False) -> PartnerTask:
    found = select(PartnerTask).where(PartnerTask.id == task_id)
    return db.session.scalars(_locked(found) if for_change else found).first() or abort(404)


def partner_task_exists(task_id: UUID) -> bool:
    return bool(db.session.scalar(select(exists().where(PartnerTask.id == task_id))))


def asked_of_us(page: int) -> Pagination:
    """What the acting user's agencies were asked, what waits first."""
    mine = select(func.acting_agencies()).scalar_subquery()
    waits = PartnerTask.answer.in_((TaskAnswer.ASKED, TaskAnswer.ACCEPTED))
    found = (
        select(PartnerTask).where(PartnerTask.agency_id.in_(mine)).options(selectinload(PartnerTask.asked_by_agency))
    )
    return db.paginate(found.order_by(waits.desc(), PartnerTask.due_on, PartnerTask.id), page=page, per_page=PER_PAGE)


def asked_for(action_id: UUID) -> list[PartnerTask]:
    """What others were asked for an action."""
    found = select(PartnerTask).where(PartnerTask.action_id == action_id).options(selectinload(PartnerTask.agency))
    return list(db.session.scalars(found.order_by(PartnerTask.due_on, PartnerTask.id)))


def waiting_for_us() -> int:
    """How much the acting user's agencies were asked and have not settled."""
    mine = select(func.acting_agencies()).scalar_subquery()
    waits = PartnerTask.answer.in_((TaskAnswer.ASKED, TaskAnswer.ACCEPTED))
    counted = select(func.count()).where(PartnerTask.agency_id.in_(mine), waits)
    return cast(int, db.session.scalar(counted))


# What a file is compared with


def actions_of_source(authority_id: UUID, source_ids: Collection[str]) -> list[Action]:
    """The actions that a council's officers brought in with these keys; those that their agency works on last."""
    found = select(Action).where(Action.authority_id == authority_id, Action.source_id.in_(source_ids))
    mine = Action.recording_agency_id.in_(select(func.acting_agencies()).scalar_subquery())
    whole = (Action.power, Action.targets, Action.agencies, Action.events, Action.reviews)
    found = found.options(*(selectinload(part) for part in whole)).order_by(mine, Action.id)
    return list(db.session.scalars(found)) if source_ids else []


def worked_actions() -> set[UUID]:
    """The actions that the acting user's agencies lead or join."""
    return set(db.session.scalars(select(func.worked_actions())))


def places_named(wanted: Sequence[tuple[str, str]]) -> Sequence[Row[Any]]:
    """Premises of any council with exactly such a name and postcode, as they are filed: id, authority_id, and both."""
    found = text("SELECT * FROM places_named(CAST(:names AS text[]), CAST(:postcodes AS text[]))")
    given = {"names": [name for name, _ in wanted], "postcodes": [postcode for _, postcode in wanted]}
    return db.session.execute(found, given).all() if wanted else []


def closure_orders(action_ids: Collection[UUID]) -> list[Action]:
    """Those of these actions by which a court closes a place, as they stand now."""
    orders = select(PowerRow.id).where(PowerRow.code == CLOSURE_ORDER)
    found = select(Action).where(Action.id.in_(action_ids), Action.power_id.in_(orders)).order_by(Action.id)
    return list(db.session.scalars(found.execution_options(populate_existing=True))) if action_ids else []


def closures_of(name_keys: Collection[bytes]) -> Sequence[Row[Any]]:
    """When powers that close premises were in force on those of these names."""
    found = (
        select(
            Action.power_id,
            Target.record_id,
            Target.name_key,
            Target.postcode,
            Action.in_force_on,
            func.least(Action.ended_on, Action.ends_on).label("last"),
        )
        .join(Target, Target.action_id == Action.id)
        .join(PowerRow, PowerRow.id == Action.power_id)
        .where(Target.name_key.in_(name_keys), PowerRow.closes, Action.in_force_on.is_not(None))
        .order_by(Action.in_force_on, Action.id)
    )
    return cast("Sequence[Row[Any]]", db.session.execute(found).all()) if name_keys else []
