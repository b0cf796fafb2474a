"""An entry as a row of the page, a line of the CSV, and an object of the JSON."""

from datetime import date
from typing import Any

from markupsafe import Markup
from sqlalchemy import Row

from licensing.cells import neutralised
from licensing.dates import in_words
from licensing.public_register.rules import REGISTERS, PublicRegister
from licensing.register.places import Activity

_ABSENT = {
    "registration": "Registration not published",
    "holder_address": "Address not published",
    "expires_on": "No end date",
    "activities": "None recorded",
}

# On the page these stand in the cell of another, which makes room for the rest; in the files each has its own column.
_SHARES_A_CELL = {"holder_address": "holder", "address": "premises", "registration": "plate", "expires_on": "starts_on"}
_ALSO = {"holder": "address", "premises": "address", "plate": "registration", "starts_on": "until"}
_ON_ONE_LINE = frozenset({"number", "plate", "starts_on"})

Entry = Row[Any]


def page_columns(register: PublicRegister) -> list[dict[str, Any]]:
    """The columns of the page, each named after all that stands in its cells."""
    shown = REGISTERS[register].columns
    joined = {_SHARES_A_CELL[one.key] for one in shown if one.key in _SHARES_A_CELL}
    return [
        {
            "key": one.key,
            "text": f"{one.text}, {_ALSO[one.key]}" if one.key in joined else one.text,
            "short": one.key in _ON_ONE_LINE,
            "status": one.key == "in_force",
        }
        for one in shown
        if one.key not in _SHARES_A_CELL
    ]


def page_row(register: PublicRegister, entry: Entry) -> dict[str, str | Markup]:
    """What each column of the page says."""
    cells: dict[str, str | Markup] = {}
    for key in REGISTERS[register].keys:
        words = _in_words(getattr(entry, key)) or _ABSENT.get(key, "Not recorded")
        first = _SHARES_A_CELL.get(key)
        if first:
            cells[first] = Markup("{}<br>{}").format(cells[first], words)
        else:
            cells[key] = words
    return cells


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
