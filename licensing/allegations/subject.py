"""Who a case is about: sealed, and found by keyed hashes of their records' ids."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Self
from uuid import UUID

from flask import current_app

_PURPOSE = "subject of an allegation"


@dataclass(frozen=True)
class Subject:
    """A record of somebody's register, or a person as the caller described them, not yet known.

    `also` are further records that the designated officer put together with it: in this case alone. `died` is what was
    said of somebody described; of a record, its register says so itself.
    """

    name: str
    person_id: UUID | None = None
    date_of_birth: date | None = None
    described: str = ""
    also: tuple[UUID, ...] = ()
    died: bool = False
    died_on: date | None = None

    @property
    def is_known(self) -> bool:
        return self.person_id is not None

    @property
    def records(self) -> tuple[UUID, ...]:
        """Every record that the case is about, the one by which they were identified first."""
        return (self.person_id, *self.also) if self.person_id else ()

    def as_kept(self) -> str:
        born = self.date_of_birth.isoformat() if self.date_of_birth else None
        person = str(self.person_id) if self.person_id else None
        died_on = self.died_on.isoformat() if self.died_on else None
        kept = {"person_id": person, "date_of_birth": born, "died_on": died_on}
        return json.dumps({**asdict(self), **kept, "also": [str(one) for one in self.also]})

    @classmethod
    def from_kept(cls, text: str) -> Self:
        kept: dict[str, Any] = json.loads(text)
        person, born, died_on = kept["person_id"], kept["date_of_birth"], kept.get("died_on")
        return cls(
            **{
                **kept,
                "person_id": UUID(person) if person else None,
                "date_of_birth": date.fromisoformat(born) if born else None,
                "died_on": date.fromisoformat(died_on) if died_on else None,
                "also": tuple(UUID(one) for one in kept.get("also", ())),
            }
        )


def key_of(person_id: UUID) -> bytes:
    """The hash by which the cases and flags of a record are found; nobody makes it without the key."""
    digest: bytes = current_app.config["KEYS"].digest(_PURPOSE, str(person_id))
    return digest


def keys_of(people: Iterable[UUID]) -> list[bytes]:
    return [key_of(one) for one in sorted(set(people))]


def key_of_record_alone(person_id: UUID) -> bytes:
    """As key_of, for a case that is kept to this very record: it is not met on one into which that was merged."""
    digest: bytes = current_app.config["KEYS"].digest(f"{_PURPOSE}, this record alone", str(person_id))
    return digest
