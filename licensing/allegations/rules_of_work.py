"""What may be done with a case, and when: outcomes, actions, opening again."""

from licensing.allegations.words import Stage
from licensing.errors import RuleBroken


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
