"""What can be recommended of an application or a consideration, and when it departs from the policy."""

from datetime import date
from enum import StrEnum

from licensing.errors import RuleBroken
from licensing.register.catalogue import Family
from licensing.suitability.applying import ApplicationKind


class DecisionType(StrEnum):
    """What may be recommended and decided."""

    NO_ACTION = "no_action"
    WARNING = "warning"
    PENALTY_POINTS = "penalty_points"
    TRAINING_REQUIRED = "training_required"
    SUSPEND_FIXED = "suspend_fixed"
    SUSPEND_UNTIL_CONDITION = "suspend_until_condition"
    SUSPEND_INTERIM = "suspend_interim"
    MODIFY_CONDITIONS = "modify_conditions"
    EXCLUDE_ACTIVITY = "exclude_activity"
    REMOVE_SUPERVISOR = "remove_supervisor"
    REVOKE = "revoke"
    REVOKE_IMMEDIATE = "revoke_immediate"
    REFUSE = "refuse"
    REFUSE_RENEW = "refuse_renew"
    GRANT = "grant"
    GRANT_SHORT_TERM = "grant_short_term"

    @property
    def label(self) -> str:
        return _DECISIONS.get(self, self.replace("_", " ").capitalize())

    @property
    def is_grant(self) -> bool:
        return self in (DecisionType.GRANT, DecisionType.GRANT_SHORT_TERM)

    @property
    def on_application(self) -> bool:
        return self.is_grant or self in (DecisionType.REFUSE, DecisionType.REFUSE_RENEW)


_DECISIONS = {
    DecisionType.NO_ACTION: "No further action",
    DecisionType.TRAINING_REQUIRED: "Training required",
    DecisionType.SUSPEND_FIXED: "Suspend for a fixed time",
    DecisionType.SUSPEND_UNTIL_CONDITION: "Suspend until something is done",
    DecisionType.SUSPEND_INTERIM: "Suspend meanwhile (contested in law: take advice)",
    DecisionType.REVOKE_IMMEDIATE: "Revoke with immediate effect",
    DecisionType.REFUSE: "Refuse the application",
    DecisionType.REFUSE_RENEW: "Refuse to renew",
    DecisionType.GRANT: "Grant or renew",
    DecisionType.GRANT_SHORT_TERM: "Grant or renew for a shorter term",
}


def decisions_on_application(kind: ApplicationKind) -> tuple[DecisionType, ...]:
    """What can be recommended of an application."""
    refusal = DecisionType.REFUSE_RENEW if kind is ApplicationKind.RENEWAL else DecisionType.REFUSE
    return (DecisionType.GRANT, DecisionType.GRANT_SHORT_TERM, refusal)


# The steps on a review (2003 Act s.52); what takes effect at once (1976 Act s.61(2B)); what policies give points for.
_ON_REVIEW = frozenset({DecisionType.MODIFY_CONDITIONS, DecisionType.EXCLUDE_ACTIVITY, DecisionType.REMOVE_SUPERVISOR})


_ONLY_OF = {
    **dict.fromkeys(_ON_REVIEW, (Family.PREMISES,)),
    DecisionType.REVOKE_IMMEDIATE: (Family.DRIVER,),
    DecisionType.PENALTY_POINTS: (Family.DRIVER, Family.OPERATOR),
    DecisionType.TRAINING_REQUIRED: (Family.DRIVER, Family.OPERATOR),
    DecisionType.SUSPEND_UNTIL_CONDITION: (Family.DRIVER, Family.VEHICLE, Family.OPERATOR),
}


def decisions_on_consideration(family: Family) -> tuple[DecisionType, ...]:
    """What can be recommended of such a licence, while its holder's fitness or its premises are considered."""
    asked = (one for one in DecisionType if not one.on_application)
    return tuple(one for one in asked if family in _ONLY_OF.get(one, (family,)))


def check_departure(
    decision: DecisionType, refuse_until: date | None, never: bool, departing: str, today: date
) -> None:
    """RuleBroken where a grant is recommended against the policy's starting point, and no reason is given.

    The policy is a starting point: who gives exceptional reasons may depart from it.
    """
    stands = never or (refuse_until is not None and refuse_until > today)
    if decision.is_grant and stands and not departing:
        raise RuleBroken("Enter the exceptional reasons for departing from the policy’s starting point", "departing")
