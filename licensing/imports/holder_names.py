"""The holder's name, from columns of its parts or from one column that must be taken apart."""

from __future__ import annotations

from licensing.imports.row_reading import RowReading

NAME_COLUMNS = (
    "given_names",
    "middle_names",
    "family_name",
    "full_name",
    "full_name_family_first",
)


def names(reading: RowReading) -> tuple[str, str]:
    """(given names, family name) of a row, from whichever columns the file has."""
    if whole := reading.text("full_name"):
        return taken_apart(whole, family_first=False)
    if whole := reading.text("full_name_family_first"):
        return taken_apart(whole, family_first=True)
    return reading.joined(("given_names", "middle_names"), " "), reading.text("family_name")


def taken_apart(whole: str, family_first: bool) -> tuple[str, str]:
    """(given names, family name) of a whole name.

    A comma ends the family name; without one it is the first word or the last. Titles stay, as they
    do in names with columns of their own: comparing names drops them.
    """
    if "," in whole:
        family, *given = (part.strip() for part in whole.split(","))
        return " ".join(part for part in given if part), family
    words = whole.split()
    if family_first:
        return " ".join(words[1:]), " ".join(words[:1])
    return " ".join(words[:-1]), " ".join(words[-1:])
