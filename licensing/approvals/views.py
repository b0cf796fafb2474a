"""The approver's work: what waits for a decision, and deciding it."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from licensing.accounts import step_up
from licensing.accounts.acting import signed_in_user
from licensing.accounts.home_figures import Figure, adds_figures
from licensing.approvals import changes, queries
from licensing.approvals.forms import ApproveForm, RefuseForm
from licensing.approvals.presenting import list_row, part_row, shown
from licensing.approvals.rules import ProposalStatus
from licensing.audit import changes as audit
from licensing.audit.changes import records_look
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.errors import RuleBroken
from licensing.permissions import Permission, requires

approvals = Blueprint("approvals", __name__)

# Whoever may propose something or decide something; the database shows each their own.
PROPOSES_OR_DECIDES = (
    Permission.CHANGES_APPROVE,
    Permission.ROLES_APPROVE,
    Permission.REGISTER_EDIT,
    Permission.USERS_MANAGE,
)
DECIDES = (Permission.CHANGES_APPROVE, Permission.ROLES_APPROVE)


@approvals.get("/approvals")
@requires(*PROPOSES_OR_DECIDES)
def list_proposals() -> ResponseReturnValue:
    audit.record_alone(Action.LISTED, ObjectKind.PROPOSAL)
    user = signed_in_user()
    page = queries.ended_page(request.args.get("page", 1, int))
    return render_template(
        "approvals/list_proposals.html",
        decides=any(user.may(permission) for permission in DECIDES),
        waiting=[list_row(one) for one in queries.waiting_for(user)],
        proposed=[list_row(one) for one in queries.waiting_on_others(user)],
        page=page,
        ended=[list_row(one) for one in page.items],
    )


@approvals.get("/approvals/<uuid:proposal_id>")
@requires(*PROPOSES_OR_DECIDES)
@records_look(ObjectKind.PROPOSAL, "proposal_id", queries.proposal_exists)
def show_proposal(proposal_id: UUID) -> ResponseReturnValue:
    return _show(proposal_id, ApproveForm(formdata=None), RefuseForm(formdata=None))


@approvals.post("/approvals/<uuid:proposal_id>/approve")
@requires(*DECIDES)
@records_look(ObjectKind.PROPOSAL, "proposal_id", queries.proposal_exists)
def approve(proposal_id: UUID) -> ResponseReturnValue:
    form = ApproveForm()
    if queries.one_proposal(proposal_id).permission == Permission.ROLES_APPROVE and not step_up.is_fresh():
        return step_up.ask_again()
    if form.validate_on_submit():
        try:
            proposal = changes.approve(proposal_id)
        except RuleBroken as broken:
            db.session.rollback()
            form.add_error(broken.message)
        else:
            db.session.commit()
            flash(_said_of_approval(proposal.status), "success")
            return redirect(url_for("approvals.list_proposals"))
    return _show(proposal_id, form, RefuseForm(formdata=None)), 422


@approvals.post("/approvals/<uuid:proposal_id>/refuse")
@requires(*DECIDES)
@records_look(ObjectKind.PROPOSAL, "proposal_id", queries.proposal_exists)
def refuse(proposal_id: UUID) -> ResponseReturnValue:
    form = RefuseForm()
    if form.validate_on_submit():
        try:
            changes.refuse(proposal_id, form.reason.data or "")
        except RuleBroken as broken:
            db.session.rollback()
            form.add_error(broken.message)
        else:
            db.session.commit()
            flash("Refused. Nothing was changed.", "success")
            return redirect(url_for("approvals.list_proposals"))
    return _show(proposal_id, ApproveForm(formdata=None), form), 422


@approvals.post("/approvals/<uuid:proposal_id>/withdraw")
@requires(*PROPOSES_OR_DECIDES)
@records_look(ObjectKind.PROPOSAL, "proposal_id", queries.proposal_exists)
def withdraw(proposal_id: UUID) -> ResponseReturnValue:
    try:
        changes.withdraw(proposal_id)
    except RuleBroken as broken:
        db.session.rollback()
        flash(broken.message, "important")
        return redirect(url_for("approvals.show_proposal", proposal_id=proposal_id))
    db.session.commit()
    flash("You took your request back. Nothing was changed.", "success")
    return redirect(url_for("approvals.list_proposals"))


def _show(proposal_id: UUID, approve_form: ApproveForm, refuse_form: RefuseForm) -> str:
    user, proposal = signed_in_user(), queries.one_proposal(proposal_id)
    return render_template(
        "approvals/show_proposal.html",
        proposal=proposal,
        shown=shown(proposal),
        parts=[part_row(part) for part in proposal.parts],
        may_decide=queries.may_decide(user, proposal),
        may_withdraw=proposal.proposed_by == user.id and proposal.status_now is ProposalStatus.OPEN,
        form=refuse_form if refuse_form.errors else approve_form,
        approve_form=approve_form,
        refuse_form=refuse_form,
    )


def _said_of_approval(status: ProposalStatus) -> str:
    if status is ProposalStatus.APPROVED:
        return "Approved, and done."
    return "Approved for your council. It is done when the other council approves it too."


@adds_figures(*DECIDES)
def figures() -> list[Figure]:
    """What waits for the user's decision, for the home page."""
    number = queries.count_waiting_for(signed_in_user())
    return [Figure("waiting for my approval", number, url_for("approvals.list_proposals"))]
