"""Where later features add their part to a record's page, or a case's, without its room knowing them.

@adds_section(RecordKind.PERSON, Permission.CASEWORK, order=20)
def checks(record_id: UUID) -> Section | None: ...
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from flask_login import current_user

from licensing.audit.rules import ObjectKind
from licensing.permissions import Permission
from licensing.register.events import RecordKind


@dataclass(frozen=True)
class Section:
    """A part of the page: its heading, the partial that shows `section.context`, and (words, address) of what to do."""

    title: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)
    actions: list[tuple[str, str]] = field(default_factory=list)


Maker = Callable[[UUID], Section | None]

_makers: dict[RecordKind | ObjectKind, list[tuple[int, Permission, Maker]]] = {}


def adds_section(kind: RecordKind | ObjectKind, permission: Permission, *, order: int) -> Callable[[Maker], Maker]:
    """Declares a function that makes a section for those who hold the permission, or None where it has nothing."""

    def declare(maker: Maker) -> Maker:
        _makers.setdefault(kind, []).append((order, permission, maker))
        return maker

    return declare


def sections_of(
    kind: RecordKind | ObjectKind, record_id: UUID, *, besides: Collection[Permission] = ()
) -> list[Section]:
    """All that the signed-in person may see of a record, in their order; nothing that asks for one of `besides`."""
    made = (
        maker(record_id)
        for _, permission, maker in sorted(_makers.get(kind, ()), key=lambda one: one[0])
        if current_user.may(permission) and permission not in besides
    )
    return [section for section in made if section]
