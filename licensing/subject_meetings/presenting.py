"""Meetings as rows and words of pages."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from flask import url_for
from markupsafe import Markup

from licensing.dates import in_words, moment_in_words
from licensing.disruption.presenting import link, several
from licensing.disruption.words import TaskAnswer
from licensing.sealing import opened
from licensing.signals import presenting as signals
from licensing.signals import queries as counted
from licensing.subject_meetings import queries
from licensing.subject_meetings.models import AgendaItem, MeetingDecision, SubjectMeeting
from licensing.subject_meetings.papers import name_of
from licensing.tags import status_tag

Rows = list[tuple[str, Any]]


def page_of(meeting_id: UUID) -> str:
    return url_for("subject_meetings.show_meeting", subject_meeting_id=meeting_id)


def when(meeting: SubjectMeeting) -> str:
    return f"{in_words(meeting.on_day)}, {meeting.starts_at:%H:%M}"


def meeting_rows(meetings: Iterable[SubjectMeeting]) -> list[dict[str, Any]]:
    return [
        {
            "reference": link(one.reference, page_of(one.id)),
            "when": when(one),
            "place": one.venue,
            "agency": one.invites.name,
            "subjects": str(len(one.subjects)),
            "state": status_tag(one.state, one.state.label),
        }
        for one in meetings
    ]


def meeting_facts(meeting: SubjectMeeting) -> Rows:
    rows: Rows = [
        ("Status", status_tag(meeting.state, meeting.state.label)),
        ("When", when(meeting)),
        ("Where", meeting.venue),
        ("Planned for", meeting.invites.name),
        ("Invited", several(one.agency.name for one in meeting.agencies)),
        ("For", _lines(opened(meeting, "purpose_sealed"))),
    ]
    if meeting.held_at:
        rows += [("Recorded", moment_in_words(meeting.held_at)), ("Minute", _lines(opened(meeting, "minute_sealed")))]
    return rows


def _lines(words: str) -> Markup:
    return Markup('<span class="lines">{}</span>').format(words)


def subject_rows(subjects: Iterable[AgendaItem]) -> list[dict[str, Any]]:
    """The agenda; a signal leads to its page where the reader sees it."""
    seen = {one.id for one in counted.every_signal()}
    return [
        {
            "name": f"{one.number}. {name_of(one)}",
            "kind": one.kind.label,
            "why": _lines(opened(one, "why_sealed")),
            "signal": link("Signal", signals.page_of(one.signal_id))
            if one.signal_id in seen and one.signal_id
            else "–",
        }
        for one in subjects
    ]


def decision_rows(meeting: SubjectMeeting) -> list[dict[str, Any]]:
    names = {one.id: f"{one.number}. {name_of(one)}" for one in meeting.subjects}
    answers = queries.answers_of([one.partner_task_id for one in meeting.decisions if one.partner_task_id])
    return [
        {
            "what": _lines(opened(one, "what_sealed")),
            "about": names.get(one.subject_id, "The meeting as a whole")
            if one.subject_id
            else "The meeting as a whole",
            "who": one.agency.name,
            "due": in_words(one.due_on),
            "answer": _answer(one, answers),
        }
        for one in meeting.decisions
    ]


def _answer(decided: MeetingDecision, answers: dict[UUID, TaskAnswer]) -> str:
    if decided.partner_task_id is None:
        return "A task of theirs"
    answer = answers.get(decided.partner_task_id)
    return answer.label if answer else "Asked"
