"""What is known of a licence when somebody decides about it, gathered from the rooms that know."""

from datetime import date, timedelta

from licensing import dates
from licensing.accounts.acting import ActingUser
from licensing.deadlines.rules import months_after
from licensing.decisions import queries
from licensing.decisions.rules import Asked, Facts
from licensing.permissions import Permission
from licensing.register.catalogue import CATALOGUE
from licensing.register.changes import positions
from licensing.register.events import EventKind
from licensing.register.models import Licence
from licensing.register.rules import status_as_at
from licensing.suitability import queries as suitability
from licensing.suitability.models import Application, Consideration
from licensing.suitability.readiness import readiness

ONE_DAY = timedelta(days=1)


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
    leave = [one for one in events if one.kind is EventKind.LEAVE_RECORDED]
    return Facts(
        family=licence.kind.family,
        status=status_as_at(events, asked.decided_on),
        today=today,
        decider=user.id,
        may_decide=user.may(Permission.DECIDE),
        delegated=queries.delegation_of(user.id, asked.decided_on) is not None,
        recommended_by=recommendation.by_id if recommendation else None,
        died_on=licence.person.deceased_on if licence.person else None,
        leave_ends_on=leave[-1].ends_on if leave else None,
        longest_term_until=_longest_term(licence, asked.starts_on),
        suspended_on_same_facts=any(one.kind is EventKind.SUSPENDED for one in events),
        applied=application is not None,
        stops_decision=tuple(ready.stops_decision) if ready else (),
        stops_grant=tuple(ready.stops_grant) if ready else (),
        longest_suspension_until=_longest_suspension(asked),
        has_supervisor=positions.supervisor_on(licence, asked.decided_on),
        interim_steps=queries.standing_interim_steps(licence.id) is not None,
    )


def _longest_term(licence: Licence, starts_on: date | None) -> date | None:
    months = CATALOGUE[licence.kind].longest_months
    return months_after(starts_on, months) - ONE_DAY if months and starts_on else None


def _longest_suspension(asked: Asked) -> date | None:
    months = asked.power.longest_suspension_months if asked.power else None
    return months_after(asked.decided_on, months) if months else None
