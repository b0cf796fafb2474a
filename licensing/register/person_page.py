"""Where later features add their part to a person's page, without the register knowing them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID


@dataclass(frozen=True)
class Section:
    """A part of the page: its heading, its template, and what the template needs."""

    title: str
    template: str
    values: dict[str, Any] = field(default_factory=dict)


Maker = Callable[[UUID], Section | None]

_makers: list[Maker] = []


def adds_to_person_page(maker: Maker) -> Maker:
    """Declares a function that makes a section for a person, or None where it has nothing for this reader."""
    _makers.append(maker)
    return maker


def sections(person_id: UUID) -> list[Section]:
    """All sections for a person, in the order in which features were started."""
    return [section for maker in _makers if (section := maker(person_id))]
