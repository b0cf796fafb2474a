"""Making a decision: what it is, everything the law asks of it, and a last look before it is made."""

from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from licensing import dates
from licensing.accounts.acting import signed_in_user
from licensing.asking import answers, ask, with_form
from licensing.audit.changes import records_look
from licensing.audit.rules import ObjectKind
from licensing.db import db
from licensing.decisions import changes, last_look
from licensing.decisions import queries as decided
from licensing.decisions.changes import About
from licensing.decisions.forms import DecideForm, KindForm, asked_of
from licensing.decisions.powers import DecisionKind, Ground, kinds_for, power_of, powers_for
from licensing.decisions.recommended import Recommended, recommended
from licensing.decisions.rules import Asked, Maker
from licensing.decisions.views import decisions
from licensing.forms import BaseForm, options
from licensing.permissions import Permission, requires
from licensing.register import drafts, queries
from licensing.register.catalogue import Family
from licensing.register.drafts import DraftKind
from licensing.register.events import EventKind, LicenceStatus, RelevantInformation
from licensing.register.models import Licence
from licensing.register.names import licence_name
from licensing.register.warnings import warnings_about
from licensing.saving import saved
from licensing.suitability.rules import Limb

_HELD = (
    LicenceStatus.IN_FORCE,
    LicenceStatus.NOT_STARTED,
    LicenceStatus.SUSPENDED,
    LicenceStatus.SUSPENSION_PENDING,
    LicenceStatus.REVOCATION_PENDING,
    LicenceStatus.FEE_SUSPENDED,
    LicenceStatus.INTERIM_AUTHORITY,
)


@decisions.route("/licences/<uuid:licence_id>/decide", methods=["GET", "POST"])
@requires(Permission.CASEWORK)
@records_look(ObjectKind.LICENCE, "licence_id", queries.record_exists(Licence))
def decide(licence_id: UUID) -> ResponseReturnValue:
    speak_first = warnings_about(queries.holder_of(licence_id), ObjectKind.LICENCE, licence_id)
    licence = queries.licence(licence_id)
    kind = _kind(request.args.get("kind"))
    return _ask_kind(licence, speak_first) if kind is None else _ask_all(licence, kind, speak_first)


def _kind(written: str | None) -> DecisionKind | None:
    return DecisionKind(written) if written in list(DecisionKind) else None


def _ask_kind(licence: Licence, speak_first: list[str]) -> ResponseReturnValue:
    status = licence.status_on(dates.today())
    form = KindForm(request.args)
    advice = _advice(licence)
    kinds = kinds_for(
        licence.kind,
        applied=changes.open_question(licence.id, DecisionKind.GRANT).application_id is not None,
        held=status in _HELD,
        suspended=status in (LicenceStatus.SUSPENDED, LicenceStatus.SUSPENSION_PENDING),
    )
    form.kind.choices = options((one.value, one.label) for one in kinds)
    if advice and advice.kind in kinds and not form.kind.data:
        form.kind.data = advice.kind
    return render_template(
        "decisions/choose_kind.html",
        form=form,
        licence=licence,
        speak_first=speak_first,
        title=licence_name(licence),
        status=status,
        advice=advice,
        revocation=decided.revocation_of(licence.id),
    )


def _ask_all(licence: Licence, kind: DecisionKind, speak_first: list[str]) -> ResponseReturnValue:
    form, about = _form(licence, kind), changes.open_question(licence.id, kind)
    if form.validate_on_submit():
        given = answers(form)
        asked = asked_of(kind, given, power_of(given.get("power")))
        found = [one for one in changes.broken(signed_in_user(), about, asked) if not one.warns]
        refusing = [one for one in found if one.always or not asked.elsewhere]
        for one in refusing:
            form.add_error(one.message, one.field)
        if not refusing:
            return _kept(about, kind, form)
    back = url_for("decisions.decide", licence_id=licence.id)
    caption, of_premises = licence_name(licence), licence.kind.family is Family.PREMISES
    return ask(
        form,
        kind.label,
        back,
        template="decisions/decide.html",
        caption=caption,
        kind=kind,
        of_premises=of_premises,
        speak_first=speak_first,
    )


