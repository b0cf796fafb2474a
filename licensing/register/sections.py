"""Where later features add their part to a record's page, without the register knowing them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from flask_login import current_user

from licensing.permissions import Permission
from licensing.register.events import RecordKind


@dataclass(frozen=True)
class Section:
    """A part of the page: heading, partial template with what it needs, and (words, address) of what can be done."""

    title: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)
    actions: list[tuple[str, str]] = field(default_factory=list)


Maker = Callable[[UUID], Section | None]

_makers: list[tuple[int, RecordKind, Permission, Maker]] = []


def adds_section(kind: RecordKind, permission: Permission, *, order: int) -> Callable[[Maker], Maker]:
    """Declares a function that makes a section for a record, or None where it has nothing for this reader."""

    def declare(maker: Maker) -> Maker:
        _makers.append((order, kind, permission, maker))
        return maker

    return declare


def sections(kind: RecordKind, record_id: UUID) -> list[Section]:
    """What the features add for whoever is reading, in the order that they declared."""
    wanted = sorted((one for one in _makers if one[1] is kind and current_user.may(one[2])), key=lambda one: one[0])
    return [section for *_, maker in wanted if (section := maker(record_id))]
