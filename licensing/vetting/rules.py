"""What is checked of a licensed person, what stands of it on a day, and which rule asks for it.

A rule (`Policy`) says which check a family of licences needs, how long it is good for and whether a grant waits for
it. A council's own rule goes before the national one, and one for a kind of licence before one for its family.
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from licensing.dates import in_words
from licensing.errors import RuleBroken
from licensing.register.catalogue import Family, LicenceKind
from licensing.register.parts import PositionKind

# Families whose holders are vetted; each is a choice when a council makes a rule.
FAMILIES = (Family.DRIVER, Family.OPERATOR, Family.VEHICLE, Family.BADGE, Family.PERSONAL)
# Immigration Act 1971 s.3C: while an application to extend leave is open, a licence may be for this long at most
# (1976 Act s.53A(5), s.55ZA(5)).
MONTHS_WHILE_LEAVE_IS_EXTENDED = 6
_MONTHS_A_YEAR = 12
# Statutory standards, 2020: of a company or partnership that holds a licence, these have a basic DBS certificate too.
OFFICERS = (PositionKind.DIRECTOR, PositionKind.PARTNER, PositionKind.SECRETARY)


class CheckKind(StrEnum):
    """What is checked. A search of NR3S is not among them: it belongs to an application."""

    ENHANCED_DBS = "enhanced_dbs"
    DBS_STATUS = "dbs_status"
    BASIC_DBS = "basic_dbs"
    RIGHT_TO_WORK = "right_to_work"
    DVLA = "dvla"
    MEDICAL = "medical"
    OVERSEAS = "overseas"
    ENGLISH = "english"
    KNOWLEDGE = "knowledge"
    IDENTITY = "identity"
    REFERENCE = "reference"
    TAX_CHECK = "tax_check"

    @property
    def label(self) -> str:
        return _CHECK_LABELS[self]

    @property
    def is_certificate(self) -> bool:
        """Whether it is seen on a certificate of the Disclosure and Barring Service."""
        return self in (CheckKind.ENHANCED_DBS, CheckKind.BASIC_DBS)


_CHECK_LABELS = {
    CheckKind.ENHANCED_DBS: "Enhanced DBS certificate",
    CheckKind.DBS_STATUS: "DBS status",
    CheckKind.BASIC_DBS: "Basic DBS certificate",
    CheckKind.RIGHT_TO_WORK: "Right to work",
    CheckKind.DVLA: "Driving licence (DVLA)",
    CheckKind.MEDICAL: "Medical",
    CheckKind.OVERSEAS: "Time abroad",
    CheckKind.ENGLISH: "English",
    CheckKind.KNOWLEDGE: "Knowledge test",
    CheckKind.IDENTITY: "Identity and photograph",
    CheckKind.REFERENCE: "Reference",
    CheckKind.TAX_CHECK: "Tax check",
}


class Result(StrEnum):
    """What was recorded of one look at a check."""

    REQUESTED = "requested"
    INCOMPLETE = "looked_at_incomplete"
    SATISFIED = "satisfied"
    UNSATISFACTORY = "unsatisfactory"
    NEW_INFORMATION = "new_information"
    UNABLE = "unable"
    NOT_NEEDED = "not_needed"
    MISTAKE = "mistake"  # a correction: no such look was made of this person

    @property
    def is_adverse(self) -> bool:
        return self in (Result.UNSATISFACTORY, Result.NEW_INFORMATION)

    def label_for(self, check: CheckKind) -> str:
        """How it is called for this check: a DBS status has words of its own."""
        if check is CheckKind.DBS_STATUS and self in _STATUS_WORDS:
            return _STATUS_WORDS[self]
        return _RESULT_LABELS[self]


_RESULT_LABELS = {
    Result.REQUESTED: "Asked for, not here yet",
    Result.INCOMPLETE: "Looked at, incomplete",
    Result.SATISFIED: "Satisfied",
    Result.UNSATISFACTORY: "Unsatisfactory",
    Result.NEW_INFORMATION: "New information",
    Result.UNABLE: "Could not be checked",
    Result.NOT_NEEDED: "Not needed, with a reason",
    Result.MISTAKE: "Recorded by mistake: this was not checked of this person",
}
_STATUS_WORDS = {Result.SATISFIED: "No new information", Result.UNABLE: "Unable to check"}
_OF_STATUS = (Result.SATISFIED, Result.NEW_INFORMATION, Result.UNABLE, Result.REQUESTED, Result.NOT_NEEDED)
_OF_OTHERS = (
    Result.SATISFIED,
    Result.REQUESTED,
    Result.INCOMPLETE,
    Result.UNSATISFACTORY,
    Result.NOT_NEEDED,
)


def results_of(check: CheckKind) -> tuple[Result, ...]:
    """The results that a check can have."""
    return _OF_STATUS if check is CheckKind.DBS_STATUS else _OF_OTHERS


class DbsLevel(StrEnum):
    BASIC = "basic"
    STANDARD = "standard"
    ENHANCED = "enhanced"

    @property
    def label(self) -> str:
        return self.capitalize()


class BarredLists(StrEnum):
    """Which of the barred lists a certificate was checked against."""

    NONE = "none"
    CHILDREN = "children"
    ADULTS = "adults"
    BOTH = "both"

    @property
    def label(self) -> str:
        return {self.NONE: "Neither", self.CHILDREN: "Children’s", self.ADULTS: "Adults’", self.BOTH: "Both"}[self]


class StatusSource(StrEnum):
    """How a DBS status was learnt."""

    UPDATE_SERVICE = "update_service"
    PAPER = "paper"

    @property
    def label(self) -> str:
        return "Update service" if self is StatusSource.UPDATE_SERVICE else "A new paper certificate"


class CheckState(StrEnum):
    """What stands of a check on a day, said honestly."""

    NOT_STARTED = "not_started"
    REQUESTED = "requested"
    INCOMPLETE = "looked_at_incomplete"
    SATISFIED = "satisfied"
    UNSATISFACTORY = "unsatisfactory"
    OVERDUE = "overdue"
    NOT_NEEDED = "not_needed"

    @property
    def label(self) -> str:
        return _STATE_LABELS.get(self, self.replace("_", " ").capitalize())


_STATE_LABELS = {CheckState.REQUESTED: "Asked for", CheckState.INCOMPLETE: "Looked at, incomplete"}


class LengthUnit(StrEnum):
    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"

    @property
    def label(self) -> str:
        return self.capitalize()


class Requirement(StrEnum):
    """What a rule says of a check."""

    NEEDED = "needed"
    NOT_NEEDED = "not_needed"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return _REQUIREMENT_LABELS[self]


_REQUIREMENT_LABELS = {
    Requirement.NEEDED: "Needed",
    Requirement.NOT_NEEDED: "Not needed",
    Requirement.WITHDRAWN: "No rule of our own: the wider or national one counts again",
}


@dataclass(frozen=True, slots=True)
class Policy:
    """One rule from a day. Without a length a check is good for ever, or until the end that was recorded of it.

    `unless_driver`: not asked of whoever holds a driver's licence in force of the same authority.
    """

    check: CheckKind
    family: Family
    requirement: Requirement
    valid_from: date
    source: str
    verified: bool
    licence_kind: LicenceKind | None = None
    length: int | None = None
    unit: LengthUnit | None = None
    blocks_grant: bool = False
    unless_driver: bool = False
    is_own: bool = False
    id: UUID | None = None

    @property
    def stops_a_grant(self) -> bool:
        """Whether no licence is granted without it: what nobody has verified only warns."""
        return self.blocks_grant and self.verified

    @property
    def how_often(self) -> str:
        if self.length is None or self.unit is None:
            return "Once, or until the end recorded of it"
        one = self.unit.value.removesuffix("s")
        return f"Every {one}" if self.length == 1 else f"Every {self.length} {self.unit.value}"

    @property
    def is_asked_of_officers(self) -> bool:
        """Whether it is asked too of those who direct an organisation that holds the licence."""
        return self.check is CheckKind.BASIC_DBS

    def is_about(self, licence: LicenceKind) -> bool:
        return self.licence_kind is licence if self.licence_kind else self.family is licence.family


@dataclass(frozen=True, slots=True)
class Held:
    """What was recorded of one check of one person: what settled it last, and what is pending since.

    `counted_from` is the day a rule's length runs from, `ends_on` the last day that was recorded of it.
    """

    settled: Result | None = None
    settled_on: date | None = None
    counted_from: date | None = None
    ends_on: date | None = None
    pending: Result | None = None
    pending_since: date | None = None


NOTHING = Held()


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands of one needed check. `due_on` is the last day it is good for, or was."""

    kind: CheckKind
    state: CheckState
    due_on: date | None
    words: str
    blocks_grant: bool
    last_on: date | None = None


