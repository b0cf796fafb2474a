"""Which councils ask to be spoken to about a person, and recording that a manager did."""

from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from licensing.accounts.acting import signed_in_user
from licensing.asking import answers
from licensing.audit.changes import records_look
from licensing.audit.rules import ObjectKind
from licensing.permissions import Permission, requires
from licensing.register import queries as register
from licensing.saving import saved
from licensing.suitability import presenting
from licensing.suitability.changes import markers as changes
from licensing.suitability.forms.cases import MarkerForm
from licensing.suitability.queries.markers import markers_of
from licensing.suitability.views import asked, done, suitability


@suitability.get("/people/<uuid:person_id>/markers")
@requires(Permission.CASEWORK)
@records_look(ObjectKind.PERSON, "person_id", register.person_exists)
def show_markers(person_id: UUID) -> ResponseReturnValue:
    return render_template(
        "suitability/show_markers.html",
        person=register.people([person_id])[person_id],
        markers=presenting.marker_cards(markers_of(person_id)),
    )


@suitability.route("/people/<uuid:person_id>/markers/consider", methods=["GET", "POST"])
@requires(Permission.DECIDE)
@records_look(ObjectKind.PERSON, "person_id", register.person_exists)
def consider_marker(person_id: UUID) -> ResponseReturnValue:
    """`council` is the code of the council that was asked."""
    page = url_for("suitability.show_markers", person_id=person_id)
    code = request.args.get("council", "")
    marker = next((one for one in markers_of(person_id) if one.code == code), None)
    if marker is None:
        return redirect(page)
    form = MarkerForm()
    if form.validate_on_submit():
        given, user = answers(form), signed_in_user()
        if saved(form, lambda: changes.consider_marker(user, person_id, code, given)):
            return done("It is recorded that you considered it.", page)
    return asked(form, f"Record that you asked {marker.council}", page)
