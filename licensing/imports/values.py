"""Single cells: cleaning what people and spreadsheets leave in them, and reading dates and yes or
no.

What cannot be read raises NotUnderstood with a reason for the person who keeps the file; nothing is
guessed.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta

from licensing.dates import DateNotUnderstood, DateOrder, in_words, parse_written

# Written for "nothing": exact capitals for words that are also somebody's name (Na, Null).
_BLANKS = frozenset({"NA", "N/A", "n/a", "N/a", "n.a.", "NULL", "#N/A", "-", "--", "\N{EN DASH}", "\N{EM DASH}"})
_SPREADSHEET_ERROR = re.compile(r"#(REF|VALUE|DIV/0|NAME|NULL|NUM)[!?]")

# Spreadsheets count days from 30 December 1899; these are 1 January 1927 to 31 December 2099.
_SERIAL = re.compile(r"\d{5}", re.ASCII)
_SERIAL_DAY_NONE = date(1899, 12, 30)
_FIRST_SERIAL, _LAST_SERIAL = 9_863, 73_050

_YES = frozenset({"yes", "y", "true", "t", "1"})
_NO = frozenset({"no", "n", "false", "f", "0"})


class NotUnderstood(ValueError):
    """A cell's text is not what its column holds; the message says why."""


def clean(text: str) -> str:
    """One line without odd or invisible characters; "" for what is written for nothing.
    NotUnderstood for #REF!.
    """
    if not (text.isascii() and text.isprintable()):
        text = _plain(text)
    text = " ".join(text.split())
    if text in _BLANKS:
        return ""
    if text.startswith("#") and _SPREADSHEET_ERROR.fullmatch(text):
        raise NotUnderstood(f"The spreadsheet has an error here ({text})")
    return text


def _plain(text: str) -> str:
    """Letters composed, every kind of space a space, and no invisible or control characters."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(
        character if character.isprintable() else " " if character.isspace() else "" for character in composed
    )


def read_date(text: str, order: DateOrder) -> tuple[date | None, str]:
    """Read a cleaned cell of dates: (date, warning), (None, "") where it is blank. Raises
    NotUnderstood.

    A spreadsheet's bare day number is read, and said so, since the cell may only have lost its
    format.
    """
    if not text:
        return None, ""
    if _SERIAL.fullmatch(text) and _FIRST_SERIAL <= int(text) <= _LAST_SERIAL:
        day = _SERIAL_DAY_NONE + timedelta(days=int(text))
        return day, f"the day number {text} was read as {in_words(day)}"
    try:
        return parse_written(text, order), ""
    except DateNotUnderstood as error:
        raise NotUnderstood(str(error)) from error


def read_yes_or_no(text: str) -> bool | None:
    """Read a cleaned cell of yes or no; None where it is blank. Raises NotUnderstood."""
    word = text.lower()
    if not word:
        return None
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise NotUnderstood("Write yes or no")