def policy_in_force(policies: Iterable[Policy], licence: LicenceKind, check: CheckKind, day: date) -> Policy | None:
    """The rule that counts for a check of a kind of licence on a day; None where the check is not needed.

    Rules come in the order they were recorded: of two from one day the later one is meant.
    """
    about = [one for one in policies if one.check is check and one.valid_from <= day and one.is_about(licence)]
    for own in (True, False):
        for of_kind in (True, False):
            scope = [one for one in about if one.is_own is own and (one.licence_kind is not None) is of_kind]
            last = max(reversed(scope), key=lambda one: one.valid_from, default=None)
            if last and last.requirement is not Requirement.WITHDRAWN:
                return last if last.requirement is Requirement.NEEDED else None
    return None


def needed(policies: Iterable[Policy], licence: LicenceKind, day: date) -> dict[CheckKind, Policy]:
    """The checks that a kind of licence needs on a day, in the order of the vocabulary."""
    every = list(policies)
    found = {check: policy_in_force(every, licence, check, day) for check in CheckKind}
    return {check: policy for check, policy in found.items() if policy}


def later(day: date, length: int, unit: LengthUnit) -> date:
    """The day a length of time after another; the last of a month where that month is shorter."""
    if unit is LengthUnit.DAYS:
        return day + timedelta(days=length)
    months = day.year * _MONTHS_A_YEAR + day.month - 1 + length * (_MONTHS_A_YEAR if unit is LengthUnit.YEARS else 1)
    year, month = divmod(months, _MONTHS_A_YEAR)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def due_on(policy: Policy, held: Held) -> date | None:
    """The last day a check that was passed is good for: the earlier of the rule's and the recorded end."""
    ends = [held.ends_on] if held.ends_on else []
    if held.counted_from and policy.length is not None and policy.unit is not None:
        ends.append(later(held.counted_from, policy.length, policy.unit))
    return min(ends, default=None)


