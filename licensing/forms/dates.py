"""The date in three boxes, and when it may be."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any, NoReturn

from werkzeug.datastructures import MultiDict
from wtforms.utils import unset_value
from wtforms.validators import ValidationError

from licensing.dates import FIRST_YEAR, LAST_YEAR, today
from licensing.forms.base import Question, tidy
from licensing.forms.widgets import DATE_PARTS, DateBoxes

_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)


class DateField(Question):
    """A date typed in boxes named NAME-day, NAME-month and NAME-year; the month may be a name.

    The error says which part is wrong, and what was typed is kept.
    """

    widget = DateBoxes()
    data: date | None
    wrong_parts: tuple[str, ...] = ()

    @property
    def error_id(self) -> str:
        """The box an error link goes to: the first that is wrong, else the day."""
        return f"{self.id}-{(self.wrong_parts or DATE_PARTS)[0]}"

    def typed(self) -> list[str]:
        """Day, month and year as typed, or as the date held if nothing was sent."""
        if self.raw_data:
            return list(self.raw_data)
        if self.data:
            return [str(self.data.day), str(self.data.month), str(self.data.year)]
        return ["", "", ""]

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        """Read the three boxes, whatever else the request holds or leaves out."""
        if formdata is not None:
            boxes = [str(formdata.get(f"{self.name}-{part}") or "") for part in DATE_PARTS]
            formdata = MultiDict((self.name, box) for box in boxes)
        super().process(formdata, data, extra_filters)

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        self.data = None
        day, month, year = (tidy(box) or "" for box in valuelist)
        answers = dict(zip(DATE_PARTS, (day, month, year), strict=True))
        missing = [part for part, answer in answers.items() if not answer]
        if len(missing) == len(DATE_PARTS):
            return
        if missing:
            self._refuse(missing, f"must include a {' and '.join(missing)}")
        if not re.fullmatch("[0-9]{4}", year):
            self._refuse(["year"], "must include a year of 4 numbers")
        if not FIRST_YEAR <= int(year) <= LAST_YEAR:
            self._refuse(["year"], f"must have a year from {FIRST_YEAR} to {LAST_YEAR}")
        self.data = self._real_date(number(day, 31), month_number(month), int(year))

    def _real_date(self, day: int | None, month: int | None, year: int) -> date:
        unreal = [part for part, n in (("day", day), ("month", month)) if n is None]
        try:
            return date(year, month or 0, day or 0)
        except ValueError:
            self._refuse(unreal or DATE_PARTS, "must be a real date")

    def _refuse(self, wrong_parts: Sequence[str], problem: str) -> NoReturn:
        self.wrong_parts = tuple(wrong_parts)
        raise ValueError(f"{self.called} {problem}")


def month_number(typed: str) -> int | None:
    """1 to 12 for a month as a number, a name or the start of a name ("Sept."), else None."""
    name = typed.rstrip(".").lower()
    if len(name) < 3:
        return number(typed, 12)
    return next((n for n, month in enumerate(_MONTHS, 1) if month.startswith(name)), None)


def number(typed: str, most: int) -> int | None:
    """A number of one or two digits from 1 to `most`, else None."""
    if not re.fullmatch("[0-9]{1,2}", typed):
        return None
    return int(typed) if 1 <= int(typed) <= most else None


def in_the_past(form: Any, field: Any) -> None:
    """Refuse today and later, as for a date of birth."""
    if field.data >= today():
        raise ValidationError(f"{field.called} must be in the past")


def not_in_the_future(form: Any, field: Any) -> None:
    """Refuse tomorrow and later, as for something that has happened."""
    if field.data > today():
        raise ValidationError(f"{field.called} must be today or in the past")


def not_in_the_past(form: Any, field: Any) -> None:
    """Refuse yesterday and earlier, as for something that is planned."""
    if field.data < today():
        raise ValidationError(f"{field.called} must be today or in the future")
