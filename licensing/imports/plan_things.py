"""Comparing a file of vehicles, operators or places with the register."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from licensing.imports import licence_events
from licensing.imports.existing import NOBODY
from licensing.imports.known_things import (
    Holder,
    KnownOrganisation,
    KnownThings,
    PartPlayed,
    Thing,
    ThingLicence,
)
from licensing.imports.organisation_names import organisation_key, organisation_kind, same_name
from licensing.imports.plan import Outcome, Plan
from licensing.imports.planning import Planner
from licensing.imports.rejections import LeftOut, Rejection
from licensing.imports.subjects import Facts, Key
from licensing.imports.thing_rows import Part, ThingRow
from licensing.imports.thing_steps import ThingSteps
from licensing.imports.words import key_of
from licensing.keys import FieldKeys
from licensing.matching.identifiers import normalise
from licensing.register.details import LicenceDetails
from licensing.register.events import Event, EventKind
from licensing.register.parts import ONE_AT_A_TIME, PositionKind
from licensing.register.rules import filed_under

_OTHER_THING = "This number is on your register for another {} ({}). Check which of the two is right."
_OTHER_ROW = "Row {} gives this number to another {}. Check which of the two is right."
_MARK_TAKEN = "This registration mark is {} for another vehicle. Check which of the two is right."
_NOT_TAKEN_UP = "the {} is {} for another {}, and was not taken up"
_WHICH = "Several {}s are known by this {}, so it is not known which is meant. Give their keys in your own system."
_JOINED = "it is {}, which is on your register already with the same {}, and was joined to it"
_SEVERAL = "your register has several people as {} and this name is not among them, so none was changed"

_LABELS = {"vrm": "registration mark", "uprn": "UPRN", "company_no": "company number", "kind": "kind of place"}


def plan_things(
    rows: Iterable[ThingRow | Rejection | LeftOut], known: KnownThings, keys: FieldKeys, authority_id: UUID
) -> Plan:
    """One plan for all rows. What a row adds to the register is known to the rows after it."""
    return _ThingPlanner(known, keys, authority_id).plan(rows)


class _ThingPlanner(Planner[ThingRow]):
    def __init__(self, known: KnownThings, keys: FieldKeys, authority_id: UUID) -> None:
        self.known, self.subject = known, known.subject
        self.steps = ThingSteps(authority_id, keys, known.subject)
        super().__init__(self.steps)

    def plan(self, rows: Iterable[ThingRow | Rejection | LeftOut]) -> Plan:
        """Rows that give a number without the kind of licence come after the others, in which the licence may be."""
        later: list[ThingRow] = []
        super().plan(self._of_known_kind(rows, later))
        super().plan(later)
        self.result.outcomes.sort(key=lambda one: one.row)
        return self.result

    @staticmethod
    def _of_known_kind(
        rows: Iterable[ThingRow | Rejection | LeftOut], later: list[ThingRow]
    ) -> Iterator[ThingRow | Rejection | LeftOut]:
        for row in rows:
            if isinstance(row, ThingRow) and row.licence_no and row.licence_type is None:
                later.append(row)
            else:
                yield row

    def note_spoken_of(self, source_id: str, licence_no: str) -> None:
        number = normalise(licence_no)
        for kind in self.subject.kinds:
            if licence := self.known.licences.get((kind, number)):
                self._note_seen(licence.thing, licence)
        if thing := self.known.by_source.get(source_id):
            self._note_seen(thing, None)

    def plan_row(self, row: ThingRow) -> None:
        licence = self._licence_of(row)
        thing = self._thing_by_number(row, licence)
        key, found = (None, [thing]) if thing else self._things_by_key(row)
        thing = found[0] if len(found) == 1 else None
        if key and not thing and found:
            self.reject(row, self.subject.column_of(key), "", _WHICH.format(self.subject.noun, key[0]))
        elif licence and thing and licence.thing is not thing:
            self._reject_number(row, licence)
        elif thing and (taken := self._other_with_mark(row, thing)):
            self.reject(row, "vrm", row.facts["vrm"], _MARK_TAKEN.format(self._where(taken)))
        elif thing:
            self._change_thing(row, thing, licence, key)
        else:
            self._plan(row, self._add(row), licence)
            self.note(row, Outcome.NEW)

    def _change_thing(self, row: ThingRow, thing: Thing, licence: ThingLicence | None, key: Key | None) -> None:
        if row.source_id:
            self.known.by_source.setdefault(row.source_id, thing)  # from here on a further key of the same one
        what = self._plan(row, thing, licence)
        if thing.id and key and what:
            self.warn(row, _JOINED.format(thing.reference, key[0]))
        outcome = Outcome.NEW if thing.id is None else Outcome.CHANGED
        self.note(row, outcome if what else Outcome.UNCHANGED, "; ".join(what) if thing.id else "")

    def _plan(self, row: ThingRow, thing: Thing, licence: ThingLicence | None) -> list[str]:
        """What the row changes, in words."""
        what = [*self._changed_facts(row, thing)]
        if licence:
            what += self._changed_licence(row, licence)
        elif row.licence_type and row.licence_no:
            licence = self._add_licence(row, thing)
            what.append(f"licence {row.licence_no} added")
        for part in row.parts:
            what += self._changed_part(row, part, thing, licence)
        self._note_seen(thing, licence)
        return what

    def _note_seen(self, thing: Thing, licence: ThingLicence | None) -> None:
        if thing.id:
            self.result.spoken_of.add(thing.id)
        unit = licence.known.id if licence else thing.id
        if unit and unit != NOBODY:
            self.result.units.add(unit)

    def _licence_of(self, row: ThingRow) -> ThingLicence | None:
        """The licence with the row's number; where the row has no type, the one of any type that has it."""
        number = normalise(row.licence_no)
        if not number:
            return None
        kinds = (row.licence_type,) if row.licence_type else self.subject.kinds
        found = [licence for kind in kinds if (licence := self.known.licences.get((kind, number)))]
        return found[0] if len(found) == 1 else None

    def _thing_by_number(self, row: ThingRow, licence: ThingLicence | None) -> Thing | None:
        """Which one the row means by the council's own key, else by the licence number."""
        by_source = self.known.by_source.get(row.source_id) if row.source_id else None
        return by_source or (licence.thing if licence else None)

    def _things_by_key(self, row: ThingRow) -> tuple[Key | None, list[Thing]]:
        """Which ones the row can mean by what it says of them, and by which key."""
        for key in self.subject.keys(row.facts):
            if things := self.known.named_by(row.facts, key):
                return key, things
        return None, []

    def _other_with_mark(self, row: ThingRow, thing: Thing) -> Thing | None:
        """Another vehicle that has the registration mark which this row gives to `thing`."""
        return self._other_with("vrm", row.facts, thing) if "vrm" in row.facts else None

    def _other_with(self, name: str, facts: Facts, thing: Thing) -> Thing | None:
        """Another thing that has this fact of its own."""
        keys = (key for key in self.subject.keys(facts) if self.subject.own.get(key[0]) == name)
        return next((other for key in keys for other in self.known.of_key(key) if other is not thing), None)

    def _where(self, thing: Thing) -> str:
        return f"on your register ({thing.reference})" if thing.reference else f"in row {self.first_row[thing]}"

    def _reject_number(self, row: ThingRow, licence: ThingLicence) -> None:
        noun, other = self.subject.noun, licence.thing
        if other.reference:
            reason = _OTHER_THING.format(noun, other.reference)
        else:
            reason = _OTHER_ROW.format(self.first_row[other], noun)
        self.reject(row, "licence_no", row.licence_no, reason)

    def _add(self, row: ThingRow) -> Thing:
        thing = Thing({**row.facts, **row.if_new}, row.source_id or None)
        self.known.file(thing)
        self.steps.new.append(thing)
        self.first_row[thing] = row.row
        return thing

    def _changed_facts(self, row: ThingRow, thing: Thing) -> Iterator[str]:
        self.first_row.setdefault(thing, row.row)
        for name, written in row.facts.items():
            present = thing.facts[name]
            said = self.as_corrected(row, thing.mistakes, name, written, present)
            if present and (thing.only_filled or name in self.subject.unchanging or _is_written_alike(said, present)):
                continue
            label = _LABELS.get(name, name.replace("_", " "))
            fact = self.believed(row, thing, label, said, present)
            if (
                fact != present
                and name in self.subject.own.values()
                and (other := self._other_with(name, row.facts, thing))
            ):
                self.warn(row, _NOT_TAKEN_UP.format(label, self._where(other), self.subject.noun))
            elif fact != present:
                self._change(thing, name, fact)
                yield label
        if row.source_id and thing.source_id is None:
            thing.source_id = row.source_id
            self.known.by_source.setdefault(row.source_id, thing)
            self._touch(thing)
            yield "key in your own system"

    def _change(self, thing: Thing, name: str, fact: object) -> None:
        thing.former.setdefault(name, thing.facts[name])
        thing.facts[name] = fact
        self._touch(thing)
        self.known.file(thing)

    def _touch(self, thing: Thing) -> None:
        if thing.id and not thing.changed:
            thing.changed = True
            self.steps.changed.append(thing)

    def _add_licence(self, row: ThingRow, thing: Thing) -> ThingLicence:
        assert row.licence_type is not None, "only a licence of a known kind is added"
        events = licence_events.first_events(row)
        details = LicenceDetails(row.licence_type, row.licence_no, row.badge_no, events, row.activities)
        known = licence_events.known_from(events, row.badge_no, self.known.as_at)
        licence = ThingLicence(thing, known, details)
        self.known.licences[row.licence_type, normalise(row.licence_no)] = licence
        self.first_row[licence] = row.row
        self.steps.new_licences.append(licence)
        return licence

    def _changed_licence(self, row: ThingRow, licence: ThingLicence) -> Iterator[str]:
        badge = self.believed(row, licence, "plate number", row.badge_no, licence.known.badge_no)
        first = self.first_row[licence]
        if first == row.row:
            events, warning = licence_events.events_to_add(row, licence.known)
        else:
            events, warning = licence_events.further_events(row, licence.known, first)
        self.warn(row, warning)
        if badge != licence.known.badge_no:
            licence.former_badge_no, licence.new_badge = licence.former_badge_no or licence.known.badge_no, True
            licence.known.badge_no = badge
            yield "plate number"
        self._add_events(licence, events)
        yield from (event.kind.label.lower() for event in events)

    def _add_events(self, licence: ThingLicence, events: list[Event]) -> None:
        if events or licence.new_badge:
            self.steps.changed_licences.setdefault(id(licence), licence)
        licence.added += events
        if licence.details:
            known = licence.as_brought
            licence.known = licence_events.known_from(known.events, known.badge_no, self.known.as_at)
        for event in events:
            if event.kind in (EventKind.RENEWED, EventKind.GRANTED):
                licence.known.starts_on, licence.known.expires_on = event.starts_on, event.expires_on

    def _changed_part(self, row: ThingRow, part: Part, thing: Thing, licence: ThingLicence | None) -> Iterator[str]:
        """Whoever the row names; the one before ends the day before, and stays as history."""
        of = licence if licence and part.kind is not PositionKind.PROPRIETOR else thing
        who = (of, part.kind)
        self.first_row.setdefault(who, row.row)
        played = [one for one in of.parts if one.kind is part.kind and not one.ended]
        if same := next((one for one in played if same_name(one.holder.name, part.name)), None):
            if licence and licence.details and licence.holder is None:
                self._hold(part.kind, same.holder.organisation, licence)
            return
        label = part.kind.label.lower()
        present = played[0].holder.name if played else ""
        if self.believed(row, who, label, part.name, present) != part.name:
            return
        if len(played) > 1 and part.kind not in ONE_AT_A_TIME:
            self.warn(row, _SEVERAL.format(label))
            return
        for one in played:
            one.ended = True
            self.steps.ended.append(one)
        new = PartPlayed(part.kind, self._holder(part.name))
        of.parts = [*of.parts, new]
        self.steps.parts.append((of, new, bool(played)))
        self._hold(part.kind, new.holder.organisation, licence)
        yield label

    def _hold(self, kind: PositionKind, organisation: KnownOrganisation | None, licence: ThingLicence | None) -> None:
        """An organisation that holds the licence is its holder on the register too."""
        if licence and kind in (PositionKind.PROPRIETOR, PositionKind.LICENCE_HOLDER):
            licence.holder = organisation
            if licence.details is None:
                self.steps.holders.append(licence)

    def _holder(self, name: str) -> Holder:
        """An organisation where the name reads like one: that of the register, or a new one. Else the written name."""
        kind = organisation_kind(name)
        if kind is None:
            return Holder(name)
        organisation = self.known.organisations.get(organisation_key(name))
        if organisation is None:
            organisation = KnownOrganisation(name, kind=kind)
            self.known.organisations[organisation_key(name)] = organisation
            self.steps.new_organisations.append(organisation)
        return Holder(name, organisation)


def _is_written_alike(said: Any, present: Any) -> bool:
    """Whether two texts differ in capitals, spaces and signs alone."""
    if not (isinstance(said, str) and isinstance(present, str)):
        return False
    return filed_under(said) == filed_under(present) or key_of(said) == key_of(present) != ""
