"""The pages of signals: the list, one with what it counts, its dismissal, and the thresholds."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from licensing.accounts.acting import signed_in_user
from licensing.asking import ask
from licensing.audit import changes as audit
from licensing.audit.changes import records_look
from licensing.audit.rules import Action, ObjectKind
from licensing.db import CountedPages
from licensing.disruption.aiming import about
from licensing.forms import applied_filters, options
from licensing.permissions import Permission, requires
from licensing.saving import saved
from licensing.signals import changes, presenting, queries
from licensing.signals.forms import DismissForm, RuleForm, SignalsFilterForm
from licensing.signals.queries import SignalsFilter

signals = Blueprint("signals", __name__)
_LOOK = records_look(ObjectKind.SIGNAL, "signal_id", queries.signal_exists)
_PER_PAGE = 25


def _done(message: str, address: str) -> ResponseReturnValue:
    flash(message, "success")
    return redirect(address)


@signals.get("/signals")
@requires(Permission.DISRUPT)
def list_signals() -> ResponseReturnValue:
    audit.record_alone(Action.LISTED, ObjectKind.SIGNAL)
    councils, form = queries.authorities(), SignalsFilterForm(request.args)
    form.council.choices = options((str(one), name) for one, name in sorted(councils.items(), key=lambda one: one[1]))
    form.validate()
    council = UUID(form.council.data) if form.council.data and not form.council.errors else None
    wanted = SignalsFilter(form.counted.data, form.subject.data, council, bool(form.dismissed.data))
    found, number = queries.signals(wanted), max(request.args.get("page", 1, int), 1)
    shown = found[(number - 1) * _PER_PAGE : number * _PER_PAGE]
    return render_template(
        "signals/list_signals.html",
        form=form,
        applied=applied_filters(form),
        page=CountedPages(page=number, per_page=_PER_PAGE, total=len(found), items=shown),
        rows=presenting.signal_rows(shown, councils),
    )


@signals.get("/signals/<uuid:signal_id>")
@requires(Permission.DISRUPT)
@_LOOK
def show_signal(signal_id: UUID) -> ResponseReturnValue:
    signal, councils = queries.signal(signal_id), queries.authorities()
    gone = queries.standing_dismissal(signal, queries.dismissals_of(signal_id))
    return render_template(
        "signals/show_signal.html",
        signal=signal,
        facts=presenting.signal_facts(signal, councils, gone),
        rows=presenting.counted_rows(signal, councils),
        untold=presenting.told_without_words(signal, councils),
        about=about(ObjectKind.SIGNAL, signal_id),
        is_dismissed=gone is not None,
    )


@signals.route("/signals/<uuid:signal_id>/dismiss", methods=["GET", "POST"])
@requires(Permission.DISRUPT)
@_LOOK
def dismiss(signal_id: UUID) -> ResponseReturnValue:
    """What was shown comes back with the form: what was counted since is not dismissed with it."""
    signal, form = queries.signal(signal_id), DismissForm()
    if not form.is_submitted():
        form.seen.data = " ".join(map(str, sorted(signal.row_ids)))
    seen, reason = (form.seen.data or "").split(), form.reason.data or ""
    if form.validate_on_submit() and saved(form, lambda: changes.dismiss(signed_in_user(), signal_id, seen, reason)):
        return _done(
            "The signal is dismissed. It comes back when something new counts.", url_for("signals.list_signals")
        )
    intro = f"{presenting.why(signal)}. Your council sees it no more, until something new counts."
    return ask(form, "Dismiss the signal", presenting.page_of(signal_id), caption=signal.name, intro=intro)


@signals.get("/signals/thresholds")
@requires(Permission.DISRUPT, Permission.SETTINGS_CHANGE)
def list_rules() -> ResponseReturnValue:
    may_change = signed_in_user().may(Permission.SETTINGS_CHANGE)
    rows = presenting.rule_rows(queries.rule_rows(), may_change=may_change)
    return render_template("signals/list_rules.html", rows=rows, may_change=may_change)


@signals.route("/signals/thresholds/<rule_code>", methods=["GET", "POST"])
@requires(Permission.SETTINGS_CHANGE)
def choose_rule(rule_code: str) -> ResponseReturnValue:
    """From how many on one's own council looks."""
    row, form, back = queries.rule_row(rule_code), RuleForm(), url_for("signals.list_rules")

    def choose() -> None:
        threshold = form.threshold.data
        assert threshold is not None
        changes.choose(signed_in_user(), rule_code, threshold, in_use=form.in_use.data == "yes")

    if form.validate_on_submit() and saved(form, choose):
        return _done("Your council’s threshold is saved. It holds from now on.", back)
    if not form.is_submitted():
        form.threshold.data, form.in_use.data = row.threshold, "yes" if row.in_use else "no"
    intro = f"{row.counted.label}, counted over {row.days} days."
    return ask(form, row.subject.label, back, caption="When it is a signal", intro=intro)
