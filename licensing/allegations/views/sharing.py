"""What each council may know of a case, and the log of who was told what."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from licensing import dates
from licensing.accounts.acting import signed_in_user
from licensing.allegations import access, decided, finding
from licensing.allegations import presenting_sharing as presenting
from licensing.allegations.access import READERS, WORKERS, opens_case
from licensing.allegations.changes import sharing as changes
from licensing.allegations.changes.sharing import Reasons
from licensing.allegations.editing import LastSet, overtaken, version_of
from licensing.allegations.finding import Holder
from licensing.allegations.forms.sharing import ButtonForm, LevelForm
from licensing.allegations.models import Case
from licensing.allegations.parts import adds_part
from licensing.allegations.presenting import holder_words
from licensing.allegations.queries import cases as queries
from licensing.allegations.queries import sharing
from licensing.allegations.released import Content
from licensing.allegations.views import allegations
from licensing.allegations.views.working import done_meanwhile
from licensing.allegations.words_of_sharing import Level
from licensing.asking import ask
from licensing.forms import options
from licensing.permissions import requires
from licensing.register.sections import Section
from licensing.saving import saved


@allegations.get("/allegations/<uuid:case_id>/sharing")
@requires(*READERS)
@opens_case
def show_sharing(case_id: UUID) -> ResponseReturnValue:
    case = queries.case(case_id)
    (records, former), names, said = _records(case), sharing.authorities(), decided.said_in(case_id)
    return render_template(
        "allegations/show_sharing.html",
        case=case,
        levels=presenting.level_rows(case, records),
        likely=_likely(case, records),
        releases=[
            (one, Content.of(one).title, presenting.release_rows(one, names, said.get(one.id, ())))
            for one in sharing.releases(case_id)
        ],
        to_take=decided.to_be_taken(case_id),
        today=dates.today(),
        merged=former is not None,
        works=access.standing(case_id) is not access.Standing.NAMED,
    )


@allegations.route("/allegations/<uuid:case_id>/sharing/level", methods=["GET", "POST"])
@requires(*WORKERS)
@opens_case
def set_level(case_id: UUID) -> ResponseReturnValue:
    """One form for several councils: a convenience. Each gets a level of its own."""
    case = queries.case(case_id, for_change=request.method == "POST")
    last, (records, _) = LastSet.of(sharing.shares(case_id)), _records(case)
    form = LevelForm(data=version_of(last))
    form.authorities.choices = options(_councils(case, records, finding.likely(records)))
    if form.validate_on_submit() and not overtaken(form, last):
        councils = [UUID(one) for one in form.authorities.data or []]
        reasons = Reasons(*(form[name].data for name in ("necessity", "proportionality", "police", "social_care")))
        given = (councils, form.level.data, form.basis.data, reasons)
        if saved(form, lambda: changes.set_level(signed_in_user(), case, *given)):
            _say_set(councils, form.level.data, {one.authority_id for one in records})
            return redirect(_page(case_id))
    meanwhile = done_meanwhile(form, case)
    return ask(form, "What may councils know?", _page(case_id), caption=case.reference, theirs=meanwhile)


@allegations.route("/allegations/<uuid:case_id>/sharing/record", methods=["GET", "POST"])
@requires(*WORKERS)
@opens_case
def keep_to_record(case_id: UUID) -> ResponseReturnValue:
    """Licensing merged the person's record, knowing nothing of the case: whether it goes with that is decided here."""
    case, form = queries.case(case_id, for_change=request.method == "POST"), ButtonForm()
    follows = not case.follows_merges
    title = "Let the case go with the record" if follows else "Keep the case to the former record"
    if form.validate_on_submit() and saved(form, lambda: changes.follow_merges(signed_in_user(), case, follows)):
        return redirect(_page(case_id))
    intro = (
        "Officers will meet the flag on the record into which the person’s was merged."
        if follows
        else "Use this where two people were merged by mistake. Officers will not meet the flag on the merged record; "
        "they will again on the person’s own, once licensing has undone the merge."
    )
    return ask(form, title, _page(case_id), caption=case.reference, intro=intro)


@allegations.get("/allegations/<uuid:case_id>/told")
@requires(*READERS)
@opens_case
def show_told(case_id: UUID) -> ResponseReturnValue:
    case = queries.case(case_id)
    return render_template("allegations/show_told.html", case=case, rows=[one.row() for one in presenting.told(case)])


@adds_part(order=30)
def sharing_part(case: Case) -> Section:
    """What councils may know, and how much was released."""
    records, former = _records(case)
    context = {
        "levels": presenting.level_rows(case, records),
        "released": len([one for one in sharing.releases(case.id) if one.ended_at is None]),
        "merged": former is not None,
        "merged_on": queries.merged_on(case),
        "likely": _likely(case, records),
    }
    actions = [
        ("What councils may know, and what was released", _page(case.id)),
        ("Who was told what", url_for("allegations.show_told", case_id=case.id)),
    ]
    return Section("Sharing", "allegations/_sharing.html", context, actions)


def _likely(case: Case, records: list[Holder]) -> list[str]:
    """Records that are likely of the same person and not part of the case, in words; nothing once it is over."""
    return [] if case.stage.is_over else [holder_words(one) for one in finding.likely(records)]


def _page(case_id: UUID) -> str:
    return url_for("allegations.show_sharing", case_id=case_id)


def _records(case: Case) -> tuple[list[Holder], Holder | None]:
    """The person's records that stand, and the one that was named where licensing has merged it since."""
    subject = queries.subject(case)
    if subject is None or subject.person_id is None:
        return [], None
    named = finding.holders([subject.person_id]).get(subject.person_id)
    return finding.records_of(subject), named if named and named.merged_into_id else None


def _say_set(councils: list[UUID], level: Level, known: set[UUID]) -> None:
    """That the level is set; and plainly, where nobody can meet the flag, since the council has no record."""
    without = [name for one, name in sharing.authorities().items() if one in councils and one not in known]
    if level is Level.NOTHING or not without:
        flash("The level is set.", "success")
        return
    flash(
        f"The level is set, but nobody at {' or '.join(without)} will meet the flag: no record there is part of this "
        "case. Add the person’s record there, or ring.",
        "important",
    )


def _councils(case: Case, records: list[Holder], likely: list[Holder]) -> list[tuple[str, str]]:
    """Those with a record of the person first, then any other that shares or has a level."""
    told = {one.authority_id: "a record there is likely theirs: add it to the case first" for one in likely}
    known, names = {one.authority_id for one in records}, sharing.authorities()
    others = {one for one, _ in sharing.authorities_that_share()} | sharing.standing_shares(case.id).keys()
    order = sorted(known | others, key=lambda one: (one not in known, names[one]))
    none = "no record in this case: nobody there will meet the flag"
    return [(str(one), names[one] if one in known else f"{names[one]} ({told.get(one, none)})") for one in order]
