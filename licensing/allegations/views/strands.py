"""The strands of a case: child protection, police, and each employer or licensing authority."""

from uuid import UUID

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from licensing.accounts.acting import signed_in_user
from licensing.allegations import decided, presenting
from licensing.allegations.access import WORKERS, opens_case
from licensing.allegations.changes import strands as changes
from licensing.allegations.editing import overtaken, version_of
from licensing.allegations.forms.work import AddStrandForm, StrandForm
from licensing.allegations.models import Case, Strand
from licensing.allegations.parts import adds_part
from licensing.allegations.queries import cases as queries
from licensing.allegations.queries import sharing
from licensing.allegations.views import allegations
from licensing.allegations.views.working import back_to, row_or_404, theirs, worked
from licensing.asking import ask
from licensing.forms import options
from licensing.permissions import requires
from licensing.register.sections import Section
from licensing.saving import saved
from licensing.sealing import opened


@adds_part(order=20)
def strands_of(case: Case) -> Section | None:
    """The enquiries beside each other, with who leads each and when it is next due."""
    found = queries.strands(case.id)
    if not found:
        return None
    names, said = sharing.authorities(), decided.said_by_council(case.id)
    rows = [
        {"id": one.id, **presenting.strand_row(one, names, said.get(one.for_authority_id or case.id, ()))}
        for one in found
    ]
    add = ("Add a council’s own strand", url_for("allegations.add_strand", case_id=case.id))
    return Section("Strands", "allegations/_strands.html", {"strands": rows}, [] if case.stage.is_over else [add])


@allegations.route("/allegations/<uuid:case_id>/strands/new", methods=["GET", "POST"])
@requires(*WORKERS)
@opens_case
def add_strand(case_id: UUID) -> ResponseReturnValue:
    case, form = worked(case_id), AddStrandForm()
    form.for_authority_id.choices = options([(str(one), name) for one, name in sharing.authorities().items()])
    if form.validate_on_submit():
        council, owner = UUID(form.for_authority_id.data), form.owner.data
        if saved(form, lambda: changes.add_for(signed_in_user(), case, council, owner)):
            return redirect(back_to(case_id))
    intro = "A licensing authority decides for itself; its strand shows what it does, and when."
    return ask(form, "Add a council’s own strand", back_to(case_id), caption=case.reference, intro=intro)


@allegations.route("/allegations/<uuid:case_id>/strands/<uuid:strand_id>", methods=["GET", "POST"])
@requires(*WORKERS)
@opens_case
def change_strand(case_id: UUID, strand_id: UUID) -> ResponseReturnValue:
    case, row = worked(case_id), row_or_404(Strand, case_id, strand_id)
    name = presenting.strand_name(row, sharing.authorities())
    now = {
        "owner": opened(row, "owner_sealed"),
        "state": row.state,
        "next_on": row.next_on,
        "note": opened(row, "note_sealed"),
    }
    form = StrandForm(data={**now, **version_of(row)})
    if form.validate_on_submit() and not overtaken(form, row):
        said = {"owner": form.owner.data, "state": form.state.data, "next_on": form.next_on.data}
        if saved(form, lambda: changes.change(signed_in_user(), row, name, **said, note_=form.note.data or "")):
            return redirect(back_to(case_id))
    return ask(
        form,
        name,
        back_to(case_id),
        template="allegations/ask_step.html",
        caption=case.reference,
        theirs=theirs(form, now),
    )