def counted_before(policy: Policy, day: date) -> date | None:
    """The latest `counted_from` whose rule ends before a day; None where the rule has no end.

    The database compares with it and knows no rule; a length of months cannot simply be taken off again.
    """
    if policy.length is None or policy.unit is None:
        return None
    found = later(day, -policy.length, policy.unit) + timedelta(days=3)
    while later(found, policy.length, policy.unit) >= day:
        found -= timedelta(days=1)
    return found


def standing(policy: Policy, held: Held, day: date) -> Standing:
    """What stands of a needed check on a day."""
    due = due_on(policy, held)
    state = _state(held, due, day)
    fine = state in (CheckState.SATISFIED, CheckState.NOT_NEEDED)
    blocks = policy.stops_a_grant and not fine
    return Standing(policy.check, state, due, _words(policy.check, held, state, due), blocks, held.settled_on)


def _state(held: Held, due: date | None, day: date) -> CheckState:
    if held.settled is None:
        return _WHILE_PENDING[held.pending] if held.pending else CheckState.NOT_STARTED
    if held.settled.is_adverse:
        return CheckState.UNSATISFACTORY
    if due is not None and due < day:
        return CheckState.OVERDUE
    return CheckState.NOT_NEEDED if held.settled is Result.NOT_NEEDED else CheckState.SATISFIED


# A status that could not be learnt was looked at.
_WHILE_PENDING = {
    Result.REQUESTED: CheckState.REQUESTED,
    Result.INCOMPLETE: CheckState.INCOMPLETE,
    Result.UNABLE: CheckState.INCOMPLETE,
}


def _words(check: CheckKind, held: Held, state: CheckState, due: date | None) -> str:
    said = []
    if held.settled and held.settled_on:
        said.append(f"{held.settled.label_for(check)} on {in_words(held.settled_on)}")
    if due:
        said.append(f"due since {in_words(due)}" if state is CheckState.OVERDUE else f"next due {in_words(due)}")
    if held.pending and held.pending_since:
        said.append(f"{held.pending.label_for(check).lower()}, {in_words(held.pending_since)}")
    words = "; ".join(said) or "Nothing is recorded"
    return words[0].upper() + words[1:]


def check_term(starts_on: date, expires_on: date | None, leave: Held, *, extended: bool) -> None:
    """RuleBroken where a licence would be for longer than the holder may work here (1976 Act s.53A, s.55ZA)."""
    if leave.settled is not Result.SATISFIED:
        return
    last = _six_months_from(starts_on) if extended else leave.ends_on
    if last is None or (expires_on is not None and expires_on <= last):
        return
    raise RuleBroken((_LONGER_THAN_SIX_MONTHS if extended else _LONGER_THAN_LEAVE).format(in_words(last)), "expires_on")


def _six_months_from(starts_on: date) -> date:
    """The last day of six months that begin with this one."""
    return later(starts_on, MONTHS_WHILE_LEAVE_IS_EXTENDED, LengthUnit.MONTHS) - timedelta(days=1)


_LONGER_THAN_LEAVE = (
    "Last day must be {} or before: that is when their permission to work ends, and a licence may not be for longer "
    "(Local Government (Miscellaneous Provisions) Act 1976 s.53A and s.55ZA)"
)
_LONGER_THAN_SIX_MONTHS = (
    "Last day must be {} or before: while leave is extended by section 3C of the Immigration Act 1971 a licence may be "
    "for six months at most (Local Government (Miscellaneous Provisions) Act 1976 s.53A and s.55ZA)"
)
