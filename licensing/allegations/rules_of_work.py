"""What may be done with a case, and when: outcomes, actions, opening again."""

from collections.abc import Iterable
from datetime import date

from licensing.allegations.words import Stage
from licensing.dates import in_words
from licensing.errors import RuleBroken


def check_day(field: str, on: date, what: str, before: date | None) -> None:
    """RuleBroken for a day before the one on which something was done that comes first."""
    if before and on < before:
        raise RuleBroken(f"It was {what} on {in_words(before)}: enter that day or a later one", field)


def check_closing_day(on: date, threshold_on: date | None, outcomes_on: Iterable[date | None]) -> None:
    """RuleBroken for a case that would close before its threshold, or before the last of its outcomes."""
    check_day("closed_on", on, "opened", threshold_on)
    check_day("closed_on", on, "last brought to an outcome", max((one for one in outcomes_on if one), default=None))


def check_outcome(stage: Stage) -> None:
    """RuleBroken unless an allegation of a case at this stage can have an outcome, or another one."""
    if stage in (Stage.RECORDING, Stage.CONSIDERING):
        raise RuleBroken("Decide on the threshold before an outcome is recorded.")
    if stage.is_over:
        raise RuleBroken("This case is over. Open it again before an outcome is changed.")


def opened_again(stage: Stage) -> Stage:
    """Where a case stands when it is taken up again. RuleBroken where it is not over.

    What was below the threshold, or another area's, is considered anew: nothing was decided of the allegation itself.
    """
    if not stage.is_over:
        raise RuleBroken("This case is not over.")
    return Stage.OPEN if stage is Stage.CLOSED else Stage.CONSIDERING
