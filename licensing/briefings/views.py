"""The pages of briefings: the list, the two pages as a page, and what becomes of a draft."""

from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from licensing import dates
from licensing.accounts.acting import signed_in_user
from licensing.asking import ask
from licensing.audit import changes as audit
from licensing.audit.changes import records_look
from licensing.audit.rules import Action, ObjectKind
from licensing.briefings import changes, monthly, presenting, queries
from licensing.briefings import content as contents
from licensing.briefings.content import Words
from licensing.briefings.documents import pdf_of
from licensing.briefings.forms import (
    ApproveForm,
    BriefingsFilterForm,
    CommentForm,
    DraftForm,
    DraftMonthForm,
    PublishForm,
    ReadForm,
    RewordForm,
    ScheduleForm,
    SupersedeForm,
    WordsForm,
)
from licensing.briefings.jobs import draft_briefings_now
from licensing.briefings.models import Briefing
from licensing.briefings.page import pages
from licensing.briefings.rules import State, month_before
from licensing.figures.rules import Period
from licensing.forms import applied_filters, options
from licensing.jobs import defer
from licensing.permissions import Permission, requires
from licensing.saving import saved

briefings = Blueprint("briefings", __name__)

_LOOK = records_look(ObjectKind.BRIEFING, "briefing_id", queries.briefing_exists)
_HOW = (
    "The figures of the period are added by themselves, and what is small of people is withheld: save where one "
    "council briefs its own chief executive, director or lead member, who are told its own numbers as they are."
)


def _page(briefing_id: UUID) -> str:
    return url_for("briefings.show_briefing", briefing_id=briefing_id)


def _done(message: str, address: str) -> ResponseReturnValue:
    flash(message, "success")
    return redirect(address)


def _words(form: WordsForm) -> Words:
    return Words(*(getattr(form, name).data or "" for name in ("headline", "changed", "exceptions", "asked")))


@briefings.get("/briefings")
@requires(Permission.BRIEFINGS)
def list_briefings() -> ResponseReturnValue:
    audit.record_alone(Action.LISTED, ObjectKind.BRIEFING)
    form = BriefingsFilterForm(request.args)
    form.validate()
    page = queries.page(queries.Filter(form.audience.data), request.args.get("page", 1, int))
    superseded = queries.superseded_among([one.id for one in page.items])
    return render_template(
        "briefings/list_briefings.html",
        form=form,
        applied=applied_filters(form),
        page=page,
        rows=presenting.briefing_rows(page.items, superseded),
        **_of_the_month(),
    )


def _of_the_month() -> dict[str, object]:
    """For the office: when briefings are drafted by themselves, and how far that has come."""
    user = signed_in_user()
    if not user.may(Permission.FIGURES):
        return {}
    drafting = queries.drafting()
    return {
        "schedule": presenting.schedule_words(queries.schedule(user.authority.id)),
        "drafting": drafting,
        "drafting_words": presenting.drafting_words(drafting),
    }


@briefings.route("/briefings/draft", methods=["GET", "POST"])
@requires(Permission.BRIEFINGS_DRAFT)
def draft() -> ResponseReturnValue:
    """Of the figures of one's own council; a county's with its districts."""
    form, made = DraftForm(), []

    def change() -> None:
        assert form.from_on.data
        assert form.until_on.data
        period = Period(form.from_on.data, form.until_on.data)
        made.append(changes.draft(signed_in_user(), form.audience.data, period, _words(form)))

    if form.validate_on_submit() and saved(form, change):
        return _done("The draft is made. Somebody else approves it before anybody reads it.", _page(made[0]))
    return ask(form, "Draft a briefing", url_for("briefings.list_briefings"), intro=_HOW)


@briefings.route("/briefings/draft-month", methods=["GET", "POST"])
@requires(Permission.BRIEFINGS_DRAFT)
def draft_month() -> ResponseReturnValue:
    """Asks for the job; the list says how far it has come."""
    form, back = DraftMonthForm(), url_for("briefings.list_briefings")
    period = month_before(dates.today())
    if form.validate_on_submit() and saved(form, lambda: defer(draft_briefings_now)):
        return _done("They are being drafted. This page says how far it has come when you open it again.", back)
    return ask(form, "Draft this month’s briefings now", back, intro=presenting.what_is_drafted(period))


