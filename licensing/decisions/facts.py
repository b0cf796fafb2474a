"""What is known of a licence when somebody decides about it, gathered from the rooms that know."""

from collections.abc import Iterator
from datetime import date, timedelta

from licensing import dates
from licensing.accounts.acting import ActingUser
from licensing.deadlines.rules import months_after
from licensing.decisions import queries
from licensing.decisions.powers import GRANTS, SUSPENSIONS, VARIATIONS
from licensing.decisions.rules import Asked, Facts
from licensing.errors import RuleBroken
from licensing.permissions import Permission
from licensing.register.catalogue import CATALOGUE, Family
from licensing.register.changes import positions
from licensing.register.events import EventKind
from licensing.register.models import Licence
from licensing.register.rules import status_as_at
from licensing.suitability import queries as suitability
from licensing.suitability.applying import Readiness
from licensing.suitability.models import Application, Consideration
from licensing.suitability.queries.convictions import starting_point_of
from licensing.suitability.readiness import readiness
from licensing.vetting import queries as vetting

ONE_DAY = timedelta(days=1)
# 1976 Act s.53A and s.55ZA: what these hold ends with their leave to work.
NEED_LEAVE = (Family.DRIVER, Family.OPERATOR)


def facts_for(
    user: ActingUser,
    licence: Licence,
    asked: Asked,
    application: Application | None,
    consideration: Consideration | None,
) -> Facts:
    """Everything that the rules of a decision ask for, as it is now."""
    today, events = dates.today(), [one.as_event() for one in licence.standing_events]
    about = application or consideration
    recommendation = suitability.standing_recommendation(about) if about else None
    ready = readiness(application, today) if application else None
    begins = _begins_no_earlier(user, asked)
    leave = [one for one in events if one.kind is EventKind.LEAVE_RECORDED]
    return Facts(
        family=licence.kind.family,
        status=status_as_at(events, asked.decided_on),
        today=today,
        decider=user.id,
        may_decide=user.may(Permission.DECIDE),
        delegated=_delegated(user, asked, today),
        recommended_by=recommendation.by_id if recommendation else None,
        died_on=licence.person.deceased_on if licence.person else None,
        leave_ends_on=leave[-1].ends_on if leave else None,
        beyond_leave=_beyond_leave(licence, asked),
        longest_term_until=_longest_term(licence, asked.starts_on),
        suspended_on_same_facts=any(one.kind is EventKind.SUSPENDED for one in events),
        applied=application is not None,
        stops_decision=tuple(ready.stops_decision) if ready else (),
        stops_grant=tuple(ready.stops_grant) if ready else (),
        unsettled=tuple(f"{one.label} ({one.status.lower()})" for one in ready.items if not one.settled)
        if ready
        else (),
        starting_point=_starting_point(licence, today),
        longest_suspension_until=_longest_suspension(asked, begins),
        begins_no_earlier=begins,
        has_supervisor=positions.supervisor_on(licence, asked.decided_on),
        interim_steps=queries.standing_interim_steps(licence.id) is not None,
    )


def _longest_term(licence: Licence, starts_on: date | None) -> date | None:
    months = CATALOGUE[licence.kind].longest_months
    return months_after(starts_on, months) - ONE_DAY if months and starts_on else None


def _delegated(user: ActingUser, asked: Asked, today: date) -> bool:
    """Whether a delegation covers it, then and now: nobody decides today for a day when they could."""
    days = {asked.decided_on} if asked.elsewhere else {asked.decided_on, today}
    held = [queries.delegation_of(user.id, day, ordinary=not asked.immediate) for day in days]
    return all(held)


def _unsettled(ready: Readiness) -> Iterator[str]:
    return (f"{one.label} ({one.status.lower()})" for one in ready.items if not one.settled)


def _starting_point(licence: Licence, today: date) -> str:
    """What the policy on convictions starts from, where that is a refusal of a driver."""
    point = starting_point_of(licence.person_id, today) if licence.kind.family is Family.DRIVER else None
    refuses = point is not None and (point.never or (point.until is not None and point.until > today))
    return point.words if point and refuses else ""


def _beyond_leave(licence: Licence, asked: Asked) -> str:
    """What forbids a term that is longer than the holder may work here, by their last proof of that; else nothing."""
    if not (licence.person_id and asked.starts_on and asked.kind in GRANTS and licence.kind.family in NEED_LEAVE):
        return ""
    try:
        vetting.check_term(licence.person_id, asked.starts_on, asked.expires_on)
    except RuleBroken as broken:
        return broken.message
    return ""


def _begins_no_earlier(user: ActingUser, asked: Asked) -> date | None:
    """The first day on which it can have effect, were its notice given on the day of the decision."""
    if asked.power is None or asked.kind not in SUSPENSIONS | VARIATIONS:
        return None
    if asked.at_once or asked.power.by_court:
        return asked.decided_on
    return queries.appeal_window(user.authority.id, asked.decided_on, asked.power).effect_from


def _longest_suspension(asked: Asked, begins: date | None) -> date | None:
    months = asked.power.longest_suspension_months if asked.power else None
    return months_after(begins, months) - ONE_DAY if months and begins else None
