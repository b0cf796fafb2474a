"""The file of the national register of taxis and private hire vehicles, and what is not in it."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from licensing import dates
from licensing.accounts.acting import signed_in_user
from licensing.accounts.step_up import fresh_second_factor
from licensing.asking import ask
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.downloads import sent
from licensing.permissions import Permission, requires
from licensing.returns import changes, national_register, presenting, queries
from licensing.returns.forms import NamesForm
from licensing.returns.views import returns
from licensing.saving import saved


@returns.get("/returns/vehicles")
@requires(Permission.RETURNS)
def show_vehicles() -> ResponseReturnValue:
    audit.record_alone(Action.LISTED, ObjectKind.VEHICLE)
    authority, today = signed_in_user().authority, dates.today()
    names = queries.names_kept(authority.id)
    file = presenting.vehicles_file(
        queries.licensed_vehicles(authority.id, today), names.name if names else authority.name, today
    )
    return render_template(
        "returns/show_vehicles.html",
        names=names,
        file_name=national_register.file_name(names.identifier, today) if names else "",
        file=file,
        left_out=presenting.left_out_rows(file.left_out),
        law=national_register.LAW,
        unverified=national_register.UNVERIFIED,
        too_large=not national_register.is_small_enough(national_register.content(file.lines)),
        today=today,
    )


@returns.post("/returns/vehicles.csv")
@requires(Permission.RETURNS)
@fresh_second_factor
def download_vehicles() -> ResponseReturnValue:
    """The lines that keep every rule; what does not is on the page, and counted on the trail."""
    authority, today = signed_in_user().authority, dates.today()
    names = queries.names_kept(authority.id)
    if names is None:
        return redirect(url_for("returns.name_council"))
    audit.record_alone(Action.LISTED, ObjectKind.VEHICLE)
    file = presenting.vehicles_file(queries.licensed_vehicles(authority.id, today), names.name, today)
    content = national_register.content(file.lines)
    if not file.lines or not national_register.is_small_enough(content):
        return redirect(url_for("returns.show_vehicles"))
    name = national_register.file_name(names.identifier, today)
    answer, told = sent(name, "text/csv", content, len(file.lines))
    audit.record_alone(
        Action.EXPORTED, ObjectKind.RETURN, details=told | {"return": "vehicles", "left_out": len(file.left_out)}
    )
    return answer


@returns.route("/returns/vehicles/names", methods=["GET", "POST"])
@requires(Permission.RETURNS)
def name_council() -> ResponseReturnValue:
    """How the register knows the council: typed once, and in every file from then on."""
    user, back = signed_in_user(), url_for("returns.show_vehicles")
    form = NamesForm(obj=queries.names_kept(user.authority.id))

    def change() -> None:
        changes.name_for_register(user, form.identifier.data or "", form.name.data or "")

    if form.validate_on_submit() and saved(form, change):
        return redirect(back)
    return ask(form, "How the national register knows your council", back)
