"""That another council knows a person too: on the person's page, and ending it."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from licensing.accounts.acting import signed_in_user
from licensing.audit.changes import records_look
from licensing.audit.rules import ObjectKind
from licensing.db import db
from licensing.errors import RuleBroken
from licensing.permissions import Permission, requires
from licensing.register import same_person
from licensing.register.events import RecordKind
from licensing.register.forms.links import EndLinkForm
from licensing.register.names import name_of
from licensing.register.person_page import Section, adds_to_person_page
from licensing.register.views import register


@adds_to_person_page
def councils_that_know(person_id: UUID) -> Section | None:
    """The councils to which this person is known as the same."""
    known = same_person.known_to(person_id)
    values = {"known": known, "may_end": current_user.may(Permission.REGISTER_EDIT)}
    return Section("Also known to other councils", "register/_known_to.html", values) if known else None


@register.route("/links/<uuid:link_id>/end", methods=["GET", "POST"])
@requires(Permission.REGISTER_EDIT)
@records_look(ObjectKind.LINK, "link_id", same_person.link_stands)
def end_link(link_id: UUID) -> ResponseReturnValue:
    form = EndLinkForm()
    own, _ = same_person.own_end(link_id, signed_in_user())
    person = url_for("register.show_person", person_id=own)
    if form.validate_on_submit():
        try:
            same_person.propose_end(signed_in_user(), link_id, form.reason.data or "")
        except RuleBroken as broken:
            db.session.rollback()
            form.add_error(broken.message)
        else:
            db.session.commit()
            flash("Both councils have been asked to agree. Until then the link stays.", "success")
            return redirect(person)
    name = name_of(RecordKind.PERSON, own)
    return render_template("register/end_link.html", form=form, back=person, name=name), (
        422 if form.is_submitted() else 200
    )
