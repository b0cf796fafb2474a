"""What may be done with a meeting as it stands: values in, values out."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from licensing.dates import in_words
from licensing.disruption.words import TargetKind
from licensing.errors import RuleBroken
from licensing.subject_meetings.words import MeetingState

LONGEST_WORDS = 4000
MOST_SUBJECTS = 30


def state_of(held_at: datetime | None, called_off_at: datetime | None) -> MeetingState:
    """How a meeting stands, by what was done last."""
    if called_off_at:
        return MeetingState.CALLED_OFF
    return MeetingState.HELD if held_at else MeetingState.PLANNED


def check_plan(on_day: date, today: date) -> None:
    """RuleBroken for a day that has passed."""
    if on_day < today:
        raise RuleBroken("The date must be today or in the future", "on_day")


def check_planned(now: MeetingState) -> None:
    """RuleBroken where the meeting was held or called off: its agenda and its guests are settled."""
    if now is not MeetingState.PLANNED:
        raise RuleBroken(f"This meeting is {now.label.lower()}. Nothing was changed.")


def check_held(now: MeetingState, on_day: date, today: date) -> None:
    """RuleBroken before its day, and for a meeting that was held or called off."""
    check_planned(now)
    if today < on_day:
        raise RuleBroken(f"This meeting is planned for {in_words(on_day)}. Record it then, not before.")


def check_decision(now: MeetingState, due_on: date, today: date) -> None:
    """RuleBroken for a meeting that does not take place, and for a day that has passed."""
    if now is MeetingState.CALLED_OFF:
        raise RuleBroken("This meeting is called off. Nothing was changed.")
    if due_on < today:
        raise RuleBroken("The date must be today or in the future", "due_on")


def may_name(directed_at: TargetKind, joined: Iterable[UUID], invited: Iterable[UUID]) -> bool:
    """Whether an agenda that these agencies read may name an action.

    What is directed at a place is known in its area; of anything else only those know who lead or join.
    """
    return directed_at is TargetKind.PREMISES or set(invited) <= set(joined)


def check_subject(
    there: Iterable[tuple[UUID | None, UUID | None]], record_id: UUID | None, signal_id: UUID | None
) -> None:
    """RuleBroken where the same record or signal is on the agenda, or the agenda is full.

    `there` holds (record, signal) of each subject.
    """
    subjects = list(there)
    if len(subjects) >= MOST_SUBJECTS:
        raise RuleBroken(f"An agenda holds {MOST_SUBJECTS} subjects. Plan another meeting.")
    same = (record_id is not None and record == record_id for record, _ in subjects)
    if any(same) or (signal_id is not None and any(signal == signal_id for _, signal in subjects)):
        raise RuleBroken("This is on the agenda already")
