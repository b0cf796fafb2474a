"""Applications: received, seen through item by item, and ended."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.exc import IntegrityError

from licensing import jobs
from licensing.accounts.acting import ActingUser
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.errors import RuleBroken
from licensing.references import new_reference
from licensing.register.catalogue import Family
from licensing.register.changes import licences
from licensing.register.changes.events import record_event
from licensing.register.events import EventKind, RecordKind
from licensing.register.models import Licence
from licensing.suitability.applying import (
    ApplicationKind,
    ApplicationState,
    ItemKind,
    ItemState,
    check_item,
    items_asked,
)
from licensing.suitability.jobs import seek_markers
from licensing.suitability.models import Application, ApplicationItem, sealed
from licensing.suitability.queries import applications as queries
from licensing.suitability.rules import check_days
from licensing.tasks import changes as tasks
from licensing.tasks.rules import TaskKind

OPEN_ALREADY = "An application for this licence is open already: {}. Decide or withdraw it first."
NOT_OPEN = "This application was {} in between. Nothing was changed."


def receive(user: ActingUser, licence_id: UUID, kind: ApplicationKind, received_on: date) -> UUID:
    """Record an application for a licence on the register. RuleBroken while another is open, or the holder is dead."""
    licence = db.session.get_one(Licence, licence_id)
    if licence.person and licence.person.deceased_on:
        raise RuleBroken("The holder has died: no application can be received.", "received_on")
    if there := queries.open_application(licence_id):
        raise RuleBroken(OPEN_ALREADY.format(there.reference), "kind")
    application_id = uuid4()
    db.session.add(
        Application(
            id=application_id,
            authority_id=user.authority.id,
            reference=new_reference("AP"),
            licence_id=licence_id,
            kind=kind,
            received_on=received_on,
            officer_id=user.id,
            recorded_by=user.id,
        )
    )
    try:
        db.session.flush()
    except IntegrityError as error:  # sent twice at once: the other one was first
        raise RuleBroken("An application for this licence is open already.", "kind") from error
    audit.record(Action.ADDED, ObjectKind.APPLICATION, application_id, details={"kind": kind})
    if licence.person_id and licence.kind.family in (Family.DRIVER, Family.BADGE, Family.OPERATOR):
        jobs.defer(seek_markers)
    return application_id


def receive_new(user: ActingUser, person_id: UUID, given: dict[str, Any]) -> UUID:
    """Record an application for a licence that a person does not hold yet: the register's own licence, applied for.

    `given` has kind, number and received_on. RuleBroken where the number is taken.
    """
    details = {"badge_no": None, "activities": (), "granted_on": None, "irregular": False, **given}
    licence_id = licences.add_licence(user, RecordKind.PERSON, person_id, details)
    return receive(user, licence_id, ApplicationKind.NEW, given["received_on"])


def say_item(
    user: ActingUser, application_id: UUID, kind: ItemKind, state: ItemState, on_day: date, words: str
) -> None:
    """Say how far something has come; what was said before is kept. RuleBroken by rules.check_item."""
    application = _open(application_id)
    if kind not in items_asked(application.licence.kind.family):
        raise RuleBroken("This is not asked for a licence of this kind.", "state")
    check_item(state, words)
    item_id = uuid4()
    before = queries.items_said(application_id).get(kind)
    if before:
        before.superseded_at = db.func.now()
        db.session.flush()
    db.session.add(
        ApplicationItem(
            id=item_id,
            authority_id=user.authority.id,
            application_id=application_id,
            kind=kind,
            state=state,
            on_day=on_day,
            words_sealed=sealed(ApplicationItem, "words_sealed", item_id, words),
            by_id=user.id,
        )
    )
    db.session.flush()
    told = {"before": {kind: before.state if before else ItemState.NOT_STARTED}, "after": {kind: state}}
    audit.record(Action.CHANGED, ObjectKind.APPLICATION, application_id, details=told)


def mark_complete(_user: ActingUser, application_id: UUID, complete_on: date) -> None:
    """Everything asked for was received on this day."""
    application = _open(application_id)
    check_days(application.received_on, complete_on, "The day must be on or after the day it was received", "on_day")
    application.complete_on = complete_on
    db.session.flush()
    after = {"complete_on": complete_on.isoformat()}
    audit.record(Action.CHANGED, ObjectKind.APPLICATION, application_id, details={"after": after})


def take_on(user: ActingUser, application_id: UUID) -> None:
    """The acting user is its officer from here on."""
    application = _open(application_id)
    before, application.officer_id = application.officer_id, user.id
    db.session.flush()
    told = {"before": {"officer": str(before)}, "after": {"officer": str(user.id)}}
    audit.record(Action.CHANGED, ObjectKind.APPLICATION, application_id, details=told)


def withdraw(user: ActingUser, application_id: UUID, on: date, words: str) -> None:
    """The applicant withdrew it. A licence that was only applied for is withdrawn on the register too."""
    application = _open(application_id)
    check_days(application.received_on, on, "The day must be on or after the day it was received", "on_day")
    application.withdrawn_on = on
    application.withdrawn_sealed = sealed(Application, "withdrawn_sealed", application_id, words)
    db.session.flush()
    audit.record(Action.CHANGED, ObjectKind.APPLICATION, application_id, details={"after": "withdrawn"})
    tasks.settle(TaskKind.DECIDE, (ObjectKind.APPLICATION, application_id), "The application was withdrawn.")
    if application.kind is ApplicationKind.NEW:
        record_event(user, application.licence_id, _withdrawn(on))


def _withdrawn(on: date) -> dict[str, Any]:
    """The register's event, as its own form would give it; what was done is recordable, whatever came before."""
    unknown = ("notified_on", "effective_on", "ends_on", "starts_on", "expires_on", "cause", "entitlement", "power")
    return {
        **dict.fromkeys((*unknown, "relevant_information")),
        "event": EventKind.WITHDRAWN,
        "decided_on": on,
        "immediate": False,
        "permanent": False,
        "irregular": True,
    }


def decide_application(_user: ActingUser, application_id: UUID, on: date) -> None:
    """It was decided; by whom and how, the decision says. RuleBroken where it ended in between."""
    application = _open(application_id)
    application.decided_on = on
    db.session.flush()
    audit.record(Action.DECIDED, ObjectKind.APPLICATION, application_id, details={"on": on.isoformat()})
    tasks.settle(TaskKind.DECIDE, (ObjectKind.APPLICATION, application_id), "The application was decided.")


def _open(application_id: UUID) -> Application:
    application = queries.application_for_update(application_id)
    if application.state is not ApplicationState.OPEN:
        raise RuleBroken(NOT_OPEN.format(application.state.label.lower()))
    return application
