"""The catalogue of powers, and which of them could be used."""

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from licensing import dates
from licensing.disruption import aiming, presenting, queries
from licensing.disruption.forms import FindPowersForm
from licensing.disruption.powers import Fit, fitting
from licensing.disruption.views import disruption
from licensing.disruption.words import AgencyKind
from licensing.forms import options
from licensing.permissions import Permission, requires


@disruption.get("/powers")
@requires(Permission.DISRUPT)
def list_powers() -> ResponseReturnValue:
    return render_template(
        "disruption/list_powers.html", rows=presenting.power_rows(queries.powers_on(dates.today())), today=dates.today()
    )


@disruption.get("/powers/find")
@requires(Permission.DISRUPT)
def find_powers() -> ResponseReturnValue:
    """Lists what fits, and what is missing for each. It never decides. `about` names what a page passed on."""
    about = request.args.get("about")
    passed, form = aiming.passed_on(about), FindPowersForm(request.args)
    if passed and "target" not in request.args:
        form.target.data = passed.aim.kind
    asked = bool(request.args) and form.validate() and form.target.data and form.harm.data
    fits = _fits(form) if asked else []
    wanted = {fact for fit in fits for fact in fit.power.needs}
    form.facts.choices = options((one.value, one.label) for one in sorted(wanted, key=lambda one: one.label))
    rows = presenting.fit_rows(fits, about)
    return render_template("disruption/find_powers.html", form=form, asked=asked, rows=rows, about=about, passed=passed)


def _fits(form: FindPowersForm) -> list[Fit]:
    return fitting(
        (row.as_power() for row in queries.powers()),
        day=dates.today(),
        target=form.target.data,
        harm=form.harm.data,
        agencies=[form.agency.data] if form.agency.data else list(AgencyKind),
        facts=form.facts.data or (),
    )


@disruption.get("/powers/<power_code>")
@requires(Permission.DISRUPT)
def show_power(power_code: str) -> ResponseReturnValue:
    versions = queries.versions_of(power_code) or abort(404)
    today = dates.today()
    current = next((row for row in versions if row.as_power().holds_on(today)), versions[0])
    power = current.as_power()
    return render_template(
        "disruption/show_power.html",
        row=current,
        power=power,
        facts=presenting.power_facts(power),
        holds=power.holds_on(today),
        today=today,
        about=request.args.get("about"),
    )
