"""What a record says, in words, so that two people who change it at once are told of one another.

A form carries the state that it was opened on. When its answers are saved the state is read again under a lock:
if it is another one, nothing is saved, and the person is shown what changed beside what they typed.
"""

import json
from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select

from licensing.db import db
from licensing.errors import RuleBroken
from licensing.register.events import RecordKind
from licensing.register.models import Licence, Organisation, Person, Premises, Vehicle

State = dict[str, str]

MODELS = {
    RecordKind.PERSON: Person,
    RecordKind.ORGANISATION: Organisation,
    RecordKind.VEHICLE: Vehicle,
    RecordKind.PREMISES: Premises,
    RecordKind.LICENCE: Licence,
}


class ChangedMeanwhile(RuleBroken):
    """Somebody else changed the record since the form was opened. `now` is what it says now."""

    def __init__(self, differences: list[tuple[str, str, str]], now: State) -> None:
        super().__init__("Somebody changed this record while you were typing. Nothing of yours is lost.")
        self.differences = differences
        self.now = now


def lock(kind: RecordKind, record_id: UUID) -> None:
    """Hold the record until the transaction ends, so that one of two who save at once is first."""
    model = MODELS[kind]
    db.session.execute(select(model.id).where(model.id == record_id).with_for_update())


def check_unchanged(seen: str | None, now: State) -> None:
    """Raises ChangedMeanwhile unless the record says what it said when the form was opened."""
    before = _read(seen)
    if before is not None and before != now:
        raise ChangedMeanwhile(differences(before, now), now)


def written(state: Mapping[str, str]) -> str:
    """The state as the form carries it."""
    return json.dumps(dict(state), sort_keys=True)


def differences(before: Mapping[str, str], now: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """(what, what it said, what it says) for everything that is not the same."""
    names = [*now, *(name for name in before if name not in now)]
    return [
        (name, before.get(name, ""), now.get(name, "")) for name in names if before.get(name, "") != now.get(name, "")
    ]


def _read(seen: str | None) -> State | None:
    """What the form carried; None where it was not a state, and so says nothing."""
    try:
        state = json.loads(seen or "")
    except ValueError:
        return None
    return {str(name): str(value) for name, value in state.items()} if isinstance(state, dict) else None
