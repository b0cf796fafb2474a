"""The checks that an Act demands: no council's rule, and nobody's word, does without them."""

from licensing.errors import RuleBroken
from licensing.register.catalogue import Family
from licensing.vetting.rules import CheckKind, Requirement

_BY_LAW = "Local Government (Miscellaneous Provisions) Act 1976 {}, from the Immigration Act 2016 Schedule 5"
# Each was read in its source.
DEMANDED = {
    (CheckKind.RIGHT_TO_WORK, Family.DRIVER): _BY_LAW.format("s.51, s.53A and s.59"),
    (CheckKind.RIGHT_TO_WORK, Family.OPERATOR): _BY_LAW.format("s.55 and s.55ZA"),
}


def check_rule(check: CheckKind, family: Family, requirement: Requirement, *, blocks_grant: bool) -> None:
    """RuleBroken where a council's rule would do without what the law demands before a grant."""
    law = DEMANDED.get((check, family))
    if law is None or requirement is Requirement.WITHDRAWN:
        return
    if requirement is Requirement.NOT_NEEDED:
        raise RuleBroken(f"The law demands this check: {law}. A council cannot do without it.", "requirement")
    if not blocks_grant:
        raise RuleBroken(f"The law demands this check, and before a grant: {law}. Select this.", "blocks_grant")
