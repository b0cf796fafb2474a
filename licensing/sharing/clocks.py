"""By when something is due. Which day counts first, and which days are none, is the business of deadlines."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from licensing.deadlines import queries as deadlines
from licensing.deadlines.codes import ClockCode
from licensing.deadlines.rules import Calendar, ClockRule, reckon
from licensing.register.events import ONE_DAY
from licensing.sharing.rules import ExchangeKind

# What is counted when the answer to a request or report is waited for, whoever owes it.
OF_ANSWER = {ExchangeKind.INFORMATION: ClockCode.NR3S_ANSWER, ExchangeKind.CONCERN: ClockCode.S6_REPLY}


def due_on(code: ClockCode, authority_id: UUID, start: date) -> date:
    """The last day of a period that starts on a day, by the rule then in force."""
    return deadlines.due(code, authority_id, start).due_on


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
