"""Applications: their vocabulary, and what stands in the way of a decision."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from licensing.errors import RuleBroken
from licensing.register.catalogue import Family


class ApplicationKind(StrEnum):
    """What is applied for."""

    NEW = "new"
    RENEWAL = "renewal"
    VARIATION = "variation"

    @property
    def label(self) -> str:
        return {"new": "New licence", "renewal": "Renewal", "variation": "Variation"}[self]


class ApplicationState(StrEnum):
    """Where an application stands; derived from its dates."""

    OPEN = "open"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return self.replace("_", " ").capitalize()


class ItemKind(StrEnum):
    """What an officer says has been seen of an application, where no other room knows it."""

    FORM_AND_FEE = "form_and_fee"
    IDENTITY = "identity"
    DRIVER_CHECK = "driver_check"
    REFERENCES = "references"
    CONVICTIONS = "convictions"

    @property
    def label(self) -> str:
        return _ITEM_LABELS[self]


_ITEM_LABELS = {
    ItemKind.FORM_AND_FEE: "Form complete and fee paid",
    ItemKind.IDENTITY: "Identity confirmed",
    ItemKind.DRIVER_CHECK: "Driver check made across the councils",
    ItemKind.REFERENCES: "References",
    ItemKind.CONVICTIONS: "Convictions and conduct considered",
}


_OF_EVERY_FAMILY = (ItemKind.FORM_AND_FEE, ItemKind.IDENTITY, ItemKind.CONVICTIONS)


class ItemState(StrEnum):
    """How far something on the list has come; a look that found it incomplete is not nothing, and not done."""

    NOT_STARTED = "not_started"
    LOOKED_AT_INCOMPLETE = "looked_at_incomplete"
    DONE = "done"
    NOT_NEEDED = "not_needed"

    @property
    def label(self) -> str:
        return _ITEM_STATES[self]

    @property
    def settles(self) -> bool:
        return self in (ItemState.DONE, ItemState.NOT_NEEDED)


_ITEM_STATES = {
    ItemState.NOT_STARTED: "Not started",
    ItemState.LOOKED_AT_INCOMPLETE: "Looked at, incomplete",
    ItemState.DONE: "Done",
    ItemState.NOT_NEEDED: "Not needed",
}


@dataclass(frozen=True)
class Item:
    """One line of an application's task list: how far it has come, in the words of whoever knows.

    The stops are in words with their law, and empty where it stops nothing; `kind` says that it is for an officer to
    say, and `where` is the page on which it is settled, as endpoint and values.
    """

    label: str
    status: str
    settled: bool
    words: str = ""
    stops_decision: str = ""
    stops_grant: str = ""
    kind: ItemKind | None = None
    where: tuple[str, dict[str, UUID]] | None = None


@dataclass(frozen=True)
class Readiness:
    """What was seen of an application, and what stands in the way: of any decision, and of a grant alone."""

    items: list[Item]
    stops_decision: list[str]
    stops_grant: list[str]

    @property
    def done(self) -> int:
        return sum(item.settled for item in self.items)


def readiness_of(items: Iterable[Item]) -> Readiness:
    """What the items together stop."""
    kept = list(items)
    return Readiness(
        kept,
        [item.stops_decision for item in kept if item.stops_decision],
        [item.stops_grant for item in kept if item.stops_grant],
    )


def items_asked(family: Family) -> tuple[ItemKind, ...]:
    """What is to be seen for a licence of this family; of drivers most, by the 2022 Act and the Standards."""
    return tuple(ItemKind) if family is Family.DRIVER else _OF_EVERY_FAMILY


def item_of(kind: ItemKind, state: ItemState, words: str) -> Item:
    """An officer's word as a line of the list, with what it stops until it is settled."""
    stops = "" if state.settles else stops_a_grant(kind.label, state.label, "your council’s own requirements")
    return Item(kind.label, state.label, state.settles, words, stops_grant=stops, kind=kind)


def stops_a_grant(label: str, status: str, law: str) -> str:
    """Why a grant waits for something."""
    return f"{label}: {status[0].lower()}{status[1:]}. A grant waits for it ({law})."


def check_item(state: ItemState, words: str) -> None:
    """RuleBroken where a state needs a reason."""
    if state is ItemState.NOT_NEEDED and not words:
        raise RuleBroken("Enter why it is not needed", "words")
    if state is ItemState.LOOKED_AT_INCOMPLETE and not words:
        raise RuleBroken("Enter what is missing", "words")
