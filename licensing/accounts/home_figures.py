"""Where later features put what waits for somebody on their home page, without accounts knowing them.

A figure is how many of something wait; a panel shows the first of them.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from licensing.accounts.acting import ActingUser
from licensing.permissions import Permission


@dataclass(frozen=True)
class Figure:
    """How many of something wait, and where they are listed."""

    words: str
    number: int
    href: str


@dataclass(frozen=True)
class Panel:
    """A part of the home page: the partial that shows `panel.context`."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)


Maker = Callable[[], list[Figure]]
PanelMaker = Callable[[], Panel | None]

_makers: list[tuple[int, tuple[Permission, ...], Maker]] = []


def adds_figures(*permissions: Permission, order: int = 50) -> Callable[[Maker], Maker]:
    """Declares a function that counts what waits for whoever is signed in and holds one of these permissions."""

    def declare(maker: Maker) -> Maker:
        _makers.append((order, permissions, maker))
        _makers.sort(key=lambda one: one[0])
        return maker

    return declare


_panels: list[tuple[Permission, PanelMaker]] = []


def adds_panel(permission: Permission) -> Callable[[PanelMaker], PanelMaker]:
    """Declares a function that shows whoever holds the permission the first of what waits, or None."""

    def declare(maker: PanelMaker) -> PanelMaker:
        _panels.append((permission, maker))
        return maker

    return declare


def figures_for(user: ActingUser) -> list[Figure]:
    """What waits, in the order that was declared; what does not wait is left out."""
    made = (figure for _, permissions, maker in _makers if any(map(user.may, permissions)) for figure in maker())
    return [figure for figure in made if figure.number]


def panels_for(user: ActingUser) -> list[Panel]:
    """The panels of whoever is signed in."""
    made = (maker() for permission, maker in _panels if user.may(permission))
    return [panel for panel in made if panel]
