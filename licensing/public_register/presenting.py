"""An entry as a row of the page, a line of the CSV, and an object of the JSON."""

from datetime import date
from typing import Any

from sqlalchemy import Row

from licensing.cells import neutralised
from licensing.dates import in_words
from licensing.public_register.rules import REGISTERS, PublicRegister
from licensing.register.places import Activity

_LEFT_OUT = "Not published"
_ABSENT = {
    "registration": _LEFT_OUT,
    "holder_address": _LEFT_OUT,
    "expires_on": "No end date",
    "activities": "None recorded",
}

Entry = Row[Any]


def page_row(register: PublicRegister, entry: Entry) -> dict[str, str]:
    """What each column of the page says."""
    return {key: _in_words(getattr(entry, key)) or _ABSENT.get(key, "Not recorded") for key in REGISTERS[register].keys}


def csv_line(register: PublicRegister, entry: Entry) -> list[str]:
    """The cells of a line of the file: dates as YYYY-MM-DD, several activities with semicolons between them."""
    return [neutralised(_written(getattr(entry, key))) for key in REGISTERS[register].keys]


def json_object(register: PublicRegister, entry: Entry) -> dict[str, Any]:
    """The entry as docs/public_registers.md describes it; what is left out or not recorded is null."""
    values = {key: getattr(entry, key) for key in REGISTERS[register].keys}
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in values.items()}


def _in_words(value: Any) -> str:
    if isinstance(value, bool):
        return "In force" if value else "Not in force"
    if isinstance(value, date):
        return in_words(value)
    if isinstance(value, list):
        return ", ".join(Activity(one).label for one in value)
    return value or ""


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return "in force" if value else "not in force"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return "; ".join(value)
    return value or ""