@briefings.route("/briefings/schedule", methods=["GET", "POST"])
@requires(Permission.BRIEFINGS_APPROVE)
def set_schedule() -> ResponseReturnValue:
    user, back = signed_in_user(), url_for("briefings.list_briefings")
    now = queries.schedule(user.authority.id)
    form = ScheduleForm(data={"day_of_month": now.day_of_month, "audiences": list(now.audiences)})

    def change() -> None:
        assert form.day_of_month.data
        monthly.set_schedule(user, form.day_of_month.data, form.audiences.data or [], form.reason.data or "")

    if form.validate_on_submit() and saved(form, change):
        return _done("It holds from now on.", back)
    return ask(form, "When briefings are drafted", back, intro=presenting.who_chose(now))


@briefings.get("/briefings/<uuid:briefing_id>")
@requires(Permission.BRIEFINGS)
@_LOOK
def show_briefing(briefing_id: UUID) -> ResponseReturnValue:
    """The same words and numbers as the PDF; for the office, also what may be done with it."""
    one, user = queries.briefing(briefing_id), signed_in_user()
    changes.opened(user, one)
    is_superseded = bool(queries.superseded_among([briefing_id]))
    first, second = pages(contents.from_json(one.content))
    mine = queries.reading(briefing_id, user.id)
    works = user.may(Permission.FIGURES) and one.authority_id == user.authority.id
    return render_template(
        "briefings/show_briefing.html",
        briefing=one,
        content=contents.from_json(one.content),
        first=first,
        second=second,
        is_superseded=is_superseded,
        facts=presenting.facts(one, is_superseded),
        comments=presenting.comment_rows(one),
        readers=presenting.reader_rows(one),
        may_acknowledge=mine is not None and mine.read_at is None,
        state=one.state.value,
        works=works,
        drafts=user.may(Permission.BRIEFINGS_DRAFT),
        approves=user.may(Permission.BRIEFINGS_APPROVE) and user.id not in one.authors,
        publishes=user.may(Permission.BRIEFINGS_APPROVE),
        is_last=one.state is not State.DRAFT and not queries.has_later_version(briefing_id),
    )


@briefings.get("/briefings/<uuid:briefing_id>/moved")
@requires(Permission.FIGURES)
@_LOOK
def show_moved(briefing_id: UUID) -> ResponseReturnValue:
    """What is told otherwise now: a page of its own, since everything is counted anew for it."""
    one = _office(briefing_id)
    moved = presenting.moved_rows(changes.moved(signed_in_user(), one))
    computed = dates.moment_in_words(one.computed_at)
    return render_template("briefings/show_moved.html", briefing=one, computed=computed, moved=moved)


@briefings.get("/briefings/<uuid:briefing_id>/pdf")
@requires(Permission.BRIEFINGS)
@_LOOK
def print_briefing(briefing_id: UUID) -> ResponseReturnValue:
    """The pages as they were frozen, byte for byte; of a draft as they would be now, marked as one."""
    audit.record_alone(Action.PRINTED, ObjectKind.BRIEFING, briefing_id)
    one = queries.briefing(briefing_id)
    changes.opened(signed_in_user(), one)
    printed = one.pdf or pdf_of(contents.from_json(one.content), "Draft")
    named = {"Content-Disposition": f'attachment; filename="{one.reference}-{one.version}.pdf"'}
    return Response(printed, mimetype="application/pdf", headers=named)


@briefings.route("/briefings/<uuid:briefing_id>/words", methods=["GET", "POST"])
@requires(Permission.BRIEFINGS_DRAFT)
@_LOOK
def reword(briefing_id: UUID) -> ResponseReturnValue:
    one = _office(briefing_id)
    form = RewordForm(obj=contents.from_json(one.content).words)
    back = _page(briefing_id)
    if form.validate_on_submit() and saved(
        form, lambda: changes.reword(signed_in_user(), one, _words(form), anew=bool(form.anew.data))
    ):
        return _done("The draft is changed.", back)
    return ask(form, "Change the draft", back, caption=one.reference)


