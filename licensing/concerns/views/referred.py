"""What was referred to designated officers: read, acknowledged by a receipt, or answered with advice."""

from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from licensing.accounts.acting import signed_in_user
from licensing.asking import ask
from licensing.audit import changes as audit
from licensing.audit.changes import records_look
from licensing.audit.rules import Action, ObjectKind
from licensing.concerns import presenting, queries
from licensing.concerns.changes import referring as changes
from licensing.concerns.forms import NO_CHILD, WordsForm
from licensing.concerns.views import concerns, done
from licensing.db import db
from licensing.permissions import Permission, requires
from licensing.saving import saved

_LOOK = records_look(ObjectKind.CONCERN, "referred_id", queries.referred_exists)


@concerns.get("/concerns/referred")
@requires(Permission.ALLEGATIONS)
def list_referred() -> ResponseReturnValue:
    audit.record_alone(Action.LISTED, ObjectKind.CONCERN)
    page = queries.referred_page(request.args.get("page", 1, int))
    return render_template("concerns/list_referred.html", page=page, rows=presenting.referred_rows(page.items))


@concerns.get("/concerns/referred/<uuid:referred_id>")
@requires(Permission.ALLEGATIONS)
@_LOOK
def show_referred(referred_id: UUID) -> ResponseReturnValue:
    referral = queries.referred_concern(referred_id)
    assert referral is not None
    return render_template("concerns/show_referred.html", referral=referral, rows=presenting.referral_rows(referral))


@concerns.post("/concerns/referred/<uuid:referred_id>/acknowledge")
@requires(Permission.ALLEGATIONS)
@_LOOK
def acknowledge_referral(referred_id: UUID) -> ResponseReturnValue:
    receipt = changes.acknowledge_referral(signed_in_user(), referred_id)
    db.session.commit()
    return done(f"The council that referred it has your receipt, {receipt}.", _page(referred_id))


@concerns.route("/concerns/referred/<uuid:referred_id>/advise", methods=["GET", "POST"])
@requires(Permission.ALLEGATIONS)
@_LOOK
def advise(referred_id: UUID) -> ResponseReturnValue:
    hint = f"The council that referred it reads this. {NO_CHILD}"
    form, back = WordsForm.asking("What do you advise?", "Send the advice", hint), _page(referred_id)
    user, words = signed_in_user(), form.words.data or ""
    if form.validate_on_submit() and saved(form, lambda: changes.advise(user, referred_id, words)):
        return done("Your advice is sent.", back)
    caption = f"Concern {queries.concern(referred_id).reference}"
    return ask(form, "It does not meet the threshold: advice", back, caption=caption)


def _page(referred_id: UUID) -> str:
    return url_for("concerns.show_referred", referred_id=referred_id)
