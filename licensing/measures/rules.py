"""Quarters, and which figures are measured."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from licensing.errors import RuleBroken
from licensing.figures.aims import Aim
from licensing.figures.rules import Period
from licensing.figures.words import Unit

SHOWN = 8  # quarters of a trend: two years
_MONTHS = 3


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """Three months of the calendar, which are those of a financial year too."""

    from_on: date

    @property
    def key(self) -> str:
        return self.from_on.strftime("%Y-%m")

    @property
    def until_on(self) -> date:
        return self._moved(1).from_on - timedelta(days=1)

    @property
    def words(self) -> str:
        return f"{self.from_on:%B} to {self.until_on:%B} {self.from_on.year}"

    @property
    def short(self) -> str:
        return f"{self.from_on:%b} to {self.until_on:%b %Y}"

    def is_over(self, today: date) -> bool:
        return self.until_on < today

    def period(self, today: date) -> Period:
        """Of a quarter that is not over, so far."""
        return Period(self.from_on, min(self.until_on, today))

    def up_to(self, number: int) -> list["Quarter"]:
        """So many quarters, the earliest first and this one last."""
        return [self._moved(one - number + 1) for one in range(number)]

    def _moved(self, quarters: int) -> "Quarter":
        month = self.from_on.year * 12 + self.from_on.month - 1 + quarters * _MONTHS
        return Quarter(date(month // 12, month % 12 + 1, 1))


def quarter_of(day: date) -> Quarter:
    return Quarter(date(day.year, (day.month - 1) // _MONTHS * _MONTHS + 1, 1))


# The figures that are measured, in the order of the page.
MEASURES = (
    "clocks.nr3s_entry.in_time_percent",
    "clocks.nr3s_answer.in_time_percent",
    "clocks.s5_report.in_time_percent",
    "clocks.s6_reply.in_time_percent",
    "decisions.immediate_in_order_percent",
    "vetting.dbs_current_percent",
    "training.in_date_percent",
    "lado.days_to_consideration",
    "disruption.past_review_percent",
    "test_purchases.passed_percent",
)


def check_target(aim: Aim, unit: Unit) -> None:
    """Raises RuleBroken for more than a hundred in a hundred."""
    if unit is Unit.PERCENT and (aim.target or 0) > 100:
        raise RuleBroken("A target in a hundred is 100 at most", "target")


def check_from(valid_from: date, today: date) -> None:
    """Raises RuleBroken where a choice would change how quarters that are over stood."""
    first = quarter_of(today).from_on
    if valid_from < first:
        raise RuleBroken(
            f"The day must be in this quarter or later, {first:%-d %B %Y} at the earliest: quarters that are over are "
            "judged by what held then",
            "valid_from",
        )


def check_owner(owner: UUID, people: Collection[UUID]) -> None:
    if owner not in people:
        raise RuleBroken("Select somebody of your council who writes or approves briefings", "owner")


def check_owns(owner: UUID | None, user_id: UUID) -> None:
    """Raises RuleBroken where somebody else, or nobody, answers for the measure."""
    if owner != user_id:
        raise RuleBroken("Only whoever owns a measure comments on it")
