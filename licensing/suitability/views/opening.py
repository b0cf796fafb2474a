"""Opening a consideration: of a licence, or of whoever holds several, from the record in which it began."""

from collections.abc import Sequence
from uuid import UUID

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from licensing import dates
from licensing.accounts.acting import signed_in_user
from licensing.audit.changes import records_look
from licensing.audit.rules import ObjectKind
from licensing.forms import options
from licensing.permissions import Permission, requires
from licensing.register import queries as register
from licensing.register.models import Licence
from licensing.register.names import licence_name
from licensing.register.warnings import warnings_about
from licensing.saving import saved
from licensing.suitability.arising import origin_of
from licensing.suitability.changes import considerations as changes
from licensing.suitability.forms.cases import ConsiderationForm, LicenceForm
from licensing.suitability.queries import concerns
from licensing.suitability.queries.licences import licences_complained_of
from licensing.suitability.rules import Arising
from licensing.suitability.views import asked, done, suitability

NO_LICENCE = "No licence of theirs is on your register. Add the licence or the application first."


@suitability.route("/licences/<uuid:licence_id>/consideration", methods=["GET", "POST"])
@requires(Permission.CASEWORK)
@records_look(ObjectKind.LICENCE, "licence_id", register.record_exists(Licence))
def add_consideration(licence_id: UUID) -> ResponseReturnValue:
    """`from` names the record from which it comes, as `court_case:ID`."""
    speak_first = warnings_about(register.holder_of(licence_id), ObjectKind.LICENCE, licence_id)
    licence, origin = register.licence(licence_id), origin_of(request.args.get("from", ""))
    form = ConsiderationForm.of(licence.kind.family, origin.first_answers(dates.today()) if origin else None)
    if form.validate_on_submit() and (opened_on := form.opened_on.data):
        made: list[UUID] = []
        answers = (form.source.data, form.ground.data, opened_on, form.concern.data or "")
        more = {"case_reference": form.case_reference.data, "arising": (origin.kind, origin.id) if origin else None}
        more |= form.receipt()
        user = signed_in_user()
        if saved(form, lambda: made.append(changes.open_consideration(user, licence_id, *answers, **more))):
            return done(
                "The consideration is open.", url_for("suitability.show_consideration", consideration_id=made[0])
            )
    back = url_for("register.show_licence", licence_id=licence_id)
    return asked(
        form, "Open a consideration", back, caption=licence_name(licence), case_law=True, speak_first=speak_first
    )


@suitability.route("/people/<uuid:person_id>/consideration", methods=["GET", "POST"])
@requires(Permission.CASEWORK)
@records_look(ObjectKind.PERSON, "person_id", register.person_exists)
def add_consideration_of_person(person_id: UUID) -> ResponseReturnValue:
    """Which of a person's licences it is about; `from` goes along."""
    person = register.person(person_id)
    return _choose(person.licences, url_for("register.show_person", person_id=person_id), person.name)


@suitability.route("/complaints/<uuid:complaint_id>/consideration", methods=["GET", "POST"])
@requires(Permission.CASEWORK)
@records_look(ObjectKind.COMPLAINT, "complaint_id", concerns.complaint_exists)
def add_consideration_of_complaint(complaint_id: UUID) -> ResponseReturnValue:
    """Which licence of whoever or whatever is complained of."""
    complaint = concerns.complaint(complaint_id)
    back = url_for("suitability.show_complaint", complaint_id=complaint_id)
    return _choose(licences_complained_of(complaint), back, complaint.reference, f"{Arising.COMPLAINT}:{complaint_id}")


def _choose(licences: Sequence[Licence], back: str, caption: str, origin: str | None = None) -> ResponseReturnValue:
    """On to the licence that is meant: at once where there is one, else as chosen."""
    form = LicenceForm()
    form.licence.choices = options([(str(one.id), licence_name(one)) for one in licences])
    chosen = licences[0].id if len(licences) == 1 else None
    if form.validate_on_submit():
        chosen = UUID(form.licence.data)
    if chosen:
        query = {"from": origin or request.args.get("from")}
        return redirect(url_for("suitability.add_consideration", licence_id=chosen, **query))  # type: ignore[arg-type]  (a query of words)
    return asked(
        form,
        "Open a consideration",
        back,
        caption=caption,
        **({} if licences else {"intro": NO_LICENCE, "questions": []}),
    )
