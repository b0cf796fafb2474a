"""Between the form about somebody's training and what is recorded of it."""

from datetime import date
from typing import Any
from uuid import UUID

from licensing.accounts.acting import ActingUser
from licensing.errors import RuleBroken
from licensing.training import queries
from licensing.training.changes import Details
from licensing.training.forms import OTHER, CorrectTrainingForm, TrainingForm
from licensing.training.models import TrainingRecord
from licensing.training.rules import Audience, Given, Result


def details_from(
    user: ActingUser, person_id: UUID, form: TrainingForm, today: date, *, verified: bool = False
) -> Details:
    """What was answered. Raises RuleBroken.

    A pass by a course that is not accepted as it is waits to be verified, unless it was.
    """
    known, course, provider = _course(user, form, today)
    audience = known.course.audience if known else queries.audiences_of(person_id)[0]
    result: Result = form.result.data  # type: ignore[assignment]  (required)
    if result is Result.PASSED and not (known and known.accepted) and not verified:
        result = Result.CERTIFICATE_UNVERIFIED
    if result is Result.EXEMPT and not form.reason.data:
        raise RuleBroken("Enter why they are exempt", "reason")
    given = Given(
        result=result,
        course=course,
        provider=provider,
        booked_for=form.booked_for.data,
        completed_on=form.completed_on.data,
        expires_on=form.expires_on.data or _expiry(user, audience, result, form.completed_on.data),
        score=form.score.data,
        attempts=form.attempts.data,
    )
    return Details(given, audience, known, form.delivery.data, form.certificate_no.data, _reason(form))


def answers_of(user: ActingUser, record: TrainingRecord) -> dict[str, Any]:
    """What is recorded, as the form asks for it.

    A last day in date that was reckoned is left out, so that it is reckoned anew from the day that is corrected.
    """
    names = ("result", "booked_for", "completed_on", "delivery", "score", "attempts", "certificate_no")
    reckoned = _expiry(user, record.audience, record.result, record.completed_on)
    return {
        **{name: getattr(record, name) for name in names},
        "expires_on": None if record.expires_on == reckoned else record.expires_on,
        "course": OTHER,
        "other_course": record.course,
        "other_provider": record.provider,
        "reason": record.reason,
    }


def _course(user: ActingUser, form: TrainingForm, today: date) -> tuple[queries.Known | None, str, str]:
    catalogue, on = queries.Catalogue(user.authority.id), form.completed_on.data or today
    if form.course.data != OTHER:
        known = catalogue.of_id(UUID(form.course.data), on)
        if known is None:
            raise RuleBroken("This course was not given on that day yet", "completed_on")
        return known, known.course.name, known.course.provider
    if not form.other_course.data or not form.other_provider.data:
        missing = "other_course" if not form.other_course.data else "other_provider"
        raise RuleBroken("Enter the name and the provider of a course that is not listed", missing)
    known = catalogue.named(form.other_course.data, form.other_provider.data, on)
    return known, form.other_course.data, form.other_provider.data


def _expiry(user: ActingUser, audience: Audience, result: Result, completed_on: date | None) -> date | None:
    if result is not Result.PASSED or completed_on is None:
        return None
    policy = queries.policy(user.authority.id, audience, completed_on)
    return policy.expiry(completed_on) if policy else None


def _reason(form: TrainingForm) -> str:
    """Why somebody is exempt, or why the record is corrected."""
    why = form.why.data if isinstance(form, CorrectTrainingForm) else ""
    return " ".join(one for one in (form.reason.data, why) if one)
