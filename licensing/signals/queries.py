"""Signals in the sight of whoever is acting, what they count in words that may be read, and what was dismissed."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from flask import abort
from sqlalchemy import Select, exists, func, select, text
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import selectinload

from licensing import dates
from licensing.accounts.models import Authority
from licensing.concerns.models import Concern
from licensing.db import db
from licensing.disruption.models import Action
from licensing.operations.models import TestPurchase
from licensing.register.models import Licence, LicenceEvent, Organisation, Person, Premises, Vehicle
from licensing.signals import rules
from licensing.signals.models import SignalDismissal, SignalRule
from licensing.signals.rules import Row, Rule, Signal
from licensing.signals.words import Counted, RowKind, SignalSubject
from licensing.suitability.models import Complaint

_FOUND = text("SELECT * FROM signals_found()")


@dataclass(frozen=True)
class SignalsFilter:
    """What the list is narrowed to; empty means whatever is not dismissed."""

    counted: Counted | None = None
    subject: SignalSubject | None = None
    authority_id: UUID | None = None
    dismissed: bool = False


# Signals


def every_signal() -> list[Signal]:
    """All that whoever is acting may know of, the one with the newest row first, dismissed or not."""
    by_code = {one.code: one for one in rules_in_force()}
    return [_signal(row, by_code[row.code]) for row in db.session.execute(_FOUND)]


def _signal(found: Any, rule: Rule) -> Signal:
    columns = zip(found.row_kinds, found.row_ids, found.row_authorities, found.row_days, strict=True)
    return Signal(
        id=found.id,
        rule=replace(rule, days=found.days, threshold=found.threshold),
        record_id=found.record_id,
        of_authority_id=found.of_authority_id,
        name=found.name,
        place=", ".join(line for line in (found.place or "").splitlines() if line),
        newest_on=found.newest_on,
        rows=tuple(Row(RowKind(kind), *others) for kind, *others in columns),
    )


def signals(wanted: SignalsFilter) -> list[tuple[Signal, SignalDismissal | None]]:
    """Those that fit, each with the dismissal that holds for it."""
    found, dismissals = every_signal(), dismissals_of(None)
    told = ((one, standing_dismissal(one, dismissals)) for one in found)
    return [(one, gone) for one, gone in told if _fits(one, wanted) and (wanted.dismissed or gone is None)]


def _fits(signal: Signal, wanted: SignalsFilter) -> bool:
    return (
        wanted.counted in (None, signal.rule.counted)
        and wanted.subject in (None, signal.rule.subject)
        and (wanted.authority_id is None or any(row.authority_id == wanted.authority_id for row in signal.rows))
    )


def signal(signal_id: UUID) -> Signal:
    """One that whoever is acting may know of, or 404."""
    return next((one for one in every_signal() if one.id == signal_id), None) or abort(404)


def signal_exists(signal_id: UUID) -> bool:
    return bool(db.session.scalar(text("SELECT true FROM signals_found() WHERE id = :id"), {"id": signal_id}))


def signals_about(record_id: UUID) -> list[Signal]:
    """What is counted about a record of a register."""
    return [one for one in every_signal() if one.record_id == record_id]


def dismissals_of(signal_id: UUID | None) -> list[SignalDismissal]:
    """What one's own council dismissed, of one signal or of all, the newest first."""
    found = select(SignalDismissal).options(selectinload(SignalDismissal.by))
    if signal_id:
        found = found.where(SignalDismissal.signal_id == signal_id)
    return list(db.session.scalars(found.order_by(SignalDismissal.at.desc(), SignalDismissal.id)))


def standing_dismissal(signal: Signal, dismissals: Collection[SignalDismissal]) -> SignalDismissal | None:
    """The newest dismissal that looked at all that is counted now."""
    own = (one for one in dismissals if one.signal_id == signal.id)
    return next((one for one in own if rules.is_dismissed(signal, [one.row_ids])), None)


# The rows in words, under row-level security: what may not be read is left out.


def complaints(ids: Collection[UUID]) -> list[Complaint]:
    return _all(select(Complaint).where(Complaint.id.in_(ids)))


def concerns(ids: Collection[UUID]) -> list[Concern]:
    return _all(select(Concern).where(Concern.id.in_(ids)))


def decisions(ids: Collection[UUID]) -> list[tuple[LicenceEvent, Licence]]:
    """The events of licences, each with its licence."""
    found = select(LicenceEvent, Licence).join(Licence, Licence.id == LicenceEvent.licence_id)
    return [(event, licence) for event, licence in db.session.execute(found.where(LicenceEvent.id.in_(ids)))]


def actions(ids: Collection[UUID]) -> list[Action]:
    return _all(select(Action).where(Action.id.in_(ids)).options(selectinload(Action.power)))


def tests(ids: Collection[UUID]) -> list[TestPurchase]:
    return _all(select(TestPurchase).where(TestPurchase.id.in_(ids)))


def _all(found: Select[Any]) -> list[Any]:
    return list(db.session.scalars(found))


# Thresholds


def rules_in_force() -> list[Rule]:
    """What holds for one's own council today, by what it is about; also what it does not use."""
    return [row.as_rule() for row in rule_rows()]


def rule_rows() -> list[SignalRule]:
    """The newest version of each rule: one's own council's where it chose one."""
    newest = (
        select(SignalRule.id)
        .ext(distinct_on(SignalRule.code))
        .where(SignalRule.valid_from <= dates.today())
        .order_by(
            SignalRule.code,
            SignalRule.authority_id.nulls_last(),
            SignalRule.valid_from.desc(),
            SignalRule.recorded_at.desc(),
            SignalRule.id,
        )
    )
    found = select(SignalRule).where(SignalRule.id.in_(newest))
    in_order = (SignalRule.subject, SignalRule.counted, SignalRule.days, func.lower(SignalRule.code))
    return list(db.session.scalars(found.order_by(*in_order)))


def rule_row(code: str) -> SignalRule:
    """What holds of one rule, or 404."""
    return next((row for row in rule_rows() if row.code == code), None) or abort(404)


def authorities() -> dict[UUID, str]:
    """Every council by its id."""
    return {row.id: row.name for row in db.session.execute(select(Authority.id, Authority.name).order_by(Authority.id))}


_RECORDS: dict[SignalSubject, Any] = {
    SignalSubject.PERSON: Person.id,
    SignalSubject.ORGANISATION: Organisation.id,
    SignalSubject.VEHICLE: Vehicle.id,
    SignalSubject.PREMISES: Premises.id,
}


def may_read(signal: Signal) -> bool:
    """Whether the record that a signal is about is on a register that whoever is acting reads."""
    column = _RECORDS.get(signal.rule.subject)
    return column is not None and bool(db.session.scalar(select(exists().where(column == signal.record_id))))
