"""Meetings, actions and the chronology in words."""

from datetime import date
from uuid import UUID

from markupsafe import Markup

from licensing.allegations.models import CaseAction, CaseEntry, Meeting
from licensing.allegations.presenting import as_written
from licensing.allegations.words import BY_HAND
from licensing.dates import in_words, moment_in_words
from licensing.sealing import opened


def meeting_rows(row: Meeting) -> list[tuple[str, str | Markup | None]]:
    """One meeting, with what is written of it."""
    return [
        ("Who came", as_written(opened(row, "attendees_sealed"))),
        ("Who was told what", as_written(opened(row, "told_sealed"))),
        ("Lawful basis of what was told", row.basis.label if row.basis else None),
        ("Notes", as_written(opened(row, "notes_sealed"))),
        ("Next meeting", in_words(row.next_on) if row.next_on else None),
    ]


def action_line(row: CaseAction, today: date) -> dict[str, str | UUID | bool]:
    """What is to be done, by whom and when, or what was done."""
    done = f"Done on {in_words(row.done_on)}: {opened(row, 'done_sealed')}" if row.done_on else ""
    return {
        "id": row.id,
        "words": opened(row, "words_sealed"),
        "owner": opened(row, "owner_sealed"),
        "due": in_words(row.due_on),
        "done": done,
        "overdue": not done and row.due_on < today,
    }


def entry_line(row: CaseEntry, names: dict[UUID, str]) -> dict[str, str | UUID | bool]:
    """A line of the chronology; `by_hand` where somebody typed it, and may put it right."""
    return {
        "id": row.id,
        "when": moment_in_words(row.happened_at),
        "kind": row.kind.label,
        "words": opened(row, "words_sealed"),
        "by": names.get(row.recorded_by, "A former user"),
        "recorded": moment_in_words(row.recorded_at),
        "by_hand": row.kind in BY_HAND,
        "corrects": row.supersedes_id is not None,
    }
