"""Returns that are figures of a period: the taxi survey, and answers under freedom of information."""

from collections.abc import Mapping

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from licensing import dates
from licensing.accounts.acting import signed_in_user
from licensing.accounts.step_up import fresh_second_factor
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.errors import RuleBroken
from licensing.figures.rules import Period
from licensing.permissions import Permission, requires
from licensing.returns import gathering, presenting
from licensing.returns.catalogue import RETURNS, Return, Which
from licensing.returns.forms import PeriodForm
from licensing.returns.rules import last_financial_year, last_survey_year
from licensing.returns.views import returns, send_list

_USUAL = {Which.TAXI_SURVEY: last_survey_year, Which.FREEDOM_OF_INFORMATION: last_financial_year}


@returns.get("/returns/figures/<which>")
@requires(Permission.RETURNS)
def show_figures(which: str) -> ResponseReturnValue:
    one = _one(which)
    form, period = _asked(one, request.args)
    return _page(one, form, period)


@returns.post("/returns/figures/<which>/file")
@requires(Permission.RETURNS)
@fresh_second_factor
def download_figures(which: str) -> ResponseReturnValue:
    """By POST, so that the period is there again after the second factor was asked for."""
    one = _one(which)
    form, period = _asked(one, MultiDict(request.form))
    if period is None:
        return _page(one, form, None)
    lines = presenting.figure_lines(gathering.tables(signed_in_user(), one, period))
    return send_list(one.which, one.title, presenting.HEADINGS, lines, presenting.about_return(one, period))


def _one(which: str) -> Return:
    if which not in set(Which):
        abort(404)
    return RETURNS[Which(which)]


def _asked(one: Return, given: Mapping[str, str]) -> tuple[PeriodForm, Period | None]:
    """The form, and the period where it is one; where none was typed, the one that is usually asked for."""
    usual, today = _USUAL[one.which](dates.today()), dates.today()
    typed = any(name.startswith(("from_on", "until_on")) for name in given)
    form = PeriodForm(MultiDict(given) if typed else None, obj=None if typed else usual)
    if not typed:
        period = usual
    elif not form.validate() or not form.from_on.data or not form.until_on.data:
        return form, None
    else:
        period = Period(form.from_on.data, form.until_on.data)
    try:
        gathering.check(signed_in_user(), one, period, today)
    except RuleBroken as broken:
        form.add_error(broken.message, broken.field)
        return form, None
    return form, period


def _page(one: Return, form: PeriodForm, period: Period | None) -> ResponseReturnValue:
    tables = []
    if period:
        audit.record_alone(Action.LISTED, ObjectKind.RETURN, details={"return": one.which})
        tables = gathering.tables(signed_in_user(), one, period)
    shown = render_template(
        "returns/show_figures.html",
        one=one,
        form=form,
        period=period,
        tables=[(told.title, presenting.table_rows(told)) for told in tables],
        download=url_for("returns.download_figures", which=one.which),
    )
    return shown, 200 if period else 422
