"""What the pages of a case's work share: a case that may be changed, a row of it, and what a colleague wrote."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, NoReturn
from uuid import UUID

from flask import abort, make_response, render_template, request, url_for
from markupsafe import Markup

from licensing.allegations import presenting
from licensing.allegations.changes import duties
from licensing.allegations.comparing import beside
from licensing.allegations.editing import opened_on, was_overtaken
from licensing.allegations.models import Case, CaseEntry
from licensing.allegations.presenting import as_written
from licensing.allegations.queries import cases as queries
from licensing.allegations.queries import chronology, sharing, work
from licensing.allegations.queries.work import Row
from licensing.allegations.words import Stage
from licensing.allegations.words_of_sharing import DutyState
from licensing.dates import in_words, moment_in_words
from licensing.forms import BaseForm
from licensing.forms.answers import answer_rows
from licensing.sealing import opened

Shown = list[tuple[str, str | Markup | None]]


def unfinished(case_id: UUID) -> Case:
    """An opened case that is not over, locked where something is sent; or 404, and what was typed where it was sent."""
    case = queries.case(case_id, for_change=request.method == "POST")
    if case.stage.is_over:
        end_too_late(case)
    return case


def end_too_late(case: Case) -> NoReturn:
    """404; or, where a colleague was quicker than whoever typed something, that it is so and what they typed."""
    names = (name for name in request.form if name not in ("csrf_token", "version"))
    typed = [words for name in names for words in request.form.getlist(name) if len(words.split()) > 1]
    if not typed:
        abort(404)
    lines = _lines(chronology.last(case.id, 1))
    abort(make_response(render_template("allegations/too_late.html", case=case, typed=typed, theirs=lines), 409))


def worked(case_id: UUID) -> Case:
    """One that was referred besides; or 404."""
    case = unfinished(case_id)
    if case.stage is Stage.RECORDING:
        abort(404)
    return case


def row_or_404(model: type[Row], case_id: UUID, row_id: UUID) -> Row:
    """A row of an opened case, locked where something is sent."""
    row = work.row_of(model, case_id, row_id, for_change=request.method == "POST")
    if row is None:
        abort(404)
    return row


def back_to(case_id: UUID, part: str = "") -> str:
    """The page of a case."""
    return url_for("allegations.show_case", case_id=case_id, _anchor=part or None)


def theirs(form: BaseForm, saved: dict[str, Any]) -> Shown:
    """What a colleague saved meanwhile, by the questions of this form, and where it differs; else nothing."""
    if not was_overtaken(form):
        return []
    shown = type(form)(formdata=None, data=saved)
    field: Any
    for field in shown:
        if choices := getattr(form[field.name], "choices", None):
            field.choices = choices  # those that a view offers are not the class's own
    mine = dict(answer_rows(form))
    return [
        (question, beside(words, typed) if words and (typed := mine.get(question)) and typed != words else words)
        for question, words in answer_rows(shown)
    ]


def done_meanwhile(form: BaseForm, case: Case) -> Shown:
    """Of forms that ask for new words: how the case stands, and what was written in it since the form was opened."""
    if not was_overtaken(form):
        return []
    subject, owner = queries.subject(case), queries.names_of([case.owner_id]).get(case.owner_id)
    opened_at = opened_on(form) or case.changed_at - timedelta(microseconds=1)
    return [
        *(presenting.subject_rows(subject) if subject else []),
        ("Stage", case.stage.label),
        ("Whose case", owner),
        ("Next review", in_words(case.review_on) if case.review_on else None),
        ("Legal hold since", in_words(case.held_since) if case.held_since else None),
        *_lines(chronology.since(case.id, opened_at)),
    ]


def _lines(entries: Sequence[CaseEntry]) -> Shown:
    names = queries.names_of(one.recorded_by for one in entries)
    return [
        (
            f"{names.get(one.recorded_by, 'A former user')}, {moment_in_words(one.recorded_at)}",
            as_written(opened(one, "words_sealed")),
        )
        for one in entries
    ]


def to_settle(case: Case) -> list[tuple[str, str]]:
    """What is owed or withheld, each with where it is settled."""
    names = sharing.authorities()
    return [
        (
            f"{'Look again at' if one.state is DutyState.WITHHELD else 'Settle'}: {duties.words_for(one, names)}",
            url_for("allegations.settle_duty", case_id=case.id, duty_id=one.id),
        )
        for one in queries.duties(case.id)
        if not one.state.is_over
    ]
