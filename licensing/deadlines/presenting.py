"""Clocks in words: the list of rules, a reckoning, one clock's page, and clocks on another record's page."""

from collections.abc import Sequence
from datetime import MAXYEAR, date
from typing import Any
from uuid import UUID

from flask import url_for
from markupsafe import Markup

from licensing.dates import in_words, moment_in_words
from licensing.deadlines import queries
from licensing.deadlines.catalogue import name_of
from licensing.deadlines.models import Clock, ClockChange, ClockRuleRow
from licensing.deadlines.rules import ClockEvent, ClockRule, Reckoning
from licensing.tags import status_tag
from licensing.tasks import presenting as tasks
from licensing.tasks.queries import names_of

_LINK = Markup('<a class="govuk-link" href="{}">{}</a>')


def rule_rows(rows: Sequence[ClockRuleRow], day: date) -> list[dict[str, object]]:
    """The list of rules: what is counted, by what authority it is so, and whether that was read there."""
    return [
        {
            "code": _LINK.format(url_for("deadlines.show_rule", code=row.code.value), row.code.value),
            "name": row.name,
            "length": row.as_rule().words + (f", {_since(row.valid_from)}" if row.valid_from > day else ""),
            "source": source(row),
            "verified": certainty(row.as_rule(), own=row.authority_id is not None),
        }
        for row in rows
    ]


def _since(day: date) -> str:
    """Since when a rule holds; one whose law is not known to have begun stands at the last year there is."""
    if day.year == MAXYEAR:
        return "not confirmed to have begun"
    return f"from {in_words(day)}" if day.year > 1900 else "always"


def source(row: ClockRuleRow) -> str:
    return f"Your council: {row.source}" if row.authority_id else row.source


def certainty(rule: ClockRule, *, own: bool) -> str:
    """How sure the period is, in a word or two."""
    if own:
        return "Your council’s choice"
    return "Read in the source" if rule.verified else "Not verified: ask a solicitor"


def rule_summary(row: ClockRuleRow) -> list[tuple[str, object]]:
    rule = row.as_rule()
    return [
        ("Length", rule.words),
        ("Starts", rule.starts),
        ("Stops", rule.stops),
        ("Set by", rule.set_by.label),
        ("Source", source(row)),
        ("How sure", certainty(rule, own=row.authority_id is not None)),
        ("Holds", _since(rule.valid_from).capitalize()),
    ]


def version_rows(rows: Sequence[ClockRuleRow]) -> list[dict[str, object]]:
    return [
        {
            "from": _since(row.valid_from).capitalize(),
            "length": row.as_rule().words,
            "source": source(row),
            "reason": row.reason or "",
        }
        for row in rows
    ]


def ends(reckoning: Reckoning) -> str:
    return moment_in_words(reckoning.due_at) if reckoning.due_at else in_words(reckoning.due_on)


def reckoning_rows(reckoning: Reckoning) -> list[dict[str, object]]:
    """Day by day: its number in the period, or why it has none."""
    return [
        {"day": f"{one.day:%A} {in_words(one.day)}", "number": one.number or "", "words": one.words}
        for one in reckoning.days
    ]


def clock_summary(clock: Clock, about: dict[UUID, Any], today: date) -> list[tuple[str, object]]:
    rule = queries.rule_of(clock)
    rows: list[tuple[str, object]] = [
        ("About", tasks.subject(clock.object_id, about)),
        ("Stands", state(clock, today)),
        ("Started", in_words(clock.started_on)),
        ("Due", moment_in_words(clock.due_at) if clock.due_at else in_words(clock.due_on)),
    ]
    if clock.due_on != clock.first_due_on:
        rows.append(("First due", in_words(clock.first_due_on)))
    if clock.missed_on:
        rows.append(("Missed", f"{in_words(clock.missed_on)} passed without it"))
    if clock.met_on:
        rows.append(("Done", _done(clock, clock.met_on)))
    return [*rows, ("For", tasks.team(clock.for_team)), ("Period", rule.words), ("Source", rule.source)]


def _done(clock: Clock, met_on: date) -> str:
    """The moment where it is known; of the last day of a period of hours, that the day alone says so."""
    if clock.met_at:
        return moment_in_words(clock.met_at)
    by_the_day = clock.due_at is not None and met_on == clock.due_on and clock.missed_on is None
    return f"{in_words(met_on)}, in time by the day: the time is not recorded" if by_the_day else in_words(met_on)


def state(clock: Clock, today: date) -> Markup:
    """How it stands, as a tag."""
    found = clock.state_on(today)
    return status_tag(found, found.label)


def history(changes: Sequence[ClockChange]) -> list[dict[str, object]]:
    people = names_of({one.by_id for one in changes if one.by_id})
    return [
        {
            "title": _told(one),
            "at": one.at,
            "by": people.get(one.by_id, "A former colleague") if one.by_id else "The service",
            "text": one.reason,
        }
        for one in changes
    ]


def _told(one: ClockChange) -> str:
    if one.kind in (ClockEvent.RESUMED, ClockEvent.GIVEN_ANOTHER_DAY):
        return f"{one.kind.label}: due on {in_words(date.fromisoformat(one.details['after']))}"
    if one.kind is ClockEvent.STARTED:
        return f"Started: due on {in_words(date.fromisoformat(one.details['due_on']))}"
    if late := one.details.get("late_days"):
        return f"{one.kind.label}, {late} {'day' if late == 1 else 'days'} late"
    if one.kind is ClockEvent.MET and (hours := one.details.get("late_hours")):
        return f"{one.kind.label}, {hours} {'hour' if hours == 1 else 'hours'} late"
    return one.kind.label


def clock_rows(clocks: Sequence[Clock], today: date) -> list[dict[str, object]]:
    """Clocks on the page of the record that they are about."""
    return [
        {
            "what": _LINK.format(url_for("deadlines.show_clock", clock_id=one.id), name_of(one.code)),
            "due": in_words(one.due_on),
            "stands": state(one, today),
        }
        for one in clocks
    ]
