"""Where links come from: the registers, and what was done or seen. Row-level security decides what is read of each."""

from collections.abc import Iterable, Iterator
from datetime import date
from uuid import UUID

from licensing.disruption.models import Target
from licensing.disruption.queries import names_of_authorities
from licensing.disruption.targets import key_of, name_of
from licensing.disruption.words import TargetKind
from licensing.links import queries
from licensing.links.queries import Ids
from licensing.links.rules import NAMED, Link, Thing, ThingKind
from licensing.operations.models import Finding, Operation
from licensing.operations.presenting import name_of as name_found
from licensing.operations.words import FindingKind
from licensing.register.models import Licence, Position
from licensing.register.same_person import standing_links

REGISTER, DRIVERS, COUNCILS = "Register", "Operator’s drivers", "Link of two councils"


def vrm_key(mark: str) -> str:
    """A registration mark as registers compare it."""
    return "".join(mark.split()).upper()


class Reading:
    """The links of things, and on the way the names of those that are on no register that the reader may read."""

    def __init__(self) -> None:
        self.names: dict[Thing, str] = {}

    def links_of(self, things: set[Thing]) -> list[Link]:
        """Every link of any of these, in no order."""
        ids = self._ids(things)
        found = [*self._held(ids), *self._worked(ids), *self._tried(ids), *self._known_elsewhere(ids)]
        found += [*self._aimed(ids), *self._visited(ids), *self._seen(ids)]
        return [one for one in found if one.touches(things)]

    def _ids(self, things: Iterable[Thing]) -> Ids:
        of: dict[ThingKind, set[UUID]] = {kind: set() for kind in ThingKind}
        keys, written = set[bytes](), set[str]()
        for one in things:
            if one.record_id:
                of[one.kind].add(one.record_id)
            else:
                keys.add(bytes.fromhex(one.id.removeprefix(NAMED)))
                written.add(self.names[one])
        return Ids(of, keys, written)

    def _named(self, kind: ThingKind, key: bytes, name: str) -> Thing:
        thing = Thing(kind, NAMED + key.hex())
        self.names[thing] = name
        return thing

    def _record(self, kind: ThingKind, record_id: UUID, name: str) -> Thing:
        thing = Thing(kind, str(record_id))
        self.names[thing] = name
        return thing

    # What registers say

    def _held(self, ids: Ids) -> Iterator[Link]:
        licences = queries.licences_of(ids)
        for one in licences:
            holder, what, words = _holder(one), _for(one), f"Holds {one.kind.label} {one.number}"
            if holder and what:
                yield Link(holder, what, words, REGISTER, one.starts_on, one.expires_on)
            if one.id in ids.of[ThingKind.LICENCE]:
                yield from self._of_licence(one, holder, what)
        for position in queries.positions_of(ids, [one.id for one in licences]):
            if link := self._part(position):
                yield link

    def _of_licence(self, licence: Licence, holder: Thing | None, what: Thing | None) -> Iterator[Link]:
        thing = Thing(ThingKind.LICENCE, str(licence.id))
        for other, words in ((holder, "Held by"), (what, "For")):
            if other:
                yield Link(thing, other, words, REGISTER, licence.starts_on, licence.expires_on)

    def _part(self, position: Position) -> Link | None:
        """Who plays which part in what; a part in a licence is one in what the licence is for, or in its holder."""
        what, words = _place_of(position), position.kind.label
        if position.of_licence:
            what, words = (
                _for(position.of_licence) or _holder(position.of_licence),
                f"{words}, {position.of_licence.number}",
            )
        if position.written_name:
            key = key_of(TargetKind.PERSON, position.written_name)
            who: Thing | None = self._named(ThingKind.PERSON, key, position.written_name)
        else:
            who = _one_of((ThingKind.PERSON, position.person_id), (ThingKind.ORGANISATION, position.organisation_id))
        return Link(who, what, words, REGISTER, position.from_on, position.until_on) if who and what else None

    def _worked(self, ids: Ids) -> Iterator[Link]:
        for one in queries.drivers_of(ids):
            who = Thing(ThingKind.PERSON, str(one.person_id))
            operator = Thing(ThingKind.ORGANISATION, str(one.organisation_id))
            yield Link(who, operator, "Drives for the operator", DRIVERS, one.from_on, one.until_on)

    def _tried(self, ids: Ids) -> Iterator[Link]:
        """Holders who stood in one trial meet in it."""
        for case, defendant in queries.defendants_of(ids):
            trial = self._record(ThingKind.COURT_CASE, case.id, case.court)
            who = _holder(defendant.licence) if defendant.licence else None
            words = f"Defendant {defendant.number}: {defendant.verdict.label.lower()}"
            if who:
                yield Link(trial, who, words, f"Court case {case.reference}", case.started_on, case.ended_on)

    def _known_elsewhere(self, ids: Ids) -> Iterator[Link]:
        """That another council knows the person, as both agreed: of its record no more than whose it is."""
        found = standing_links([*ids.of[ThingKind.PERSON]])
        councils = names_of_authorities() if found else {}
        for one in found:
            first = (one.first_person_id, one.first_authority_id)
            ends = [
                self._record(ThingKind.PERSON, person_id, f"Record of {councils[council]}")
                for person_id, council in (first, (one.second_person_id, one.second_authority_id))
            ]
            yield Link(ends[0], ends[1], "The same person, as both councils agreed", COUNCILS, one.since.date())

    # What was done, and what was seen

    def _aimed(self, ids: Ids) -> Iterator[Link]:
        for action, target in queries.targets_of(ids):
            power = Thing(ThingKind.ACTION, str(action.id))
            self.names[power] = action.power.name
            begins = action.in_force_on or action.considered_on
            source = f"Action {action.reference}"
            yield Link(power, self._target(target), "Directed at", source, begins, action.ended_on or action.ends_on)

    def _target(self, target: Target) -> Thing:
        kind, name = ThingKind(target.kind.value), name_of(target)
        if target.record_id:
            return self._record(kind, target.record_id, name)
        return self._named(kind, target.name_key, name)

    def _operation(self, operation: Operation) -> Thing:
        return self._record(ThingKind.OPERATION, operation.id, operation.name)

    def _visited(self, ids: Ids) -> Iterator[Link]:
        for operation, place in queries.places_of(ids):
            if place.record_id:
                where = self._record(ThingKind.PREMISES, place.record_id, place.name)
            else:
                where = self._named(ThingKind.PREMISES, key_of(TargetKind.PREMISES, place.name), place.name)
            words = "Went to" if operation.begun_at else "Is to go to"
            yield _of_day(self._operation(operation), where, words, operation.reference, operation.on_day)

    def _seen(self, ids: Ids) -> Iterator[Link]:
        found = queries.findings_of(ids)
        marks = queries.vehicles_by_mark(vrm_key(one.name or "") for _, one in found if one.kind is FindingKind.VEHICLE)
        for operation, finding in found:
            what = self._finding(finding, marks)
            yield _of_day(self._operation(operation), what, "Found", operation.reference, operation.on_day)

    def _finding(self, finding: Finding, marks: dict[str, UUID]) -> Thing:
        name = name_found(finding)
        if finding.name_key:
            return self._named(ThingKind.PERSON, finding.name_key, name)
        if record_id := marks.get(vrm_key(name)):
            return self._record(ThingKind.VEHICLE, record_id, name)
        return self._named(ThingKind.VEHICLE, key_of(TargetKind.VEHICLE, name), name)


def _of_day(one: Thing, other: Thing, words: str, reference: str, on: date) -> Link:
    return Link(one, other, words, f"Operation {reference}", on, on)


def _one_of(*found: tuple[ThingKind, UUID | None]) -> Thing | None:
    """The first of these that there is."""
    return next((Thing(kind, str(record_id)) for kind, record_id in found if record_id), None)


def _holder(licence: Licence) -> Thing | None:
    return _one_of((ThingKind.PERSON, licence.person_id), (ThingKind.ORGANISATION, licence.organisation_id))


def _for(licence: Licence) -> Thing | None:
    return _one_of((ThingKind.VEHICLE, licence.vehicle_id), (ThingKind.PREMISES, licence.premises_id))


def _place_of(position: Position) -> Thing | None:
    return _one_of(
        (ThingKind.ORGANISATION, position.of_organisation_id),
        (ThingKind.PREMISES, position.of_premises_id),
        (ThingKind.VEHICLE, position.of_vehicle_id),
    )
