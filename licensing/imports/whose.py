"""Which councils bring in which files, and whether a file is the acting council's own."""

import re
from collections.abc import Collection

from licensing.accounts.acting import ActingAuthority, ActingUser
from licensing.accounts.rules import Function
from licensing.imports.refused import FileRefused
from licensing.imports.row_reading import RowReading
from licensing.imports.rules import ImportKind
from licensing.permissions import Permission

_TAXI = frozenset({Function.DRIVER_LICENSING})
_SCHOOL_TRANSPORT = frozenset({Function.SCHOOL_TRANSPORT})
_ALCOHOL = frozenset({Function.PREMISES_LICENSING})
_HOUSES = frozenset({Function.ENVIRONMENTAL_HEALTH})
_SCHOOLS = frozenset({Function.SCHOOL_TRANSPORT})

# An authority with any of these functions keeps such a register.
_FUNCTIONS = {
    ImportKind.DRIVERS: _TAXI,
    ImportKind.VEHICLES: _TAXI,
    ImportKind.OPERATORS: _TAXI,
    ImportKind.PREMISES: _ALCOHOL | _HOUSES,
    ImportKind.PERSONAL_LICENCES: _ALCOHOL,
    ImportKind.ADVERSE_DECISIONS: _TAXI,
    ImportKind.TRAINING: _TAXI | _SCHOOL_TRANSPORT,
    ImportKind.FHRS: _HOUSES,
    ImportKind.VETTING: _TAXI | _SCHOOLS,
    ImportKind.COURTS: _TAXI | _SCHOOLS,
    ImportKind.DISRUPTION: frozenset(Function),
    ImportKind.AWARENESS: frozenset(Function),
    ImportKind.INDICATORS: frozenset(Function),
}

_WORD = re.compile(r"\w+")
# What councils' names have in common says nothing: “Oxford City” in a file is Oxford City Council.
_SAYS_NOTHING = frozenset(
    (
        "council",
        "city",
        "of",
        "district",
        "borough",
        "county",
        "the",
        "and",
        "metropolitan",
        "london",
        "royal",
        "corporation",
    )
)


def kinds_for(functions: Collection[str]) -> list[ImportKind]:
    """What an authority with these functions can bring in."""
    return [kind for kind in ImportKind if _FUNCTIONS[kind].intersection(functions)]


def permission_for(kind: ImportKind) -> Permission:
    """What somebody holds who brings such a file in."""
    return Permission.IMPORT if kind.is_of_register else Permission.DISRUPT


def kinds_of(user: ActingUser, functions: Collection[str]) -> list[ImportKind]:
    """What somebody of an authority with these functions can bring in."""
    return [kind for kind in kinds_for(functions) if user.may(permission_for(kind))]


def refuse_another_council(name: str, authority_name: str) -> None:
    """FileRefused where the file says that it is another council's."""
    if _telling_words(name) != _telling_words(authority_name):
        raise FileRefused(f"This file is for {name}. You act for {authority_name}, so nothing was brought in.")


def refuse_row_of_another_council(reading: RowReading, authority: ActingAuthority) -> None:
    """FileRefused where a row names another council, by its code or by its name."""
    code, name = reading.text("authority_code"), reading.text("authority_name")
    if code and code.upper() != authority.code:
        raise FileRefused(
            f"Row {reading.number} is of the council with the code {code[:20]}. You act for {authority.name} "
            f"({authority.code}), so nothing was brought in. Leave other councils' rows out of the file."
        )
    if name and not code:
        refuse_another_council(name[:80], authority.name)


def _telling_words(name: str) -> frozenset[str]:
    return frozenset(_WORD.findall(name.casefold().replace("'", "").replace("’", ""))) - _SAYS_NOTHING
