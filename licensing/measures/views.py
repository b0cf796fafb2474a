"""The pages of measures: a quarter with all of them, one with its history, what is aimed at, and the owner's words."""

from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from licensing import dates
from licensing.accounts.acting import signed_in_user
from licensing.asking import ask
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.figures.aims import Aim
from licensing.figures.catalogue import catalogue
from licensing.figures.definition import Definition
from licensing.forms import options
from licensing.measures import changes, presenting, queries
from licensing.measures.forms import ChoiceForm, CommentForm, QuarterForm
from licensing.measures.rules import MEASURES, SHOWN, Quarter, quarter_of
from licensing.permissions import Permission, requires
from licensing.saving import saved

measures = Blueprint("measures", __name__)


@measures.get("/measures")
@requires(Permission.FIGURES)
def list_measures() -> ResponseReturnValue:
    """As the figures are recorded now; a quarter that is not over is told so far."""
    audit.record_alone(Action.LISTED, ObjectKind.POLICY)
    today, user = dates.today(), signed_in_user()
    form = QuarterForm(request.args)
    offered = _offer(form)
    is_asked = bool(request.args.get("quarter"))
    is_right = not is_asked or form.validate()
    quarter = offered[str(form.quarter.data)] if is_asked and is_right else quarter_of(today)
    if is_right:
        form.quarter.data = quarter.key
    made = presenting.sections(queries.measured(user.authority.id, quarter, today), today)
    return render_template(
        "measures/list_measures.html",
        form=form,
        quarter=presenting.quarter_words(quarter, today),
        rows=presenting.summary_rows(made),
        sections=made,
        anchor=presenting.anchor,
        me=user.id,
    ), 200 if is_right else 422


@measures.get("/measures/<measure>")
@requires(Permission.FIGURES)
def show_measure(measure: str) -> ResponseReturnValue:
    """What was chosen and said, with all that went before."""
    figure, user = _figure(measure), signed_in_user()
    audit.record_alone(Action.LISTED, ObjectKind.POLICY)
    chosen = queries.choices(user.authority.id, measure)
    return render_template(
        "measures/show_measure.html",
        figure=figure,
        choices=presenting.choice_rows(chosen, figure.unit),
        comments=[presenting.comment_row(one) for one in queries.comments(user.authority.id, code=measure)],
    )


@measures.route("/measures/<measure>/target", methods=["GET", "POST"])
@requires(Permission.BRIEFINGS_APPROVE)
def choose(measure: str) -> ResponseReturnValue:
    """Target, tolerance, direction and owner from a day on."""
    figure, user, today = _figure(measure), signed_in_user(), dates.today()
    now = queries.choice_on(queries.choices(user.authority.id, measure), measure, today)
    aim = queries.aim_of(figure, now)
    given = {"target": aim.target, "tolerance": aim.tolerance, "better": aim.better, "valid_from": today}
    form = ChoiceForm(data={**given, "owner": str(now.owner_id) if now else None})
    form.owner.choices = options((str(one.id), one.name) for one in queries.may_own())

    def change() -> None:
        wanted = Aim(form.target.data, form.tolerance.data or 0, form.better.data)
        assert form.valid_from.data
        reason, owner_id = form.reason.data or "", UUID(form.owner.data)
        changes.choose(user, measure, wanted, owner_id, form.valid_from.data, reason, today=today)

    if form.validate_on_submit() and saved(form, change):
        return _done("It holds from that day on.", measure)
    return ask(form, "What is aimed at", presenting.address(measure), caption=figure.name)


@measures.route("/measures/<measure>/comment", methods=["GET", "POST"])
@requires(Permission.FIGURES)
def comment(measure: str) -> ResponseReturnValue:
    """By its owner; whoever else sends it is told so."""
    figure, user, form = _figure(measure), signed_in_user(), CommentForm()
    offered = _offer(form)

    def change() -> None:
        words, quarter = form.words.data or "", offered[str(form.quarter.data)]
        changes.comment(user, measure, quarter, words, today=dates.today())

    if form.validate_on_submit() and saved(form, change):
        return _done("Your words are kept, with your name and the day.", measure)
    intro = "The last words on a quarter stand on the page of measures. Earlier ones are kept."
    return ask(form, "Comment a quarter", presenting.address(measure), caption=figure.name, intro=intro)


def _offer(form: QuarterForm | CommentForm) -> dict[str, Quarter]:
    """The quarters to choose from, this one first: those to come have no figures."""
    today = dates.today()
    every = {one.key: one for one in reversed(quarter_of(today).up_to(SHOWN + 1))}
    form.quarter.choices = options((key, presenting.quarter_words(one, today)) for key, one in every.items())
    return every


def _figure(measure: str) -> Definition:
    return catalogue()[measure] if measure in MEASURES else abort(404)


def _done(message: str, measure: str) -> ResponseReturnValue:
    flash(message, "success")
    return redirect(url_for("measures.show_measure", measure=measure))
