"""Putting something on the agenda: by its name or reference, or a signal from its page."""

from typing import Any
from uuid import UUID

from flask import url_for
from flask.typing import ResponseReturnValue

from licensing.accounts.acting import signed_in_user
from licensing.asking import ask
from licensing.audit.changes import records_look
from licensing.audit.rules import ObjectKind
from licensing.disruption import queries as disruption
from licensing.disruption.forms import NOT_FOUND
from licensing.errors import RuleBroken
from licensing.forms import options
from licensing.permissions import Permission, requires
from licensing.references import as_written
from licensing.saving import saved
from licensing.signals import presenting as signals
from licensing.signals import queries as counted
from licensing.signals.rules import Signal
from licensing.subject_meetings import changes, queries
from licensing.subject_meetings.changes import Topic
from licensing.subject_meetings.forms import AgendaForm, SubjectForm
from licensing.subject_meetings.presenting import page_of, when
from licensing.subject_meetings.views import done, subject_meetings
from licensing.subject_meetings.views.meetings import LOOK
from licensing.subject_meetings.words import SubjectKind

_SHORTEST_WORDS = 3
_READ = (
    "Every agency that is invited reads this name, and why. What was counted, the papers tell each of them "
    "as far as it may know."
)


@subject_meetings.route("/meetings/<uuid:subject_meeting_id>/subjects", methods=["GET", "POST"])
@requires(Permission.DISRUPT)
@LOOK
def add_subject(subject_meeting_id: UUID) -> ResponseReturnValue:
    meeting, form = queries.meeting(subject_meeting_id), SubjectForm()
    places = _places(form)
    form.take_places([(key, words) for key, (words, _) in places.items()])
    if form.validate_on_submit() and saved(
        form, lambda: changes.add_subject(signed_in_user(), subject_meeting_id, _topic(form, places))
    ):
        return done("It is on the agenda.", page_of(subject_meeting_id))
    return ask(form, "Add to the agenda", page_of(subject_meeting_id), caption=meeting.reference)


def _places(form: SubjectForm) -> dict[str, tuple[str, str]]:
    """The places of the registers that what was typed finds: what each is called in the choice, and its name."""
    words = form.name.data or ""
    if form.kind.data is not SubjectKind.PREMISES or len(words) < _SHORTEST_WORDS:
        return {}
    return {
        str(one.id): (f"{one.name}, {', '.join(one.address_lines.splitlines())}, {one.postcode}", one.name)
        for one in disruption.places_found(words)
    }


def _topic(form: SubjectForm, places: dict[str, tuple[str, str]]) -> Topic:
    kind, typed, why = form.kind.data, form.name.data or "", form.why.data or ""
    if kind is SubjectKind.PREMISES:
        chosen = form.record.data if "record" in form else NOT_FOUND
        known = chosen in places
        return Topic(kind, places[chosen][1] if known else typed, why, UUID(chosen) if known else None)
    found = queries.by_reference(kind, as_written(typed))
    if kind is SubjectKind.ACTION:
        if found is None:
            raise RuleBroken("Enter the reference of an action that you know of", "name")
        return Topic(kind, f"{found.reference}: {found.power.name}", why, found.id)
    return Topic(kind, _called(kind, typed, found, form), why, found.id if found else None)


def _called(kind: SubjectKind, typed: str, found: Any | None, form: SubjectForm) -> str:
    """The name that all who are invited read: of a person never more than the planner typed."""
    if kind is SubjectKind.PERSON:
        return form.name_for_all.data or typed
    return typed if found is None else found.vrm if kind is SubjectKind.VEHICLE else found.name


@subject_meetings.route("/signals/<uuid:signal_id>/agenda", methods=["GET", "POST"])
@requires(Permission.DISRUPT)
@records_look(ObjectKind.SIGNAL, "signal_id", counted.signal_exists)
def put_on_agenda(signal_id: UUID) -> ResponseReturnValue:
    """Whoever is invited reads the name and why; what was counted, only those who see the signal."""
    signal, form, back = counted.signal(signal_id), AgendaForm(), signals.page_of(signal_id)
    form.meeting.choices = options(
        (str(one.id), f"{one.reference}, {when(one)}, {one.venue}") for one in queries.planned_meetings()
    )
    if not form.meeting.choices:
        address = url_for("subject_meetings.plan")
        return ask(
            form,
            "Put it on an agenda",
            back,
            caption=signal.name,
            template="subject_meetings/no_meeting.html",
            questions=[],
            address=address,
        )
    if form.validate_on_submit() and saved(form, lambda: _put(signal, form)):
        return done("It is on the agenda.", page_of(UUID(form.meeting.data)))
    return ask(form, "Put it on an agenda", back, caption=signal.name, intro=_READ)


def _put(signal: Signal, form: AgendaForm) -> None:
    kind = SubjectKind(signal.rule.subject.value)
    topic = Topic(kind, signal.name, form.why.data or "", signal.record_id, signal.id)
    changes.add_subject(signed_in_user(), UUID(form.meeting.data), topic)
