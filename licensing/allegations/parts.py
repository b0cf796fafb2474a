"""Where the pages of a case add their part to its main page."""

from collections.abc import Callable

from licensing.allegations.models import Case
from licensing.register.sections import Section

Maker = Callable[[Case], Section | None]

_makers: list[tuple[int, Maker]] = []


def adds_part(order: int) -> Callable[[Maker], Maker]:
    """Declares a function that makes a part of the page of an opened case, or None where it has nothing."""

    def declare(maker: Maker) -> Maker:
        _makers.append((order, maker))
        return maker

    return declare


def parts_of(case: Case) -> list[Section]:
    """All of them in their order."""
    made = (maker(case) for _, maker in sorted(_makers, key=lambda one: one[0]))
    return [part for part in made if part]
