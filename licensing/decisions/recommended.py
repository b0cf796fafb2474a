"""What somebody else recommended, brought to whoever decides, so that nobody types it twice."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from licensing.decisions.changes import About
from licensing.decisions.powers import DecisionKind
from licensing.suitability import queries as suitability
from licensing.suitability.applying import ApplicationKind
from licensing.suitability.models import Recommendation
from licensing.suitability.queries import applications, considerations
from licensing.suitability.recommending import DecisionType
from licensing.tasks.queries import names_of

# What is recommended is told by its commoner word where a decision has two.
_KINDS: Mapping[DecisionType, DecisionKind] = {
    DecisionType.SUSPEND_UNTIL_CONDITION: DecisionKind.SUSPEND_UNTIL,
    DecisionType.REVOKE_IMMEDIATE: DecisionKind.REVOKE,
    DecisionType.REFUSE_RENEW: DecisionKind.REFUSE_RENEWAL,
}


@dataclass(frozen=True)
class Recommended:
    """What to decide, who says so, and the answers of the form that follow."""

    kind: DecisionKind
    label: str
    by: str
    answers: dict[str, Any]


def recommended(about: About) -> Recommended | None:
    """The standing recommendation in the open question; None where nobody recommended anything."""
    question = None
    if about.application_id:
        question = applications.application(about.application_id)
    elif about.consideration_id:
        question = suitability.consideration(about.consideration_id)
    found = suitability.standing_recommendation(question) if question else None
    if found is None:
        return None
    renews = about.application_id and applications.application(about.application_id).kind is ApplicationKind.RENEWAL
    kind = _KINDS.get(found.decision) or DecisionKind(found.decision.value)
    return Recommended(
        DecisionKind.RENEW if renews and kind is DecisionKind.GRANT else kind,
        found.decision.label,
        names_of({found.by_id}).get(found.by_id, "A former colleague"),
        _answers(found, about),
    )


def _answers(found: Recommendation, about: About) -> dict[str, Any]:
    weighed = considerations.information_of(about.consideration_id) if about.consideration_id else []
    return {
        "reasons": found.opened("reasons_sealed"),
        "relevant_information": found.relevant_information,
        "limbs": sorted({one.limb for one in weighed if one.relied_on and one.limb}),
        "departing": found.opened("departing_sealed"),
        "immediate": found.decision is DecisionType.REVOKE_IMMEDIATE,
    }
