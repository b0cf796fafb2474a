"""Duplicates on the own register: those suggested, comparing two, and asking that they be made one or two again."""

from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from licensing import dates
from licensing.approvals.kinds import ProposalKind, Shown, carries_out
from licensing.approvals.models import Proposal
from licensing.audit import changes as audit
from licensing.audit.changes import records_look
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.errors import RuleBroken
from licensing.forms import BaseForm
from licensing.permissions import Permission, requires
from licensing.register import duplicates, presenting, queries
from licensing.register.changes import merging
from licensing.register.events import RecordKind
from licensing.register.forms.merging import MergeForm, UnmergeForm
from licensing.register.names import name_of
from licensing.register.views import register

ASKED = "A second person has been asked to agree. Until then nothing changes."


@register.get("/people/duplicates")
@requires(Permission.REGISTER_EDIT)
def list_duplicates() -> ResponseReturnValue:
    audit.record_alone(Action.LISTED, ObjectKind.PERSON)
    rows = presenting.pair_rows(duplicates.suggested_pairs())
    return render_template("register/list_duplicates.html", rows=rows)


@register.get("/people/<uuid:person_id>/duplicates")
@requires(Permission.REGISTER_EDIT)
@records_look(ObjectKind.PERSON, "person_id", queries.person_exists)
def show_duplicates(person_id: UUID) -> ResponseReturnValue:
    likes = duplicates.records_like(person_id)
    return render_template(
        "register/show_duplicates.html",
        person=queries.person(person_id),
        likes=likes,
        rows=presenting.like_rows(person_id, likes, dates.today()),
    )


@register.route("/people/<uuid:person_id>/merge", methods=["GET", "POST"])
@requires(Permission.REGISTER_EDIT)
@records_look(ObjectKind.PERSON, "person_id", queries.person_exists)
def merge_people(person_id: UUID) -> ResponseReturnValue:
    other_id = request.args.get("with", type=UUID)
    if other_id is None or not queries.person_exists(other_id):
        return redirect(url_for("register.show_duplicates", person_id=person_id))
    audit.record_alone(Action.LOOKED, ObjectKind.PERSON, other_id)
    kept, other = queries.person(person_id), queries.person(other_id)
    sides = presenting.compared_rows(kept, other)
    form = MergeForm()
    form.offer(sides)
    if form.validate_on_submit():
        chosen = {name: form.data.get(name, "kept") for name in merging.CHOSEN}
        try:
            merging.propose_merge(person_id, other_id, chosen, form.reason.data or "")
        except RuleBroken as broken:
            db.session.rollback()
            form.add_error(broken.message, broken.field)
        else:
            return _asked(person_id)
    page = render_template("register/merge_people.html", form=form, kept=kept, other=other, sides=sides)
    return page, _status(form)


@register.route("/merges/<uuid:merge_id>/undo", methods=["GET", "POST"])
@requires(Permission.REGISTER_EDIT)
@records_look(ObjectKind.MERGE, "merge_id", queries.merge_stands)
def undo_merge(merge_id: UUID) -> ResponseReturnValue:
    done, form = queries.merge(merge_id), UnmergeForm()
    if form.validate_on_submit():
        try:
            merging.propose_unmerge(merge_id, form.reason.data or "")
        except RuleBroken as broken:
            db.session.rollback()
            form.add_error(broken.message, broken.field)
        else:
            return _asked(done.kept_id)
    names = [name_of(RecordKind.PERSON, person_id) for person_id in (done.kept_id, done.merged_id)]
    page = render_template("register/undo_merge.html", form=form, kept_id=done.kept_id, names=names)
    return page, _status(form)


def _asked(person_id: UUID) -> ResponseReturnValue:
    db.session.commit()
    flash(ASKED, "success")
    return redirect(url_for("register.show_person", person_id=person_id))


def _status(form: BaseForm) -> int:
    return 422 if form.is_submitted() else 200


def _merge_shown(proposal: Proposal) -> Shown:
    """What would become of the two records, for whoever decides."""
    kept_id, merged_id = proposal.object_id, UUID(proposal.payload["merged"])
    if not (queries.person_exists(kept_id) and queries.person_exists(merged_id)):
        abort(404)
    kept, merged = queries.person(kept_id), queries.person(merged_id)
    chosen = proposal.payload["chosen"]
    rows = [("Kept", f"{kept.name}, {kept.reference}"), ("Merged into it", f"{merged.name}, {merged.reference}")]
    for row in presenting.compared_rows(kept, merged):
        rows.append((row["field"], row["merged"] if chosen.get(row["key"]) == "merged" else row["kept"]))
    return Shown(f"Merge two records of {kept.name}", rows, url_for("register.show_person", person_id=kept_id))


def _unmerge_shown(proposal: Proposal) -> Shown:
    done = queries.merge(UUID(proposal.payload["merge"]))
    kept, merged = queries.person(done.kept_id), queries.person(done.merged_id)
    rows = [("Kept record", f"{kept.name}, {kept.reference}"), ("Becomes its own again", merged.reference)]
    return Shown(f"Undo the merge into {kept.name}", rows, url_for("register.show_person", person_id=kept.id))


@carries_out(ProposalKind.MERGE, approver=Permission.CHANGES_APPROVE, shows=_merge_shown)
def carry_out_merge(proposal: Proposal) -> None:
    merging.merge(proposal)


@carries_out(ProposalKind.UNMERGE, approver=Permission.CHANGES_APPROVE, shows=_unmerge_shown)
def carry_out_unmerge(proposal: Proposal) -> None:
    merging.unmerge(proposal)
