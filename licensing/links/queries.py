"""The rows from which links are read, of many things at once, in the sight of whoever is acting."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Executable, func, or_, select
from sqlalchemy.orm import joinedload

from licensing.db import db
from licensing.disruption.models import Action, Target
from licensing.links.rules import ThingKind
from licensing.operations.models import Finding, Operation, OperationPlace
from licensing.operations.words import FindingKind
from licensing.register.models import Licence, Position, Vehicle
from licensing.suitability.models import CourtCase, CourtDefendant, OperatorDriver


@dataclass(frozen=True)
class Ids:
    """Things as the database finds them: records by kind, and by hash and by letter those that are only named."""

    of: Mapping[ThingKind, Collection[UUID]]
    keys: Collection[bytes]
    written: Collection[str]

    @property
    def records(self) -> list[UUID]:
        """All that may be a record of a register."""
        aside = (ThingKind.ACTION, ThingKind.OPERATION, ThingKind.COURT_CASE)
        return [one for kind, ids in self.of.items() if kind not in aside for one in ids]


def _is_any(*asked: tuple[Any, Collection[Any]]) -> ColumnElement[bool]:
    """Whether a column holds one of the ids asked of it, for any of these."""
    return or_(*(column.in_(ids) for column, ids in asked))


def licences_of(ids: Ids) -> list[Licence]:
    """What people and organisations hold, and what is held for vehicles and premises."""
    wanted = _is_any(
        (Licence.id, ids.of[ThingKind.LICENCE]),
        (Licence.person_id, ids.of[ThingKind.PERSON]),
        (Licence.organisation_id, ids.of[ThingKind.ORGANISATION]),
        (Licence.vehicle_id, ids.of[ThingKind.VEHICLE]),
        (Licence.premises_id, ids.of[ThingKind.PREMISES]),
    )
    return list(db.session.scalars(select(Licence).where(wanted).order_by(Licence.id)))


def positions_of(ids: Ids, licence_ids: Collection[UUID]) -> list[Position]:
    """The parts that these play, that are played in them, and that are played in these licences."""
    wanted = _is_any(
        (Position.person_id, ids.of[ThingKind.PERSON]),
        (Position.organisation_id, ids.of[ThingKind.ORGANISATION]),
        (Position.written_name, ids.written),
        (Position.of_organisation_id, ids.of[ThingKind.ORGANISATION]),
        (Position.of_premises_id, ids.of[ThingKind.PREMISES]),
        (Position.of_vehicle_id, ids.of[ThingKind.VEHICLE]),
        (Position.of_licence_id, licence_ids),
    )
    found = select(Position).where(wanted, Position.superseded_at.is_(None)).options(joinedload(Position.of_licence))
    return list(db.session.scalars(found.order_by(Position.id)))


def drivers_of(ids: Ids) -> list[OperatorDriver]:
    wanted = _is_any(
        (OperatorDriver.person_id, ids.of[ThingKind.PERSON]),
        (OperatorDriver.organisation_id, ids.of[ThingKind.ORGANISATION]),
    )
    return list(db.session.scalars(select(OperatorDriver).where(wanted).order_by(OperatorDriver.id)))


def defendants_of(ids: Ids) -> list[tuple[CourtCase, CourtDefendant]]:
    """The trials of these holders, and the holders who stood in these trials; each by a licence that is read."""
    wanted = _is_any(
        (CourtDefendant.case_id, ids.of[ThingKind.COURT_CASE]),
        (Licence.person_id, ids.of[ThingKind.PERSON]),
        (Licence.organisation_id, ids.of[ThingKind.ORGANISATION]),
    )
    found = select(CourtCase, CourtDefendant).join(CourtDefendant, CourtDefendant.case_id == CourtCase.id)
    found = found.join(Licence, Licence.id == CourtDefendant.licence_id).where(wanted)
    return _pairs(found.options(joinedload(CourtDefendant.licence)).order_by(CourtDefendant.id))


def targets_of(ids: Ids) -> list[tuple[Action, Target]]:
    """The actions directed at these, and what these actions are directed at."""
    wanted = _is_any(
        (Target.action_id, ids.of[ThingKind.ACTION]), (Target.record_id, ids.records), (Target.name_key, ids.keys)
    )
    found = select(Action, Target).join(Target, Target.action_id == Action.id).where(wanted)
    return _pairs(found.options(joinedload(Action.power)).order_by(Target.id))


def places_of(ids: Ids) -> list[tuple[Operation, OperationPlace]]:
    """The operations that go to these, and where these operations go."""
    wanted = _is_any(
        (OperationPlace.operation_id, ids.of[ThingKind.OPERATION]),
        (OperationPlace.record_id, ids.of[ThingKind.PREMISES]),
        (OperationPlace.name, ids.written),
    )
    found = select(Operation, OperationPlace).join(OperationPlace, OperationPlace.operation_id == Operation.id)
    return _pairs(found.where(wanted).order_by(OperationPlace.id))


def findings_of(ids: Ids) -> list[tuple[Operation, Finding]]:
    """The operations that found these people and vehicles, and whom and what these operations found."""
    marks = select(Vehicle.vrm_key).where(Vehicle.id.in_(ids.of[ThingKind.VEHICLE]))
    mark = func.replace(func.upper(Finding.name), " ", "")
    wanted = or_(
        Finding.operation_id.in_(ids.of[ThingKind.OPERATION]),
        Finding.name_key.in_(ids.keys),
        mark.in_([*(one.upper().replace(" ", "") for one in ids.written), *db.session.scalars(marks)]),
    )
    found = select(Operation, Finding).join(Finding, Finding.operation_id == Operation.id)
    named = Finding.kind.in_((FindingKind.PERSON, FindingKind.VEHICLE))
    return _pairs(found.where(wanted, named).order_by(Finding.id))


def vehicles_by_mark(keys: Iterable[str]) -> dict[str, UUID]:
    """The vehicles of the own register with these registration marks."""
    found = select(Vehicle.vrm_key, Vehicle.id).where(Vehicle.vrm_key.in_([*keys])).order_by(Vehicle.id)
    return {row.vrm_key: row.id for row in db.session.execute(found)}


def _pairs(found: Executable) -> list[tuple[Any, Any]]:
    return [(row[0], row[1]) for row in db.session.execute(found)]
