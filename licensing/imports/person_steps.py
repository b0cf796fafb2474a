"""What a plan for people will write: new people, and changes to known ones."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy import update

from licensing import dates
from licensing.db import db, update_many
from licensing.imports.licence_steps import LicenceChange, derive, gather_events, write_badges
from licensing.keys import FieldKeys
from licensing.matching.identifiers import IdentifierKind
from licensing.register import rederive
from licensing.register.details import LicenceDetails, PersonDetails
from licensing.register.events import NameKind
from licensing.register.models import Licence, Person, PersonAddress
from licensing.register.rows import Rows
from licensing.register.rules import sort_name

# People gathered before they are written: memory stays flat however long the file.
_AT_ONCE = 2_000


@dataclass
class PersonChange:
    """What a row changes of a known person; what is empty stays as it is."""

    person_id: UUID
    name: tuple[str, str] | None = None
    former_name: tuple[str, str] | None = None
    date_of_birth: date | None = None
    source_id: str | None = None
    address: tuple[str, str] | None = None
    identifiers: list[tuple[IdentifierKind, str]] = field(default_factory=list)
    new_licences: list[LicenceDetails] = field(default_factory=list)
    licences: list[LicenceChange] = field(default_factory=list)

    @property
    def columns(self) -> dict[str, object]:
        """The columns of the person's own row that change."""
        values: dict[str, object] = {}
        if self.name:
            given, family = self.name
            values |= {"given_names": given, "family_name": family, "sort_name": sort_name(given, family)}
        if self.date_of_birth:
            values["date_of_birth"] = self.date_of_birth
        if self.source_id:
            values["source_id"] = self.source_id
        return values


class PersonSteps:
    """Gathers steps while a file is planned; `apply` writes them all."""

    def __init__(self, authority_id: UUID, keys: FieldKeys) -> None:
        self.rows = Rows(authority_id, keys)
        self.new: list[PersonDetails] = []
        self.changes: list[PersonChange] = []
        self._written: list[UUID] = []

    @property
    def written(self) -> list[UUID]:
        return self._written

    def add(self, details: PersonDetails) -> int:
        """Gather a new person; returns their place in `new`."""
        self.new.append(details)
        return len(self.new) - 1

    def change(self, change: PersonChange) -> None:
        self.changes.append(change)

    def apply(self) -> None:
        self._write_new()
        self._end_addresses()
        licences = [one for change in self.changes for one in change.licences]
        for change in self.changes:
            self._gather(change)
        gather_events(self.rows, licences)
        self._write(self.rows)
        self._write_columns()
        write_badges(self.rows.authority_id, licences)
        derive(licences)
        rederive.match_records([change.person_id for change in self.changes], self.rows.keys)

    def _write_new(self) -> None:
        """Write the new people; while the database writes some of them, the next are made ready."""
        batches = [self.new[start : start + _AT_ONCE] for start in range(0, len(self.new), _AT_ONCE)]
        with ThreadPoolExecutor(max_workers=1) as ahead:
            ready = ahead.submit(self._rows_of, batches[0] if batches else [])
            for following in [*batches[1:], []]:
                rows = ready.result()
                ready = ahead.submit(self._rows_of, following)
                self._write(rows)

    def _write(self, rows: Rows) -> None:
        self._written += [licence["id"] for licence in rows.tables[Licence]]
        rows.write()

    def _rows_of(self, people: Sequence[PersonDetails]) -> Rows:
        rows = Rows(self.rows.authority_id, self.rows.keys)
        for details in people:
            rows.add_person(details)
        return rows

    def _gather(self, change: PersonChange) -> None:
        if change.former_name:
            self.rows.add_name(change.person_id, NameKind.FORMER, *change.former_name, until_on=dates.today())
        if change.address:
            self.rows.add_address(change.person_id, *change.address)
        for kind, value in change.identifiers:
            self.rows.add_identifier(change.person_id, kind, value)
        for licence in change.new_licences:
            self.rows.add_licence(change.person_id, licence)

    def _end_addresses(self) -> None:
        moved = [change.person_id for change in self.changes if change.address]
        current = (
            PersonAddress.person_id.in_(moved),
            PersonAddress.until_on.is_(None),
            PersonAddress.superseded_at.is_(None),
        )
        db.session.execute(update(PersonAddress).where(*current).values(until_on=dates.today()))

    def _write_columns(self) -> None:
        """The changed people, a statement for many rows of the same columns."""
        by_columns: dict[tuple[str, ...], list[dict[str, object]]] = {}
        for change in self.changes:
            if columns := change.columns:
                by_columns.setdefault(tuple(columns), []).append({"id": change.person_id, **columns})
        for rows in by_columns.values():
            update_many(Person, rows)
