"""What a designated officer released to whoever is signed in: read here and nowhere else, until its day."""

from functools import wraps
from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from licensing.accounts.home_figures import Figure, adds_figures
from licensing.allegations import decided, relied
from licensing.allegations.changes import received
from licensing.allegations.decided import Named
from licensing.allegations.forms.sharing import AnswerForm, ButtonForm, NameDecisionForm, RelyForm
from licensing.allegations.models import Release
from licensing.allegations.queries import sharing as queries
from licensing.allegations.released import Content
from licensing.allegations.views import allegations
from licensing.asking import ask, with_form
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.dates import day_of, in_words
from licensing.forms import options
from licensing.permissions import Permission, View, requires
from licensing.saving import saved

# What stands in the form for a council that has not decided.
_NONE = "none"
_NAME = "Name what your council decided"


def opens_release(view: View) -> View:
    """The line under the permission: that it was read is committed before it is. Another's is the same 404 as none."""

    @wraps(view)
    def looked(*args: Any, **kwargs: Any) -> Any:
        release_id: UUID = kwargs["release_id"]
        if not queries.may_read(release_id):
            audit.record_alone(Action.REFUSED, ObjectKind.RELEASE, release_id)
            abort(404)
        audit.record_alone(Action.LOOKED, ObjectKind.RELEASE, release_id)
        return view(*args, **kwargs)

    looked.looks_at = (ObjectKind.RELEASE, "release_id")  # type: ignore[attr-defined]  (a mark on the function)
    return looked


@allegations.get("/released")
@requires(Permission.SIGNED_IN)
def list_released() -> ResponseReturnValue:
    audit.record_alone(Action.LISTED, ObjectKind.RELEASE)
    return render_template("allegations/list_released.html", held=queries.held())


@allegations.get("/released/<uuid:release_id>")
@requires(Permission.SIGNED_IN)
@opens_release
def show_released(release_id: UUID) -> ResponseReturnValue:
    row = queries.release_of_mine(release_id)
    return with_form(
        ButtonForm(),
        "allegations/show_released.html",
        release=row,
        content=Content.of(row),
        records=relied.own_records(Content.of(row).people),
        terms=_terms(row),
        may_rely=bool(_decisions(row)),
    )


@allegations.post("/released/<uuid:release_id>/acknowledge")
@requires(Permission.SIGNED_IN)
@opens_release
def acknowledge(release_id: UUID) -> ResponseReturnValue:
    if saved(ButtonForm(), lambda: received.acknowledge(release_id)):
        flash("The designated officer sees that you have it.", "success")
    return redirect(_page(release_id))


@allegations.route("/released/<uuid:release_id>/answer", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
@opens_release
def answer_released(release_id: UUID) -> ResponseReturnValue:
    form, own = AnswerForm(), _to_name(release_id)
    form.about.choices = options([*((key, one.words) for key, one in own.items()), (_NONE, decided.NOT_YET)])
    if form.validate_on_submit():
        named, words = own.get(form.about.data or ""), form.words.data or ""
        if saved(form, lambda: received.answer(release_id, words, named)):
            flash("The designated officer has your answer.", "success")
            return redirect(_page(release_id))
    intro = (
        "They read it in their case. It can be answered once, which acknowledges it too; what your council decides "
        "later can be named later."
    )
    return ask(form, "Answer the designated officer", _page(release_id), intro=intro)


@allegations.route("/released/<uuid:release_id>/decision", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
@opens_release
def name_decision(release_id: UUID) -> ResponseReturnValue:
    """What their council decided since it answered, or another decision than the one named before."""
    row, form, own = queries.release_of_mine(release_id), NameDecisionForm(), _to_name(release_id)
    if row.answered_at is None:
        return ask(
            form, _NAME, _page(release_id), intro="Answer first: what was decided is said with it.", questions=[]
        )
    form.about.choices = options((key, one.words) for key, one in own.items())
    if form.validate_on_submit() and saved(
        form, lambda: received.name_decision(release_id, own[form.about.data or ""])
    ):
        flash("The designated officer sees what was decided, and what becomes of it.", "success")
        return redirect(_page(release_id))
    intro = (
        "They see its kind, reference and day, and what becomes of an appeal; never the reasons."
        if own
        else "Your council has no consideration or decision about this person."
    )
    return ask(form, _NAME, _page(release_id), intro=intro)


@allegations.route("/released/<uuid:release_id>/rely", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
@opens_release
def rely(release_id: UUID) -> ResponseReturnValue:
    """A decision of the reader's own council relies on it, where they work on one about the person."""
    row, form = queries.release_of_mine(release_id), RelyForm()
    about = _decisions(row)
    form.about.choices = options((f"{one.kind.value}:{one.id}", one.words) for one in about)
    if form.validate_on_submit():
        chosen = next(one for one in about if f"{one.kind.value}:{one.id}" == form.about.data)
        if saved(form, lambda: received.rely(row, chosen.kind, chosen.id)):
            flash("A copy is kept there. It is your council’s own record now.", "success")
            return redirect(chosen.address)
    intro = (
        "A copy is kept with the decision, as your council’s own record, and stays when this expires. The person "
        "normally sees what is relied on against them; agree with the designated officer how the source is protected."
        if about
        else "Your council has no application, consideration or decision about this person."
    )
    return ask(form, "We rely on this in a decision", _page(release_id), intro=intro)


@adds_figures(Permission.SIGNED_IN, order=5)
def figures() -> list[Figure]:
    """How much is released to whoever is signed in, and how much of it they have not acknowledged."""
    held = queries.held()
    waiting = [one for one in held if one.acknowledged_at is None]
    address = url_for("allegations.list_released")
    return [
        Figure("released to you by a designated officer", len(held), address),
        Figure("of them to acknowledge", len(waiting), address),
    ]


def _page(release_id: UUID) -> str:
    return url_for("allegations.show_released", release_id=release_id)


def _decisions(row: Release) -> list[relied.Decided]:
    return relied.decisions_about(Content.of(row).people)


def _to_name(release_id: UUID) -> dict[str, Named]:
    """What of their own council an answer may name, by what the form sends."""
    about = decided.may_be_named(_decisions(queries.release_of_mine(release_id)))
    return {f"{one.kind.value}:{one.id}": Named(one.kind, one.id, one.words) for one in about}


def _named(row: Release) -> str:
    """What was named last, as it was called then."""
    named = queries.named_in(row.id)
    return f"{Named.of(named[-1]).words}, named on {in_words(day_of(named[-1].named_at))}" if named else decided.NOT_YET


def _terms(row: Release) -> list[tuple[str, str | None]]:
    return [
        ("Whom you may tell", row.onward.label),
        ("You can read it until", in_words(row.expires_on)),
        ("Lawful basis", row.basis.label),
        ("Acknowledged", in_words(day_of(row.acknowledged_at)) if row.acknowledged_at else "Not yet"),
        ("Answered", in_words(day_of(row.answered_at)) if row.answered_at else "Not yet"),
        *([("What your council decided", _named(row))] if row.answered_at else []),
        ("Kept with a decision of yours", in_words(day_of(row.relied_on_at)) if row.relied_on_at else "No"),
    ]
