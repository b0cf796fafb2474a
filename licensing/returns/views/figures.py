"""Returns that are figures of a period: the taxi survey, and answers under freedom of information."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from licensing import dates
from licensing.accounts.acting import signed_in_user
from licensing.accounts.step_up import fresh_second_factor
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.errors import RuleBroken
from licensing.figures.rules import Period
from licensing.permissions import Permission, requires
from licensing.returns import changes, gathering, presenting, queries
from licensing.returns.catalogue import RETURNS, Return, Which
from licensing.returns.forms import PeriodForm
from licensing.returns.gathering import Told
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
    if one.exactly:
        return _send(one, gathering.tables(signed_in_user(), one, period), period)
    told = changes.answer(signed_in_user(), period)
    db.session.commit()
    return _send(one, told, period)


@returns.get("/returns/answers/<uuid:answer_id>")
@requires(Permission.RETURNS)
def show_answer(answer_id: UUID) -> ResponseReturnValue:
    """As it was given, whatever was recorded since."""
    audit.record_alone(Action.LISTED, ObjectKind.RETURN, details={"return": Which.FREEDOM_OF_INFORMATION})
    answer = queries.answer(answer_id)
    return render_template(
        "returns/show_answer.html",
        one=RETURNS[Which.FREEDOM_OF_INFORMATION],
        answer=answer,
        given=presenting.given(answer),
        tables=_shown(queries.tables_of(answer)),
    )


@returns.post("/returns/answers/<uuid:answer_id>/file")
@requires(Permission.RETURNS)
@fresh_second_factor
def download_answer(answer_id: UUID) -> ResponseReturnValue:
    answer = queries.answer(answer_id)
    return _send(RETURNS[Which.FREEDOM_OF_INFORMATION], queries.tables_of(answer), answer.period)


def _send(one: Return, told: Sequence[Told], period: Period) -> ResponseReturnValue:
    lines = presenting.figure_lines(told)
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
        tables=_shown(tables),
        download=url_for("returns.download_figures", which=one.which),
        answers=[] if one.exactly else presenting.answer_rows(queries.answers(signed_in_user().authority.id)),
    )
    return shown, 200 if period else 422


def _shown(tables: Sequence[Told]) -> list[tuple[str, list[presenting.Row]]]:
    return [(told.title, presenting.table_rows(told)) for told in tables]