@briefings.route("/briefings/<uuid:briefing_id>/comment", methods=["GET", "POST"])
@requires(Permission.FIGURES)
@_LOOK
def comment(briefing_id: UUID) -> ResponseReturnValue:
    one, form, back = _office(briefing_id), CommentForm(), _page(briefing_id)
    if form.validate_on_submit() and saved(form, lambda: changes.comment(signed_in_user(), one, form.words.data or "")):
        return _done("Your comment is added.", back)
    return ask(form, "Comment on the draft", back, caption=one.reference)


@briefings.route("/briefings/<uuid:briefing_id>/approve", methods=["GET", "POST"])
@requires(Permission.BRIEFINGS_APPROVE)
@_LOOK
def approve(briefing_id: UUID) -> ResponseReturnValue:
    """Beside what moved since the figures were computed."""
    one, form, back = _office(briefing_id), ApproveForm(), _page(briefing_id)
    moved = changes.moved(signed_in_user(), one) if one.state is State.DRAFT else []
    if not moved:
        del form.sure
    sure = bool(moved and form.sure.data)
    if form.validate_on_submit() and saved(
        form, lambda: changes.approve(signed_in_user(), one, moved, as_computed=sure)
    ):
        return _done("It is approved and frozen. Choose now who is to read it.", back)
    shown = {"moved": presenting.moved_rows(moved), "template": "briefings/approve.html"}
    return ask(form, "Approve the briefing", back, caption=one.reference, **shown)


@briefings.route("/briefings/<uuid:briefing_id>/publish", methods=["GET", "POST"])
@requires(Permission.BRIEFINGS_APPROVE)
@_LOOK
def publish(briefing_id: UUID) -> ResponseReturnValue:
    """Address it to its first readers, or what is published to more."""
    one, form, back = _office(briefing_id), PublishForm(), _page(briefing_id)
    is_published, there = one.state is State.PUBLISHED, {each.user_id for each in one.readers}
    people = [each for each in queries.readers_to_choose() if each.id not in there]
    form.readers.choices = options((str(each.id), f"{each.name}, {each.council}") for each in people)
    send = changes.add_readers if is_published else changes.publish
    if form.validate_on_submit() and saved(form, lambda: send(one, [UUID(each) for each in form.readers.data or []])):
        done = "They are added." if is_published else "It is published."
        return _done(f"{done} Its readers are sent a link, and nothing else.", back)
    nobody = "" if people else "Nobody else of your area reads briefings yet. An administrator gives that role."
    title = "Add readers of the briefing" if is_published else "Publish the briefing"
    moved = None if is_published else presenting.moved_rows(changes.moved(signed_in_user(), one))
    shown = {"moved": moved, "template": "briefings/publish.html"}
    return ask(form, title, back, caption=one.reference, intro=nobody, **shown)


@briefings.route("/briefings/<uuid:briefing_id>/read", methods=["GET", "POST"])
@requires(Permission.BRIEFINGS)
@_LOOK
def acknowledge(briefing_id: UUID) -> ResponseReturnValue:
    one, form, back = queries.briefing(briefing_id), ReadForm(), _page(briefing_id)
    if form.validate_on_submit() and saved(form, lambda: changes.acknowledge(signed_in_user(), one)):
        return _done("It is kept that you have read it.", back)
    intro = "Whoever sent it sees that you have read it, and when."
    return ask(form, "Say that you have read it", back, caption=one.reference, intro=intro)


@briefings.route("/briefings/<uuid:briefing_id>/supersede", methods=["GET", "POST"])
@requires(Permission.BRIEFINGS_DRAFT)
@_LOOK
def supersede(briefing_id: UUID) -> ResponseReturnValue:
    one, form, made = _office(briefing_id), SupersedeForm(), []
    if form.validate_on_submit() and saved(form, lambda: made.append(changes.supersede(signed_in_user(), one))):
        return _done("Another version is drafted, with the figures as they are now.", _page(made[0]))
    intro = "What was published stays as it is. The new version takes its place once it is published itself."
    if one.state is State.APPROVED:
        intro = "What was approved is kept, and is not published any more: the new version is."
    return ask(form, "Draft another version", _page(briefing_id), caption=one.reference, intro=intro)


def _office(briefing_id: UUID) -> Briefing:
    """Of one's own council: what another addressed to somebody is theirs to read alone."""
    return queries.own_briefing(briefing_id, signed_in_user().authority.id)
