"""How the records that tasks are about are called and where they are shown, as their own rooms say it to a reader."""

from collections.abc import Callable, Iterable
from uuid import UUID

from licensing.audit.rules import ObjectKind

Subject = tuple[str, str]  # what it is called, and the address of its page
Names = Callable[[list[UUID]], dict[UUID, Subject]]

_rooms: dict[ObjectKind, Names] = {}


def adds_subject(kind: ObjectKind) -> Callable[[Names], Names]:
    """Declares who names records of a kind: ids in, and out those that the acting person may see. One query."""

    def declare(names: Names) -> Names:
        _rooms[kind] = names
        return names

    return declare


def named(objects: Iterable[tuple[ObjectKind | None, UUID | None]]) -> dict[UUID, Subject]:
    """What the acting person may know these records by; one that they may not see is left out."""
    wanted: dict[ObjectKind, set[UUID]] = {}
    for kind, object_id in objects:
        if kind is not None and object_id is not None and kind in _rooms:
            wanted.setdefault(kind, set()).add(object_id)
    found: dict[UUID, Subject] = {}
    for kind, ids in wanted.items():
        found |= _rooms[kind](sorted(ids))
    return found
