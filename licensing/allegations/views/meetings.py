"""Meetings: planned, and written down on one page while they are chaired."""

from datetime import UTC, datetime
from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from licensing import dates
from licensing.accounts.acting import signed_in_user
from licensing.allegations import presenting_work
from licensing.allegations.access import WORKERS, opens_case
from licensing.allegations.changes import meetings as changes
from licensing.allegations.editing import overtaken, version_of
from licensing.allegations.forms.work import MeetingForm, PlanMeetingForm
from licensing.allegations.models import Case, Meeting
from licensing.allegations.parts import adds_part
from licensing.allegations.queries import work
from licensing.allegations.views import allegations
from licensing.allegations.views.working import back_to, row_or_404, theirs, worked
from licensing.allegations.words import MeetingKind, Stage
from licensing.asking import ask, with_form
from licensing.forms import options
from licensing.permissions import requires
from licensing.register.sections import Section
from licensing.saving import saved
from licensing.sealing import opened


@adds_part(order=50)
def meetings_of(case: Case) -> Section | None:
    """The meetings, and what is still to be done."""
    if case.stage is Stage.RECORDING:
        return None
    names, today = work.meeting_names(case.authority_id), dates.today()
    found = [
        {
            "id": one.id,
            "title": f"{names[one.kind]}, {dates.in_words(one.held_on)}",
            "rows": presenting_work.meeting_rows(one),
        }
        for one in work.meetings(case.id)
    ]
    actions = [presenting_work.action_line(one, today) for one in work.actions(case.id)]
    offered = [
        ("Plan or record a meeting", url_for("allegations.plan_meeting", case_id=case.id)),
        ("Add an action", url_for("allegations.add_action", case_id=case.id)),
    ]
    shown = {"meetings": found, "actions": actions}
    return Section("Meetings and actions", "allegations/_meetings.html", shown, [] if case.stage.is_over else offered)


@allegations.route("/allegations/<uuid:case_id>/meetings/new", methods=["GET", "POST"])
@requires(*WORKERS)
@opens_case
def plan_meeting(case_id: UUID) -> ResponseReturnValue:
    case, form = worked(case_id), PlanMeetingForm()
    names = _offer_kinds(form, case)
    planned: list[UUID] = []

    def plan() -> None:
        kind, held_on = form.kind.data, form.held_on.data
        assert held_on is not None  # the form is valid
        planned.append(changes.plan(signed_in_user(), case, names[kind], kind, held_on))

    if form.validate_on_submit() and saved(form, plan):
        return redirect(url_for("allegations.record_meeting", case_id=case_id, meeting_id=planned[0]))
    return ask(form, "Plan or record a meeting", back_to(case_id), caption=case.reference)


@allegations.route("/allegations/<uuid:case_id>/meetings/<uuid:meeting_id>", methods=["GET", "POST"])
@requires(*WORKERS)
@opens_case
def record_meeting(case_id: UUID, meeting_id: UUID) -> ResponseReturnValue:
    case, row = worked(case_id), row_or_404(Meeting, case_id, meeting_id)
    now = {
        "kind": row.kind,
        "held_on": row.held_on,
        "attendees": opened(row, "attendees_sealed"),
        "told": opened(row, "told_sealed"),
        "basis": row.basis,
        "notes": opened(row, "notes_sealed"),
        "next_on": row.next_on,
    }
    form = MeetingForm(data={**now, **version_of(row)})
    names = _offer_kinds(form, case)
    if form.validate_on_submit() and not overtaken(form, row) and saved(form, lambda: _record(row, form, names)):
        if not form.stay.data:
            return redirect(back_to(case_id))
        flash(f"Saved on {dates.moment_in_words(datetime.now(UTC))}.", "success")
        return redirect(url_for("allegations.record_meeting", case_id=case_id, meeting_id=meeting_id))
    return with_form(
        form,
        "allegations/record_meeting.html",
        case=case,
        title=f"{names[row.kind]}, {dates.in_words(row.held_on)}",
        actions=[presenting_work.action_line(one, dates.today()) for one in work.actions(case_id, meeting_id)],
        theirs=theirs(form, now),
    )


def _record(row: Meeting, form: MeetingForm, names: dict[MeetingKind, str]) -> None:
    assert form.held_on.data is not None  # the form is valid
    changes.record(
        signed_in_user(),
        row,
        names[form.kind.data],
        kind=form.kind.data,
        held_on=form.held_on.data,
        attendees=form.attendees.data,
        told=form.told.data,
        basis=form.basis.data,
        notes=form.notes.data,
        next_on=form.next_on.data,
        actions=form.new_actions(),
    )


def _offer_kinds(form: PlanMeetingForm | MeetingForm, case: Case) -> dict[MeetingKind, str]:
    """What each kind is called in the office whose case it is."""
    names = work.meeting_names(case.authority_id)
    form.kind.choices = options([(one.value, name) for one, name in names.items()])
    return names
