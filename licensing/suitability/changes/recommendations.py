"""One person recommends; the decision is somebody else's."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from licensing.accounts.acting import ActingUser
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.errors import RuleBroken
from licensing.permissions import Role
from licensing.register.events import RelevantInformation
from licensing.suitability.applying import ApplicationState
from licensing.suitability.models import Application, Consideration, Recommendation, sealed
from licensing.suitability.queries import applications, considerations
from licensing.suitability.queries.convictions import starting_point_of
from licensing.suitability.recommending import DecisionType, check_departure
from licensing.suitability.starting_points import StartingPoint
from licensing.tasks import changes as tasks
from licensing.tasks.rules import For, TaskKind

ENDED = "This was decided or closed in between. Nothing was changed."
_DECIDE_WITHIN = timedelta(days=5)


def recommend_on_application(user: ActingUser, application_id: UUID, given: dict[str, Any], today: date) -> None:
    """Recommend what to decide of an application. RuleBroken where a departure from the policy has no reasons."""
    application = applications.application_for_update(application_id)
    if application.state is not ApplicationState.OPEN:
        raise RuleBroken(ENDED)
    _recommend(user, application, application.licence.person_id, given, today)


def recommend_on_consideration(user: ActingUser, consideration_id: UUID, given: dict[str, Any], today: date) -> None:
    """Recommend what to decide of a holder. RuleBroken where relevant information is relied on and none is marked."""
    consideration = considerations.consideration_for_update(consideration_id)
    if consideration.closed_on:
        raise RuleBroken(ENDED)
    relies = given["relevant_information"] in (RelevantInformation.WHOLLY, RelevantInformation.PARTLY)
    if relies and not any(one.relied_on for one in considerations.information_of(consideration_id)):
        raise RuleBroken(
            "Mark the information that is relied on, and its limb, before you recommend on it", "relevant_information"
        )
    _recommend(user, consideration, consideration.licence.person_id, given, today)


def _recommend(
    user: ActingUser, about: Application | Consideration, person_id: UUID | None, given: dict[str, Any], today: date
) -> None:
    decision: DecisionType = given["decision"]
    point = starting_point_of(person_id, today) or StartingPoint()
    check_departure(decision, point.until, point.never, given["departing"] or "", today)
    if before := considerations.standing_recommendation(about):
        before.superseded_at = db.func.now()
        db.session.flush()
    row_id = uuid4()
    column = "consideration_id" if isinstance(about, Consideration) else "application_id"
    db.session.add(
        Recommendation(
            id=row_id,
            authority_id=user.authority.id,
            **{column: about.id},
            decision=decision,
            relevant_information=given["relevant_information"],
            reasons_sealed=sealed(Recommendation, "reasons_sealed", row_id, given["reasons"]),
            policy_until=point.until,
            policy_never=point.never,
            departing_sealed=sealed(Recommendation, "departing_sealed", row_id, given["departing"]),
            by_id=user.id,
        )
    )
    db.session.flush()
    kind = ObjectKind.CONSIDERATION if isinstance(about, Consideration) else ObjectKind.APPLICATION
    audit.record(
        Action.RECOMMENDED, kind, about.id, details={"decision": decision, "departs": bool(given["departing"])}
    )
    why = "A recommendation waits for somebody else than who made it."
    whom = For(team=Role.LICENSING_MANAGER)
    tasks.open_task(user, TaskKind.DECIDE, whom, today + _DECIDE_WITHIN, why, about=(kind, about.id))
