"""How meetings are called elsewhere: in tasks, by their reference, and on the home page."""

from datetime import timedelta
from uuid import UUID

from flask import url_for
from sqlalchemy import select

from licensing import dates
from licensing.accounts.home_figures import Figure, adds_figures
from licensing.audit.rules import ObjectKind
from licensing.db import db
from licensing.permissions import Permission
from licensing.register.by_reference import Referred, finds_references
from licensing.subject_meetings import changes, queries
from licensing.subject_meetings.models import MeetingDecision, SubjectMeeting
from licensing.subject_meetings.presenting import page_of
from licensing.tasks import adds_subject
from licensing.tasks.subjects import Subject

_SOON = timedelta(days=7)


@adds_subject(ObjectKind.SUBJECT_MEETING)
def meetings(ids: list[UUID]) -> dict[UUID, Subject]:
    """Meetings, and the decisions that tasks are about: they lead to the meeting."""
    of_decision = select(MeetingDecision.id, SubjectMeeting.reference, SubjectMeeting.id).join(
        SubjectMeeting, SubjectMeeting.id == MeetingDecision.meeting_id
    )
    itself = select(SubjectMeeting.id, SubjectMeeting.reference, SubjectMeeting.id)
    found = itself.where(SubjectMeeting.id.in_(ids)).union_all(of_decision.where(MeetingDecision.id.in_(ids)))
    return {row[0]: (f"Meeting {row[1]}", page_of(row[2])) for row in db.session.execute(found)}


@finds_references(changes.PREFIX)
def meeting_by_reference(reference: str) -> Referred | None:
    found = (
        select(SubjectMeeting.id, SubjectMeeting.reference)
        .where(SubjectMeeting.reference == reference)
        .order_by(SubjectMeeting.id)
    )
    one = db.session.execute(found).first()
    return Referred("Meeting", one.reference, page_of(one.id)) if one else None


@adds_figures(Permission.DISRUPT, order=38)
def soon() -> list[Figure]:
    number = queries.planned_until(dates.today() + _SOON)
    return [Figure("meetings in the next 7 days", number, url_for("subject_meetings.list_meetings"))]
