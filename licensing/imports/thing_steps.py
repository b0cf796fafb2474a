"""What a plan for vehicles, operators or places will write."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from licensing import dates
from licensing.db import insert_many, update_many
from licensing.imports.known_things import KnownOrganisation, PartPlayed, Thing, ThingLicence
from licensing.imports.licence_steps import LicenceChange, derive, gather_events, write_badges
from licensing.imports.subjects import Subject
from licensing.keys import FieldKeys
from licensing.matching.identifiers import normalise
from licensing.register.details import OrganisationDetails
from licensing.register.events import ONE_DAY
from licensing.register.models import Licence, Position, VehicleMark
from licensing.register.parts import OrganisationKind
from licensing.register.rows import Rows

Row = dict[str, Any]


class ThingSteps:
    """Gathers steps while a file is planned; `apply` writes them all."""

    def __init__(self, authority_id: UUID, keys: FieldKeys, subject: Subject) -> None:
        self.subject = subject
        self.rows = Rows(authority_id, keys)
        self.new: list[Thing] = []
        self.changed: list[Thing] = []
        self.new_licences: list[ThingLicence] = []
        self.changed_licences: dict[int, ThingLicence] = {}  # by the object's own id
        self.new_organisations: list[KnownOrganisation] = []
        # What it is played in, who plays it now, and whether somebody else did before.
        self.parts: list[tuple[Thing | ThingLicence, PartPlayed, bool]] = []
        self.ended: list[PartPlayed] = []
        self.holders: list[ThingLicence] = []
        self.written: list[UUID] = []

    def apply(self) -> None:
        for organisation in self.new_organisations:
            kind = organisation.kind or OrganisationKind.OTHER
            organisation.id = self.rows.add_organisation(OrganisationDetails(organisation.name, kind))
        for thing in self.new:
            thing.id = self.subject.add(self.rows, thing.facts, thing.source_id)
        for licence in self.new_licences:
            self._add_licence(licence)
        for of, part, in_place_of_another in self.parts:
            if not part.ended:
                self._add_part(of, part, dates.today() if in_place_of_another else None)
        changes = [_change_of(licence) for licence in self.changed_licences.values() if licence.details is None]
        gather_events(self.rows, changes)
        self.rows.write()
        self._write_changed()
        write_badges(self.rows.authority_id, changes)
        derive(changes)
        self.written += self._without_licence()

    def _add_licence(self, licence: ThingLicence) -> None:
        details = licence.as_brought
        of: dict[str, Any] = {self.subject.licence_column: licence.thing.id}
        if licence.holder:
            of["organisation_id"] = licence.holder.id
        licence.known.id = self.rows.add_licence(None, details, **of)
        self.written.append(licence.known.id)

    def _without_licence(self) -> list[UUID]:
        """New things that are known by themselves alone."""
        licensed = {licence.thing.id for licence in self.new_licences}
        return [thing.id for thing in self.new if thing.id and thing.id not in licensed]

    def _add_part(self, of: Thing | ThingLicence, part: PartPlayed, from_on: date | None) -> None:
        organisation = part.holder.organisation
        holder: Row = {"organisation_id": organisation.id} if organisation else {"written_name": part.holder.name}
        if isinstance(of, ThingLicence):
            place: Row = {"of_licence_id": of.known.id}
        else:
            place = {f"of_{self.subject.licence_column}": of.id}
        self.rows.add_position(part.kind, holder, place, from_on=from_on)

    def _write_changed(self) -> None:
        """The things' own columns, whose part ended, and who holds a licence now."""
        update_many(
            self.subject.model,
            [
                {"id": thing.id, "source_id": thing.source_id, **self.subject.columns(thing.facts)}
                for thing in self.changed
            ],
        )
        self._keep_former_marks()
        yesterday = dates.today() - ONE_DAY
        ended = [
            {"id": part.id, "until_on": max(yesterday, part.from_on) if part.from_on else yesterday}
            for part in self.ended
            if part.id
        ]
        update_many(Position, ended)
        holders = {licence.known.id: licence.holder for licence in self.holders}
        update_many(Licence, [{"id": id_, "organisation_id": one.id if one else None} for id_, one in holders.items()])

    def _keep_former_marks(self) -> None:
        changed = [(thing.id, thing.former["vrm"]) for thing in self.changed if "vrm" in thing.former]
        insert_many(
            VehicleMark,
            [
                {
                    "id": uuid4(),
                    "authority_id": self.rows.authority_id,
                    "vehicle_id": vehicle_id,
                    "vrm": vrm,
                    "vrm_key": normalise(vrm),
                    "from_on": None,
                    "until_on": dates.today() - ONE_DAY,
                }
                for vehicle_id, vrm in changed
            ],
        )


def _change_of(licence: ThingLicence) -> LicenceChange:
    badge_no, former = licence.known.badge_no, licence.former_badge_no
    return LicenceChange(licence.known.id, licence.added, badge_no if licence.new_badge else "", former)
