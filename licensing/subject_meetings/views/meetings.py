"""The list of meetings, one with its agenda and decisions, and its papers on the screen and as PDF."""

from uuid import UUID

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from licensing import dates
from licensing.audit import changes as audit
from licensing.audit.changes import records_look
from licensing.audit.rules import Action, ObjectKind
from licensing.forms import applied_filters
from licensing.permissions import Permission, requires
from licensing.subject_meetings import papers, presenting, queries
from licensing.subject_meetings.forms import MeetingsFilterForm
from licensing.subject_meetings.queries import MeetingsFilter
from licensing.subject_meetings.views import subject_meetings

LOOK = records_look(ObjectKind.SUBJECT_MEETING, "subject_meeting_id", queries.meeting_exists)


@subject_meetings.get("/meetings")
@requires(Permission.DISRUPT)
def list_meetings() -> ResponseReturnValue:
    audit.record_alone(Action.LISTED, ObjectKind.SUBJECT_MEETING)
    form = MeetingsFilterForm(request.args)
    form.validate()
    wanted = MeetingsFilter(form.state.data, bool(form.every.data))
    page = queries.meetings_page(wanted, request.args.get("page", 1, int))
    return render_template(
        "subject_meetings/list_meetings.html",
        form=form,
        applied=applied_filters(form),
        page=page,
        rows=presenting.meeting_rows(page.items),
    )


@subject_meetings.get("/meetings/<uuid:subject_meeting_id>")
@requires(Permission.DISRUPT)
@LOOK
def show_meeting(subject_meeting_id: UUID) -> ResponseReturnValue:
    meeting = queries.meeting(subject_meeting_id)
    return render_template(
        "subject_meetings/show_meeting.html",
        meeting=meeting,
        state=meeting.state.value,
        leads=queries.leads(subject_meeting_id),
        facts=presenting.meeting_facts(meeting),
        subjects=presenting.subject_rows(meeting.subjects),
        decisions=presenting.decision_rows(meeting),
    )


@subject_meetings.get("/meetings/<uuid:subject_meeting_id>/papers")
@requires(Permission.DISRUPT)
@LOOK
def show_papers(subject_meeting_id: UUID) -> ResponseReturnValue:
    """The agenda and one part about each subject, as the PDF has them."""
    meeting = queries.meeting(subject_meeting_id)
    shown = [papers.agenda(meeting), *papers.papers(meeting, dates.today())]
    return render_template("subject_meetings/show_papers.html", meeting=meeting, shown=shown, handling=papers.HANDLING)


@subject_meetings.get("/meetings/<uuid:subject_meeting_id>/papers/pdf")
@requires(Permission.DISRUPT)
@LOOK
def print_papers(subject_meeting_id: UUID) -> ResponseReturnValue:
    audit.record_alone(Action.PRINTED, ObjectKind.SUBJECT_MEETING, subject_meeting_id)
    meeting = queries.meeting(subject_meeting_id)
    content = papers.pdf_of(meeting, [papers.agenda(meeting), *papers.papers(meeting, dates.today())])
    named = {"Content-Disposition": f'attachment; filename="{meeting.reference}.pdf"'}
    return Response(content, mimetype="application/pdf", headers=named)
