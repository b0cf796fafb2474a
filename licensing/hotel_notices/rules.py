"""What section 116 of the Anti-social Behaviour, Crime and Policing Act 2014 asks of a notice and of a requirement.

Dates in, RuleBroken or a state out; the messages cite the law. Who may issue one (the police, an inspector or above) is
the power S116's to say.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from licensing.dates import in_words
from licensing.deadlines.rules import months_after
from licensing.errors import RuleBroken
from licensing.hotel_notices.words import Explained, NoticeState, RequirementState

LAW = "Anti-social Behaviour, Crime and Policing Act 2014"
LONGEST_MONTHS = 6  # s.116(3)


def check_notice(authorised_on: date, effective_on: date, expires_on: date, explains: Collection[Explained]) -> None:
    """RuleBroken where the contents of a notice are not what section 116(2) and (3) ask."""
    if effective_on < authorised_on:
        raise RuleBroken("A notice cannot take effect before it was authorised (s.116(1))", "effective_on")
    if expires_on <= effective_on:
        raise RuleBroken("A notice expires after it takes effect (s.116(2)(b))", "expires_on")
    last = months_after(effective_on, LONGEST_MONTHS)
    if expires_on > last:
        raise RuleBroken(
            f"Section 116(3) allows 6 months from when it takes effect: until {in_words(last)}", "expires_on"
        )
    if missing := [one for one in Explained if one not in explains]:
        raise RuleBroken(f"Section 116(2)(c) asks that the notice explains: {missing[0].label.lower()}", "explains")


def check_service(authorised_on: date, effective_on: date, expires_on: date, on: date, *, is_first: bool) -> None:
    """RuleBroken where the first service comes after the notice would have taken effect, or none is of use any more.

    Somebody who takes over the hotel is served while the notice runs; it takes effect on them from that day.
    """
    if on < authorised_on:
        raise RuleBroken(f"It was authorised on {in_words(authorised_on)}, and not served before (s.116(1))", "on")
    if is_first and on > effective_on:
        raise RuleBroken(
            f"The notice says that it takes effect on {in_words(effective_on)}, before it is served. Section 116 "
            "binds whoever was given the notice. Prepare a new one with later dates",
            "on",
        )
    if on > expires_on:
        raise RuleBroken(f"The notice expired on {in_words(expires_on)}. A new notice is a new record", "on")


@dataclass(frozen=True, slots=True)
class Requirement:
    """What a constable requires in writing: for which days, and by when."""

    made_on: date
    from_on: date
    until_on: date
    due_on: date


def check_requirement(effective_on: date, expires_on: date, wanted: Requirement, today: date) -> None:
    """RuleBroken where section 116(6) does not allow it: its period lies within the notice, from when it is made."""
    if wanted.made_on > today:
        raise RuleBroken("The date must be today or in the past", "made_on")
    if wanted.made_on < effective_on:
        raise RuleBroken(f"The notice takes effect on {in_words(effective_on)} (s.116(4))", "made_on")
    if wanted.made_on > expires_on:
        raise RuleBroken(f"The notice expired on {in_words(expires_on)} (s.116(4))", "made_on")
    if wanted.from_on < wanted.made_on:
        raise RuleBroken(
            f"The period begins no earlier than the requirement is made, {in_words(wanted.made_on)} (s.116(6))",
            "from_on",
        )
    if wanted.until_on < wanted.from_on:
        raise RuleBroken("The period must end on or after the day on which it begins", "until_on")
    if wanted.until_on > expires_on:
        raise RuleBroken(
            f"The period ends no later than the notice expires, {in_words(expires_on)} (s.116(6))", "until_on"
        )
    if wanted.due_on < wanted.made_on:
        raise RuleBroken("The information is due on or after the day on which it is required", "due_on")


def check_receipt(made_on: date, on: date, state: RequirementState, today: date) -> None:
    """RuleBroken for a day before the requirement was made or to come, or where all was received before."""
    if state in (RequirementState.MET, RequirementState.LATE):
        raise RuleBroken("All that was required was received already. Nothing was changed.")
    if on < made_on:
        raise RuleBroken(f"The requirement was made on {in_words(made_on)}", "on")
    if on > today:
        raise RuleBroken("The date must be today or in the past", "on")


@dataclass(frozen=True, slots=True)
class Receipt:
    """That something was received, and whether with it all that was required."""

    on: date
    complete: bool


def state_of_requirement(due_on: date, receipts: Iterable[Receipt], today: date) -> RequirementState:
    """How it stands. What is overdue stays so when the notice expires: it is evidence of a breach (s.118)."""
    given = list(receipts)
    if whole := [one.on for one in given if one.complete]:
        return RequirementState.MET if min(whole) <= due_on else RequirementState.LATE
    if today > due_on:
        return RequirementState.INCOMPLETE if given else RequirementState.OVERDUE
    return RequirementState.WAITS


def state_of_notice(
    effective_on: date, expires_on: date, *, served: bool, appeal_open: bool, ended_on: date | None, today: date
) -> NoticeState:
    """How a notice stands on a day; under appeal it is not said to be in effect (s.117: believed, not verified)."""
    if ended_on is not None and ended_on <= today:
        return NoticeState.ENDED
    if today > expires_on:
        return NoticeState.EXPIRED
    if not served:
        return NoticeState.PREPARED
    if appeal_open:
        return NoticeState.UNDER_APPEAL
    return NoticeState.IN_EFFECT if today >= effective_on else NoticeState.SERVED
