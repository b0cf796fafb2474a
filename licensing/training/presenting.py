"""Training in words: rows of lists and cards."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from flask import url_for
from markupsafe import Markup

from licensing.dates import SOON, in_words, moment_in_words
from licensing.tags import status_tag
from licensing.training import queries
from licensing.training.models import (
    Course,
    CourseAcceptance,
    CourseVersion,
    OperatorStaff,
    PremisesTraining,
    TrainingOffer,
    TrainingPolicy,
    TrainingRecord,
    WorkforceTraining,
)
from licensing.training.rules import Result, TrainingStatus

Row = dict[str, object]

_LINK = Markup('<a class="govuk-link" href="{}">{}</a>')
# The columns of the file of holders.
HEADINGS = ("name", "reference", "licence", "training", "last_day_in_date", "booked_for")


def tag(status: TrainingStatus | Result) -> Markup:
    return status_tag(status, status.label)


def day(value: date | None) -> str:
    return in_words(value) if value else "–"


def coverage_rows(covered: Sequence[queries.Coverage]) -> list[Row]:
    """Each figure leads to the list of those it counts."""
    return [_coverage_row(one) for one in covered]


def _coverage_row(one: queries.Coverage) -> Row:
    row: Row = {
        "kind": one.kind.label,
        "holders": _LINK.format(url_for("training.list_holders", kind=one.kind), f"{one.holders:,}"),
        "in_date": _in_date(one),
    }
    for status in TrainingStatus:
        row[status.value] = _figure(one.by_status[status], kind=one.kind, status=status)
    for days in SOON:
        row[f"lapsing_{days}"] = _figure(one.lapsing[days], kind=one.kind, lapsing=str(days))
    return row


def _in_date(one: queries.Coverage) -> Markup:
    """Those who passed, those who are exempt, and the share of both."""
    exempt = one.by_status[TrainingStatus.EXEMPT]
    words = Markup("{} and {} exempt ({})" if exempt else "{0} ({2})")
    figures = [
        _figure(one.by_status[status], kind=one.kind, status=status)
        for status in (TrainingStatus.PASSED, TrainingStatus.EXEMPT)
    ]
    return words.format(*figures, f"{100 * one.in_date / one.holders:.0f}%")


def _figure(number: int, **narrowed: Any) -> Markup | str:
    return _LINK.format(url_for("training.list_holders", **narrowed), f"{number:,}") if number else "0"


def holder_rows(holders: Sequence[queries.Holder], address: Callable[[queries.Holder], str]) -> list[Row]:
    """`address` is of their page."""
    return [
        {
            "name": _LINK.format(address(one), one.name),
            "reference": one.reference,
            "kind": one.kind.label,
            "status": tag(one.standing.status),
            "expires": day(one.standing.expires_on),
            "booked": day(one.standing.booked_for),
        }
        for one in holders
    ]


def holder_line(one: queries.Holder) -> list[str]:
    """For the file of holders, in the order of HEADINGS."""
    ends, booked = one.standing.expires_on, one.standing.booked_for
    return [
        one.name,
        one.reference,
        one.kind.label,
        one.standing.status.label,
        ends.isoformat() if ends else "",
        booked.isoformat() if booked else "",
    ]


def record_rows(records: Sequence[TrainingRecord]) -> list[Row]:
    """A person's own records, for a table."""
    return [
        {
            "course": _LINK.format(url_for("training.show_training", training_id=one.id), one.course),
            "result": tag(one.result),
            "when": day(one.completed_on or one.booked_for),
            "expires": day(one.expires_on),
            "recorded": "Your council",
        }
        for one in records
    ]


def elsewhere_rows(found: Sequence[queries.Elsewhere]) -> list[Row]:
    return [
        {
            "course": f"{one.course}, {one.provider}",
            "result": tag(one.result),
            "when": day(one.completed_on or one.booked_for),
            "expires": day(one.expires_on),
            "recorded": one.authority,
        }
        for one in found
    ]


def card(record: TrainingRecord, people: dict[UUID, str]) -> list[tuple[str, object]]:
    """One record in full."""
    rows: list[tuple[str, object]] = [
        ("Result", tag(record.result)),
        ("Course", record.course),
        ("Provider", record.provider),
        ("For", record.audience.label),
        ("How it was given", record.delivery.label if record.delivery else None),
        ("Booked for", record.booked_for and in_words(record.booked_for)),
        ("Attended or completed", record.completed_on and in_words(record.completed_on)),
        ("Last day in date", record.expires_on and in_words(record.expires_on)),
        ("Score", f"{record.score}%" if record.score is not None else None),
        ("Attempts", record.attempts),
        ("Certificate number", record.certificate_no),
    ]
    if record.reason:
        rows.append(("Reason", record.reason))
    if record.verified_by and record.verified_at:
        who = people.get(record.verified_by, "a former colleague")
        rows.append(("Verified", f"{moment_in_words(record.verified_at)} by {who}. {record.verified_how}"))
    return rows


