"""One case: opening it with a purpose, its page, and the decision on the threshold."""

from datetime import date
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from licensing import dates
from licensing.accounts import kept_forms
from licensing.accounts.acting import signed_in_user
from licensing.allegations import access, finding, presenting
from licensing.allegations.access import READERS, WORKERS, knows_case, opens_case
from licensing.allegations.changes import cases as changes
from licensing.allegations.changes import duties
from licensing.allegations.editing import answered, overtaken, version_of
from licensing.allegations.forms.cases import PurposeForm, ThresholdForm
from licensing.allegations.models import Case
from licensing.allegations.parts import parts_of
from licensing.allegations.queries import cases as queries
from licensing.allegations.subject import Subject, keys_of
from licensing.allegations.views import allegations
from licensing.allegations.views.referring import task_list_of
from licensing.allegations.views.working import done_meanwhile, to_settle
from licensing.allegations.words import Stage
from licensing.allegations.words_of_sharing import LookPurpose
from licensing.asking import ask
from licensing.db import db
from licensing.deadlines import queries as deadlines
from licensing.deadlines.codes import ClockCode
from licensing.permissions import requires
from licensing.saving import saved


@allegations.route("/allegations/<uuid:case_id>/purpose", methods=["GET", "POST"])
@requires(*WORKERS)
@knows_case
def say_purpose(case_id: UUID) -> ResponseReturnValue:
    form = PurposeForm()
    back = url_for("allegations.list_cases")
    if form.validate_on_submit():
        access.look(case_id, LookPurpose(form.purpose.data))
        if kept_forms.offered():
            return redirect(url_for("accounts.take_up"))
        there = request.args.get("on", "")
        inside = there.startswith(url_for("allegations.show_case", case_id=case_id))
        return redirect(there if inside else url_for("allegations.show_case", case_id=case_id))
    return ask(form, "This case is a colleague’s", back, intro="That you open it, and why, is kept with the case.")


@allegations.get("/allegations/<uuid:case_id>")
@requires(*READERS)
@opens_case
def show_case(case_id: UUID) -> ResponseReturnValue:
    case = queries.case(case_id)
    subject = queries.subject(case)
    names = queries.names_of([case.owner_id])
    return render_template(
        "allegations/show_case.html",
        case=case,
        subject=subject,
        subject_rows=presenting.subject_rows(subject) if subject else [],
        records=_records(subject),
        rows=presenting.case_rows(case, names.get(case.owner_id, "A former user"), dates.today(), _report_by(case)),
        at_risk=case.at_immediate_risk and not case.stage.is_over,
        tasks=task_list_of(case) if case.stage is Stage.RECORDING else [],
        others=_other_cases(case, subject),
        parts=parts_of(case),
        works=access.standing(case_id) is not access.Standing.NAMED,
    )


@allegations.route("/allegations/<uuid:case_id>/threshold", methods=["GET", "POST"])
@requires(*WORKERS)
@opens_case
def decide_threshold(case_id: UUID) -> ResponseReturnValue:
    case = queries.case(case_id, for_change=request.method == "POST")
    form = ThresholdForm(data=version_of(case))
    back = url_for("allegations.show_case", case_id=case_id)
    sent = form.validate_on_submit() and not overtaken(form, case)
    if sent and form.decision.data is not Stage.OPEN:
        duties.owe_those_told(case)  # kept also where the decision then waits for it
        db.session.commit()
    if sent and saved(form, lambda: changes.decide_threshold(signed_in_user(), case, **answered(form))):
        return redirect(back)
    theirs = done_meanwhile(form, case)
    title, template = "Decide on the threshold", "allegations/decide_threshold.html"
    return ask(form, title, back, template=template, caption=case.reference, theirs=theirs, owed=to_settle(case))


def _report_by(case: Case) -> date | None:
    """When the referrer was to report it: one working day after they came to know."""
    return deadlines.due(ClockCode.LADO_REFER, case.authority_id, case.known_on).due_on if case.known_on else None


def _records(subject: Subject | None) -> list[str]:
    """The person's record on each register, in words; of a record merged since, the one that it went into."""
    return [presenting.holder_words(one) for one in finding.records_of(subject)]


def _other_cases(case: Case, subject: Subject | None) -> list[dict[str, str]]:
    """Cases about the same person, and those of the other people whom the call was about."""
    words = dict.fromkeys(queries.of_one_referral(case), "The same call, about somebody else")
    if subject and subject.person_id:
        same = [one for group in finding.same_records(list(subject.records)).values() for one in group]
        words |= dict.fromkeys(queries.cases_about(keys_of(same)), "Another case about this person")
    return [
        {"href": url_for("allegations.show_case", case_id=one), "text": told}
        for one, told in words.items()
        if one != case.id
    ]
