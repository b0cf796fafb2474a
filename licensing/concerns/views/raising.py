"""Raising a concern, for everybody who is signed in; and what became of those that somebody raised."""

from uuid import UUID, uuid4

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from licensing import dates
from licensing.accounts.acting import signed_in_user
from licensing.asking import with_form
from licensing.audit import changes as audit
from licensing.audit.changes import records_look
from licensing.audit.rules import Action, ObjectKind
from licensing.concerns import presenting, queries, staff_queries
from licensing.concerns.changes import raising as changes
from licensing.concerns.changes import staff
from licensing.concerns.changes.raising import Said
from licensing.concerns.changes.staff import SaidOfStaff
from licensing.concerns.forms import RaiseForm, ReferenceForm
from licensing.concerns.rules import RING, About, Council, where_to
from licensing.concerns.views import concerns
from licensing.deadlines.codes import ClockCode
from licensing.errors import RuleBroken
from licensing.forms import options
from licensing.forms.answers import answer_rows
from licensing.permissions import Permission, requires
from licensing.references import as_written
from licensing.saving import saved
from licensing.sealing import opened

# Where a reference that leads back to an unnamed concern is kept until the next page shows it: with its reader alone.
_UNNAMED = "unnamed_concern"
_NOT_AGAIN = frozenset({"csrf_token", "step", "concern_id", "place"})
_SENT_BEFORE = "This was sent before, and is kept. Nothing was added."


@concerns.route("/concerns/new", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def raise_concern() -> ResponseReturnValue:
    """The form, then its answers to check; they go along with the page, and nothing is kept until they are sent."""
    form, own = RaiseForm(data={"concern_id": str(uuid4())}), signed_in_user().authority.id
    found = queries.councils(dates.today())
    mine = next(one for one in found if one.id == own)
    form.council.choices = options((str(one.id), one.name) for one in found)
    if not form.is_submitted():
        form.council.data = str(own) if mine.licenses else None
    _offer_places(form, mine, found)
    if request.form.get("step") == "change":
        return render_template("concerns/raise.html", form=form, **_shown(own))
    if form.validate_on_submit() and (to := _to(form, mine, found)):
        if request.form.get("step") != "send":
            return render_template(
                "concerns/check.html", form=form, **_shown(own), rows=_rows(form), sent=_sent(), to=to
            )
        if saved(form, lambda: _keep(form, to)):
            return redirect(_leads_to(form))
    return with_form(form, "concerns/raise.html", **_shown(own))


def _offer_places(form: RaiseForm, mine: Council, councils: list[Council]) -> None:
    """Which places the words may mean. One that was chosen for other words than those now typed is chosen no more."""
    if form.about.data is not About.PREMISES or not form.what.data:
        form.place.data = None
        return
    said = form.council.data if form.council.data in {str(one.id) for one in councils} else None
    to = where_to(UUID(said) if said else None, mine, councils)
    audit.record_alone(Action.LISTED, ObjectKind.PREMISES)
    places = {str(place_id): words for place_id, words in queries.places_called(form.what.data, to)}
    form.place.choices = options(places.items())
    if form.place.data not in places and request.form.get("step") != "send":
        form.place.data = None


def _shown(own: UUID) -> dict[str, object]:
    return {"ring": RING, "has_contact": staff_queries.has_contact(own)}


def _to(form: RaiseForm, mine: Council, found: list[Council]) -> Council | None:
    """Whose it is; None, with an error on the form, where the choice was none of those offered."""
    said = UUID(form.council.data) if form.council.data else None
    # Nobody else's staff are one's own council's to ask after, so what is not said is one's own.
    said = said or (mine.id if form.is_about_staff else None)
    try:
        to = where_to(said, mine, found)
    except RuleBroken as broken:
        form.add_error(broken.message, broken.field)
        return None
    return next(one for one in found if one.id == to)


def _rows(form: RaiseForm) -> list[tuple[str, str | None]]:
    """The answers to check; what was not asked of this concern is left out."""
    left_out = {"Checked", *(("Which one",) if form.is_about_staff else ("Stay unnamed",))}
    return [(asked, answer) for asked, answer in answer_rows(form) if asked not in left_out]


def _sent() -> list[tuple[str, str]]:
    """What the form said, to be sent again with the page that shows it."""
    return [(name, value) for name, value in request.form.items(multi=True) if name not in _NOT_AGAIN]


def _keep(form: RaiseForm, to: Council) -> None:
    words, when, contact = form.words.data or "", form.when.data or "", form.contact.data or ""
    if form.is_about_staff:
        said = SaidOfStaff(words, when, contact, unnamed=bool(form.unnamed.data))
        reference = staff.raise_staff_concern(form.made_id, said, to.id)
        if said.unnamed and reference:
            session[_UNNAMED] = reference
        return
    in_danger = form.in_danger.data == "yes"
    told = Said(form.about.data, in_danger, form.what.data or "", words, when, contact, form.case_reference.data or "")
    known, place = bool(form.council.data), UUID(form.place.data) if form.place.data else None
    user = signed_in_user()
    if not changes.raise_concern(user, form.made_id, told, to.id, council_known=known, place=place):
        flash(_SENT_BEFORE)


def _leads_to(form: RaiseForm) -> str:
    if form.is_about_staff:
        return url_for("concerns.find_by_reference" if form.unnamed.data else "concerns.list_raised")
    if queries.raised_exists(form.made_id):
        return url_for("concerns.show_raised", raised_id=form.made_id)
    return url_for("concerns.list_raised")


@concerns.get("/concerns/raised")
@requires(Permission.SIGNED_IN)
def list_raised() -> ResponseReturnValue:
    """What one raised oneself, and how it stands; those about staff with one's own words."""
    about_staff = [
        (one.reference, [*presenting.told_rows(one), ("What you said", presenting.own_words(one))])
        for one in staff_queries.raised_by_me()
    ]
    rows = presenting.raised_rows(queries.raised_by_me())
    return render_template("concerns/list_raised.html", rows=rows, about_staff=about_staff)


@concerns.get("/concerns/raised/<uuid:raised_id>")
@requires(Permission.SIGNED_IN)
@records_look(ObjectKind.CONCERN, "raised_id", queries.raised_exists)
def show_raised(raised_id: UUID) -> ResponseReturnValue:
    concern = queries.concern(raised_id)
    return render_template(
        "concerns/show_raised.html",
        concern=concern,
        ring=RING,
        said=presenting.said_rows(concern),
        progress=presenting.progress_rows(concern, queries.progress_of(raised_id)),
        answer=opened(concern, "acknowledgement_sealed"),
        due=None if concern.acknowledged_on else queries.due_on(ClockCode.CONCERN_ACKNOWLEDGE, concern.authority_id),
    )


@concerns.route("/concerns/by-reference", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def find_by_reference() -> ResponseReturnValue:
    """How a concern stands that was raised without a name. The reference is never in an address."""
    form, rows = ReferenceForm(), None
    if form.validate_on_submit():
        found = staff_queries.of_reference(as_written(form.reference.data or ""))
        if found:
            return render_template("concerns/by_reference.html", form=form, rows=presenting.told_rows(found))
        form.add_error("No concern that was raised without a name has this reference", "reference")
    return with_form(form, "concerns/by_reference.html", rows=rows, raised=session.pop(_UNNAMED, None))