def attempts_warning(record: TrainingRecord, version: CourseVersion | None) -> str:
    """That the test was tried more often than the course allows: it is kept, and somebody should ask why."""
    allowed = version.attempts if version else None
    if record.attempts is None or allowed is None or record.attempts <= allowed:
        return ""
    return f"{record.attempts} attempts are recorded. The course allows {allowed}."


def history(records: Sequence[TrainingRecord], people: dict[UUID, str]) -> list[Row]:
    """What was recorded, for the timeline."""
    return [
        {
            "title": one.result.label,
            "at": one.recorded_at,
            "by": people.get(one.recorded_by, "a former colleague"),
            "text": one.reason or one.verified_how,
        }
        for one in records
    ]


def course_rows(courses: Sequence[Course], said: Sequence[CourseAcceptance], own: UUID, today: date) -> list[Row]:
    begun = {one.course_id: one for one in reversed(said) if one.valid_from <= today}
    return [
        {
            "name": _LINK.format(url_for("training.add_version", course_id=one.id), one.name)
            if one.authority_id == own
            else one.name,
            "provider": one.provider,
            "audience": one.audience.label,
            "version": "; ".join(_version(version) for version in one.versions),
            "accepted": _accepted(begun.get(one.id)),
        }
        for one in courses
    ]


def _version(one: CourseVersion) -> str:
    mark = f", pass mark {one.pass_mark}%" if one.pass_mark is not None else ""
    tries = f", attempts allowed: {one.attempts}" if one.attempts is not None else ""
    return f"{one.version} from {in_words(one.valid_from)}{mark}{tries}{'' if one.verified else ', not verified'}"


def _accepted(said: CourseAcceptance | None) -> str:
    if said is None:
        return "No: each certificate is verified"
    return f"{'Yes' if said.accepted else 'No'}, from {in_words(said.valid_from)}. {said.reason}"


def policy_rows(policies: Sequence[TrainingPolicy]) -> list[Row]:
    return [
        {
            "audience": one.audience.label,
            "refresh": one.as_policy().refresh,
            "needed": one.needed.label,
            "from": in_words(one.valid_from),
            "whose": "Your council" if one.authority_id else "Default",
            "source": f"{one.source}{'' if one.verified else ' (not verified)'}. {one.reason}",
        }
        for one in policies
    ]


def offer_rows(offers: Sequence[TrainingOffer], councils: dict[UUID, str], people: dict[UUID, str]) -> list[Row]:
    return [
        {
            "id": one.id,
            "person": people.get(one.person_id, "Somebody on your register"),
            "address": url_for("register.show_person", person_id=one.person_id),
            "course": f"{one.course}, {one.provider}",
            "result": tag(one.result),
            "when": in_words(one.completed_on),
            "from": councils.get(one.from_authority_id, "Another council"),
        }
        for one in offers
    ]


def workforce_rows(held: Sequence[WorkforceTraining]) -> list[Row]:
    return [
        {
            "audience": one.audience,
            "agency": one.agency,
            "course": one.course,
            "held": in_words(one.held_on),
            "number": f"{one.trained:,}",
            "do": _correct(
                url_for("training.correct_workforce", workforce_training_id=one.id), one.agency, one.held_on
            ),
        }
        for one in held
    ]


def premises_training_rows(held: Sequence[PremisesTraining]) -> list[Row]:
    return [
        {
            "held": in_words(one.held_on),
            "course": one.course,
            "trainer": one.trainer,
            "trained": f"{one.trained:,} of {one.staff:,}",
            "do": _correct(
                url_for("training.correct_premises_training", premises_training_id=one.id), one.course, one.held_on
            ),
        }
        for one in held
    ]


def _correct(address: str, what: str, held_on: date) -> Markup:
    hidden = Markup('<span class="govuk-visually-hidden"> {}, {}</span>').format(what, in_words(held_on))
    return _LINK.format(address, Markup("Correct{}").format(hidden))


def staff_rows(staff: Sequence[OperatorStaff]) -> list[Row]:
    return [
        {
            "name": one.name,
            "work": one.work,
            "dbs": day(one.basic_dbs_seen_on),
            "training": f"{one.course or 'Trained'}, {in_words(one.trained_on)}" if one.trained_on else "–",
            "left": day(one.until_on),
        }
        for one in staff
    ]
