"""What an entry is: a form on a record, and what becomes of its answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from licensing.accounts.acting import ActingUser
from licensing.register import states
from licensing.register.changes import licences
from licensing.register.events import RecordKind
from licensing.register.forms.entries import EntryForm

Answers = dict[str, Any]
Asked = Mapping[str, str]


@dataclass(frozen=True)
class Kept:
    """What came of the answers: the record to go to, and what to say there."""

    kind: RecordKind
    record_id: UUID
    message: str


def nothing(_form: Any, _user: ActingUser, _record_id: UUID | None, _asked: Asked) -> None:
    """No choices depend on the record."""


@dataclass(frozen=True)
class Entry:
    """One thing that can be kept.

    `on` is the kind of record it hangs under, None for something new; `initial` the answers that stand already;
    `state` what must not have changed while the form was filled in; `offer` sets choices that depend on the record;
    `first` is the question that is asked alone, since the others depend on its answer.
    """

    name: str
    path: str
    title: str
    button: str
    form: type[EntryForm]
    keep: Callable[[ActingUser, UUID | None, Answers, states.State], Kept]
    on: RecordKind | None = None
    initial: Callable[[UUID], Answers] = field(default=lambda _record_id: {})
    state: Callable[[UUID], states.State] = field(default=lambda _record_id: {})
    offer: Callable[[Any, ActingUser, UUID | None, Asked], None] = nothing
    warning: str = ""
    first: str = ""


def adds(kind: RecordKind, add: Callable[[ActingUser, Answers], UUID], message: str) -> Any:
    return lambda user, _record_id, given, _before: Kept(kind, add(user, given), message)


def does(kind: RecordKind, do: Callable[[ActingUser, Any, Answers], None], message: str) -> Any:
    def keep(user: ActingUser, record_id: UUID | None, given: Answers, _before: states.State) -> Kept:
        assert record_id is not None
        do(user, record_id, given)
        return Kept(kind, record_id, message)

    return keep


def corrects(kind: RecordKind, correct: Callable[[ActingUser, Any, Answers, states.State], None]) -> Any:
    def keep(user: ActingUser, record_id: UUID | None, given: Answers, before: states.State) -> Kept:
        assert record_id is not None
        correct(user, record_id, given, before)
        return Kept(kind, record_id, "The record is corrected. What it said before is kept with it.")

    return keep


def adds_licence(on: RecordKind) -> Any:
    def keep(user: ActingUser, record_id: UUID | None, given: Answers, _before: states.State) -> Kept:
        assert record_id is not None
        return Kept(
            RecordKind.LICENCE, licences.add_licence(user, on, record_id, given), "The licence is on your register."
        )

    return keep
