"""Two who write at once: the second is shown what the first wrote, and keeps what they typed themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, Self
from uuid import UUID

from licensing.allegations.models import Consultation, Share
from licensing.allegations.queries import cases as queries
from licensing.asking import answers
from licensing.dates import moment_in_words
from licensing.forms import BaseForm

AGAIN = "Compare it with what you wrote, and save again: what you save then replaces it."


class Counted(Protocol):
    """A row whose changes are counted; see migration 0039's stamp_change."""

    version: Any
    changed_by: Any
    changed_at: Any


@dataclass
class LastSet:
    """What councils may know, as one thing that changes whenever a level is set or ends."""

    version: int
    changed_by: UUID
    changed_at: datetime

    @classmethod
    def of(cls, shares: Sequence[Share]) -> Self | None:
        """Of every level that was set in a case, in order; None where none was."""
        if not shares:
            return None
        changes = sum(2 if one.ended_at else 1 for one in shares)
        return cls(changes, shares[-1].set_by, max(one.ended_at or one.set_at for one in shares))


@dataclass
class LastPutRight:
    """A consultation as what changes with each that takes its place; the rows themselves are never changed."""

    version: UUID
    changed_by: UUID
    changed_at: datetime

    @classmethod
    def of(cls, row: Consultation) -> Self:
        return cls(row.id, row.recorded_by, row.recorded_at)


def overtaken(form: BaseForm, row: Counted | None) -> bool:
    """Whether somebody saved the row since this form was opened. Says so on the form, which then is of the new one."""
    if row is None or (form["version"].data or "").partition(" ")[0] == str(row.version):
        return False
    changed_by: UUID = row.changed_by
    who = queries.names_of([changed_by]).get(changed_by, "A colleague")
    form.add_error(f"{who} changed this on {moment_in_words(row.changed_at)}, while you were writing. {AGAIN}")
    form["version"].data = _written(row)
    return True


def was_overtaken(form: BaseForm) -> bool:
    """Whether that was said on the form."""
    return any(AGAIN in error for error in form.form_errors)


def opened_on(form: BaseForm) -> datetime | None:
    """When what the form was opened with had been saved; None where there was nothing yet, or the form cannot say."""
    sent = form["version"].raw_data
    try:
        return datetime.fromisoformat(str(sent[0]).partition(" ")[2]) if sent else None
    except ValueError:
        return None


def answered(form: BaseForm) -> dict[str, Any]:
    """What was typed, by the names of the questions, without the count of changes."""
    return {name: value for name, value in answers(form).items() if name != "version"}


def version_of(row: Counted | None) -> dict[str, str]:
    """For the hidden field of a form that is opened."""
    return {"version": _written(row) if row else ""}


def _written(row: Counted) -> str:
    """The count by which two are told apart, and when it was reached: what came after is what a colleague saved."""
    return f"{row.version} {row.changed_at.isoformat()}"
