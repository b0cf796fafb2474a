"""How long a case takes and when it is looked at again; handing it over, and taking it up again."""

from typing import Any
from uuid import UUID

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from licensing import dates
from licensing.accounts.acting import signed_in_user
from licensing.allegations import timeliness
from licensing.allegations.access import opens_case
from licensing.allegations.changes import reviewing as changes
from licensing.allegations.editing import answered, overtaken, version_of
from licensing.allegations.forms.reviewing import HandOverForm, HoldForm, KeepLongerForm, OpenAgainForm, ReviewCaseForm
from licensing.allegations.models import Case
from licensing.allegations.parts import adds_part
from licensing.allegations.queries import access, cases
from licensing.allegations.queries import timeliness as queries
from licensing.allegations.views import allegations
from licensing.allegations.views.working import back_to, done_meanwhile, end_too_late, worked
from licensing.allegations.words import Stage
from licensing.asking import ask
from licensing.forms import options
from licensing.permissions import Permission, Role, requires
from licensing.register.sections import Section
from licensing.saving import saved

_KEEP = "Review how long this is kept"
NO_TAKER = (
    "No other designated officer of your council can see this case. Ask an administrator to give a colleague the role, "
    "or open the case again to one to whom it was closed."
)


@adds_part(order=45)
def time_of(case: Case) -> Section | None:
    """The case against what is expected, and what moves it."""
    run, today = queries.run_of(case), dates.today()
    if run is None:
        return None
    rows = [
        (f"Within {words}", f"By {dates.in_words(run.ends[code])}. {timeliness.stands(run, code, today)}.")
        for code, words in timeliness.PERIODS.items()
    ]
    return Section("Time", "allegations/_time.html", {"rows": rows}, _offered(case))


def _offered(case: Case) -> list[tuple[str, str]]:
    if not signed_in_user().may(Permission.ALLEGATIONS):
        return []
    hold = (
        "Take the legal hold off" if case.held_since else "Set a legal hold",
        url_for("allegations.hold_case", case_id=case.id),
    )
    review = ("Record a review", url_for("allegations.review_case", case_id=case.id))
    if case.stage.is_over:
        again = ("Open the case again", url_for("allegations.open_again", case_id=case.id))
        keep = [(_KEEP, url_for("allegations.keep_longer", case_id=case.id))] if case.retain_until else []
        return [*([review] if changes.may_be_reviewed(case) else []), again, hold, *keep]
    hand_over = ("Hand the case over", url_for("allegations.hand_over", case_id=case.id))
    handed = [hand_over] if _takers(case) else []
    return [review, *handed, hold] if case.stage is Stage.OPEN else [*handed, hold]


def _takers(case: Case) -> list[tuple[str, str]]:
    """The other designated officers who can see the case."""
    officers, closed = access.holders_of(case.authority_id, Role.DESIGNATED_OFFICER), access.closed_to(case.id)
    return [(str(one), name) for one, name in officers if one not in closed and one != case.owner_id]


@allegations.route("/allegations/<uuid:case_id>/review", methods=["GET", "POST"])
@requires(Permission.ALLEGATIONS)
@opens_case
def review_case(case_id: UUID) -> ResponseReturnValue:
    case = cases.case(case_id, for_change=request.method == "POST")
    if not changes.may_be_reviewed(case):
        end_too_late(case)
    form, user = ReviewCaseForm(data=version_of(case)), signed_in_user()
    if form.validate_on_submit() and not overtaken(form, case):
        words, again = form.words.data or "", form.review_on.data
        if saved(form, lambda: changes.review(user, case, words, again, dates.today())):
            return redirect(back_to(case_id))
    meanwhile = done_meanwhile(form, case)
    return ask(form, "Record a review", back_to(case_id), caption=case.reference, theirs=meanwhile)


@allegations.route("/allegations/<uuid:case_id>/hold", methods=["GET", "POST"])
@requires(Permission.ALLEGATIONS)
@opens_case
def hold_case(case_id: UUID) -> ResponseReturnValue:
    """Also of a case that is over: that is when a record would be disposed of."""
    case = cases.case(case_id, for_change=request.method == "POST")
    form, title = HoldForm(data=version_of(case)), "Take the legal hold off" if case.held_since else "Set a legal hold"
    sent = form.validate_on_submit() and not overtaken(form, case)
    if sent and saved(form, lambda: changes.hold(signed_in_user(), case, form.words.data or "", dates.today())):
        return redirect(back_to(case_id))
    intro = "While it stands, nothing of the case is disposed of, whatever day the record is kept until."
    meanwhile = done_meanwhile(form, case)
    return ask(form, title, back_to(case_id), caption=case.reference, intro=intro, theirs=meanwhile)


@allegations.route("/allegations/<uuid:case_id>/keep", methods=["GET", "POST"])
@requires(Permission.ALLEGATIONS)
@opens_case
def keep_longer(case_id: UUID) -> ResponseReturnValue:
    """Of a case that is over: before, nobody knows until when its record is kept."""
    case = cases.case(case_id, for_change=request.method == "POST")
    if case.retain_until is None:
        end_too_late(case)
    form, user = KeepLongerForm(data=version_of(case)), signed_in_user()
    sent = form.validate_on_submit() and not overtaken(form, case)
    if sent and saved(form, lambda: changes.keep_longer(user, case, **answered(form), today=dates.today())):
        return redirect(back_to(case_id))
    by_law = dates.in_words(case.retain_until)
    intro = f"The law and local procedures ask for {by_law}. It can be kept longer, not shorter."
    meanwhile = done_meanwhile(form, case)
    return ask(form, _KEEP, back_to(case_id), caption=case.reference, intro=intro, theirs=meanwhile)


@allegations.route("/allegations/<uuid:case_id>/owner", methods=["GET", "POST"])
@requires(Permission.ALLEGATIONS)
@opens_case
def hand_over(case_id: UUID) -> ResponseReturnValue:
    case = worked(case_id)
    form = HandOverForm(data=version_of(case))
    form.owner.choices = options(_takers(case))
    if form.validate_on_submit() and not overtaken(form, case):
        officer, words = UUID(form.owner.data), form.words.data or ""
        if saved(form, lambda: changes.hand_over(signed_in_user(), case, officer, words)):
            return redirect(back_to(case_id))
    more: dict[str, Any] = {} if form.owner.choices else {"intro": NO_TAKER, "questions": []}
    more["theirs"] = done_meanwhile(form, case)
    return ask(form, "Hand the case over", back_to(case_id), caption=case.reference, **more)


@allegations.route("/allegations/<uuid:case_id>/open-again", methods=["GET", "POST"])
@requires(Permission.ALLEGATIONS)
@opens_case
def open_again(case_id: UUID) -> ResponseReturnValue:
    case: Case = cases.case(case_id, for_change=request.method == "POST")
    if not case.stage.is_over:
        end_too_late(case)
    form = OpenAgainForm(data=version_of(case))
    if form.validate_on_submit() and not overtaken(form, case):
        words = form.words.data or ""
        if saved(form, lambda: changes.open_again(signed_in_user(), case, words, dates.today())):
            return redirect(back_to(case_id))
    meanwhile = done_meanwhile(form, case)
    return ask(form, "Open the case again", back_to(case_id), caption=case.reference, theirs=meanwhile)
