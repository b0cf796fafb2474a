"""Where later features put what waits for somebody on their home page, without accounts knowing them."""

from collections.abc import Callable
from dataclasses import dataclass

from licensing.accounts.acting import ActingUser
from licensing.permissions import Permission


@dataclass(frozen=True)
class Figure:
    """How many of something wait, and where they are listed."""

    words: str
    number: int
    href: str


Maker = Callable[[], list[Figure]]

_makers: list[tuple[tuple[Permission, ...], Maker]] = []


def adds_figures(*permissions: Permission) -> Callable[[Maker], Maker]:
    """Declares a function that counts what waits for whoever is signed in and holds one of these permissions."""

    def declare(maker: Maker) -> Maker:
        _makers.append((permissions, maker))
        return maker

    return declare


def figures_for(user: ActingUser) -> list[Figure]:
    """All of them, in the order in which features were started."""
    return [figure for permissions, maker in _makers if any(map(user.may, permissions)) for figure in maker()]
