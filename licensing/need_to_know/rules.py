"""What a note and a report must be, as values in and broken rules out. Today is passed in."""

import re
from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from licensing.dates import in_words
from licensing.errors import RuleBroken
from licensing.need_to_know.words import FOR_ANOTHER, SIGNING, How, NoteState, Office, ReportState

LONGEST_WORDS = 900  # characters of each part: together they stay within one page
HANDLING = "Do not copy, forward or minute. Speak to whoever sent it before you act on it."
# How far back a report may be put together, in months.
MONTHS_BACK = 12


def check_draft(state: NoteState) -> None:
    """RuleBroken where a note is a draft no longer."""
    if state is not NoteState.DRAFTED:
        raise RuleBroken("Only a draft is changed. What was issued is updated by a note that takes its place.")


def check_approver(approver: UUID, writers: Collection[UUID], readers: int) -> None:
    """RuleBroken for whoever wrote any of it, and where nobody would read it."""
    if approver in writers:
        raise RuleBroken("Somebody else approves it: you wrote it, or changed it.")
    if not readers:
        raise RuleBroken("Add at least one reader before it is approved: whom it goes to is approved too.")


def check_next_update(known_on: date, next_update_on: date | None, today: date) -> None:
    """RuleBroken for a day that was before it was known, or has passed."""
    if known_on > today:
        raise RuleBroken("The day on which it became known must be today or in the past", "known_on")
    if next_update_on and next_update_on < today:
        raise RuleBroken("The next update must be today or in the future", "next_update_on")


def check_acknowledged_for(how: How, on: date, issued_on: date, today: date) -> None:
    """RuleBroken where it could not have been said then, or the reader says it themselves."""
    if how not in FOR_ANOTHER:
        raise RuleBroken("Select how they acknowledged it", "how")
    if on > today:
        raise RuleBroken("The date must be today or in the past", "on")
    if on < issued_on:
        raise RuleBroken(f"The note was issued on {in_words(issued_on)}", "on")


def names_in(words: str, names: Iterable[tuple[str, str]]) -> list[str]:
    """The (given, family) names of which the family name and a given name both stand in the words, each whole.

    One alone is often a word of its own, as Street is or Hill.
    """
    there = set(re.findall(r"[^\W\d_]+", words.casefold()))
    return [
        f"{given} {family}"
        for given, family in dict.fromkeys(names)
        if _parts(family) <= there and any(len(one) > 1 and one in there for one in _parts(given))
    ]


def capitalised(words: str) -> set[str]:
    """The words that begin with a capital, in lower case: as a name does."""
    return {one.casefold() for one in re.findall(r"[^\W\d_]+", words) if one[0].isupper()}


def whole_names_in(words: str, names: Iterable[tuple[str, str]]) -> list[str]:
    """The (given, family) names that stand in the words as a name is written: “Aslam Khan”, “KHAN, Aslam”."""
    return [f"{given} {family}" for given, family in dict.fromkeys(names) if _is_written(words, given, family)]


def _is_written(words: str, given: str, family: str) -> bool:
    last = re.escape(family)
    each = [re.escape(one) for one in re.findall(r"[^\W\d_]+", given) if len(one) > 1]
    ways = (way for one in each for way in (rf"{one}\W+(?:[^\W\d_]+\W+)?{last}", rf"{last},?\W+(?:[^\W\d_]+\W+)?{one}"))
    found = (match for way in ways for match in re.finditer(rf"\b{way}\b", words, re.IGNORECASE))
    return any(all(part[0].isupper() for part in re.findall(r"[^\W\d_]+", match[0])) for match in found)


def _parts(name: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]+", name.casefold()))


def check_collected(missing: int) -> None:
    """RuleBroken where notes of the month were issued since the report was put together or changed."""
    if missing:
        raise RuleBroken("Notes were issued since this was last changed. Change the report: it collects them")


def check_month(month: date, today: date) -> None:
    """RuleBroken for a month to come, or one that is long over."""
    if month > today:
        raise RuleBroken("Select a month that has begun", "month")
    if months_between(month, today) > MONTHS_BACK:
        raise RuleBroken(f"Select one of the last {MONTHS_BACK} months", "month")


def months_between(month: date, today: date) -> int:
    """How many months before today's a month was."""
    return (today.year - month.year) * 12 + today.month - month.month


def months_back(today: date) -> list[date]:
    """The first days of this month and of those before, the latest first."""
    numbers = [today.year * 12 + today.month - 1 - back for back in range(MONTHS_BACK + 1)]
    return [date(one // 12, one % 12 + 1, 1) for one in numbers]


def check_report_ready(
    state: ReportState, issuer: UUID, writers: Collection[UUID], offices: Collection[Office]
) -> None:
    """RuleBroken where it was issued, by whoever wrote any of it, or while a signature has nobody to give it."""
    if state is ReportState.ISSUED:
        raise RuleBroken("Somebody issued this report a moment ago. Nothing was changed.")
    if issuer in writers:
        raise RuleBroken("Somebody else issues it: you put it together, or changed it.")
    if missing := [one.label.lower() for one in SIGNING if one not in offices]:
        raise RuleBroken(f"Nobody is to sign it as {', '.join(missing)}. Add them first.")


def check_reader(user_id: UUID, office: Office, there: Iterable[tuple[UUID, Office]], *, signs: bool) -> None:
    """RuleBroken for a reader who is there already, and for a second signature in an office."""
    for other, held in there:
        if other == user_id:
            raise RuleBroken("They are a reader of it already", "reader")
        if signs and office in SIGNING and held is office:
            raise RuleBroken("Somebody signs it in this office already", "office")
