"""What other councils' attendance lists say of one's own licence holders: taken in, or not, row by row."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from licensing import dates
from licensing.accounts.acting import signed_in_user
from licensing.audit import changes as audit
from licensing.audit.changes import records_look
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.errors import RuleBroken
from licensing.permissions import Permission, requires
from licensing.register import queries as register
from licensing.training import changes, presenting, queries
from licensing.training.views import training


@training.get("/training/offers")
@requires(Permission.CASEWORK)
def list_offers() -> ResponseReturnValue:
    audit.record_alone(Action.LISTED, ObjectKind.TRAINING)
    page = queries.offers_page(request.args.get("page", 1, int))
    shown = register.people([one.person_id for one in page.items])
    people = {person_id: person.name for person_id, person in shown.items()}
    rows = presenting.offer_rows(page.items, queries.councils_of(page.items), people)
    return render_template("training/list_offers.html", page=page, rows=rows)


@training.post("/training/offers/<uuid:offer_id>/take")
@requires(Permission.CASEWORK)
@records_look(ObjectKind.TRAINING, "offer_id", queries.offer_exists)
def take_offer(offer_id: UUID) -> ResponseReturnValue:
    try:
        changes.take_offer(signed_in_user(), offer_id, dates.today())
    except RuleBroken as broken:
        return _not_done(broken)
    db.session.commit()
    flash("The training is recorded.", "success")
    return redirect(url_for("training.list_offers"))


@training.post("/training/offers/<uuid:offer_id>/decline")
@requires(Permission.CASEWORK)
@records_look(ObjectKind.TRAINING, "offer_id", queries.offer_exists)
def decline_offer(offer_id: UUID) -> ResponseReturnValue:
    try:
        changes.decline_offer(signed_in_user(), offer_id)
    except RuleBroken as broken:
        return _not_done(broken)
    db.session.commit()
    flash("The row was not taken in.", "success")
    return redirect(url_for("training.list_offers"))


def _not_done(broken: RuleBroken) -> ResponseReturnValue:
    db.session.rollback()
    flash(broken.message)
    return redirect(url_for("training.list_offers"))
