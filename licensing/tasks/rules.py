"""The vocabulary of tasks, and what may be done with one."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from licensing.errors import RuleBroken
from licensing.permissions import ROLE_PERMISSIONS, Permission, Role

LONGEST_NOTE = 200
LONGEST_REASON = 500

# Who can be given tasks as a team.
TEAMS = tuple(role for role in Role if Permission.TASKS in ROLE_PERMISSIONS.get(role, frozenset()))


class TaskKind(StrEnum):
    """What is to be done, in a few fixed words."""

    CHECK_DETAILS = "check_details"
    ASK_FOR_DOCUMENTS = "ask_for_documents"
    CONTACT_HOLDER = "contact_holder"
    CONTACT_COUNCIL = "contact_council"
    VISIT = "visit"
    REVIEW = "review"
    OTHER = "other"
    # Opened by the service itself, from what the registers show.
    LICENCE_CEASED = "licence_ceased"
    NO_SUPERVISOR = "no_supervisor"
    SEVERAL_PARTS = "several_parts"
    TELL_OF_CORRECTION = "tell_of_correction"
    REVIEW_IMMEDIATE = "review_immediate"
    CONSIDER_MARKER = "consider_marker"
    TRAINING_LAPSED = "training_lapsed"
    VETTING_DUE = "vetting_due"
    BADGE_CHASE = "badge_chase"
    SUSPENSION_REVIEW = "suspension_review"
    REFER_TO_DBS = "refer_to_dbs"
    DEFECTIVE_NOTICE = "defective_notice"
    TELL_REQUESTERS = "tell_requesters"
    COURT_OUTCOME = "court_outcome"
    CONSIDER_FITNESS = "consider_fitness"
    DECIDE = "decide"
    CONSIDER_CONCERN = "consider_concern"
    NAME_CONTACT = "name_contact"
    FOLLOW_UP = "follow_up"
    PARTNER_SILENT = "partner_silent"
    PARTNER_DECLINED = "partner_declined"
    ACTION_ENDS = "action_ends"
    MEETING_DECISION = "meeting_decision"
    RAISE_NEED_TO_KNOW = "raise_need_to_know"
    ASKED_BY_READER = "asked_by_reader"
    BRIEFINGS_DRAFTED = "briefings_drafted"
    READING_NOTICED = "reading_noticed"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    TaskKind.CHECK_DETAILS: "Check the details",
    TaskKind.ASK_FOR_DOCUMENTS: "Ask for documents",
    TaskKind.CONTACT_HOLDER: "Speak to the holder",
    TaskKind.CONTACT_COUNCIL: "Speak to another council",
    TaskKind.VISIT: "Visit",
    TaskKind.REVIEW: "Look at it again",
    TaskKind.OTHER: "Something else",
    TaskKind.LICENCE_CEASED: "A licence ceased by itself",
    TaskKind.NO_SUPERVISOR: "Alcohol without a premises supervisor",
    TaskKind.SEVERAL_PARTS: "A driver with a part in other licences",
    TaskKind.TELL_OF_CORRECTION: "Tell others of a correction",
    TaskKind.REVIEW_IMMEDIATE: "Review an immediate decision",
    TaskKind.CONSIDER_MARKER: "Consider another council’s marker",
    TaskKind.TRAINING_LAPSED: "Training has lapsed",
    TaskKind.VETTING_DUE: "A check of a driver is due",
    TaskKind.BADGE_CHASE: "Ask for a badge or plate back",
    TaskKind.SUSPENSION_REVIEW: "Review a suspension",
    TaskKind.REFER_TO_DBS: "Consider a referral to the DBS",
    TaskKind.DEFECTIVE_NOTICE: "A notice is defective: ask legal",
    TaskKind.TELL_REQUESTERS: "Tell the councils that were answered",
    TaskKind.COURT_OUTCOME: "A court outcome about a holder",
    TaskKind.CONSIDER_FITNESS: "Consider whether a holder is still fit and proper",
    TaskKind.DECIDE: "Decide",
    TaskKind.CONSIDER_CONCERN: "Consider a concern that was raised",
    TaskKind.NAME_CONTACT: "Name who receives concerns from staff",
    TaskKind.FOLLOW_UP: "Follow up an operation",
    TaskKind.PARTNER_SILENT: "A partner has not answered",
    TaskKind.PARTNER_DECLINED: "A partner declined",
    TaskKind.ACTION_ENDS: "An action ends soon",
    TaskKind.MEETING_DECISION: "Do what a meeting decided",
    TaskKind.RAISE_NEED_TO_KNOW: "Raise a Need to Know?",
    TaskKind.ASKED_BY_READER: "Do what a reader of the monthly report asked",
    TaskKind.BRIEFINGS_DRAFTED: "Write the month’s briefings",
    TaskKind.READING_NOTICED: "Look at what was noticed",
}
# What somebody may open by hand.
BY_HAND = tuple(TaskKind)[: list(TaskKind).index(TaskKind.LICENCE_CEASED)]


class ChangeKind(StrEnum):
    """What has happened to a task."""

    OPENED = "opened"
    HANDED_ON = "handed_on"
    DUE_DATE_CHANGED = "due_date_changed"
    FINISHED = "finished"
    SETTLED = "settled"

    @property
    def label(self) -> str:
        return self.replace("_", " ").capitalize()


class Whose(StrEnum):
    """Which part of the tasks that one may see."""

    OURS = "ours"
    MINE = "mine"
    TEAM = "team"
    OPENED = "opened"

    @property
    def label(self) -> str:
        return _WHOSE[self]


_WHOSE = {
    Whose.OURS: "For me or my team",
    Whose.MINE: "For me",
    Whose.TEAM: "For my team",
    Whose.OPENED: "Opened by me",
}


class When(StrEnum):
    """Which tasks by their date; without one, all that are open."""

    OVERDUE = "overdue"
    TODAY = "today"
    WEEK = "week"
    MONTH = "month"
    DONE = "done"

    @property
    def label(self) -> str:
        return _WHEN[self]


_WHEN = {
    When.OVERDUE: "Overdue",
    When.TODAY: "Due today",
    When.WEEK: "Due in 7 days",
    When.MONTH: "Due in 30 days",
    When.DONE: "Done",
}


@dataclass(frozen=True)
class For:
    """Whom a task is for: one user or everybody who holds a role."""

    user_id: UUID | None = None
    team: Role | None = None

    @classmethod
    def parse(cls, text: str) -> "For":
        """From `user:UUID` or `team:ROLE`. Raises RuleBroken."""
        kind, _, rest = text.partition(":")
        try:
            if kind == "user":
                return cls(user_id=UUID(rest))
            if kind == "team" and Role(rest) in TEAMS:
                return cls(team=Role(rest))
        except ValueError:
            pass
        raise RuleBroken("Select whom the task is for", "whom")

    def __str__(self) -> str:
        return f"team:{self.team.value}" if self.team else f"user:{self.user_id}"


def is_overdue(due_on: date, done: bool, today: date) -> bool:
    """Due before today and not done; what is due today is not overdue yet."""
    return not done and due_on < today


def check_due_on(due_on: date, today: date) -> None:
    """RuleBroken for a day that has passed: a task that is born overdue says nothing."""
    if due_on < today:
        raise RuleBroken("The date must be today or in the future", "due_on")