def _form(licence: Licence, kind: DecisionKind) -> DecideForm:
    suspended = any(one.kind is EventKind.SUSPENDED for one in licence.standing_events)
    advice = recommended(changes.open_question(licence.id, kind))
    form = DecideForm(data=advice.answers if advice and advice.kind is kind else None)
    powers = powers_for(licence.kind, kind)
    form.ask_only(kind, licence.kind.family, powers, suspended_before=suspended)
    return form


def _advice(licence: Licence) -> Recommended | None:
    """What was recommended of it: in its application, else where its holder is considered."""
    questions = (changes.open_question(licence.id, kind) for kind in (DecisionKind.GRANT, DecisionKind.WARNING))
    return next((found for one in questions if (found := recommended(one))), None)


def _kept(about: About, kind: DecisionKind, form: DecideForm) -> ResponseReturnValue:
    """Keep the answers for a last look, with the question that was open; only their writer finds them again."""
    given = {name: value.isoformat() if isinstance(value, date) else value for name, value in answers(form).items()}
    ids = {name: str(one) for name, one in asdict(about).items() if one}
    kept = {"about": ids, "kind": kind.value, "answers": given}
    draft_id = drafts.keep(signed_in_user(), DraftKind.DECISION, kept)
    db.session.commit()
    return redirect(url_for("decisions.check_decision", decision_draft_id=draft_id))


@decisions.get("/decisions/check/<uuid:decision_draft_id>")
@requires(Permission.CASEWORK)
def check_decision(decision_draft_id: UUID) -> ResponseReturnValue:
    """A last look: what it does, from when, and what it breaks or warns of."""
    return _last_look(decision_draft_id, BaseForm())


@decisions.post("/decisions/check/<uuid:decision_draft_id>")
@requires(Permission.CASEWORK)
def make_decision(decision_draft_id: UUID) -> ResponseReturnValue:
    form, user, made = BaseForm(), signed_in_user(), list[str]()
    about, asked, more = _read(drafts.take(decision_draft_id, DraftKind.DECISION))

    def make() -> None:
        made.append(url_for("decisions.show_decision", decision_id=changes.decide(user, about, asked, **more)))
        drafts.use(decision_draft_id, made[0])

    if form.validate_on_submit() and saved(form, make):
        flash("The decision is made.", "success")
        return redirect(made[0])
    return _last_look(decision_draft_id, form)


def _last_look(draft_id: UUID, form: BaseForm) -> ResponseReturnValue:
    about, asked, more = _read(drafts.find(draft_id, DraftKind.DECISION) or drafts.gone(draft_id))
    speak_first = warnings_about(queries.holder_of(about.licence_id), ObjectKind.LICENCE, about.licence_id)
    user, licence = signed_in_user(), queries.licence(about.licence_id)
    return with_form(
        form,
        "decisions/check_decision.html",
        licence=licence,
        speak_first=speak_first,
        title=licence_name(licence),
        asked=asked,
        rows=last_look.rows_of_asked(asked, licence, **more),
        found=changes.broken(user, about, asked),
        effect=last_look.effect_of_asked(asked, user),
    )


_DAYS = ("decided_on", "ends_on", "starts_on", "expires_on")


def _read(kept: dict[str, Any]) -> tuple[About, Asked, dict[str, Any]]:
    """The question, the answers and the rest, from how they were kept."""
    about = About(**{name: UUID(one) for name, one in kept["about"].items()})
    given: dict[str, Any] = kept["answers"]
    read = {**given, **{name: date.fromisoformat(given[name]) for name in _DAYS if given.get(name)}}
    read["maker"] = Maker(given["maker"])
    read["grounds"] = [Ground(one) for one in given.get("grounds") or []]
    read["limbs"] = [Limb(one) for one in given.get("limbs") or []]
    if relied := given.get("relevant_information"):
        read["relevant_information"] = RelevantInformation(relied)
    asked = asked_of(DecisionKind(kept["kind"]), read, power_of(given.get("power")))
    return about, asked, {"permanent": bool(given.get("permanent")), "points": given.get("points")}
