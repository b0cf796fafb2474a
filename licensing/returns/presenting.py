"""Returns as rows of pages and as lines of files."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from flask import url_for
from markupsafe import Markup

from licensing.accounts.acting import ActingUser
from licensing.dates import in_words, moment_in_words
from licensing.figures.rules import Period
from licensing.returns import national_register
from licensing.returns.catalogue import Return
from licensing.returns.gathering import Line, Told
from licensing.returns.models import AnswerGiven
from licensing.returns.national_register import Rule
from licensing.returns.queries import Licensed
from licensing.sharing import clocks
from licensing.sharing.models import Nr3sEntry
from licensing.sharing.rules import EntryState, is_historic
from licensing.workbooks import Cell

Row = dict[str, Any]
HEADINGS = ("Table", "Figure", "Answer", "Why it is not known", "Definition")
ENTRY_HEADINGS = ("Entry", "What is due", "Period runs from", "Due by", "Overdue")
BY_CHOICE = "By choice: notified before the duty began"


def table_rows(told: Told) -> list[Row]:
    return [{"name": one.name, "shown": one.shown, "words": _definition(one)} for one in told.lines]


def _definition(one: Line) -> str:
    if not one.reason:
        return one.definition
    why = f"Not known: {one.reason}."
    return f"{why} {one.definition}" if one.definition else why


def figure_lines(tables: Sequence[Told]) -> Iterator[tuple[str, Cell, Cell, str, str]]:
    """Numbers as numbers, where they are told."""
    for told in tables:
        for one in told.lines:
            number = one.value if one.value is not None and one.shown == f"{one.value:,}" else one.shown
            yield told.title, one.name, number, one.reason, one.definition


def answer_rows(answers: Sequence[AnswerGiven]) -> list[Row]:
    return [
        {
            "period": Markup('<a class="govuk-link" href="{}">{}</a>').format(
                url_for("returns.show_answer", answer_id=one.id), one.period.words
            ),
            "given": given(one),
        }
        for one in answers
    ]


def given(answer: AnswerGiven) -> str:
    return f"{moment_in_words(answer.at)}, by {answer.by.name}"


def about(user: ActingUser, title: str, now: datetime, more: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """What every workbook says of itself."""
    return [
        ("What", title),
        ("Council", user.authority.name),
        ("Made by", user.name),
        ("Made on", moment_in_words(now)),
        *more,
    ]


def about_return(one: Return, period: Period) -> list[tuple[str, str]]:
    return [("Period", period.words), ("Handling", one.edition), ("Source", one.source)]


@dataclass(frozen=True)
class LeftOut:
    """A vehicle that is not in the file, and why."""

    one: Licensed
    broken: Sequence[Rule]


@dataclass(frozen=True)
class File:
    """The national register's file as it would be sent now."""

    lines: Sequence[str]
    left_out: Sequence[LeftOut]
    twice: Sequence[str]


def vehicles_file(found: Sequence[Licensed], name: str, today: date) -> File:
    """Each line is checked as it would be sent: what breaks a rule is left out, and told."""
    lines, marks, left_out = list[str](), list[str](), list[LeftOut]()
    for one in found:
        line = national_register.line_of(one.vehicle, name)
        broken = national_register.faults(line, name, today)
        if broken or not one.is_in_force:
            left_out.append(LeftOut(one, broken))
        else:
            lines.append(line)
            marks.append(line.split(",", 1)[0])
    return File(lines, left_out, national_register.twice(marks))


def left_out_rows(left_out: Sequence[LeftOut]) -> list[Row]:
    return [
        {
            "vehicle": _vehicle_link(each.one.vehicle_id, each.one.vehicle.mark),
            "licence": each.one.number,
            "wrong": Markup("<br>").join(_wrong(each)),
            "do": Markup("<br>").join(dict.fromkeys(_to_do(each))),
        }
        for each in left_out
    ]


def _vehicle_link(vehicle_id: UUID, mark: str) -> Markup:
    address = url_for("register.show_vehicle", vehicle_id=vehicle_id)
    return Markup('<a class="govuk-link" href="{}">{}</a>').format(address, mark or "No registration")


def _wrong(each: LeftOut) -> Iterator[str]:
    if not each.one.is_in_force:
        yield "The licence is suspended"
    yield from (rule.wrong for rule in each.broken)


def _to_do(each: LeftOut) -> Iterator[str]:
    if not each.one.is_in_force:
        yield "Nothing, until the suspension ends: then it is in the file again."
    yield from (rule.do for rule in each.broken)


@dataclass(frozen=True)
class Due:
    """One thing that NR3S is owed: the reference of the entry, and nothing of the person."""

    entry_id: UUID
    reference: str
    what: str
    from_on: date
    due_on: date | None


def due_entries(found: Sequence[Nr3sEntry], period: clocks.Period) -> list[Due]:
    """Each entry to be made and each to be put right, the first due first; those by choice last."""
    made = [one for entry in found for one in _due(entry, period)]
    return sorted(made, key=lambda one: (one.due_on is None, one.due_on or one.from_on, one.reference, one.what))


def _due(entry: Nr3sEntry, period: clocks.Period) -> Iterator[Due]:
    if entry.state is EntryState.DUE:
        due_on = None if is_historic(entry.notified_on) else period.due_on(entry.notified_on)
        yield Due(entry.id, entry.reference, f"Entry: {entry.event.kind.label}", entry.notified_on, due_on)
    for one in entry.updates:
        if one.action is None:
            words = f"Put right: {one.reason.label}"
            yield Due(entry.id, entry.reference, words, one.from_on, period.due_on(one.from_on))


def due_rows(found: Sequence[Due], today: date) -> list[Row]:
    return [
        {
            "reference": Markup('<a class="govuk-link" href="{}">{}</a>').format(
                url_for("sharing.show_entry", nr3s_entry_id=one.entry_id), one.reference
            ),
            "what": one.what,
            "from": in_words(one.from_on),
            "due": in_words(one.due_on) if one.due_on else BY_CHOICE,
            "state": "overdue" if is_overdue(one, today) else "due",
        }
        for one in found
    ]


def due_lines(found: Sequence[Due], today: date) -> Iterator[tuple[str, str, str, str, str]]:
    for one in found:
        due = one.due_on.isoformat() if one.due_on else BY_CHOICE
        yield one.reference, one.what, one.from_on.isoformat(), due, "Yes" if is_overdue(one, today) else "No"


def is_overdue(one: Due, today: date) -> bool:
    return one.due_on is not None and one.due_on < today
