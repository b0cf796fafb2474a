"""What the pages of people, premises and organisations show of training."""

from uuid import UUID

from flask import url_for

from licensing import dates
from licensing.accounts.acting import signed_in_user
from licensing.permissions import Permission
from licensing.register.events import RecordKind
from licensing.register.sections import Section, adds_section
from licensing.training import presenting, queries


@adds_section(RecordKind.PERSON, Permission.CASEWORK, order=30)
def training_of_person(person_id: UUID) -> Section | None:
    """What it comes to, by the licences they hold, and each record: own, and other councils' by link."""
    own, today = signed_in_user().authority.id, dates.today()
    audiences = queries.audiences_of(person_id)
    standing = queries.standings([person_id], own, today, audiences)[person_id]
    rows = presenting.record_rows(queries.records_of(person_id))
    rows += presenting.elsewhere_rows(queries.recorded_elsewhere(person_id, today))
    asked = queries.policy(own, audiences[0], today)
    return Section(
        "Training",
        "training/_of_person.html",
        {"standing": standing, "tag": presenting.tag(standing.status), "rows": rows, "asked": asked},
        [("Record training", url_for("training.add_training", person_id=person_id))],
    )


@adds_section(RecordKind.PREMISES, Permission.CASEWORK, order=30)
def training_at_premises(premises_id: UUID) -> Section | None:
    """The trainings held there."""
    rows = presenting.premises_training_rows(queries.trainings_at(premises_id))
    action = ("Record training held here", url_for("training.add_premises_training", premises_id=premises_id))
    return Section("Training of staff", "training/_at_premises.html", {"rows": rows}, [action])


@adds_section(RecordKind.ORGANISATION, Permission.CASEWORK, order=30)
def staff_of_operator(organisation_id: UUID) -> Section | None:
    """An operator's booking and dispatch staff by name, and the last look at its register of them."""
    checks = queries.register_checks_of(organisation_id)
    return Section(
        "Booking and dispatch staff",
        "training/_of_organisation.html",
        {"rows": presenting.staff_rows(queries.staff_of(organisation_id)), "checks": checks},
        [
            ("Record a member of staff", url_for("training.record_staff", organisation_id=organisation_id)),
            (
                "Record a look at the staff register",
                url_for("training.record_register_check", organisation_id=organisation_id),
            ),
        ],
    )
