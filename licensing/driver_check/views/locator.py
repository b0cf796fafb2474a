"""Who licenses this driver or vehicle? Answered for an exact number; for a driver, the driver check is asked."""

from typing import Any
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from licensing.accounts.acting import signed_in_user
from licensing.db import db
from licensing.driver_check import changes
from licensing.driver_check.forms import LocatorForm
from licensing.driver_check.views import driver_check
from licensing.errors import RuleBroken
from licensing.forms.answers import kept_answers
from licensing.permissions import Permission, requires
from licensing.register import drafts
from licensing.register.drafts import DraftKind
from licensing.register.events import RecordKind
from licensing.register.names import name_of


@driver_check.route("/checks/licensed-by", methods=["GET", "POST"])
@requires(Permission.CHECK_DRIVERS)
def locate() -> ResponseReturnValue:
    form = LocatorForm(data=_of_vehicle())
    if form.validate_on_submit():
        if form.is_about_a_driver():
            draft = drafts.keep(signed_in_user(), DraftKind.CHECK, kept_answers(form))
            db.session.commit()
            return redirect(url_for("driver_check.make_check", draft=draft))
        try:
            check_id = changes.open_check(
                signed_in_user(), form.asked(), form.purpose.data, form.case_reference.data or ""
            )
        except RuleBroken:
            form.add_error("Enter a registration, a licence, badge or plate number, or a driver’s name", "vrm")
        else:
            db.session.commit()  # that it was asked stands before anything is searched
            changes.answer_number(signed_in_user(), check_id, form.asked())
            db.session.commit()
            return redirect(url_for("driver_check.show_check", check_id=check_id))
    return render_template("driver_check/locate.html", form=form), 422 if form.is_submitted() else 200


def _of_vehicle() -> dict[str, Any]:
    """The registration of the vehicle from whose page somebody came, so that no address holds it."""
    vehicle_id = request.args.get("vehicle", type=UUID)
    return {"vrm": name_of(RecordKind.VEHICLE, vehicle_id)} if vehicle_id else {}
