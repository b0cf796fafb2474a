"""Releasing something to one named person: chosen, written, checked; then chased, withdrawn, and its answer taken."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from licensing.accounts.acting import ActingUser, signed_in_user
from licensing.allegations import decided, finding
from licensing.allegations import presenting_sharing as presenting
from licensing.allegations.access import WORKERS, opens_case
from licensing.allegations.changes import releases as changes
from licensing.allegations.changes.releases import ASKED, Recipient
from licensing.allegations.forms.sharing import RELEASES, ButtonForm, ChooseReleaseForm, WithdrawForm
from licensing.allegations.models import Case, Release
from licensing.allegations.queries import cases as queries
from licensing.allegations.queries import sharing
from licensing.allegations.released import Content
from licensing.allegations.steps import reported
from licensing.allegations.views import allegations
from licensing.allegations.views.working import row_or_404
from licensing.allegations.words_of_sharing import DutyKind, Level, ReleaseKind
from licensing.asking import ask, with_form
from licensing.dates import in_words
from licensing.db import db
from licensing.forms import BaseForm, options
from licensing.forms.answers import answer_rows, answers_again, kept_answers
from licensing.permissions import Permission, requires
from licensing.register import drafts
from licensing.register.drafts import DraftKind
from licensing.saving import saved

OF_READER = {"advice": "The designated officer’s advice"}

Change = Callable[[ActingUser, Release], None]


@allegations.route("/allegations/<uuid:case_id>/release", methods=["GET", "POST"])
@requires(Permission.ALLEGATIONS)
@opens_case
def choose_release(case_id: UUID) -> ResponseReturnValue:
    case, form = queries.case(case_id), ChooseReleaseForm()
    names, standing = sharing.authorities(), sharing.standing_shares(case_id)
    levels = dict.fromkeys(_of_whom(case), Level.NOTHING.label)
    levels |= {one: share.level.label for one, share in standing.items()}
    if not levels:
        flash("Set what a council may know first; then something can be released to somebody there.")
        return redirect(url_for("allegations.set_level", case_id=case_id))
    form.authority.choices = options(
        (str(one), f"{names[one]}: {levels[one]}") for one in sorted(levels, key=lambda one: names[one])
    )
    if form.validate_on_submit():
        chosen = {"case": str(case_id), "authority": form.authority.data, "kind": form.kind.data.value, "answers": {}}
        return redirect(url_for("allegations.write_release", case_id=case_id, draft_id=_keep(chosen)))
    return ask(form, "Release something", _page(case_id), caption=case.reference)


def _of_whom(case: Case) -> list[UUID]:
    """Councils that are owed a message as licensing authorities, or of which a record of the person is."""
    known = {one.authority_id for one in finding.records_of(queries.subject(case))}
    owed = [(one.kind, one.for_authority_id) for one in queries.duties(case.id)]
    return [one for kind, one in owed if one and (kind is DutyKind.LICENSING_AUTHORITY or one in known)]


@allegations.route("/allegations/<uuid:case_id>/release/<uuid:draft_id>/write", methods=["GET", "POST"])
@requires(Permission.ALLEGATIONS)
@opens_case
def write_release(case_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    case, kept = queries.case(case_id), _kept(case_id, draft_id)
    if kept is None:
        return redirect(url_for("allegations.choose_release", case_id=case_id))
    kind, form = ReleaseKind(kept["kind"]), _form(case, kept)
    if form.validate_on_submit():
        written = _keep({**kept, "answers": kept_answers(form)})
        return redirect(url_for("allegations.check_release", case_id=case_id, draft_id=written))
    back = url_for("allegations.choose_release", case_id=case_id)
    council = sharing.authorities()[UUID(kept["authority"])]
    return ask(form, f"{kind.label} for {council}", back, caption=case.reference)


@allegations.route("/allegations/<uuid:case_id>/release/<uuid:draft_id>/check", methods=["GET", "POST"])
@requires(Permission.ALLEGATIONS)
@opens_case
def check_release(case_id: UUID, draft_id: UUID) -> ResponseReturnValue:
    case, kept = queries.case(case_id, for_change=request.method == "POST"), _kept(case_id, draft_id)
    if kept is None:
        return redirect(url_for("allegations.choose_release", case_id=case_id))
    if not kept["answers"]:
        return redirect(url_for("allegations.write_release", case_id=case_id, draft_id=draft_id))
    button = ButtonForm()
    form = _form(case, kept, filled=True)
    to, content = _recipient(kept, form), _content(case, ReleaseKind(kept["kind"]), form)

    def release() -> None:
        drafts.take(draft_id, DraftKind.RELEASE)
        changes.release(signed_in_user(), case, to, content)
        drafts.use(draft_id, _page(case_id))

    if button.validate_on_submit() and saved(button, release):
        flash("It is released. They find it on their home page; nothing was sent by email.", "success")
        return redirect(_page(case_id))
    return with_form(
        button,
        "allegations/check_release.html",
        case=case,
        rows=answer_rows(form),
        rest=content.rows if content.kind is ReleaseKind.OUTCOME else [],
        to=dict(sharing.officers_of(to.authority_id)).get(to.user_id, "A former user"),
        council=sharing.authorities()[to.authority_id],
        onward=to.onward.label,
        until=f"until {in_words(to.expires_on)}",
        change=url_for("allegations.write_release", case_id=case_id, draft_id=draft_id),
    )


@allegations.get("/allegations/<uuid:case_id>/releases/<uuid:sent_id>")
@requires(*WORKERS)
@opens_case
def show_release(case_id: UUID, sent_id: UUID) -> ResponseReturnValue:
    """What was released, as its recipient reads it."""
    case, row = queries.case(case_id), row_or_404(Release, case_id, sent_id)
    return with_form(
        ButtonForm(),
        "allegations/show_release.html",
        case=case,
        release=row,
        content=Content.of(row),
        rows=presenting.release_rows(row, sharing.authorities(), decided.said_in(case_id).get(sent_id, ())),
        back=_page(case_id),
    )


@allegations.route("/allegations/<uuid:case_id>/releases/<uuid:sent_id>/chase", methods=["GET", "POST"])
@requires(*WORKERS)
@opens_case
def chase_release(case_id: UUID, sent_id: UUID) -> ResponseReturnValue:
    intro = "They see where they read it that you ask again. No mail is sent."
    return _about(case_id, sent_id, ButtonForm(), "Ask again for an acknowledgement", changes.chase, intro)


@allegations.route("/allegations/<uuid:case_id>/releases/<uuid:sent_id>/withdraw", methods=["GET", "POST"])
@requires(*WORKERS)
@opens_case
def withdraw_release(case_id: UUID, sent_id: UUID) -> ResponseReturnValue:
    form = WithdrawForm()
    intro = "They cannot read it from then on. What a decision relied on already stays with their council."

    def withdraw(user: ActingUser, row: Release) -> None:
        changes.withdraw(user, row, form.words.data or "")

    return _about(case_id, sent_id, form, "Withdraw a release", withdraw, intro)


@allegations.route("/allegations/<uuid:case_id>/releases/<uuid:sent_id>/answer", methods=["GET", "POST"])
@requires(*WORKERS)
@opens_case
def take_answer(case_id: UUID, sent_id: UUID) -> ResponseReturnValue:
    case = queries.case(case_id)
    intro = (
        "What they answered is added to the note of their council’s strand; how a decision stands is shown there too."
    )

    def take(user: ActingUser, row: Release) -> None:
        changes.take_answer(user, case, row)

    return _about(case_id, sent_id, ButtonForm(), "Put the answer on the strand", take, intro)


def _about(case_id: UUID, sent_id: UUID, form: BaseForm, title: str, change: Change, intro: str) -> ResponseReturnValue:
    """One form about one release."""
    case = queries.case(case_id, for_change=request.method == "POST")
    row = row_or_404(Release, case_id, sent_id)
    if form.validate_on_submit() and saved(form, lambda: change(signed_in_user(), row)):
        return redirect(_page(case_id))
    return ask(form, title, _page(case_id), caption=f"{case.reference}: {Content.of(row).title}", intro=intro)


def _page(case_id: UUID) -> str:
    return url_for("allegations.show_sharing", case_id=case_id)


def _keep(chosen: dict[str, Any]) -> UUID:
    """Under an id by which its writer alone finds it, sealed."""
    draft_id = drafts.keep(signed_in_user(), DraftKind.RELEASE, chosen)
    db.session.commit()
    return draft_id


def _kept(case_id: UUID, draft_id: UUID) -> dict[str, Any] | None:
    """What was chosen and written for this case; None where nothing is, and on to what came of what was sent."""
    kept = drafts.find(draft_id, DraftKind.RELEASE)
    if kept is None:
        drafts.gone(draft_id)
    return kept if kept and kept["case"] == str(case_id) else None


def _form(case: Case, kept: dict[str, Any], *, filled: bool = False) -> Any:
    """The questions of this kind, with what was written, or with what the case says already."""
    kind, authority_id = ReleaseKind(kept["kind"]), UUID(kept["authority"])
    written = answers_again(kept["answers"]) or _from_case(case, kind)
    form: Any = RELEASES[kind](formdata=None, data=written) if filled else RELEASES[kind](data=written)
    form.to_user.choices = options((str(one), name) for one, name in sharing.officers_of(authority_id))
    return form


def _from_case(case: Case, kind: ReleaseKind) -> dict[str, Any]:
    """What nobody should have to type again."""
    if kind is ReleaseKind.OUTCOME:
        return {"words": ASKED}
    alleged = queries.allegations(case.id)
    if kind is not ReleaseKind.SUMMARY or not alleged:
        return {}
    at_risk, police = reported(case.id)
    days = sorted(one.alleged_on for one in alleged if one.alleged_on)
    return {
        "category": alleged[0].category.label,
        "from_on": days[0] if days else None,
        "until_on": days[-1] if days else None,
        "status": case.stage.label,
        "police": police,
        "at_risk": at_risk,
    }


def _recipient(kept: dict[str, Any], form: Any) -> Recipient:
    return Recipient(
        UUID(kept["authority"]), UUID(form.to_user.data), form.basis.data, form.onward.data, form.expires_on.data
    )


def _content(case: Case, kind: ReleaseKind, form: Any) -> Content:
    """What the recipient will read."""
    if kind is ReleaseKind.OUTCOME:
        return changes.outcome_content(case, form.words.data)
    subject = queries.subject(case)
    name = subject.name if subject else "Not named yet"
    if kind is ReleaseKind.ITEM:
        item = form.title.data, form.words.data, form.source.data
        return Content(kind, item[0], case.reference, name, words=item[1], source=item[2])
    said = dict(answer_rows(form))
    asked: list[tuple[str, str]] = [(one, form[one].called or form[one].label.text) for one in form.asked_first]
    # The writer is asked for "your advice": its reader is told whose it is.
    rows = tuple((OF_READER.get(name, words), said[words] or "Not known") for name, words in asked)
    return Content(kind, f"Summary of {case.reference}", case.reference, name, rows=rows)
