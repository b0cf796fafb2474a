"""The rules that say which checks are needed: the national ones, and a council's own from a day."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from licensing.accounts.acting import signed_in_user
from licensing.asking import ask
from licensing.permissions import Permission, requires
from licensing.register.catalogue import Family, kinds_of
from licensing.register.queries import kinds_issued_by
from licensing.saving import saved
from licensing.vetting import changes, presenting, queries
from licensing.vetting.forms import PolicyForm
from licensing.vetting.rules import FAMILIES, CheckKind
from licensing.vetting.views import vetting


@vetting.get("/vetting/rules")
@requires(Permission.CASEWORK, Permission.POLICIES)
def list_policies() -> ResponseReturnValue:
    user = signed_in_user()
    rows = sorted(queries.policy_rows(), key=lambda one: (list(CheckKind).index(one.check_kind), one.valid_from))
    families = [one for one in FAMILIES if set(kinds_of(one)) & set(kinds_issued_by(user.authority.id))]
    may_change = user.may(Permission.POLICIES)
    tables = [
        (
            one,
            presenting.licence_names(kinds_of(one)),
            [
                presenting.policy_row(row, presenting.licence_names(kinds_of(one)), may_change=may_change)
                for row in rows
                if row.family is one
            ],
        )
        for one in families
    ]
    return render_template("vetting/list_policies.html", tables=tables, may_change=may_change, checks=list(CheckKind))


@vetting.route("/vetting/rules/new", methods=["GET", "POST"])
@requires(Permission.POLICIES)
def change_policy() -> ResponseReturnValue:
    family, check = _asked_for()
    form = PolicyForm()
    form.licence_kind.choices = [(one.value, one.label) for one in kinds_of(family)]  # type: ignore[assignment]  (pairs will do)
    if form.validate_on_submit() and saved(
        form, lambda: changes.make_rule(signed_in_user(), _rule(form, family, check))
    ):
        flash("The rule is made. What was there before counts for the days before it.", "success")
        return redirect(url_for("vetting.list_policies"))
    caption = presenting.licence_names(kinds_of(family))
    return ask(form, f"Make a rule: {check.label}", url_for("vetting.list_policies"), caption=caption)


def _asked_for() -> tuple[Family, CheckKind]:
    """The family and check in the address: without any, the six-monthly look at drivers' DBS status."""
    try:
        family = Family(request.args.get("family", Family.DRIVER.value))
        check = CheckKind(request.args.get("check", CheckKind.DBS_STATUS.value))
    except ValueError:
        abort(404)
    return (family, check) if family in FAMILIES else abort(404)


def _rule(form: PolicyForm, family: Family, check: CheckKind) -> changes.OwnRule:
    given = form.data
    return changes.OwnRule(
        check=check,
        family=family,
        licence_kind=given["licence_kind"],
        requirement=given["requirement"],
        valid_from=given["valid_from"],
        length=given["length"],
        unit=given["unit"],
        blocks_grant=bool(given["blocks_grant"]),
        unless_driver=bool(given["unless_driver"]),
        source=given["source"],
        reason=given["reason"],
    )
