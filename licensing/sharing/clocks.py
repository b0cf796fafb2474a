"""By when something is due. Which day counts first, and which days are none, is the business of deadlines."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import text

from licensing.db import db
from licensing.deadlines import queries as deadlines
from licensing.deadlines.codes import ClockCode
from licensing.deadlines.rules import Calendar, ClockRule, reckon
from licensing.register.events import ONE_DAY
from licensing.sharing.rules import IN_FORCE_FROM, ExchangeKind

# What is counted when the answer to a request or report is waited for, whoever owes it.
OF_ANSWER = {ExchangeKind.INFORMATION: ClockCode.NR3S_ANSWER, ExchangeKind.CONCERN: ClockCode.S6_REPLY}


def clocks_of(kind: ExchangeKind, suspended_on: date | None) -> tuple[ClockCode, ...]:
    """What runs from the day that it came: the answer, and of a licence suspended by others what becomes of it."""
    return (OF_ANSWER[kind], ClockCode.IMPOSED_SUSPENSION) if suspended_on else (OF_ANSWER[kind],)


def due_on(code: ClockCode, authority_id: UUID, start: date) -> date:
    """The last day of a period that starts on a day, by the rule then in force."""
    return deadlines.due(code, authority_id, start).due_on


def may_be_imposed(authority_id: UUID, day: date) -> bool:
    """Whether officers may suspend a licence of another authority on the spot: from when that law is in force."""
    return deadlines.holds(ClockCode.IMPOSED_SUSPENSION, authority_id, day)


def kept_until(authority_id: UUID, entered_on: date) -> tuple[date, str]:
    """The last day on which an entry must be kept, and how long that is in words (2022 Act s.2(2)(c))."""
    rule = deadlines.rule_in_force(ClockCode.NR3S_RETENTION, authority_id, max(entered_on, IN_FORCE_FROM))
    reckoning = reckon(rule, entered_on, deadlines.calendar_of(authority_id))
    return reckoning.due_on, rule.unit.words(rule.length)


def start_found() -> None:
    """Start the clock of each entry, update and request that nobody of its council has looked at yet.

    For the jobs that may: the database hands out what is owed with the rule and the closure days that count, and keeps
    the day that these give.
    """
    for owed in db.session.execute(text("SELECT * FROM nr3s_clocks_owed()")).all():
        due = deadlines.due_as_handed_out(owed.rule, owed.closed, owed.started_on)
        started = {"object": owed.object_id, "code": owed.code, "due": due}
        db.session.execute(text("CALL start_nr3s_clock(:object, :code, :due)"), started)


@dataclass(frozen=True)
class Period:
    """One rule with an authority's calendar, for many days at once: a list asks for both a single time."""

    rule: ClockRule
    calendar: Calendar

    @classmethod
    def of(cls, code: ClockCode, authority_id: UUID, today: date) -> "Period":
        return cls(deadlines.rule_in_force(code, authority_id, today), deadlines.calendar_of(authority_id))

    def due_on(self, start: date) -> date:
        return reckon(self.rule, start, self.calendar).due_on

    def first_running(self, today: date) -> date:
        """The earliest start whose period is not over: what started before it is overdue."""
        day = today
        while self.due_on(day - ONE_DAY) >= today:
            day -= ONE_DAY
        return day
