"""Where later features say which record of theirs a reference names, without the register knowing them."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Referred:
    """A record that is no part of a register: what it is, and the address of its page."""

    kind: str
    reference: str
    address: str


Finder = Callable[[str], Referred | None]

_finders: dict[str, Finder] = {}


def finds_references(prefix: str) -> Callable[[Finder], Finder]:
    """Declares who finds the records whose references begin so; None where this reader has no such record."""

    def declare(finder: Finder) -> Finder:
        if prefix in _finders:
            raise RuntimeError(f"{prefix} is found in two places")
        _finders[prefix] = finder
        return finder

    return declare


def referred(reference: str) -> Referred | None:
    """The record that a reference in capital letters names, outside the registers."""
    finder = _finders.get(reference.partition("-")[0])
    return finder(reference) if finder else None
